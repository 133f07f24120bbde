/**
 * Runs commands and queries of one open workspace: loads what a command needs, asks the domain, writes all of what it
 * answers or nothing, and tells the change feed. It knows no rule of its own.
 */
import { hash, randomBytes } from 'node:crypto'
import type * as z from 'zod'
import type { Actor } from '../../shared/domain/actor.ts'
import type { Channel } from '../../shared/domain/audit.ts'
import {
  type Change,
  type Command,
  type Context,
  loadNeeds,
  type Need,
  type Needs,
  type OneTimeSecret,
  type Write,
} from '../../shared/domain/command.ts'
import { makeUlid, type Ulid } from '../../shared/domain/id.ts'
import { RefusalError, refuse } from '../../shared/domain/outcome.ts'
import type { Query } from '../../shared/protocol/query.ts'
import type { Vault } from '../store/vault.ts'
import type { WorkspaceStore, WriteOptions } from '../store/workspace-store.ts'
import type { AuditHead } from './audit-head.ts'
import { type ChainHead, chainEvents, readChainHead } from './audit-log.ts'
import type { ChangeFeed } from './change-feed.ts'
import { answer } from './queries/register.ts'

export interface EngineOptions {
  readonly workspace: Ulid
  readonly device: Ulid
  readonly store: WorkspaceStore
  readonly vault: Vault
  readonly feed: ChangeFeed
  readonly now: () => number
  /** Where the chain's head is kept beside the store; left out, a cut end of the chain goes unnoticed. */
  readonly auditHead?: AuditHead
}

/** Most times that a command is decided anew because a made value met an existing one. */
const mostAttempts = 5

/** SHA-256 of UTF-8 text, hexadecimal. `crypto.hash` is about three times as fast as `createHash`. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}

export function randomSource(bytes: number): Uint8Array {
  return randomBytes(bytes)
}

export class Engine {
  readonly options: EngineOptions
  #head: ChainHead
  #generation = 0
  /** Commands run one after the other, so that what one decided on is what it writes over. */
  #queue: Promise<unknown> = Promise.resolve()

  private constructor(options: EngineOptions, head: ChainHead) {
    this.options = options
    this.#head = head
  }

  static async open(options: EngineOptions): Promise<Engine> {
    const [stored, kept] = [await readChainHead(options.store, options.device), options.auditHead?.read()]
    // Where the newest events are gone the chain goes on behind them, so that the gap stays to be seen.
    return new Engine(options, kept !== undefined && kept.sequence > stored.sequence ? kept : stored)
  }

  /** Decides a command and writes its change with its audit events in one transaction. Throws `RefusalError`. */
  run<R>(
    command: Command<string, z.ZodType, Needs, R>,
    input: unknown,
    actorOf: () => Promise<Actor>,
    channel: Channel,
  ): Promise<Change<R>> {
    return this.#inTurn(async () => {
      const actor = await actorOf()
      const documents = await loadNeeds(command.needs(input, actor, sha256), (need) => this.#read(need))
      for (let attempt = 1; ; attempt++) {
        const context = this.contextFor(actor, channel)
        const outcome = command.decide(documents as never, input, context)
        if (!outcome.ok) throw new RefusalError(outcome)
        // A made value may meet an existing one: then it is made again. 32 bits do not meet five times in a row.
        if (attempt < mostAttempts && (await this.#meets(outcome.value.absent))) continue
        await this.#commit(outcome.value, context)
        return outcome.value
      }
    })
  }

  /** Grows with every write of anything but the audit: what was planned at another generation may not fit any more. */
  get generation(): number {
    return this.#generation
  }

  /** Writes a change that was decided elsewhere (founding, sample data, an import). */
  apply<R>(
    decide: (context: Context) => Change<R> | Promise<Change<R>>,
    actor: Actor,
    channel: Channel,
    options?: WriteOptions,
  ): Promise<Change<R>> {
    return this.#inTurn(async () => {
      const context = this.contextFor(actor, channel)
      const change = await decide(context)
      await this.#commit(change, context, options)
      return change
    })
  }

  ask<Output>(query: Query<string, z.ZodType, Output>, input: unknown, actor: Actor): Promise<Output> {
    const { store, workspace, now } = this.options
    const audit = { device: this.options.device, sequence: this.#head.sequence }
    return answer(query, input, { store, workspace, actor, now: now(), digest: sha256, audit })
  }

  /** True where something is there that the change wants absent (A13). */
  async #meets(absent: readonly Need[] = []): Promise<boolean> {
    const found = await Promise.all(absent.map((need) => this.#read(need)))
    return found.some((documents) => (Array.isArray(documents) ? documents.length > 0 : documents !== undefined))
  }

  async #commit(change: Change<unknown>, context: Context, options?: WriteOptions): Promise<void> {
    const { events, head } = chainEvents(this.#head, change.events, context)
    const writes: Write[] = [...change.writes, ...events.map((after) => ({ collection: 'auditEvent' as const, after }))]
    if (writes.length === 0) return
    await this.options.store.write(writes, options)
    this.#head = head
    if (events.length > 0) this.options.auditHead?.keep(head)
    if (change.writes.length > 0) this.#generation += 1
    this.options.feed.publish(writes.map(({ collection }) => collection))
  }

  #read(need: Need): Promise<unknown> {
    const { store } = this.options
    if ('one' in need) return store.get(need.one, need.id)
    const selector = Object.fromEntries(
      Object.entries(need.where).map(([field, wanted]) => [field, Array.isArray(wanted) ? { $in: wanted } : wanted]),
    )
    return store.find(need.many, { selector })
  }

  /** What a decision of this moment is made with. */
  contextFor(actor: Actor, channel: Channel): Context {
    const { workspace, device, vault } = this.options
    const now = this.options.now()
    return {
      workspace,
      actor,
      envelope: { id: makeUlid(now, randomSource), device, channel, clientTime: now },
      now,
      random: randomSource,
      digest: sha256,
      seal: (secret, aad) => vault.seal(secret, aad),
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work)
    this.#queue = turn.catch(() => undefined)
    return turn.catch((error: unknown) => {
      throw asRefusal(error)
    })
  }

  /** Waits for the command that is being run. */
  async idle(): Promise<void> {
    await this.#queue
  }
}

/** A storage error with a code that a person can act on becomes a refusal; anything else stays what it is. */
function asRefusal(error: unknown): unknown {
  const code = (error as { code?: unknown }).code
  if (code === 'disk_full') return new RefusalError(refuse('disk_full'))
  if (code === 'read_only') return new RefusalError(refuse('store_failed', { reason: 'read_only' }))
  return error
}

/** What the reveal dialog is about, beside the secret itself. */
export function revealSubject({ secret: _hidden, ...subject }: OneTimeSecret) {
  return subject
}
