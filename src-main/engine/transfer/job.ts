/** What an import and an export have in common: an id, how far they are, and a way to stop them. */
import { randomUUID } from 'node:crypto'
import type { Actor } from '../../../shared/domain/actor.ts'
import { type Refusal, RefusalError, refuse } from '../../../shared/domain/outcome.ts'
import type { transferKinds } from '../../../shared/domain/transfer-schema.ts'
import type {
  TransferCounts,
  TransferFormat,
  TransferPhase,
  TransferProgress,
  TransferState,
} from '../../../shared/protocol/transfer.ts'
import type { Vault } from '../../store/vault.ts'
import type { WorkspaceStore } from '../../store/workspace-store.ts'
import type { Engine } from '../engine.ts'

/** The workspace that a job is about: the one that was open when it began. */
export interface TransferPlace {
  readonly engine: Engine
  readonly store: WorkspaceStore
  readonly vault: Vault
}

export type ActorNow = () => Promise<Extract<Actor, { kind: 'member' }>>

export type Counts = { [Kind in (typeof transferKinds)[number]]: { -readonly [K in keyof TransferCounts]: number } }

export function noCounts(): Counts {
  const none = () => ({ make: 0, change: 0, same: 0, refuse: 0, issued: 0 })
  return { service: none(), account: none(), application: none(), member: none() }
}

export abstract class Job {
  readonly id = randomUUID()
  readonly place: TransferPlace
  readonly format: TransferFormat
  protected abort = new AbortController()
  state: TransferState
  protected phase: TransferPhase = 'none'
  protected done = 0
  protected total = 0
  protected refusal: Refusal | undefined
  protected counts = noCounts()
  protected accessTokens = 0
  protected source: TransferProgress['source']

  constructor(place: TransferPlace, format: TransferFormat, state: TransferState) {
    this.place = place
    this.format = format
    this.state = state
  }

  /** Work goes on in the background; such a job is not idle. */
  get running(): boolean {
    return this.state === 'planning' || this.state === 'committing' || this.state === 'exporting'
  }

  /** Stops what goes on and forgets what was uploaded or made. What is committed stays committed. */
  cancel(): void {
    this.abort.abort(new RefusalError(refuse('cancelled')))
    this.forget()
    // A commit that is being undone says so itself: it may have been quicker than its cancellation.
    if (this.state !== 'done' && this.state !== 'committing') this.state = 'cancelled'
  }

  /** Drops the file's text and everything secret. */
  protected abstract forget(): void

  protected expect(...states: readonly TransferState[]): void {
    if (!states.includes(this.state)) throw new RefusalError(refuse('wrong_state', { state: this.state }))
  }

  protected enter(phase: TransferPhase, total: number): void {
    this.phase = phase
    this.done = 0
    this.total = total
  }

  /** Runs in the background; how it ends is told by `progress`, never thrown where nobody listens. */
  protected background(work: () => Promise<void>): void {
    this.refusal = undefined
    void work().catch((error: unknown) => {
      if (this.state === 'cancelled') return
      const refusal = refusalOfError(error)
      if (refusal.code === 'cancelled') {
        this.state = 'cancelled'
        this.forget()
        return
      }
      this.refusal = refusal
      this.state = 'failed'
    })
  }

  protected progressOf(direction: 'import' | 'export', parts: number, bytes: number): TransferProgress {
    const { id, format, state, phase, done, total, refusal, counts, accessTokens, source } = this
    return { id, direction, format, state, phase, done, total, refusal, counts, accessTokens, source, parts, bytes }
  }
}

/** What a renderer may be told of an error: a refusal, else that the store failed. Nothing of its text. */
function refusalOfError(error: unknown): Refusal {
  if (error instanceof RefusalError) return error.refusal
  const code = (error as { code?: unknown }).code
  if (code === 'disk_full') return refuse('disk_full')
  return refuse('store_failed')
}
