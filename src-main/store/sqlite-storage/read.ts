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
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index] as string
    const document = table.cache.getById(id) ?? readById(table, id)
    if (document && (withDeleted || !document._deleted)) documents.push(document)
    if ((index & 31) === 31) yield 'breathe'
  }
  return documents
}

function readById(table: CollectionTable, id: string): StoredDocument | undefined {
  const row = table.file.all(`SELECT k, data FROM ${table.sql} WHERE id = ?`, [encodeText(id)])[0]
  return row && table.keep(row[0] as number, row[1] as string)
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
