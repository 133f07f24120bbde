import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { writePrivateFile } from './folder.ts'

/** Who has the data folder open, as written beside the lock for the next start to read. */
export interface Holder {
  readonly pid: number
  /** When it started, ISO 8601 UTC. */
  readonly startedAt: string
  readonly host: 'electron' | 'browser'
  /** Where it listens for requests of a second start (`control.ts`); none while it is starting. */
  readonly control?: { readonly port: number; readonly secret: string }
}

export interface FolderLock {
  /** Writes who holds the folder, after something of it changed. */
  describe(holder: Holder): void
  release(): void
}

export type LockAttempt =
  | { readonly taken: true; readonly lock: FolderLock }
  | { readonly taken: false; readonly holder: Holder | undefined }

const sqliteBusy = 5

/**
 * Takes the data folder for this process, or says who has it: no store may be opened twice. The lock itself is the
 * operating system's (an exclusive SQLite transaction), so that it ends with its process however that ends, and a
 * reused process id cannot be mistaken for it. Who holds it is written beside it: `holder.json`.
 * Both hosts take the same lock. Throws the system's error where the folder cannot be written.
 */
export function lockDataFolder(directory: string, holder: Holder): LockAttempt {
  const description = join(directory, 'holder.json')
  const database = new DatabaseSync(join(directory, 'lock.sqlite'), { timeout: 0 })
  try {
    // No journal: nothing is ever written, the file stays empty.
    database.exec('PRAGMA journal_mode=OFF; PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode === sqliteBusy) return { taken: false, holder: readHolder(description) }
    throw error
  }
  const describe = (now: Holder) => writePrivateFile(description, `${JSON.stringify(now)}\n`)
  describe(holder)
  return {
    taken: true,
    lock: {
      describe,
      release() {
        // First the description: once the lock is free, the next holder writes its own.
        rmSync(description, { force: true })
        database.close()
      },
    },
  }
}

/** Who holds the folder by its own account; undefined while it is only starting, or where the file is damaged. */
export function readHolder(description: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(description, 'utf8')) as Partial<Holder>
    if (!Number.isInteger(holder.pid) || typeof holder.startedAt !== 'string') return undefined
    return holder as Holder
  } catch {
    return undefined
  }
}
