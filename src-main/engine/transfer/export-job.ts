/**
 * One export: turns the workspace into an exchange file, page by page. Secrets stay behind unless a passphrase is given;
 * then each goes from the vault into the file's own encryption, and is nowhere in clear but for that moment.
 */

import type { Application } from '../../../shared/domain/application-schema.ts'
import { csvCell } from '../../../shared/domain/csv.ts'
import type { Ulid } from '../../../shared/domain/id.ts'
import { RefusalError, refuse } from '../../../shared/domain/outcome.ts'
import type { Secret } from '../../../shared/domain/secret.ts'
import type { Service } from '../../../shared/domain/service-schema.ts'
import { exportedColumns } from '../../../shared/domain/transfer-csv.ts'
import {
  accessTokenRow,
  accountRow,
  applicationRow,
  type Carry,
  memberRow,
  serviceRow,
} from '../../../shared/domain/transfer-export.ts'
import { transferFormat, transferVersion, writeInstant } from '../../../shared/domain/transfer-schema.ts'
import {
  type TransferFormat,
  type TransferPhase,
  type TransferProgress,
  transferPartLength,
} from '../../../shared/protocol/transfer.ts'
import { Breath } from './breath.ts'
import { createFileCipher } from './file-cipher.ts'
import { type ActorNow, Job, type TransferPlace } from './job.ts'
import { pagesOf } from './pages.ts'

export class ExportJob extends Job {
  readonly #actorNow: ActorNow
  /** The applications that were chosen; absent: the whole workspace. */
  readonly #chosen: readonly Ulid[] | undefined
  #parts: string[] = []
  #pending = ''
  #bytes = 0

  constructor(place: TransferPlace, format: TransferFormat, actorNow: ActorNow, chosen?: readonly Ulid[]) {
    super(place, format, 'exporting')
    this.#actorNow = actorNow
    this.#chosen = chosen
  }

  start(passphrase: Secret | undefined): void {
    this.background(() => (this.format === 'json' ? this.#writeJson(passphrase) : this.#writeCsv()))
  }

  /** One part of the finished file. Refusals: `wrong_state`, `not_found`. */
  read(part: number): { text: string; last: boolean } {
    this.expect('exported')
    const text = this.#parts[part]
    if (text === undefined) throw new RefusalError(refuse('not_found', {}, 'part'))
    return { text, last: part === this.#parts.length - 1 }
  }

  get progress(): TransferProgress {
    return this.progressOf('export', this.#parts.length, this.#bytes)
  }

  protected forget(): void {
    this.#parts = []
    this.#pending = ''
  }

  #write(text: string): void {
    this.#bytes += Buffer.byteLength(text)
    this.#pending += text
    while (this.#pending.length >= transferPartLength) {
      // Not between the halves of a surrogate pair: a file written part by part would lose the character.
      const last = this.#pending.charCodeAt(transferPartLength - 1)
      const cut = last >= 0xd800 && last < 0xdc00 ? transferPartLength - 1 : transferPartLength
      this.#parts.push(this.#pending.slice(0, cut))
      this.#pending = this.#pending.slice(cut)
    }
  }

  async #finish(secrets: boolean, applications?: number): Promise<void> {
    if (this.#pending !== '') this.#parts.push(this.#pending)
    this.#pending = ''
    const [workspace] = await this.place.store.find('workspace', { limit: 1 })
    if (workspace === undefined) throw new RefusalError(refuse('no_workspace'))
    // Before the first part can be read, so that no file leaves without a trace.
    await this.place.engine.apply(
      () => ({
        writes: [],
        events: [
          {
            code: 'workspace.exported',
            objectCollection: 'workspace',
            objectId: workspace.id,
            objectName: workspace.name,
            changes: [
              { field: 'format', before: null, after: this.format },
              { field: 'secrets', before: null, after: secrets },
              // Of chosen ones: how many went along. Without it, the whole workspace did.
              ...(applications === undefined ? [] : [{ field: 'applications', before: null, after: applications }]),
            ],
          },
        ],
        result: undefined,
      }),
      await this.#actorNow(),
      'console',
    )
    if (this.abort.signal.aborted) throw new RefusalError(refuse('cancelled'))
    this.enter('none', 0)
    this.state = 'exported'
  }

  async #writeJson(passphrase: Secret | undefined): Promise<void> {
    const { store, vault, engine } = this.place
    const breath = new Breath(this.abort.signal)
    const [workspace] = await store.find('workspace', { limit: 1 })
    const cipher = passphrase && (await createFileCipher(passphrase))
    try {
      const header = {
        format: transferFormat,
        version: transferVersion,
        exportedAt: writeInstant(engine.options.now()),
        workspace: { id: workspace?.id, name: workspace?.name },
        ...(cipher === undefined ? {} : { encryption: cipher.encryption }),
      }
      this.#write(JSON.stringify(header, null, 1).replace(/\n\}$/, ''))
      const carry: Carry = (sealed, aad) => cipher?.seal(vault.open(sealed, aad), aad)
      await this.#list('services', 'service', (service) => serviceRow(service, carry), breath)
      await this.#list('accounts', 'account', accountRow, breath)
      await this.#list('applications', 'application', (application) => applicationRow(application, carry), breath)
      await this.#list('members', 'member', memberRow, breath)
      await this.#list('accessTokens', 'accessToken', accessTokenRow, breath)
      this.#write('\n}\n')
    } finally {
      cipher?.close()
    }
    await this.#finish(cipher !== undefined)
  }

  /** One row a line: a large file can still be read, compared and repaired by hand. */
  async #list<C extends Exclude<TransferPhase, 'none' | 'reading' | 'writing'>>(
    name: string,
    collection: C,
    rowOf: (document: Parameters<RowWriter<C>>[0]) => unknown,
    breath: Breath,
  ): Promise<void> {
    const { store } = this.place
    this.enter(collection, await store.count(collection))
    this.#write(`,\n "${name}": [`)
    let separator = '\n  '
    for await (const page of pagesOf(store, collection, breath)) {
      for (const document of page) {
        this.#write(separator + JSON.stringify(rowOf(document as never)))
        separator = ',\n  '
        this.done += 1
        if (breath.due) await breath.take()
      }
    }
    this.#write(separator === '\n  ' ? ']' : '\n ]')
  }

  async #writeCsv(): Promise<void> {
    const { store } = this.place
    const breath = new Breath(this.abort.signal)
    const services = new Map<string, Service>()
    for await (const page of pagesOf(store, 'service', breath)) for (const each of page) services.set(each.id, each)
    const accounts = new Map<string, string>()
    const named = new Map<string, number>()
    for await (const page of pagesOf(store, 'account', breath)) {
      for (const { id, name } of page) {
        accounts.set(id, name)
        named.set(name, (named.get(name) ?? 0) + 1)
      }
    }
    for (const [id, name] of accounts) if ((named.get(name) ?? 0) > 1) accounts.delete(id)
    const chosen = this.#chosen
    this.enter('application', chosen?.length ?? (await store.count('application')))
    this.#write(`${exportedColumns.join(',')}\r\n`)
    for await (const page of pagesOf(store, 'application', breath, chosen)) {
      for (const application of page) {
        const cells = csvFields(application, services.get(application.serviceId), accounts.get(application.accountId))
        this.#write(`${exportedColumns.map((column) => csvCell(cells[column])).join(',')}\r\n`)
        this.done += 1
        if (breath.due) await breath.take()
      }
    }
    // Those that somebody deleted meanwhile are not there to be written.
    await this.#finish(false, chosen && this.done)
  }
}

type RowWriter<C extends 'service' | 'account' | 'application' | 'member' | 'accessToken'> = {
  service: typeof serviceRow
  account: typeof accountRow
  application: typeof applicationRow
  member: typeof memberRow
  accessToken: typeof accessTokenRow
}[C]

/** Names where they are telling, ids where only they are sure. */
function csvFields(
  application: Application,
  service: Service | undefined,
  accountName: string | undefined,
): Record<(typeof exportedColumns)[number], string> {
  const plan = service?.plans.find(({ id }) => id === application.planId)
  return {
    id: application.id,
    name: application.name,
    description: application.description,
    service: service?.systemName ?? application.serviceId,
    account: accountName ?? application.accountId,
    plan: plan?.systemName ?? '',
    state: application.state,
    created_at: String(writeInstant(application.createdAt)),
    app_id: application.appId,
    redirect_urls: application.redirectUrls.join(' '),
    ip_ranges: application.ipRanges.join(' '),
    referrers: application.referrers.join(' '),
  }
}
