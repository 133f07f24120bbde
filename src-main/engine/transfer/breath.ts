/** Long work in the one thread that also serves the window: it pauses every 8 ms, and stops where it is told to. */
import { setImmediate } from 'node:timers/promises'
import { RefusalError, refuse } from '../../../shared/domain/outcome.ts'

const budgetMs = 8

export class Breath {
  readonly #signal: AbortSignal
  #since = performance.now()

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  /** True where it is time to pause; asked at every step, so that most steps need no promise. */
  get due(): boolean {
    return performance.now() - this.#since >= budgetMs
  }

  /** Lets everything else run. Throws `cancelled` where the work is not wanted any more. */
  async take(): Promise<void> {
    await setImmediate()
    this.#since = performance.now()
    if (this.#signal.aborted) throw new RefusalError(refuse('cancelled'))
  }
}
