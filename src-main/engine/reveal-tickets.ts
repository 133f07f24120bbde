/** Secrets that wait in memory for their one reader. Nothing here is ever written anywhere. */
import { randomUUID } from 'node:crypto'
import { RefusalError, refuse } from '../../shared/domain/outcome.ts'
import type { Secret } from '../../shared/domain/secret.ts'
import type { RevealTicket } from '../../shared/protocol/console.ts'

/** A ticket that nobody takes within 10 minutes is dropped. */
const lifetimeMs = 600_000

export class RevealTickets {
  readonly #waiting = new Map<string, { secret: Secret; until: number }>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Keeps a secret until it is taken. */
  issue(about: Omit<RevealTicket, 'ticket'>, secret: Secret): RevealTicket {
    this.#dropExpired()
    const ticket = randomUUID()
    this.#waiting.set(ticket, { secret, until: this.#now() + lifetimeMs })
    return { ticket, ...about }
  }

  /** Gives a secret away; a second call refuses with `gone` (T6). */
  take(ticket: string): string {
    this.#dropExpired()
    const found = this.#waiting.get(ticket)
    if (found === undefined) throw new RefusalError(refuse('gone'))
    this.#waiting.delete(ticket)
    return found.secret.reveal()
  }

  /** Forgets all, when the renderer goes or the workspace is locked. */
  clear(): void {
    this.#waiting.clear()
  }

  #dropExpired(): void {
    const now = this.#now()
    for (const [ticket, { until }] of this.#waiting) if (until <= now) this.#waiting.delete(ticket)
  }
}
