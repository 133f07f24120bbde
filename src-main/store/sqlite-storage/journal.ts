/**
 * Decides when the journal is copied into the database: in the background while it is short, and before the next
 * transaction, with everybody waiting but the event loop, when it has grown long. Only while nobody writes can
 * SQLite begin the journal anew.
 */
import type { Connection } from './driver.ts'
import type { Work } from './scheduler.ts'

/** Rows written (each commit counts as some more) that call for a checkpoint, and that make writers wait for one. */
const WORTHWHILE = 6_000
const TOO_MANY = 12_000
const COMMIT = 3
const LARGE = 100

export class Journal {
  readonly #connection: Connection
  /** Rows in the journal that no finished checkpoint has covered. */
  #rows = 0
  #running: Promise<void> | undefined

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** To be told of each commit. */
  committed(rows: number): void {
    this.#rows += rows + COMMIT
    if (this.#rows >= WORTHWHILE && !this.#running) void this.#checkpoint()
  }

  /**
   * To be passed before a transaction of so many rows. A large one waits for a running checkpoint: both would write
   * to one disk, and the commit, unlike the checkpoint, would keep the main thread waiting.
   */
  *makeRoom(rows: number): Work<void> {
    if (this.#running && (rows >= LARGE || this.#rows >= TOO_MANY)) yield this.#running
    if (this.#rows >= TOO_MANY) yield this.#checkpoint()
  }

  /** Resolves when no checkpoint is under way. */
  settled(): Promise<void> {
    return this.#running ?? Promise.resolve()
  }

  #checkpoint(): Promise<void> {
    const covered = this.#rows
    this.#running = this.#connection.checkpoint().then(() => {
      this.#rows -= covered
      this.#running = undefined
    })
    return this.#running
  }
}
