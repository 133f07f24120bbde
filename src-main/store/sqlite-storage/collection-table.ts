/** The table of one collection and version: shared by every instance of it in the process. */
import type { EventBulk, RxStorageChangeEvent } from 'rxdb'
import { Subject } from 'rxjs'
import type { TableCache } from './document-cache.ts'
import type { SqlValue } from './driver.ts'
import { encodeText } from './encoding.ts'
import {
  type Column,
  columnValues,
  type Layout,
  layoutOf,
  quoted,
  type StoredDocument,
  type StoredSchema,
  tableDefinition,
} from './layout.ts'
import type { Work } from './scheduler.ts'
import { isOneOf } from './sql.ts'
import type { StoreFile } from './store-file.ts'

/** Where a reader of changes stands: everything up to and including this number is known to it. */
export type SeqCheckpoint = { readonly seq: number }
export type ChangeBulk = EventBulk<RxStorageChangeEvent<StoredDocument>, SeqCheckpoint>

/** Documents fetched by one statement: most of what a short fetch costs is the call. */
const ROWS_PER_LOAD = 64
/** Documents per page while a table is laid out anew. */
const COPY_ROWS = 200

export class CollectionTable {
  readonly file: StoreFile
  readonly name: string
  readonly version: number
  readonly schema: StoredSchema
  readonly layout: Layout
  /** Number in `store_collection`, and owner of the collection's attachments. */
  readonly number: number
  /** Quoted name in SQL. */
  readonly sql: string
  readonly changes = new Subject<ChangeBulk>()
  readonly cache: TableCache
  /** Columns that met a value without an exact place; queries no longer use them. */
  readonly inexact: Set<string>
  /** How many queries SQL could not express exactly. */
  fallbacks = 0
  references = 0
  removed = false
  readonly #columns = new Map<string, Column>()

  constructor(file: StoreFile, name: string, schema: StoredSchema) {
    this.file = file
    this.name = name
    this.version = schema.version
    this.schema = schema
    this.layout = layoutOf(schema)
    this.cache = file.cache.forTable()
    const found = findOrCreate(file, name, schema.version, this.layout)
    this.number = found.number
    this.sql = quoted(found.table)
    this.inexact = new Set(found.inexact)
    for (const column of [...ownColumns(this.layout.primaryPath), ...this.layout.columns]) {
      this.#columns.set(column.path, column)
    }
  }

  /** The column that holds a path exactly, if one does. */
  exactColumn(path: string): Column | undefined {
    const column = this.#columns.get(path)
    return column && !this.inexact.has(column.name) ? column : undefined
  }

  /** The documents of rows, in the order of their keys, from the cache or parsed. */
  *load(keys: readonly number[]): Work<StoredDocument[]> {
    const documents: StoredDocument[] = new Array(keys.length)
    for (let from = 0; from < keys.length; from += ROWS_PER_LOAD) {
      const to = Math.min(from + ROWS_PER_LOAD, keys.length)
      const missing: number[] = []
      for (let index = from; index < to; index++) {
        const cached = this.cache.get(keys[index] as number)
        if (cached) documents[index] = cached
        else missing.push(index)
      }
      if (missing.length > 0) this.#fetch(keys, missing, documents)
      if (to < keys.length) yield 'breathe'
    }
    return documents
  }

  /** Reads and keeps the documents at some places of `keys`. */
  #fetch(keys: readonly number[], places: readonly number[], documents: StoredDocument[]): void {
    const placeOf = new Map<number, number>()
    for (const place of places) placeOf.set(keys[place] as number, place)
    const wanted = isOneOf('k', [...placeOf.keys()])
    const rows = this.file.all(`SELECT k, data FROM ${this.sql} WHERE ${wanted.text}`, wanted.parameters)
    for (const [key, json] of rows) {
      documents[placeOf.get(key as number) as number] = this.keep(key as number, json as string)
    }
  }

  loadOne(key: number): StoredDocument {
    const cached = this.cache.get(key)
    if (cached) return cached
    const json = this.file.all(`SELECT data FROM ${this.sql} WHERE k = ?`, [key])[0]?.[0] as string
    return this.keep(key, json)
  }

  /** Parses a document and remembers it. */
  keep(key: number, json: string): StoredDocument {
    this.file.cache.misses++
    const document = JSON.parse(json) as StoredDocument
    this.cache.set(key, document[this.layout.primaryPath] as string, document, json.length)
    return document
  }

  /** Writes down, within the transaction, which columns are exact no more. */
  markInexact(names: ReadonlySet<string>): void {
    const before = this.inexact.size
    for (const name of names) this.inexact.add(name)
    if (this.inexact.size === before) return
    this.file.run('UPDATE store_collection SET inexact = ? WHERE number = ?', [
      JSON.stringify([...this.inexact]),
      this.number,
    ])
  }

  /** Drops the table and all that belongs to it. */
  drop(): void {
    const seq = this.file.seq
    this.file.begin()
    try {
      this.file.exec(`DROP TABLE ${this.sql}`)
      this.file.run('DELETE FROM store_attachment WHERE collection = ?', [this.number])
      this.file.run('DELETE FROM store_collection WHERE number = ?', [this.number])
      this.file.commit()
    } catch (error) {
      this.file.rollback(seq)
      throw error
    }
    this.removed = true
    this.file.emptied = true
    this.forget()
  }

  /** Lets go of memory once the last instance is gone. */
  forget(): void {
    this.changes.complete()
    this.cache.clear()
  }
}

/** RxDB's own fields that every table has as columns. */
function ownColumns(primaryPath: string): Column[] {
  return [
    { path: primaryPath, name: 'id', kind: 'scalar' },
    { path: '_deleted', name: 'deleted', kind: 'boolean' },
    { path: '_meta.lwt', name: 'lwt', kind: 'scalar' },
  ]
}

type Found = { readonly number: number; readonly table: string; readonly inexact: readonly string[] }

function findOrCreate(file: StoreFile, name: string, version: number, layout: Layout): Found {
  const wanted = JSON.stringify(layout)
  const row = file.all(
    'SELECT number, name_of_table, layout, inexact FROM store_collection WHERE name = ? AND version = ?',
    [encodeText(name), version],
  )[0]
  const seq = file.seq
  file.begin()
  try {
    const found = row
      ? row[2] === wanted
        ? { number: row[0] as number, table: row[1] as string, inexact: JSON.parse(row[3] as string) as string[] }
        : layOutAnew(file, row[0] as number, row[1] as string, layout, wanted)
      : create(file, name, version, layout, wanted)
    file.commit()
    return found
  } catch (error) {
    file.rollback(seq)
    throw error
  }
}

function create(file: StoreFile, name: string, version: number, layout: Layout, stored: string): Found {
  const number = (file.all('SELECT ifnull(max(number), 0) + 1 FROM store_collection')[0] as SqlValue[])[0] as number
  // The number keeps apart names that differ only by case, which SQLite takes for one.
  const table = `c${number} ${name.replace(/[^A-Za-z0-9_-]/g, '_')}@${version}`
  file.exec(tableDefinition(table, layout))
  file.run('INSERT INTO store_collection (number, name, version, name_of_table, layout) VALUES (?, ?, ?, ?, ?)', [
    number,
    encodeText(name),
    version,
    table,
    stored,
  ])
  return { number, table, inexact: [] }
}

/** The schema's indexes changed, or this storage lays tables out differently now: copies every row to a new table. */
function layOutAnew(file: StoreFile, number: number, old: string, layout: Layout, stored: string): Found {
  const table = old.endsWith("'") ? old.slice(0, -1) : `${old}'`
  file.exec(tableDefinition(table, layout))
  const inexact = new Set<string>()
  const insert = insertStatement(quoted(table), layout)
  for (let from = -1; ; ) {
    const rows = file.all(
      `SELECT k, id, rev, deleted, lwt, seq, data FROM ${quoted(old)} WHERE k > ? ORDER BY k LIMIT ${COPY_ROWS}`,
      [from],
    )
    for (const row of rows) {
      const values = columnValues(layout, JSON.parse(row[6] as string) as StoredDocument, inexact)
      file.run(insert, [...row.slice(0, 6), ...values, row[6] as string])
      from = row[0] as number
    }
    if (rows.length < COPY_ROWS) break
  }
  file.exec(`DROP TABLE ${quoted(old)}`)
  file.run('UPDATE store_collection SET name_of_table = ?, layout = ?, inexact = ? WHERE number = ?', [
    table,
    stored,
    JSON.stringify([...inexact]),
    number,
  ])
  return { number, table, inexact: [...inexact] }
}

export function insertStatement(table: string, layout: Layout): string {
  return `INSERT INTO ${table} VALUES (?, ?, ?, ?, ?, ?${', ?'.repeat(layout.columns.length)}, ?)`
}
