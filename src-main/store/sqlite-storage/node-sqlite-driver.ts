import { backup, DatabaseSync } from 'node:sqlite'
import { checkpointInThread } from './checkpoint-thread.ts'
import type { Driver, SqlValue } from './driver.ts'

/** Pages copied between two turns of the event loop by an online backup: 4 KiB each, so about 2 MB. */
const BACKUP_PAGES = 500

/** The default driver: the SQLite that Node and Electron carry. */
export const nodeSqliteDriver: Driver = {
  open(file) {
    const database = new DatabaseSync(file)
    return {
      prepare(sql) {
        const statement = database.prepare(sql)
        statement.setReturnArrays(true)
        return {
          run: (parameters) => {
            statement.run(...parameters)
          },
          all: (parameters) => statement.all(...parameters) as unknown as SqlValue[][],
        }
      },
      async backup(target) {
        await backup(database, target, { rate: BACKUP_PAGES })
      },
      checkpoint: () => checkpointInThread(file),
      close: () => database.close(),
    }
  },
}
