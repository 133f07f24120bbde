/**
 * Writing: prepares all rows (JSON, column values, sizes), then writes them in transactions of at most
 * `transactionRows` documents. Between two transactions waiting reads run, so a first sync does not freeze a list.
 * Each transaction's events are emitted right after its commit, so that state and events never disagree.
 */
import {
  type BulkWriteRow,
  type CategorizeBulkWriteRowsOutput,
  categorizeBulkWriteRows,
  type RxStorageInstance,
  type RxStorageWriteError,
  stripAttachmentsDataFromDocument,
} from 'rxdb'
import { deleteAttachment, putAttachment } from './attachments.ts'
import { type ChangeBulk, type CollectionTable, insertStatement } from './collection-table.ts'
import type { SqlValue } from './driver.ts'
import { encodeText } from './encoding.ts'
import { StoreError } from './errors.ts'
import { columnValues, type Layout, type StoredDocument } from './layout.ts'
import type { Work } from './scheduler.ts'
import type { Sql } from './sql.ts'

export type WriteRow = BulkWriteRow<StoredDocument>
export type WriteError = RxStorageWriteError<StoredDocument>
/** The content of attachments, read out of their blobs before the write began, because a blob reads asynchronously. */
export type BlobContents = ReadonlyMap<Blob, Uint8Array>

/** A person's write is done in one go; a write of more rows, as in a first sync, pauses around its commit. */
const ROWS_AT_ONCE = 100
const IDS_PER_LOOKUP = 256
/** Rows between two possible pauses. */
const ROWS_PER_BREATH = 32

export type PreparedRow = {
  readonly row: WriteRow
  readonly id: string
  readonly json: string
  readonly values: SqlValue[]
}

/** Serialises rows. Refuses a document over the limit (`document_too_large`) before anything is written. */
export function* prepareRows(
  table: CollectionTable,
  rows: readonly WriteRow[],
  inexact: Set<string>,
): Work<PreparedRow[]> {
  const { primaryPath } = table.layout
  const limit = table.file.settings.documentLimit
  const prepared: PreparedRow[] = new Array(rows.length)
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] as WriteRow
    const document = table.schema.attachments ? stripAttachmentsDataFromDocument(row.document) : row.document
    const id = document[primaryPath] as string
    const json = JSON.stringify(document)
    if (json.length > limit) {
      throw new StoreError(
        'document_too_large',
        `A document of ${table.name} has ${json.length} characters of JSON; ${limit} is the limit. Make it smaller, or raise documentLimit.`,
        { collection: table.name, size: json.length, limit },
      )
    }
    prepared[index] = { row, id, json, values: columnValues(table.layout, document as StoredDocument, inexact) }
    if (index % ROWS_PER_BREATH === ROWS_PER_BREATH - 1) yield 'breathe'
  }
  return prepared
}

/** One bulkWrite: every row is written or reported as an error. */
export function* bulkWrite(
  table: CollectionTable,
  rows: readonly WriteRow[],
  context: string,
  contents: BlobContents,
): Work<{ error: WriteError[] }> {
  const inexact = new Set<string>()
  const prepared = yield* prepareRows(table, rows, inexact)
  const error: WriteError[] = []
  const { transactionRows } = table.file.settings
  const large = prepared.length > ROWS_AT_ONCE
  for (let from = 0; from < prepared.length; from += transactionRows) {
    if (from > 0) yield 'turn'
    const part = prepared.length <= transactionRows ? prepared : prepared.slice(from, from + transactionRows)
    yield* table.file.journal.makeRoom(part.length)
    const seq = table.file.seq
    const written: Written[] = []
    table.file.begin()
    try {
      table.markInexact(inexact)
      yield* writePart(table, part, context, contents, written)
      // A commit of many rows is the longest single call; what came before it need not add to its block.
      if (large) yield 'breathe'
      table.file.commit()
    } catch (reason) {
      table.file.rollback(seq)
      forgetRows(table, written)
      throw reason
    }
    // Nor need what comes after it. Reads wait until the events are out, so nobody sees the documents before them.
    if (large) yield 'breathe'
    for (const one of written) {
      for (const conflict of one.errors) error.push(conflict)
      publish(table, one)
    }
  }
  return { error }
}

/** What one transaction wrote of a table, to be published after its commit. */
export type Written = {
  readonly errors: readonly WriteError[]
  readonly events: ChangeBulk
  readonly rows: { readonly key: number; readonly document: StoredDocument; readonly size: number }[]
}

/** Writes rows within the open transaction. Rows of one document follow one another, as if written one by one. */
export function* writePart(
  table: CollectionTable,
  prepared: readonly PreparedRow[],
  context: string,
  contents: BlobContents,
  written: Written[],
): Work<void> {
  for (const distinct of runsOfDistinctIds(prepared)) {
    const stored = yield* revisionsOf(table, distinct)
    const categorized = categorizeBulkWriteRows(
      { schema: table.schema } as unknown as RxStorageInstance<unknown, unknown, unknown>,
      table.layout.primaryPath as never,
      stored as unknown as Map<string, StoredDocument>,
      distinct.map((one) => one.row),
      context,
    ) as unknown as CategorizeBulkWriteRowsOutput<StoredDocument>
    dropEventsOfUnwritten(categorized)
    const result: Written = { errors: categorized.errors, events: categorized.eventBulk, rows: [] }
    written.push(result)
    for (const conflict of categorized.errors) {
      const known = stored.get(conflict.documentId)
      if (known && 'documentInDb' in conflict) conflict.documentInDb = table.loadOne(known.key)
    }
    const byId = new Map<string, PreparedRow>()
    for (const one of distinct) byId.set(one.id, one)
    yield* insertRows(table, categorized, byId, result)
    yield* updateRows(table, categorized, byId, stored, result)
    applyAttachments(table, categorized, contents)
    categorized.eventBulk.checkpoint = { seq: table.file.seq }
  }
}

/** RxDB's categorizer emits an event even for a row that it refuses for a missing attachment. */
function dropEventsOfUnwritten(categorized: CategorizeBulkWriteRowsOutput<StoredDocument>): void {
  const refused = new Set<string>()
  for (const error of categorized.errors) if (error.status === 510) refused.add(error.documentId)
  if (refused.size === 0) return
  categorized.eventBulk.events = categorized.eventBulk.events.filter((event) => !refused.has(event.documentId))
}

function* insertRows(
  table: CollectionTable,
  categorized: CategorizeBulkWriteRowsOutput<StoredDocument>,
  byId: ReadonlyMap<string, PreparedRow>,
  result: Written,
): Work<void> {
  const { file, layout } = table
  const insert = file.statement(insertStatement(table.sql, layout))
  let count = 0
  for (const { document } of categorized.bulkInsertDocs) {
    const id = document[layout.primaryPath] as string
    const { json, values } = byId.get(id) as PreparedRow
    const seq = file.seq + 1
    insert.run([
      seq,
      encodeText(id),
      document._rev,
      document._deleted ? 1 : 0,
      document._meta.lwt,
      seq,
      ...values,
      json,
    ])
    file.seq = seq
    result.rows.push({ key: seq, document, size: json.length })
    if (++count % ROWS_PER_BREATH === 0) yield 'breathe'
  }
}

function* updateRows(
  table: CollectionTable,
  categorized: CategorizeBulkWriteRowsOutput<StoredDocument>,
  byId: ReadonlyMap<string, PreparedRow>,
  stored: ReadonlyMap<string, StoredRevision>,
  result: Written,
): Work<void> {
  const { file, layout } = table
  let count = 0
  for (const { document } of categorized.bulkUpdateDocs) {
    const id = document[layout.primaryPath] as string
    const { json, values } = byId.get(id) as PreparedRow
    const { key, indexed } = stored.get(id) as StoredRevision
    const seq = file.seq + 1
    table.cache.delete(key) // a later row of this call may be told of this revision as its conflict
    const changed = changedColumns(layout, indexed, [document._deleted ? 1 : 0, ...values])
    file.run(`UPDATE ${table.sql} SET rev = ?, lwt = ?, seq = ?${changed.text}, data = ? WHERE k = ?`, [
      document._rev,
      document._meta.lwt,
      seq,
      ...changed.parameters,
      json,
      key,
    ])
    file.seq = seq
    result.rows.push({ key, document, size: json.length })
    if (++count % ROWS_PER_BREATH === 0) yield 'breathe'
  }
}

/**
 * The columns of indexes that a write changes. A column that an UPDATE names costs its indexes a deletion and an
 * insertion even where the value stays, and each of those writes another page (measured: most of what a patch cost).
 */
function changedColumns(layout: Layout, before: readonly SqlValue[], after: readonly SqlValue[]): Sql {
  let text = ''
  const parameters: SqlValue[] = []
  for (let index = 0; index < after.length; index++) {
    const value = after[index] as SqlValue
    if (value === before[index]) continue
    text += `, ${index === 0 ? 'deleted' : layout.columns[index - 1]?.name} = ?`
    parameters.push(value)
  }
  return { text, parameters }
}

function applyAttachments(
  table: CollectionTable,
  categorized: CategorizeBulkWriteRowsOutput<StoredDocument>,
  contents: BlobContents,
): void {
  if (!table.schema.attachments) return
  for (const one of [...categorized.attachmentsAdd, ...categorized.attachmentsUpdate]) {
    putAttachment(table, one, contents.get(one.attachmentData.data) ?? new Uint8Array())
  }
  for (const one of categorized.attachmentsRemove) deleteAttachment(table, one.documentId, one.attachmentId)
}

/** Makes a committed write known: to the cache, then to whoever listens. */
export function publish(table: CollectionTable, written: Written): void {
  for (const { key, document, size } of written.rows) {
    table.cache.set(key, document[table.layout.primaryPath] as string, document, size)
  }
  if (written.events.events.length > 0) table.changes.next(written.events)
}

/** After a rollback the cache may hold documents that were never committed. */
export function forgetRows(table: CollectionTable, written: readonly Written[]): void {
  for (const one of written) for (const { key } of one.rows) table.cache.delete(key)
}

/** What RxDB's categorizer asks of a stored document: its revision. The whole one is fetched only for a conflict. */
type StoredRevision = {
  readonly _rev: string
  readonly key: number
  /** `deleted`, then the layout's columns. */
  readonly indexed: readonly SqlValue[]
}

function* revisionsOf(table: CollectionTable, rows: readonly PreparedRow[]): Work<Map<string, StoredRevision>> {
  const found = new Map<string, StoredRevision>()
  const columns = ['k', 'rev', 'deleted', ...table.layout.columns.map((column) => column.name)].join(', ')
  if (rows.length === 1) {
    const [{ id }] = rows as [PreparedRow]
    const row = table.file.all(`SELECT ${columns} FROM ${table.sql} WHERE id = ?`, [encodeText(id)])[0]
    if (row) found.set(id, storedRevision(row))
    return found
  }
  // One statement for many ids: most of a lookup's cost is the call into SQLite. The position tells which id it was.
  const select = table.file.statement(
    `SELECT ${columns}, e.key FROM json_each(?) e CROSS JOIN ${table.sql} t ON t.id = e.value`,
  )
  for (let from = 0; from < rows.length; from += IDS_PER_LOOKUP) {
    const part = rows.slice(from, from + IDS_PER_LOOKUP)
    for (const row of select.all([JSON.stringify(part.map((one) => encodeText(one.id)))])) {
      const { id } = part[row.pop() as number] as PreparedRow
      found.set(id, storedRevision(row))
    }
    yield 'breathe'
  }
  return found
}

function storedRevision([key, rev, ...indexed]: readonly SqlValue[]): StoredRevision {
  return { key: key as number, _rev: rev as string, indexed }
}

/** Splits rows so that no document occurs twice in a run; nearly always there is one run. */
function runsOfDistinctIds(rows: readonly PreparedRow[]): (readonly PreparedRow[])[] {
  const ids = new Set<string>()
  for (const { id } of rows) ids.add(id)
  if (ids.size === rows.length) return [rows]
  const runs: PreparedRow[][] = []
  let run: PreparedRow[] = []
  ids.clear()
  for (const row of rows) {
    if (ids.has(row.id)) {
      runs.push(run)
      run = []
      ids.clear()
    }
    ids.add(row.id)
    run.push(row)
  }
  runs.push(run)
  return runs
}
