/** The door of the library: an RxStorage over SQLite files. See README.md. */
export { type AtomicConflict, type AtomicOutcome, type AtomicWrite, atomically } from './atomically.ts'
export type { Connection, Driver, SqlValue, Statement } from './driver.ts'
export { StoreError, type StoreErrorCode } from './errors.ts'
export type { StoreSize } from './maintenance.ts'
export { nodeSqliteDriver } from './node-sqlite-driver.ts'
export type { StorageOptions, StoreReport } from './settings.ts'
export { getRxStorageNodeSqlite, type NodeSqliteStorage, type StoreCounters } from './storage.ts'
