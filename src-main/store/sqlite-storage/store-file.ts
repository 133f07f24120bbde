/**
 * One database file and its one connection: opened, checked, locked, shared by its collections, closed.
 *
 * Tables of the file: `store_state` (seq, whether it was closed in order), `store_collection` (which table belongs to
 * which collection and version, and how it is laid out), `store_attachment`, and one table per collection.
 */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { DocumentCache } from './document-cache.ts'
import { type Connection, execute, type SqlValue, type Statement } from './driver.ts'
import { asStoreError, resultCode, StoreError } from './errors.ts'
import { APPLICATION_ID, checkHeader, FILE_VERSION } from './file-header.ts'
import { type FileLock, lockFile } from './file-lock.ts'
import { Journal } from './journal.ts'
import { createPrivately } from './private-file.ts'
import { Scheduler } from './scheduler.ts'
import type { StoreSettings } from './settings.ts'

/** Statements kept prepared per file. A query's shape is one statement, its values are parameters. */
const STATEMENTS_KEPT = 300

/** Negative: KiB (https://sqlite.org/pragma.html#pragma_cache_size). */
const CACHE_SIZE = -65_536
const CACHE_SIZE_WHILE_LARGE = -32_768
/**
 * Above what `journal.ts` lets a journal grow to (at a million documents a transaction of 1,000 changes some 3,000 pages, seven
 * of them pass between two checkpoints): an automatic checkpoint runs within a commit, on the main thread.
 */
const AUTOCHECKPOINT_PAGES = 40_000

export class StoreFile {
  readonly path: string
  readonly settings: StoreSettings
  readonly scheduler: Scheduler
  readonly cache: DocumentCache
  /** Instances that use the file; the last one to leave closes it. */
  references = 0
  /** Whether a collection was removed; a file whose last one was removed is deleted when it closes. */
  emptied = false
  readonly journal: Journal
  readonly #connection: Connection
  readonly #lock: FileLock
  #statements = new Map<string, Statement>()
  #seq = 0
  /** Where the transaction began. */
  #seqBefore = 0
  #closed = false

  constructor(path: string, settings: StoreSettings) {
    this.path = path
    this.settings = settings
    this.scheduler = new Scheduler((error) => asStoreError(error, path))
    this.cache = new DocumentCache(settings.cache)
    let lock: FileLock | undefined
    try {
      // First of all, without opening it: another program's file must not even be locked.
      checkHeader(path)
      lock = lockFile(path, settings.driver, settings.lockTimeoutMs)
      this.#lock = lock
      this.#connection = openChecked(path, settings)
      this.journal = new Journal(this.#connection)
      this.#seq = this.all(`SELECT value FROM store_state WHERE name = 'seq'`)[0]?.[0] as number
    } catch (error) {
      lock?.release()
      throw asStoreError(error, path)
    }
  }

  /** The last sequence number given to a write of this file. */
  get seq(): number {
    return this.#seq
  }

  set seq(value: number) {
    this.#seq = value
  }

  get isClosed(): boolean {
    return this.#closed
  }

  /** A statement, prepared once. */
  statement(sql: string): Statement {
    const known = this.#statements.get(sql)
    if (known) return known
    if (this.#statements.size >= STATEMENTS_KEPT) {
      const oldest = this.#statements.keys().next().value
      if (oldest !== undefined) this.#statements.delete(oldest)
    }
    const statement = this.#connection.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  all(sql: string, parameters: readonly SqlValue[] = []): SqlValue[][] {
    return this.statement(sql).all(parameters)
  }

  run(sql: string, parameters: readonly SqlValue[] = []): void {
    this.statement(sql).run(parameters)
  }

  exec(sql: string): void {
    execute(this.#connection, sql)
  }

  backup(target: string): Promise<void> {
    return this.#connection.backup(target)
  }

  /**
   * Before and after a transaction of many thousand rows. Its pages go to the journal while it writes, with pauses, and
   * not all at its commit, which has none; nor does the commit copy the journal into the database (measured: a commit
   * of 100,000 documents held the event loop for 1.6 s). Never within a transaction.
   */
  expectLarge(large: boolean): void {
    this.exec(`PRAGMA cache_size = ${large ? CACHE_SIZE_WHILE_LARGE : CACHE_SIZE}`)
    this.exec(`PRAGMA wal_autocheckpoint = ${large ? 0 : AUTOCHECKPOINT_PAGES}`)
  }

  /** Starts a transaction. What it wrote counts only once `commit` returned. */
  begin(): void {
    this.run('BEGIN IMMEDIATE')
    this.#seqBefore = this.#seq
  }

  /** Ends the transaction, with the sequence number it reached. */
  commit(): void {
    this.run(`UPDATE store_state SET value = ? WHERE name = 'seq'`, [this.#seq])
    this.run('COMMIT')
    this.journal.committed(this.#seq - this.#seqBefore)
  }

  /** Undoes the transaction and sets the sequence number back. */
  rollback(seq: number): void {
    this.#seq = seq
    try {
      this.run('ROLLBACK')
    } catch {
      // SQLite itself has rolled back after a full disk or an I/O error; then there is nothing left to undo.
    }
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    const isEmptied = this.emptied && this.all('SELECT 1 FROM store_collection LIMIT 1').length === 0
    try {
      this.run(`UPDATE store_state SET value = 1 WHERE name = 'clean'`)
    } catch {
      // A disk that is full or gone leaves the mark of an unclean exit, so the next start checks the file.
    }
    this.#statements.clear()
    this.#connection.close()
    if (isEmptied) for (const suffix of ['', '-wal', '-shm']) rmSync(this.path + suffix, { force: true })
    this.#lock.release()
    if (isEmptied) rmSync(`${this.path}-lock`, { force: true })
  }
}

function openChecked(path: string, settings: StoreSettings): Connection {
  const found = checkHeader(path)
  if (found === 'missing') createPrivately(path)
  const connection = settings.driver.open(path)
  try {
    prepareConnection(connection, settings)
    if (found === 'missing') {
      createTables(connection)
      return connection
    }
    const problems = problemsAfterUncleanExit(connection)
    if (problems.length === 0) return connection
    connection.close()
    return replaceDamaged(path, settings, problems)
  } catch (error) {
    if (resultCode(error) === 11) {
      closeQuietly(connection)
      return replaceDamaged(path, settings, [String((error as Error).message)])
    }
    closeQuietly(connection)
    throw error
  }
}

function prepareConnection(connection: Connection, settings: StoreSettings): void {
  execute(connection, `PRAGMA busy_timeout = ${settings.lockTimeoutMs}`)
  if (settings.maxPages !== undefined) execute(connection, `PRAGMA max_page_count = ${settings.maxPages}`)
}

function walMode(connection: Connection): void {
  execute(connection, 'PRAGMA journal_mode = WAL')
  // In WAL mode NORMAL survives the death of the process; a power cut may cost the last commits, never the file.
  execute(connection, 'PRAGMA synchronous = NORMAL')
  // What is deleted is overwritten: a revoked token must not linger in a free page.
  execute(connection, 'PRAGMA secure_delete = ON')
  execute(connection, `PRAGMA cache_size = ${CACHE_SIZE}`)
  execute(connection, 'PRAGMA temp_store = MEMORY')
  // Checkpoints are made by `journal.ts`; this is for a journal that it somehow leaves to grow.
  execute(connection, `PRAGMA wal_autocheckpoint = ${AUTOCHECKPOINT_PAGES}`)
}

function createTables(connection: Connection): void {
  // Random inserts into many indexes touch nearly every leaf: larger pages are fewer, and each costs two calls to write.
  execute(connection, `PRAGMA page_size = 16384`)
  // Both marks are written before WAL mode, so that they stand in the file itself, where `checkHeader` reads them.
  execute(connection, `PRAGMA application_id = ${APPLICATION_ID};\nPRAGMA user_version = ${FILE_VERSION}`)
  execute(
    connection,
    `
    BEGIN IMMEDIATE;
    CREATE TABLE store_state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
    INSERT INTO store_state VALUES ('seq', 0), ('clean', 0);
    CREATE TABLE store_collection (
      number INTEGER PRIMARY KEY, name TEXT NOT NULL, version INTEGER NOT NULL, name_of_table TEXT NOT NULL UNIQUE,
      layout TEXT NOT NULL, inexact TEXT NOT NULL DEFAULT '[]', UNIQUE (name, version)
    );
    CREATE TABLE store_attachment (
      collection INTEGER NOT NULL, document TEXT NOT NULL, attachment TEXT NOT NULL,
      digest TEXT NOT NULL, type TEXT NOT NULL, content BLOB NOT NULL,
      PRIMARY KEY (collection, document, attachment)
    );
    COMMIT;`,
  )
  walMode(connection)
}

/** Marks the file as open; if the mark was still there, its last user died, and SQLite's quick_check looks it over. */
function problemsAfterUncleanExit(connection: Connection): string[] {
  walMode(connection)
  const clean = connection.prepare(`SELECT value FROM store_state WHERE name = 'clean'`).all([])[0]?.[0]
  if (clean !== 1) {
    const found = connection
      .prepare('PRAGMA quick_check')
      .all([])
      .map((row) => String(row[0]))
    if (found.length !== 1 || found[0] !== 'ok') return found
  }
  execute(connection, `UPDATE store_state SET value = 0 WHERE name = 'clean'`)
  return []
}

/** Moves a damaged file and its journals aside, reports where, and starts an empty one. Nothing is deleted. */
function replaceDamaged(path: string, settings: StoreSettings, problems: string[]): Connection {
  const movedTo = freeName(`${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`)
  for (const suffix of ['', '-wal', '-shm', '-journal']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, movedTo + suffix)
  }
  settings.report({
    kind: 'moved_aside',
    file: path,
    movedTo,
    problems,
    message: `${path} was damaged. It was moved to ${movedTo} and an empty store was started. Restore a backup, or fetch the data again.`,
  })
  return openChecked(path, settings)
}

function freeName(wanted: string): string {
  let name = wanted
  for (let count = 2; existsSync(name); count++) name = `${wanted}-${count}`
  return name
}

function closeQuietly(connection: Connection): void {
  try {
    connection.close()
  } catch {
    // Closed already.
  }
}

export function closedError(what: string): StoreError {
  return new StoreError('closed', `${what} is closed. Open it again before using it.`, { what })
}
