/**
 * One SQLite connection does one thing at a time, and synchronously. The scheduler runs the operations of a file
 * in the order they came, and keeps the event loop alive: work is written as a generator that yields where it may
 * pause, and once 8 ms have been spent since the loop last turned, it goes on after a `setImmediate`.
 *
 * An operation that is quick and finds the file idle runs at once, within the call.
 */

/**
 * `breathe`: the loop may turn here. `turn`: nothing is half done, so waiting reads may run before it goes on.
 * A promise: the operation keeps the file to itself until it settles.
 */
export type Pause = 'breathe' | 'turn' | Promise<unknown>
export type Work<Result> = Generator<Pause, Result, void>

export type OperationKind = 'read' | 'write'

type Operation = {
  readonly kind: OperationKind
  readonly work: () => Work<unknown>
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

const BUDGET_MS = 8

export class Scheduler {
  readonly #translateError: (error: unknown) => unknown
  readonly #waiting: Operation[] = []
  #busy = false
  /** Milliseconds spent in this turn of the event loop. */
  #spent = 0
  #turnIsWatched = false

  constructor(translateError: (error: unknown) => unknown) {
    this.#translateError = translateError
  }

  /** True where an operation that is asked for now runs at once. */
  get isIdle(): boolean {
    return !this.#busy && this.#waiting.length === 0
  }

  run<Result>(kind: OperationKind, work: () => Work<Result>): Promise<Result> {
    if (!this.isIdle || this.#spent >= BUDGET_MS) {
      return new Promise<Result>((resolve, reject) => {
        this.#waiting.push({ kind, work, resolve: resolve as (result: unknown) => void, reject })
        if (!this.#busy) void this.#drain()
      })
    }
    return this.#runNow(work)
  }

  #runNow<Result>(work: () => Work<Result>): Promise<Result> {
    this.#busy = true
    const from = this.#watchTurn()
    try {
      const running = work()
      for (;;) {
        const step = running.next()
        if (step.done) {
          this.#leave(from)
          return Promise.resolve(step.value)
        }
        const isSpent = this.#spent + performance.now() - from >= BUDGET_MS
        if (isSpent || typeof step.value === 'object') {
          if (isSpent) this.#spent = BUDGET_MS
          return this.#finishLater(running, step.value)
        }
      }
    } catch (error) {
      this.#leave(from)
      return Promise.reject(this.#translateError(error))
    }
  }

  async #finishLater<Result>(running: Work<Result>, pause: Pause): Promise<Result> {
    try {
      return await this.#drive(running, pause)
    } catch (error) {
      throw this.#translateError(error)
    } finally {
      void this.#drain()
    }
  }

  async #drain(): Promise<void> {
    this.#busy = true
    if (this.#spent >= BUDGET_MS) {
      await nextTurn()
      this.#spent = 0
    }
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await this.#perform(next)
    this.#busy = false
  }

  async #perform(operation: Operation): Promise<void> {
    try {
      operation.resolve(await this.#drive(operation.work()))
    } catch (error) {
      operation.reject(this.#translateError(error))
    }
  }

  async #drive<Result>(running: Work<Result>, pausedAt?: Pause): Promise<Result> {
    let from = this.#watchTurn()
    let pause = pausedAt
    for (;;) {
      if (this.#spent + performance.now() - from >= BUDGET_MS) {
        await nextTurn()
        this.#spent = 0
        from = this.#watchTurn()
      }
      if (pause === 'turn' || typeof pause === 'object') {
        this.#spent += performance.now() - from
        await (pause === 'turn' ? this.#letReadsThrough() : pause)
        from = this.#watchTurn()
      }
      const step = running.next()
      if (step.done) {
        this.#spent += performance.now() - from
        return step.value
      }
      pause = step.value
    }
  }

  /** Runs the reads that wait now; those that come meanwhile wait for the next turn. */
  async #letReadsThrough(): Promise<void> {
    const reads = this.#waiting.filter((operation) => operation.kind === 'read')
    if (reads.length === 0) return
    const others = this.#waiting.filter((operation) => operation.kind !== 'read')
    this.#waiting.splice(0, this.#waiting.length, ...others)
    for (const read of reads) await this.#perform(read)
  }

  #leave(from: number): void {
    this.#spent += performance.now() - from
    this.#busy = false
    if (this.#waiting.length > 0) void this.#drain()
  }

  /** Starts the clock, and sees to it that a turn of the event loop sets it back. */
  #watchTurn(): number {
    if (!this.#turnIsWatched) {
      this.#turnIsWatched = true
      setImmediate(() => {
        this.#turnIsWatched = false
        this.#spent = 0
      })
    }
    return performance.now()
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
