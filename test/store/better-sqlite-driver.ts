/** A second driver, over another SQLite of the registry: proof that the storage's driver interface is one. */
import Database from 'better-sqlite3-multiple-ciphers'
import type { Driver, SqlValue } from '../../src-main/store/sqlite-storage/index.ts'

export const betterSqliteDriver: Driver = {
  open(file) {
    const database = new Database(file)
    return {
      prepare(sql) {
        const statement = database.prepare(sql)
        if (statement.reader) statement.raw(true)
        return {
          run: (parameters) => {
            if (statement.reader) statement.all(...parameters)
            else statement.run(...parameters)
          },
          all: (parameters) => {
            if (statement.reader) return statement.all(...parameters) as SqlValue[][]
            statement.run(...parameters)
            return []
          },
        }
      },
      async backup(target) {
        await database.backup(target)
      },
      async checkpoint() {
        database.prepare('PRAGMA wal_checkpoint(PASSIVE)').all()
      },
      close: () => {
        database.close()
      },
    }
  },
}
