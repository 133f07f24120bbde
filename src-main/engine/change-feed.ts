/** The feed that tells renderers what changed, never what it changed to. Numbered, so that a dropped line resumes. */
import { type CollectionName, collectionNames } from '../../shared/domain/collections.ts'
import type { ChangeNotice } from '../../shared/protocol/console.ts'

type Changed = CollectionName | 'status'

/** Notices kept for renderers that reconnect; who missed more is told that everything changed. */
const kept = 1000

export class ChangeFeed {
  #sequence = 0
  readonly #recent: ChangeNotice[] = []
  readonly #listeners = new Set<() => void>()

  publish(collections: Iterable<Changed>): void {
    const notice: ChangeNotice = { sequence: ++this.#sequence, collections: [...new Set(collections)] }
    this.#recent.push(notice)
    if (this.#recent.length > kept) this.#recent.shift()
    for (const wake of this.#listeners) wake()
  }

  /**
   * Notices after `since`, or from now on. One that fell behind (or comes from before a restart, or says no number)
   * first gets a notice that names everything. Ends when the signal aborts.
   */
  async *from(since: number | undefined, signal: AbortSignal | undefined): AsyncGenerator<ChangeNotice> {
    // What is no number compares with nothing, and the loop below would never wait.
    let last = since === undefined ? this.#sequence : Number.isSafeInteger(since) ? since : -1
    let wake = Promise.withResolvers<void>()
    const listener = () => wake.resolve()
    this.#listeners.add(listener)
    signal?.addEventListener('abort', listener)
    try {
      while (!signal?.aborted) {
        wake = Promise.withResolvers<void>()
        const oldest = this.#recent[0]?.sequence ?? this.#sequence + 1
        if (last > this.#sequence || last + 1 < oldest) {
          last = this.#sequence
          yield { sequence: last, collections: ['status', ...collectionNames] }
        }
        for (const notice of this.#recent.filter(({ sequence }) => sequence > last)) {
          last = notice.sequence
          yield notice
        }
        if (this.#sequence === last && !signal?.aborted) await wake.promise
      }
    } finally {
      this.#listeners.delete(listener)
      signal?.removeEventListener('abort', listener)
    }
  }
}
