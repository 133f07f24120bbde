/**
 * The one error class of the storage. Every refusal has its own `code`; the message says what to do.
 * Nothing was changed when one of these is thrown, except where a split bulkWrite says so (README, Atomicity).
 */
export type StoreErrorCode =
  | 'attachment_missing'
  | 'closed'
  | 'corrupt'
  | 'disk_full'
  | 'document_too_large'
  | 'failed'
  | 'foreign_collection'
  | 'invalid_query'
  | 'locked'
  | 'newer_version'
  | 'not_a_store'
  | 'read_only'
  | 'unknown_operator'

export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode
  /** Plain values for the reader of a log: file, collection, sizes in bytes. Never document content. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: StoreErrorCode, message: string, details: Record<string, unknown> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }
}

/** SQLite's primary result codes (https://sqlite.org/rescode.html) that have a remedy of their own. */
const PRIMARY_CODES: Record<string, number> = {
  SQLITE_BUSY: 5,
  SQLITE_LOCKED: 6,
  SQLITE_READONLY: 8,
  SQLITE_CORRUPT: 11,
  SQLITE_FULL: 13,
  SQLITE_CANTOPEN: 14,
  SQLITE_NOTADB: 26,
}

/** The primary result code of whatever a driver threw: node:sqlite gives a number, better-sqlite3 a name. */
export function resultCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode & 0xff
  if ('code' in error && typeof error.code === 'string') {
    const name = error.code.split('_').slice(0, 2).join('_')
    return PRIMARY_CODES[name]
  }
  return undefined
}

/** Turns what a driver or the file system threw into a StoreError; leaves a StoreError as it is. */
export function asStoreError(error: unknown, file: string): unknown {
  if (error instanceof StoreError) return error
  const systemCode = (error as NodeJS.ErrnoException | undefined)?.code
  if (systemCode === 'EACCES' || systemCode === 'EPERM' || systemCode === 'EROFS') return readOnly(file, error)
  if (systemCode === 'ENOSPC') return diskFull(file, error)
  switch (resultCode(error)) {
    case 5:
    case 6:
      return new StoreError(
        'locked',
        `Another process has ${file} open. Close it there, then try again.`,
        { file },
        error,
      )
    case 8:
    case 14:
      return readOnly(file, error)
    case 11:
      return new StoreError(
        'corrupt',
        `${file} is damaged. Close and open it again: it is then checked and moved aside.`,
        { file },
        error,
      )
    case 13:
      return diskFull(file, error)
    case 26:
      return notAStore(file, error)
    default:
      return error
  }
}

function readOnly(file: string, cause: unknown): StoreError {
  return new StoreError(
    'read_only',
    `${file} cannot be written. Give this user the right to write the file and its folder.`,
    { file },
    cause,
  )
}

function diskFull(file: string, cause: unknown): StoreError {
  return new StoreError(
    'disk_full',
    `No space is left for ${file}. Free some, then try again: everything written before is intact.`,
    { file },
    cause,
  )
}

export function notAStore(file: string, cause?: unknown): StoreError {
  return new StoreError(
    'not_a_store',
    `${file} was not written by this storage and is left untouched. Choose another file.`,
    { file },
    cause,
  )
}
