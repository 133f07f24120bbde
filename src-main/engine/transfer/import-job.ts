/**
 * One import: takes the parts of a file, plans it row by row over what is stored, and writes it in one transaction.
 * The plan is good only for the workspace that it was made for: once anything else was written, it is made again.
 */

import type * as z from 'zod'
import type { Application } from '../../../shared/domain/application-schema.ts'
import { RefusalError, refuse } from '../../../shared/domain/outcome.ts'
import { denial } from '../../../shared/domain/permission.ts'
import type { Secret } from '../../../shared/domain/secret.ts'
import {
  beginPlan,
  finishPlan,
  type Plan,
  type PlanResult,
  parseRow,
  type Stock,
  type Verdict,
} from '../../../shared/domain/transfer-plan.ts'
import { planAccount } from '../../../shared/domain/transfer-plan-account.ts'
import {
  knowApplications,
  lookUpsOf,
  planApplication,
  prepareApplication,
} from '../../../shared/domain/transfer-plan-application.ts'
import { planMember } from '../../../shared/domain/transfer-plan-member.ts'
import { planService } from '../../../shared/domain/transfer-plan-service.ts'
import type { Page } from '../../../shared/protocol/query.ts'
import {
  type TransferFormat,
  type TransferProgress,
  transferFileBytes,
  type transferReportSchema,
} from '../../../shared/protocol/transfer.ts'
import { Breath } from './breath.ts'
import { type FileCipher, openFileCipher } from './file-cipher.ts'
import { type ActorNow, Job, noCounts, type TransferPlace } from './job.ts'
import { pagesOf } from './pages.ts'
import { type ReadFile, readCsvFile, readJsonFile } from './read-file.ts'

/** Applications that are looked up together. */
const batchSize = 200

export class ImportJob extends Job {
  readonly #actorNow: ActorNow
  #parts: string[] = []
  #bytes = 0
  #verdicts: Verdict[] = []
  #result: PlanResult | undefined
  /** Of the workspace, when the plan was begun. */
  #generation = 0

  constructor(place: TransferPlace, format: TransferFormat, actorNow: ActorNow) {
    super(place, format, 'uploading')
    this.#actorNow = actorNow
  }

  append(text: string): { bytes: number } {
    this.expect('uploading')
    const bytes = this.#bytes + Buffer.byteLength(text)
    if (bytes > transferFileBytes) throw new RefusalError(refuse('too_long', { max: transferFileBytes }, 'file'))
    if (text !== '') this.#parts.push(text)
    this.#bytes = bytes
    return { bytes }
  }

  /** Starts to plan; a plan that was there is dropped. */
  plan(passphrase: Secret | undefined): void {
    this.expect('uploading', 'ready', 'refused', 'failed')
    this.state = 'planning'
    this.abort = new AbortController()
    this.background(() => this.#plan(passphrase))
  }

  /** Starts to write. Refusals: `wrong_state` where the plan is not ready, or {state: stale} where it is out of date. */
  commit(): void {
    this.expect('ready')
    const result = this.#result
    if (result === undefined) throw new RefusalError(refuse('wrong_state', { state: this.state }))
    this.#demandFresh()
    this.state = 'committing'
    this.abort = new AbortController()
    this.background(() => this.#commit(result))
  }

  report({ skip, limit, action, kind }: z.output<typeof transferReportSchema>): Page<Verdict> {
    const all = action === undefined && kind === undefined
    const matching = all
      ? this.#verdicts
      : this.#verdicts.filter(
          (verdict) =>
            (action === undefined || verdict.action === action) && (kind === undefined || verdict.kind === kind),
        )
    return { rows: matching.slice(skip, skip + limit), total: matching.length }
  }

  get progress(): TransferProgress {
    return this.progressOf('import', this.#parts.length, this.#bytes)
  }

  protected forget(): void {
    this.#parts = []
    this.#result = undefined
  }

  #demandFresh(): void {
    if (this.place.engine.generation === this.#generation) return
    throw new RefusalError(refuse('wrong_state', { state: 'stale' }))
  }

  async #plan(passphrase: Secret | undefined): Promise<void> {
    this.#verdicts = []
    this.#result = undefined
    this.counts = noCounts()
    const { engine } = this.place
    const breath = new Breath(this.abort.signal)
    this.#generation = engine.generation
    this.enter('reading', this.#bytes)
    const read = this.format === 'json' ? readJsonFile : readCsvFile
    const file = await read(this.#parts, breath, (bytes) => {
      this.done = bytes
    })
    const { workspace, exportedAt, encryption } = file.header
    this.accessTokens = file.accessTokens
    this.source =
      this.format === 'json'
        ? { workspace: workspace?.name ?? '', exportedAt, encrypted: encryption !== undefined }
        : undefined
    const cipher = await openedCipher(file, passphrase)
    try {
      const plan = await this.#begin(cipher, breath)
      await this.#judge(plan, file, breath)
      if (this.#verdicts.some(({ action }) => action === 'refuse')) {
        this.state = 'refused'
        return
      }
      const [described] = await this.place.store.find('workspace', { limit: 1 })
      if (described === undefined) throw new RefusalError(refuse('no_workspace'))
      this.#result = finishPlan(plan, described)
      this.#demandFresh()
      this.state = 'ready'
    } finally {
      cipher?.close()
    }
  }

  async #begin(cipher: FileCipher | undefined, breath: Breath): Promise<Plan> {
    const { engine } = this.place
    const context = engine.contextFor(await this.#actorNow(), 'import')
    const begun = beginPlan(await this.#stock(breath), (sealed, place) => cipher?.open(sealed, place), context)
    if (!begun.ok) throw new RefusalError(begun)
    return begun.value
  }

  async #stock(breath: Breath): Promise<Stock> {
    const { store } = this.place
    const services = await allOf(pagesOf(store, 'service', breath))
    const accounts = await allOf(pagesOf(store, 'account', breath))
    const members = await allOf(pagesOf(store, 'member', breath))
    const servicesInUse = new Set<string>()
    for (const { id } of services) if ((await store.count('application', { serviceId: id })) > 0) servicesInUse.add(id)
    return { services, accounts, members, servicesInUse }
  }

  async #judge(plan: Plan, file: ReadFile, breath: Breath): Promise<void> {
    const { service, account, application, member } = file.rows
    await this.#each('service', service, (row) => planService(plan, parseRow('service', row)), breath)
    await this.#each('account', account, (row) => planAccount(plan, parseRow('account', row)), breath)
    this.enter('application', application.length)
    for (let from = 0; from < application.length; from += batchSize) {
      const prepared = []
      for (const row of application.slice(from, from + batchSize)) {
        prepared.push(prepareApplication(plan, parseRow('application', row)))
        if (breath.due) await breath.take()
      }
      knowApplications(plan, await this.#lookUp(lookUpsOf(prepared)))
      for (const each of prepared) {
        this.#tell(planApplication(plan, each))
        if (breath.due) await breath.take()
      }
    }
    await this.#each('member', member, (row) => planMember(plan, parseRow('member', row)), breath)
  }

  async #each<Row>(
    phase: 'service' | 'account' | 'member',
    rows: readonly Row[],
    judge: (row: Row) => Verdict,
    breath: Breath,
  ): Promise<void> {
    this.enter(phase, rows.length)
    for (const row of rows) {
      this.#tell(judge(row))
      if (breath.due) await breath.take()
    }
  }

  #tell(verdict: Verdict): void {
    this.#verdicts.push(verdict)
    const counts = this.counts[verdict.kind]
    counts[verdict.action] += 1
    counts.issued += verdict.issued
    this.done += 1
  }

  async #lookUp({ ids, userKeyDigests, appIds }: ReturnType<typeof lookUpsOf>): Promise<Application[]> {
    const { store } = this.place
    const found: Application[] = []
    for (const [field, values] of Object.entries({ id: ids, userKeyDigest: userKeyDigests, appId: appIds })) {
      if (values.length > 0)
        found.push(...(await store.find('application', { selector: { [field]: { $in: values } } })))
    }
    return found
  }

  async #commit(result: PlanResult): Promise<void> {
    const { engine } = this.place
    this.enter('writing', result.writes.length + result.events.length)
    await engine.apply(
      async () => {
        this.abort.signal.throwIfAborted()
        // Rights and the workspace as they are now, in turn: nothing comes between this and the write.
        const denied = denial(await this.#actorNow(), 'workspace.import')
        if (denied) throw new RefusalError(denied)
        this.#demandFresh()
        return { writes: result.writes, events: result.events, result: undefined }
      },
      await this.#actorNow(),
      'import',
      {
        signal: this.abort.signal,
        progress: (written) => {
          this.done = written
        },
      },
    )
    this.state = 'done'
    this.forget()
  }
}

/** The cipher of the file's sealed values, where it has any. Refusals: `required`, `wrong_passphrase`. */
async function openedCipher(file: ReadFile, passphrase: Secret | undefined): Promise<FileCipher | undefined> {
  const { encryption } = file.header
  if (encryption === undefined) return undefined
  if (passphrase === undefined) throw new RefusalError(refuse('required', {}, 'passphrase'))
  const cipher = await openFileCipher(passphrase, encryption)
  if (cipher === undefined) throw new RefusalError(refuse('wrong_passphrase', {}, 'passphrase'))
  return cipher
}

async function allOf<D>(pages: AsyncIterable<readonly D[]>): Promise<D[]> {
  const all: D[] = []
  for await (const page of pages) all.push(...page)
  return all
}
