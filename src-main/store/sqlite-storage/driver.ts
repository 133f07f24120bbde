/**
 * All that this storage asks of an SQLite: seven methods. Calls are synchronous, because SQLite is;
 * the storage's scheduler decides when to let the event loop breathe.
 */
export type SqlValue = null | number | string | Uint8Array

export interface Statement {
  /** Runs a statement that returns no rows. */
  run(parameters: readonly SqlValue[]): void
  /** Every row, each an array in column order. */
  all(parameters: readonly SqlValue[]): SqlValue[][]
}

export interface Connection {
  /** Runs statements without parameters and forgets their rows. */
  exec(sql: string): void
  prepare(sql: string): Statement
  /** Copies the whole database, as committed now or later, to another file while this one stays usable. */
  backup(file: string): Promise<void>
  close(): void
}

export interface Driver {
  /** Opens a file, creating it where it is missing. */
  open(file: string): Connection
}
