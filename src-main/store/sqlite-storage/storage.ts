/** The storage: opens a file per database, a table per collection, and shares both among instances. */
import {
  ensureRxStorageInstanceParamsAreCorrect,
  RXDB_VERSION,
  type RxDocumentData,
  type RxJsonSchema,
  type RxStorage,
  type RxStorageInstanceCreationParams,
} from 'rxdb'
import { CollectionTable } from './collection-table.ts'
import { asStoreError, StoreError } from './errors.ts'
import { type SqliteInternals, SqliteStorageInstance } from './instance.ts'
import type { StoredSchema } from './layout.ts'
import { backupFile, restoreFile, type StoreSize, sizeOf } from './maintenance.ts'
import { type StorageOptions, type StoreSettings, settingsOf } from './settings.ts'
import { closedError, StoreFile } from './store-file.ts'

export type StoreCounters = {
  /** The last sequence number given to a write. */
  readonly seq: number
  /** Queries that SQL could not express exactly, so that RxDB's matcher decided. */
  readonly fallbacks: number
  readonly cacheHits: number
  readonly cacheMisses: number
  readonly cachedDocuments: number
}

type OpenFile = { readonly file: StoreFile; readonly tables: Map<string, CollectionTable> }

/** Files open in this process, by path: a second storage on the same file shares the connection. */
const openFiles = new Map<string, OpenFile>()

export type NodeSqliteStorage = RxStorage<SqliteInternals, StorageOptions> & {
  /** Copies a database to a file while it is in use. `closed` where it is not open. */
  backup(databaseName: string, target: string): Promise<void>
  /** Puts a backup in a closed database's place; gives the name that the replaced file was moved to, if there was one. */
  restore(databaseName: string, source: string): Promise<string | undefined>
  /** Bytes and documents of an open database. `closed` where it is not open. */
  size(databaseName: string): Promise<StoreSize>
  /** What an open database's caches and fallbacks amount to since it was opened; undefined where it is closed. */
  counters(databaseName: string): StoreCounters | undefined
}

/** An RxStorage that keeps each database in one SQLite file. Throws TypeError for contradictory options. */
export function getRxStorageNodeSqlite(options: StorageOptions): NodeSqliteStorage {
  const settings = settingsOf(options)
  return {
    name: 'node-sqlite',
    rxdbVersion: RXDB_VERSION,
    async createStorageInstance<RxDocType>(params: RxStorageInstanceCreationParams<RxDocType, StorageOptions>) {
      ensureRxStorageInstanceParamsAreCorrect(params)
      const path = settings.fileOf(params.databaseName)
      const open = openFileAt(path, settings)
      open.file.references++ // before waiting, lest the file be closed meanwhile
      try {
        const table = await tableOf(open, params.collectionName, params.schema as unknown as StoredSchema)
        table.references++
        return new SqliteStorageInstance<RxDocType>(
          params.databaseName,
          params.schema as RxJsonSchema<RxDocumentData<RxDocType>>,
          table,
          params.options,
          (one) => release(path, one),
        )
      } catch (error) {
        open.file.references--
        closeIfUnused(path)
        throw error
      }
    },
    async backup(databaseName, target) {
      await backupFile(fileOf(databaseName), target)
    },
    async restore(databaseName, source) {
      const path = settings.fileOf(databaseName)
      if (openFiles.has(path)) {
        throw new StoreError('locked', `${databaseName} is open. Close it, then restore.`, { file: path })
      }
      try {
        return restoreFile(path, source, settings)
      } catch (error) {
        throw asStoreError(error, path)
      }
    },
    async size(databaseName) {
      return sizeOf(fileOf(databaseName))
    },
    counters(databaseName) {
      const open = openFiles.get(settings.fileOf(databaseName))
      if (!open) return undefined
      let fallbacks = 0
      for (const table of open.tables.values()) fallbacks += table.fallbacks
      const { hits, misses, entries } = open.file.cache
      return { seq: open.file.seq, fallbacks, cacheHits: hits, cacheMisses: misses, cachedDocuments: entries }
    },
  }

  function fileOf(databaseName: string): StoreFile {
    const open = openFiles.get(settings.fileOf(databaseName))
    if (!open) throw closedError(`The database ${databaseName}`)
    return open.file
  }
}

function openFileAt(path: string, settings: StoreSettings): OpenFile {
  const known = openFiles.get(path)
  if (known) return known
  const opened = { file: new StoreFile(path, settings), tables: new Map<string, CollectionTable>() }
  openFiles.set(path, opened)
  return opened
}

function tableOf(open: OpenFile, name: string, schema: StoredSchema): Promise<CollectionTable> {
  const key = `${schema.version} ${name}`
  return open.file.scheduler.run('write', function* () {
    yield 'breathe'
    const known = open.tables.get(key)
    if (known) return known
    const table = new CollectionTable(open.file, name, schema)
    open.tables.set(key, table)
    return table
  })
}

function release(path: string, table: CollectionTable): void {
  const open = openFiles.get(path)
  if (!open) return
  open.file.references--
  table.references--
  if (table.references === 0 || table.removed) {
    const key = `${table.version} ${table.name}`
    if (open.tables.get(key) === table) open.tables.delete(key)
    table.forget()
  }
  closeIfUnused(path)
}

function closeIfUnused(path: string): void {
  const open = openFiles.get(path)
  if (!open || open.file.references > 0) return
  openFiles.delete(path)
  open.file.close()
}
