/** What a user of the storage may choose, and what holds where nothing was chosen. */
import { join } from 'node:path'
import type { CacheLimits } from './document-cache.ts'
import type { Driver } from './driver.ts'
import { nodeSqliteDriver } from './node-sqlite-driver.ts'

export type StoreReport =
  | {
      /** A damaged file was moved to `movedTo`, and an empty one started in its place. */
      readonly kind: 'moved_aside'
      readonly file: string
      readonly movedTo: string
      readonly problems: readonly string[]
      readonly message: string
    }
  | {
      /** SQL could not express a query exactly, so RxDB's matcher looked at `scanned` documents. */
      readonly kind: 'fallback'
      readonly collection: string
      readonly scanned: number
      /** The paths and operators of the selector, never its values. */
      readonly shape: string
    }

export type StorageOptions = {
  /** Folder of the database files; each is named after its database. Either this or `fileOf`. */
  readonly folder?: string
  /** The file of a database, by the database's name. */
  readonly fileOf?: (databaseName: string) => string
  readonly driver?: Driver
  readonly report?: (report: StoreReport) => void
  /** Largest document, in UTF-16 code units of its JSON. 16 Mi by default. */
  readonly documentLimit?: number
  /** Documents written in one transaction at most. 1,000 by default. */
  readonly transactionRows?: number
  readonly cache?: Partial<CacheLimits>
  /** How long to wait for another process to let go of the file, in ms. 0 by default. */
  readonly lockTimeoutMs?: number
  /** SQLite's max_page_count: bounds a file's size in pages of 16 KiB. Unbounded by default. */
  readonly maxPages?: number
}

export type StoreSettings = {
  readonly fileOf: (databaseName: string) => string
  readonly driver: Driver
  readonly report: (report: StoreReport) => void
  readonly documentLimit: number
  readonly transactionRows: number
  readonly cache: CacheLimits
  readonly lockTimeoutMs: number
  readonly maxPages: number | undefined
}

export function settingsOf(options: StorageOptions): StoreSettings {
  const { folder } = options
  if ((folder === undefined) === (options.fileOf === undefined)) {
    throw new TypeError('Give getRxStorageNodeSqlite either a folder or fileOf.')
  }
  return {
    fileOf: options.fileOf ?? ((databaseName) => join(folder ?? '', `${fileNameOf(databaseName)}.sqlite`)),
    driver: options.driver ?? nodeSqliteDriver,
    report: options.report ?? (() => {}),
    documentLimit: options.documentLimit ?? 16 * 1024 * 1024,
    transactionRows: options.transactionRows ?? 1000,
    cache: { entries: options.cache?.entries ?? 250_000, bytes: options.cache?.bytes ?? 64 * 1024 * 1024 },
    lockTimeoutMs: options.lockTimeoutMs ?? 0,
    maxPages: options.maxPages,
  }
}

/** A name every file system takes, different for different databases: all but letters, digits and -_ is escaped. */
function fileNameOf(databaseName: string): string {
  return databaseName.replace(/[^a-z0-9_-]/g, (character) => `%${character.codePointAt(0)?.toString(16)}.`)
}
