/**
 * All that this storage asks of an SQLite: seven methods. Calls are synchronous, because SQLite is;
 * the storage's scheduler decides when to let the event loop breathe.
 */
export type SqlValue = null | number | string | Uint8Array

export interface Statement {
  /** Runs a statement for its effect. */
  run(parameters: readonly SqlValue[]): void
  /** Every row, each an array in column order; none where the statement returns no rows. */
  all(parameters: readonly SqlValue[]): SqlValue[][]
}

export interface Connection {
  /** Compiles one statement. */
  prepare(sql: string): Statement
  /** Copies the whole database, as committed now or later, to another file while this one stays usable. */
  backup(file: string): Promise<void>
  /** Copies the write-ahead journal into the database (`wal_checkpoint(PASSIVE)`), beside the main thread if it can. */
  checkpoint(): Promise<void>
  close(): void
}

export interface Driver {
  /** Opens a file, creating it where it is missing. */
  open(file: string): Connection
}

/** Runs statements, separated by `;` at the end of a line, for their effect. */
export function execute(connection: Connection, sql: string): void {
  for (const statement of sql.split(/;\s*\n|;\s*$/)) {
    if (statement.trim() !== '') connection.prepare(statement).all([])
  }
}
