import { readdirSync } from 'node:fs'
import { isAbsolute, join, relative, sep } from 'node:path'
import { mediaTypeOf } from './policy/media-types.ts'

/** One file of the built renderer. */
export interface StaticFile {
  /** Absolute. */
  readonly path: string
  readonly mediaType: string
  /** `forever` for files whose name holds a hash of their content. */
  readonly caching: 'never' | 'forever'
}

/** The files of the renderer by request path (`/assets/index-ab12.js`), and `/` for its page. */
export type StaticFiles = ReadonlyMap<string, StaticFile>

/**
 * Lists the built renderer once, at start. Requests are looked up by their exact path, so that no path is ever made
 * from what somebody sent: `..`, escapes, symbolic links and absolute paths find nothing. Files of a kind the console
 * is not made of are left out. Throws, naming the folder, where there is no page in it.
 * @param folder absolute; the renderer's output folder
 */
export function listStaticFiles(folder: string): StaticFiles {
  const files = new Map<string, StaticFile>()
  for (const entry of entriesOf(folder)) {
    const path = join(entry.parentPath, entry.name)
    const inside = relative(folder, path)
    const mediaType = mediaTypeOf(entry.name)
    // isFile is false for a symbolic link, so that a link cannot lead out of the folder either.
    if (!entry.isFile() || !mediaType || inside.startsWith('..') || isAbsolute(inside)) continue
    const requestPath = `/${inside.split(sep).join('/')}`
    files.set(requestPath, { path, mediaType, caching: requestPath.startsWith('/assets/') ? 'forever' : 'never' })
  }
  const page = files.get('/index.html')
  if (!page) throw new Error(`The console is not built: there is no index.html in ${folder}`)
  files.set('/', page)
  return files
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
