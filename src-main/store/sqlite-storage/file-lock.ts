/**
 * Keeps other processes from a store: an exclusive transaction on an empty database beside it, which the operating
 * system ends with the process, however that dies. A lock on the store itself would shut out the checkpoint thread.
 */
import { existsSync } from 'node:fs'
import type { Connection, Driver } from './driver.ts'
import { createPrivately } from './private-file.ts'

export type FileLock = { release(): void }

/** Throws SQLite's own busy error where another process holds the lock. */
export function lockFile(path: string, driver: Driver, waitMs: number): FileLock {
  const lock = `${path}-lock`
  if (!existsSync(lock)) createPrivately(lock)
  const connection: Connection = driver.open(lock)
  try {
    connection.prepare(`PRAGMA busy_timeout = ${waitMs}`).all([])
    connection.prepare('BEGIN EXCLUSIVE').run([])
  } catch (error) {
    connection.close()
    throw error
  }
  return { release: () => connection.close() }
}
