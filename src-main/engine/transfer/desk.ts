/** The files of one session: who may, one import and one export at a time, and nothing kept that nobody asks about. */
import { RefusalError, refuse } from '../../../shared/domain/outcome.ts'
import { denial } from '../../../shared/domain/permission.ts'
import { Secret } from '../../../shared/domain/secret.ts'
import type { Transfers } from '../../../shared/protocol/transfer.ts'
import { ExportJob } from './export-job.ts'
import { ImportJob } from './import-job.ts'
import type { ActorNow, TransferPlace } from './job.ts'

/** A file that nobody asks about for 10 minutes is dropped: it may hold secrets. */
export const idleMs = 600_000
const sweepMs = 60_000

interface Held {
  readonly job: ImportJob | ExportJob
  touchedAt: number
}

export class TransferDesk implements Transfers {
  readonly #place: () => TransferPlace
  readonly #actorNow: ActorNow
  readonly #now: () => number
  readonly #held = new Map<string, Held>()
  #sweep: NodeJS.Timeout | undefined

  constructor(place: () => TransferPlace, actorNow: ActorNow, now: () => number) {
    this.#place = place
    this.#actorNow = actorNow
    this.#now = now
  }

  async begin({ format }: Parameters<Transfers['begin']>[0]) {
    await this.#demandImport()
    return this.#hold(new ImportJob(this.#workspace(), format, this.#actorNow))
  }

  async append({ id, text }: Parameters<Transfers['append']>[0]) {
    return this.#import(id).append(text)
  }

  async plan({ id, passphrase }: Parameters<Transfers['plan']>[0]) {
    await this.#demandImport()
    this.#import(id).plan(passphrase === undefined ? undefined : new Secret(passphrase))
  }

  async progress({ id }: Parameters<Transfers['progress']>[0]) {
    return this.#job(id).progress
  }

  async report(input: Parameters<Transfers['report']>[0]) {
    await this.#demandImport()
    return this.#import(input.id).report(input)
  }

  async commit({ id }: Parameters<Transfers['commit']>[0]) {
    await this.#demandImport()
    this.#import(id).commit()
  }

  async cancel({ id }: Parameters<Transfers['cancel']>[0]) {
    this.#job(id).cancel()
  }

  async export({ format, passphrase, applicationIds }: Parameters<Transfers['export']>[0]) {
    const actor = await this.#actorNow()
    const denied = denial(actor, 'workspace.export')
    if (denied) throw new RefusalError(denied)
    // It is written to the audit, and it is not what the previewed member could do (M5).
    if (actor.previewedBy !== undefined) throw new RefusalError(refuse('preview_read_only'))
    if (format === 'csv' && passphrase !== undefined) throw new RefusalError(refuse('invalid', {}, 'passphrase'))
    if (format === 'json' && applicationIds !== undefined) {
      throw new RefusalError(refuse('invalid', {}, 'applicationIds'))
    }
    const job = new ExportJob(this.#workspace(), format, this.#actorNow, applicationIds)
    const held = this.#hold(job)
    job.start(passphrase === undefined ? undefined : new Secret(passphrase))
    return held
  }

  async read({ id, part }: Parameters<Transfers['read']>[0]) {
    const job = this.#job(id)
    if (!(job instanceof ExportJob)) throw new RefusalError(refuse('gone'))
    const denied = denial(await this.#actorNow(), 'workspace.export')
    if (denied) throw new RefusalError(denied)
    return job.read(part)
  }

  /** Stops everything and forgets it: at lock, close and switch, and when the renderer goes. */
  clear(): void {
    for (const { job } of this.#held.values()) job.cancel()
    this.#held.clear()
    clearInterval(this.#sweep)
    this.#sweep = undefined
  }

  #workspace(): TransferPlace {
    const { engine, store, vault } = this.#place()
    return { engine, store, vault }
  }

  async #demandImport(): Promise<void> {
    const denied = denial(await this.#actorNow(), 'workspace.import')
    if (denied) throw new RefusalError(denied)
  }

  /** Keeps a job; another of its direction that is not at work is dropped for it. */
  #hold(job: ImportJob | ExportJob): { id: string } {
    for (const [id, held] of this.#held) {
      if (held.job.constructor !== job.constructor) continue
      if (held.job.state === 'committing') throw new RefusalError(refuse('wrong_state', { state: held.job.state }))
      held.job.cancel()
      this.#held.delete(id)
    }
    this.#held.set(job.id, { job, touchedAt: this.#now() })
    this.#sweep ??= setInterval(() => this.#dropIdle(), sweepMs).unref()
    return { id: job.id }
  }

  /** Refusals: `gone` for one that was dropped, or of another session. */
  #job(id: string): ImportJob | ExportJob {
    this.#dropIdle()
    const held = this.#held.get(id)
    if (held === undefined) throw new RefusalError(refuse('gone'))
    held.touchedAt = this.#now()
    return held.job
  }

  #import(id: string): ImportJob {
    const job = this.#job(id)
    if (!(job instanceof ImportJob)) throw new RefusalError(refuse('gone'))
    return job
  }

  #dropIdle(): void {
    const now = this.#now()
    for (const [id, { job, touchedAt }] of this.#held) {
      if (job.running || now - touchedAt < idleMs) continue
      job.cancel()
      this.#held.delete(id)
    }
  }
}
