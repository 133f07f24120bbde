/** Removes for good what has been deleted long enough. */
import type { CollectionTable } from './collection-table.ts'
import type { Work } from './scheduler.ts'

/** Documents removed in one call; RxDB calls again while it is told that there are more. */
const ROWS = 1000

/** Purges documents deleted at least so many ms ago. True when none is left to purge. */
export function* cleanUp(table: CollectionTable, minimumDeletedTime: number): Work<boolean> {
  const { file } = table
  const rows = file.all(`SELECT k, id FROM ${table.sql} WHERE deleted = 1 AND lwt <= ? LIMIT ?`, [
    Date.now() - minimumDeletedTime,
    ROWS,
  ])
  if (rows.length === 0) return true
  const seq = file.seq
  file.begin()
  try {
    for (const [key, id] of rows) {
      file.run(`DELETE FROM ${table.sql} WHERE k = ?`, [key as number])
      if (table.schema.attachments) {
        file.run('DELETE FROM store_attachment WHERE collection = ? AND document = ?', [table.number, id as string])
      }
      table.cache.delete(key as number)
      yield 'breathe'
    }
    file.commit()
  } catch (error) {
    file.rollback(seq)
    throw error
  }
  return rows.length < ROWS
}
