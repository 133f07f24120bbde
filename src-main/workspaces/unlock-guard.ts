/** Slows down guessing: after three wrong tries each further one waits twice as long, up to five minutes. */

const freeTries = 3
const longestWaitMs = 300_000

export class UnlockGuard {
  #wrong = 0
  #nextAt = 0
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Seconds until the next try is taken; 0 where it is taken now. */
  secondsToWait(): number {
    return Math.max(0, Math.ceil((this.#nextAt - this.#now()) / 1000))
  }

  wrong(): void {
    this.#wrong += 1
    if (this.#wrong < freeTries) return
    this.#nextAt = this.#now() + Math.min(longestWaitMs, 1000 * 2 ** (this.#wrong - freeTries))
  }

  right(): void {
    this.#wrong = 0
    this.#nextAt = 0
  }
}
