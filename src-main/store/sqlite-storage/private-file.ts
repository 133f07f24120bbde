import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

/** A file only its owner may read, in a folder only its owner may enter. SQLite gives its journals the file's mode. */
export function createPrivately(path: string): void {
  const folder = dirname(path)
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600) // the umask may have taken more, a shared template may have given more
}
