/**
 * Writes documents of several collections together: all of them or none.
 * RxDB promises no transaction even within one bulkWrite; this storage can give one, because a database is one file.
 */
import { createRevision, fillObjectDataBeforeInsert, now, type RxSchema } from 'rxdb'
import type { CollectionTable } from './collection-table.ts'
import { encodeText } from './encoding.ts'
import { StoreError } from './errors.ts'
import { ownInstance } from './instance.ts'
import type { StoredDocument } from './layout.ts'
import type { Work } from './scheduler.ts'
import { closedError } from './store-file.ts'
import { forgetRows, prepareRows, publish, type WriteRow, type Written, writePart } from './write.ts'

/** What is asked of an RxDatabase: RxDB's own type is invariant in its collections, this takes any of them. */
export type AtomicDatabase = {
  readonly token: string
  lockedRun<Result>(work: () => Promise<Result>): Promise<Result>
}

/** What is asked of an RxCollection, whose own type is invariant in its document. */
export type AtomicCollection = {
  readonly name: string
  readonly database: unknown
  readonly schema: unknown
  readonly storageInstance: unknown
}

export type AtomicWrite = {
  readonly collection: AtomicCollection
  readonly documents: readonly {
    /** The state that was read, with its `_rev`; absent for a new document (or one that was deleted before). */
    readonly previous?: object | undefined
    /** The state wanted, whole. Defaults and RxDB's own fields are filled in; `_deleted: true` deletes. */
    readonly document: object
  }[]
}

export type AtomicConflict = {
  readonly collection: string
  readonly documentId: string
  /** What is stored now. */
  readonly documentInDb: StoredDocument
}

export type AtomicOutcome =
  | { readonly ok: true; readonly documents: readonly (readonly StoredDocument[])[] }
  | { readonly ok: false; readonly conflicts: readonly AtomicConflict[] }

/** A person's write has a part for each collection; more are a large write, published with pauses. */
const PARTS_AT_ONCE = 16

/** Rows are made when their turn comes, so that a large write costs the event loop no more at once than a small one. */
type Part = { readonly table: CollectionTable; readonly count: number; readonly rows: () => readonly Wanted[] }
type Wanted = { readonly expects: string | undefined; readonly document: StoredDocument }

/**
 * Writes all documents in one transaction, or none of them where one conflicts. After the commit each collection's
 * live queries see its changes, as after a write of RxDB's own. Documents with attachments' content are refused.
 *
 * A large write is best given in parts of some hundred documents, also of one collection: the event loop turns between
 * them. `between` is told how many documents are written so far; what it throws undoes them all.
 *
 * Neither RxDB's hooks nor a validating storage around this one are run: the caller validates.
 * Throws StoreError: `foreign_collection`, `closed`, `document_too_large`, `disk_full` …
 */
export function atomically(
  database: AtomicDatabase,
  writes: readonly AtomicWrite[],
  context = 'atomically',
  between?: (documents: number) => void,
): Promise<AtomicOutcome> {
  const time = now()
  const parts = writes.map((write): Part => {
    const table = tableOf(database, write.collection)
    const fill = ({ previous, document }: AtomicWrite['documents'][number]): Wanted => {
      const filled = fillObjectDataBeforeInsert(
        write.collection.schema as RxSchema<StoredDocument>,
        document,
      ) as StoredDocument
      filled._meta = { ...filled._meta, lwt: time }
      return { expects: (previous as StoredDocument | undefined)?._rev, document: filled }
    }
    return { table, count: write.documents.length, rows: () => write.documents.map(fill) }
  })
  const file = parts[0]?.table.file
  if (!file) return Promise.resolve({ ok: true, documents: [] })
  return database.lockedRun(() => file.scheduler.run('write', () => writeAll(database.token, parts, context, between)))
}

function tableOf(database: AtomicDatabase, collection: AtomicCollection): CollectionTable {
  const instance = ownInstance(collection.storageInstance)
  if (!instance || collection.database !== database) {
    throw new StoreError(
      'foreign_collection',
      `${collection.name} does not belong to this database on this storage. Pass collections of one database.`,
      { collection: collection.name },
    )
  }
  if (instance.isClosed) throw closedError(`The collection ${collection.name}`)
  return instance.internals.table
}

function* writeAll(
  token: string,
  parts: readonly Part[],
  context: string,
  between?: (documents: number) => void,
): Work<AtomicOutcome> {
  const { file } = (parts[0] as Part).table
  yield* file.journal.makeRoom(parts.reduce((rows, part) => rows + part.count, 0))
  const seq = file.seq
  const written: { readonly table: CollectionTable; readonly results: Written[] }[] = []
  const documents: StoredDocument[][] = []
  const large = parts.length > PARTS_AT_ONCE
  let total = 0
  if (large) file.expectLarge(true)
  file.begin()
  try {
    const conflicts: AtomicConflict[] = []
    for (const { table, rows } of parts) {
      const revised = rows().map((row) => revise(table, row, token))
      const inexact = new Set<string>()
      const prepared = yield* prepareRows(table, revised, inexact)
      table.markInexact(inexact)
      const results: Written[] = []
      written.push({ table, results })
      yield* writePart(table, prepared, context, new Map(), results)
      documents.push(revised.map((row) => row.document as StoredDocument))
      for (const error of results.flatMap((one) => one.errors)) {
        if (!('documentInDb' in error))
          throw new Error('Attachments cannot be written atomically with other documents.')
        conflicts.push({
          collection: table.name,
          documentId: error.documentId,
          documentInDb: error.documentInDb as StoredDocument,
        })
      }
      total += revised.length
      between?.(total)
      yield 'breathe'
    }
    if (conflicts.length > 0) {
      undo()
      return { ok: false, conflicts }
    }
    file.commit()
  } catch (error) {
    undo()
    throw error
  }
  if (large) file.expectLarge(false)
  for (const { table, results } of written) {
    for (const one of results) publish(table, one)
    // Reads wait until the last event is out, so nobody sees the documents before their events.
    if (large) yield 'breathe'
  }
  return { ok: true, documents }

  function undo(): void {
    file.rollback(seq)
    if (large) file.expectLarge(false)
    for (const { table, results } of written) forgetRows(table, results)
  }
}

/**
 * Gives a document its next revision. Where the caller knew the stored state, or it is deleted and the caller brings
 * a living one as new (RxDB lets a deleted document be inserted again), the stored state is its predecessor.
 */
function revise(table: CollectionTable, wanted: Wanted, token: string): WriteRow {
  const { document, expects } = wanted
  const id = document[table.layout.primaryPath] as string
  const key = table.file.all(`SELECT k FROM ${table.sql} WHERE id = ?`, [encodeText(id)])[0]?.[0] as number | undefined
  const stored = key === undefined ? undefined : table.loadOne(key)
  const follows = stored && (expects === undefined ? stored._deleted && !document._deleted : stored._rev === expects)
  if (!follows) {
    document._rev = createRevision(token)
    // A conflict where something else is stored; an insert where nothing is.
    return { document }
  }
  document._rev = createRevision(token, stored)
  return { document, previous: stored }
}
