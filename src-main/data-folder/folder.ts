import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'

/**
 * From here on everything this process makes is for its owner only: files 0600, folders 0700. Called first thing by
 * both hosts, so that SQLite's side files and Chromium's profile are covered too, which no option of ours reaches.
 */
export function keepFilesPrivate(): void {
  process.umask(0o077)
}

/**
 * Makes the data folder where there is none and closes it to everyone else. Throws an error that names the folder
 * where it cannot be made or is something else.
 */
export function openDataFolder(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    if (!statSync(directory).isDirectory()) throw new Error('not a folder')
    // A folder that was there may be open to others; Windows keeps its own lists and ignores this.
    chmodSync(directory, 0o700)
  } catch (error) {
    throw new Error(`The data folder ${directory} cannot be used: ${(error as Error).message}`, { cause: error })
  }
}

/** Writes a whole file that only its owner may read, replacing what was there. */
export function writePrivateFile(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 })
  // The mode above only counts for a new file.
  chmodSync(path, 0o600)
}
