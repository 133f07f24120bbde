/** The storages that the suites run on: memory storage is the oracle, the others are ours over two drivers. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fillWithDefaultSettings, type RxJsonSchema, type RxStorage, type RxStorageInstance } from 'rxdb'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import {
  type Driver,
  getRxStorageNodeSqlite,
  nodeSqliteDriver,
  type StorageOptions,
} from '../../src-main/store/sqlite-storage/index.ts'
import type { StoredDocument } from '../../src-main/store/sqlite-storage/layout.ts'
import { betterSqliteDriver } from './better-sqlite-driver.ts'

// biome-ignore lint/suspicious/noExplicitAny: RxDB's own type of any storage
export type AnyStorage = RxStorage<any, any>
// biome-ignore lint/suspicious/noExplicitAny: RxDB's own type of any instance
export type AnyInstance = RxStorageInstance<any, any, any>

export type Engine = {
  readonly name: string
  /** A storage with nothing in it, and the way to throw it away. `reopened` gives one on the same files. */
  open(options?: Partial<StorageOptions>): { storage: AnyStorage; folder: string; remove(): void }
}

export function sqliteEngine(name: string, driver: Driver): Engine {
  return {
    name,
    open(options = {}) {
      const folder = newFolder()
      return {
        storage: getRxStorageNodeSqlite({ folder, driver, ...options }),
        folder,
        remove: () => rmSync(folder, { recursive: true, force: true }),
      }
    },
  }
}

export const memoryEngine: Engine = {
  name: 'memory (oracle)',
  open: () => ({ storage: getRxStorageMemory(), folder: '', remove: () => {} }),
}
export const nodeSqliteEngine = sqliteEngine('ours on node:sqlite', nodeSqliteDriver)
export const betterSqliteEngine = sqliteEngine('ours on better-sqlite3', betterSqliteDriver)

export const ownEngines: readonly Engine[] = [nodeSqliteEngine, betterSqliteEngine]
export const allEngines: readonly Engine[] = [memoryEngine, ...ownEngines]

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'latchkey-store-'))
}

let databases = 0

export function openInstance(
  storage: AnyStorage,
  schema: RxJsonSchema<never> | RxJsonSchema<StoredDocument>,
  { database = `db${++databases}`, collection = 'things' } = {},
): Promise<AnyInstance> {
  return storage.createStorageInstance({
    databaseInstanceToken: `token-${database}`,
    databaseName: database,
    collectionName: collection,
    schema: schema as RxJsonSchema<StoredDocument>,
    options: {},
    multiInstance: false,
    devMode: false,
  })
}

/** A schema with RxDB's own fields, as a storage gets it. */
export function filled(schema: object): RxJsonSchema<StoredDocument> {
  return fillWithDefaultSettings(schema as RxJsonSchema<Record<string, unknown>>) as RxJsonSchema<StoredDocument>
}
