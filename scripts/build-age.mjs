import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Everything the build is made of. */
const sources = ['src-main', 'src-renderer', 'shared', 'electron.vite.config.ts', 'package.json', 'package-lock.json']
/** One file of each of its three parts. */
const outputs = ['out/main/electron.js', 'out/main/serve.js', 'out/preload/preload.cjs', 'out/renderer/index.html']

/** The latest change of a file or of anything in a folder, in ms; folders count, so that a removed file shows. */
function latestChange(path) {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  const inside = readdirSync(path, { withFileTypes: true }).map((entry) => latestChange(join(path, entry.name)))
  return Math.max(found.mtimeMs, ...inside)
}

/**
 * Whether a source is newer than the build, or the build is not there. An installed console has no sources and is never
 * stale. Looks at times only.
 * @param {string} root absolute
 */
export function buildIsStale(root) {
  const built = outputs.map((path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs)
  if (built.includes(undefined)) return true
  const present = sources.map((path) => join(root, path)).filter((path) => statSync(path, { throwIfNoEntry: false }))
  return Math.max(...present.map(latestChange)) > Math.min(...built)
}
