import { readFile } from 'node:fs/promises'
import { appHost, appOrigin, appScheme } from './policy/addresses.ts'
import { responseHeaders } from './policy/headers.ts'
import type { StaticFiles } from './static-files.ts'

/** What counts of a request under `app://`. */
export interface AppRequest {
  readonly method: string
  readonly url: string
  /** The origin of the page that asks, where a page does (Electron fills it in; a page cannot). */
  readonly initiatorOrigin?: string | null | undefined
}

/**
 * Answers one request under `app://`, for Electron's protocol handler: GET, our host, a file of the manifest; the same
 * headers as in the browser host on every answer, refusals included.
 */
export async function answerAppRequest(request: AppRequest, files: StaticFiles): Promise<Response> {
  const refuse = (status: number, reason: string) =>
    new Response(`${reason}\n`, {
      status,
      headers: { ...responseHeaders({ caching: 'never' }), 'content-type': 'text/plain; charset=utf-8' },
    })

  if (request.method !== 'GET') return refuse(405, 'Only GET')
  if (!URL.canParse(request.url)) return refuse(400, 'Not an address')
  const { protocol, host, pathname, username, password } = new URL(request.url)
  if (protocol !== `${appScheme}:` || host !== appHost || username || password)
    return refuse(421, `This is ${appOrigin}`)
  const { initiatorOrigin } = request
  if (initiatorOrigin !== undefined && initiatorOrigin !== appOrigin) return refuse(403, 'Not for other origins')
  // By exact path: `..` is resolved by the parser before, escapes are not undone and find nothing.
  const file = files.get(pathname)
  if (!file) return refuse(404, 'Not found')
  const bytes = await readFile(file.path)
  return new Response(bytes, { headers: { ...responseHeaders(file), 'content-type': file.mediaType } })
}
