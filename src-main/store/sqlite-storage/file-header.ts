/**
 * Tells whose a database file is by its first hundred bytes (https://sqlite.org/fileformat.html#the_database_header),
 * without opening it: opening alone may replay or truncate another program's journal.
 */
import { closeSync, openSync, readSync } from 'node:fs'
import { notAStore, StoreError } from './errors.ts'

/** "LKst": SQLite's `application_id` of every file this storage writes. */
export const APPLICATION_ID = 0x4c4b7374
/** SQLite's `user_version`: the version of the tables described in `store-file.ts`. */
export const FILE_VERSION = 1

const MAGIC = 'SQLite format 3\0'

/** Refuses a file of another program (`not_a_store`) and one of a later version of this storage (`newer_version`). */
export function checkHeader(file: string): 'missing' | 'ours' {
  const header = readHeader(file)
  if (header.length === 0) return 'missing'
  if (header.length < 100 || header.toString('latin1', 0, 16) !== MAGIC) throw notAStore(file)
  if (header.readInt32BE(68) !== APPLICATION_ID) throw notAStore(file)
  const version = header.readInt32BE(60)
  if (version > FILE_VERSION) {
    throw new StoreError(
      'newer_version',
      `${file} was written by a newer version of this program (file version ${version}, this program reads up to ${FILE_VERSION}). Update the program.`,
      { file, version, supported: FILE_VERSION },
    )
  }
  return 'ours'
}

function readHeader(file: string): Buffer {
  let descriptor: number
  try {
    descriptor = openSync(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
  try {
    const header = Buffer.alloc(100)
    return header.subarray(0, readSync(descriptor, header, 0, 100, 0))
  } finally {
    closeSync(descriptor)
  }
}
