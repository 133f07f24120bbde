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
import { type SqliteInternals, SqliteStorageInstance } from './instance.ts'
import type { StoredDocument, StoredSchema } from './layout.ts'
import { type StorageOptions, type StoreSettings, settingsOf } from './settings.ts'
import { StoreFile } from './store-file.ts'

type OpenFile = { readonly file: StoreFile; readonly tables: Map<string, CollectionTable> }

/** Files open in this process, by path: a second storage on the same file shares the connection. */
const openFiles = new Map<string, OpenFile>()

export type NodeSqliteStorage = RxStorage<SqliteInternals, StorageOptions> & {
  /** The open file of a database; undefined while none of its collections is open. */
  openFile(databaseName: string): StoreFile | undefined
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
    openFile: (databaseName) => openFiles.get(settings.fileOf(databaseName))?.file,
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
  // biome-ignore lint/correctness/useYield: laying out a table is one transaction
  return open.file.scheduler.run('write', function* () {
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

export type { StoredDocument }
