/** Reads that are not queries: by id, and by sequence number. */
import type { CollectionTable, SeqCheckpoint } from './collection-table.ts'
import { encodeText } from './encoding.ts'
import type { StoredDocument } from './layout.ts'
import type { Work } from './scheduler.ts'

/** Documents in the order of the ids asked for; those that are missing, or deleted unless wanted, are left out. */
export function* findById(
  table: CollectionTable,
  ids: readonly string[],
  withDeleted: boolean,
): Work<StoredDocument[]> {
  const documents: StoredDocument[] = []
  // The document comes along even where it is cached: a second statement costs those that are not more than it saves.
  const select = table.file.statement(
    `SELECT k, data FROM ${table.sql} WHERE id = ?${withDeleted ? '' : ' AND deleted = 0'}`,
  )
  for (let index = 0; index < ids.length; index++) {
    const row = select.all([encodeText(ids[index] as string)])[0]
    if (row) documents.push(table.cache.get(row[0] as number) ?? table.keep(row[0] as number, row[1] as string))
    if ((index & 31) === 31) yield 'breathe'
  }
  return documents
}

/** The current state of documents written after a checkpoint, oldest write first, deleted ones included. */
export function* getChanges(
  table: CollectionTable,
  limit: number,
  checkpoint: SeqCheckpoint | undefined,
): Work<{ documents: StoredDocument[]; checkpoint: SeqCheckpoint }> {
  const since = checkpoint ?? { seq: 0 }
  const rows = table.file.all(`SELECT k, seq FROM ${table.sql} WHERE seq > ? ORDER BY seq LIMIT ?`, [since.seq, limit])
  const documents = yield* table.load(rows.map((row) => row[0] as number))
  const last = rows[rows.length - 1]
  return { documents, checkpoint: last ? { seq: last[1] as number } : since }
}
