/**
 * The plan of an import: row by row, what would be made, changed or refused, by the rules that every other door obeys.
 * Pure: it reads what it is given, seals through the context, and hands back writes. An import adds and changes, and
 * never deletes: a credential that the file does not name goes on working.
 */
import type { Account } from './account-schema.ts'
import type { Application } from './application-schema.ts'
import type { AuditDraft } from './audit.ts'
import { type Context, differences, newId, type Write } from './command.ts'
import type { Envelope } from './document.ts'
import { type Ulid, ulidSchema } from './id.ts'
import type { Member } from './member.ts'
import { same } from './merge-rule.ts'
import { accept, type Outcome, type Refusal, refuse } from './outcome.ts'
import { denial } from './permission.ts'
import type { Secret } from './secret.ts'
import type { Service } from './service-schema.ts'
import { invalid, refusalOfRow } from './transfer-refusal.ts'
import { type RowOf, rowSchemas, type TransferKind } from './transfer-schema.ts'
import { type Named, Shelf } from './transfer-shelf.ts'

export const transferActions = ['make', 'change', 'same', 'refuse'] as const
export type TransferAction = (typeof transferActions)[number]

/** What becomes of one row. Never holds a secret. */
export interface Verdict {
  readonly kind: TransferKind
  /** Of the row in its list, from 0. */
  readonly index: number
  /** In the file, from 1. */
  readonly line: number
  readonly name: string
  readonly action: TransferAction
  /** Ours; empty for a row that is refused. */
  readonly objectId: Ulid | ''
  /** The row's own id, where it has one. */
  readonly sourceId: string
  /** Credentials made anew, because the file does not carry them. */
  readonly issued: number
  /** Ids of metrics and plans that became others. */
  readonly mapped?: readonly { readonly field: string; readonly from: string; readonly to: Ulid }[]
  readonly refusal?: Refusal
}

/** A row of the file before it is judged. */
export interface RawRow {
  readonly index: number
  readonly line: number
  readonly value: unknown
  /** Why it could not even be read. */
  readonly refusal?: Refusal
}

/** What is stored, beside applications: those are looked up by what the rows name. */
export interface Stock {
  readonly services: readonly Service[]
  readonly accounts: readonly Account[]
  readonly members: readonly Member[]
  /** Services that have applications: their pattern stays as it is (A2). */
  readonly servicesInUse: ReadonlySet<Ulid>
}

/** What the planning of one kind hands back. */
export interface Planned<D> {
  readonly after: D
  readonly issued: number
  readonly mapped?: readonly { readonly field: string; readonly from: string; readonly to: Ulid }[]
}

export interface Plan {
  readonly context: Context
  /** Decrypts a sealed credential of the file; undefined where it does not open at that place. */
  readonly unseal: (sealed: string, aad: string) => Secret | undefined
  readonly services: Shelf<Service>
  readonly accounts: Shelf<Account>
  readonly applications: Shelf<Application>
  readonly members: Shelf<Member>
  readonly servicesInUse: ReadonlySet<Ulid>
  /** Service id and file id of a metric or plan → ours. */
  readonly parts: Map<string, Ulid>
  /** Digest of a service token → its service. */
  readonly tokenOwners: Map<string, Ulid>
  /** Service id and user key's digest, or App ID → application (A13). */
  readonly identifiers: Map<string, Ulid>
}

/** Begins a plan. Refusals: those of `workspace.import`. */
export function beginPlan(stock: Stock, unseal: Plan['unseal'], context: Context): Outcome<Plan> {
  const denied = denial(context.actor, 'workspace.import')
  if (denied) return denied
  const plan: Plan = {
    context,
    unseal,
    services: new Shelf(),
    accounts: new Shelf(),
    applications: new Shelf(),
    members: new Shelf(),
    servicesInUse: stock.servicesInUse,
    parts: new Map(),
    tokenOwners: new Map(),
    identifiers: new Map(),
  }
  for (const service of stock.services) {
    plan.services.know(service)
    for (const { digest } of service.tokens) plan.tokenOwners.set(digest, service.id)
  }
  for (const account of stock.accounts) plan.accounts.know(account)
  for (const member of stock.members) plan.members.know(member)
  return accept(plan)
}

/** True for an id in our own form, which an import keeps. */
export function isOurs(id: string | undefined): id is Ulid {
  return id !== undefined && ulidSchema.safeParse(id).success
}

/** The id of a part of a document: ours is kept, another becomes a fresh one. */
export function partId(id: string | undefined, context: Context): Ulid {
  return isOurs(id) ? id : newId(context)
}

/** The one document that a reference means: its id in the file, our id, or its name. */
export function resolve<D extends Named>(
  shelf: Shelf<D>,
  reference: string,
  field: string,
  alias?: (reference: string) => D | undefined,
): Outcome<D> {
  const mapped = shelf.mapped(reference)
  const found = shelf.get(mapped ?? reference) ?? alias?.(reference)
  if (found !== undefined) return accept(found)
  const named = shelf.named(reference)
  if (named.length > 1) return invalid('ambiguous', field, { value: reference })
  const [only] = named
  return only === undefined ? refuse('not_found', {}, field) : accept(only)
}

/** A row that fits its schema, ready to be planned. */
export type Parsed<K extends TransferKind> =
  | { readonly ok: true; readonly raw: RawRow; readonly row: RowOf[K] }
  | { readonly ok: false; readonly raw: RawRow; readonly refusal: Refusal }

export function parseRow<K extends TransferKind>(kind: K, raw: RawRow): Parsed<K> {
  if (raw.refusal !== undefined) return { ok: false, raw, refusal: raw.refusal }
  const parsed = rowSchemas[kind].safeParse(raw.value)
  if (parsed.success) return { ok: true, raw, row: parsed.data as RowOf[K] }
  return { ok: false, raw, refusal: refusalOfRow(parsed.error, raw.value) }
}

/** Plans one row of a kind, and says what became of it. */
export function judgeRow<K extends TransferKind, D extends Named>(
  plan: Plan,
  kind: K,
  shelf: Shelf<D>,
  parsed: Parsed<K>,
  decide: (row: RowOf[K], id: (found: D | undefined) => Outcome<Ulid>) => Outcome<Planned<D>>,
): Verdict {
  const { raw } = parsed
  const source = (raw.value ?? {}) as { readonly id?: unknown; readonly name?: unknown }
  const base = {
    kind,
    index: raw.index,
    line: raw.line,
    name:
      typeof source.name === 'string' ? source.name.trim().toWellFormed().replaceAll('\u0000', '').slice(0, 255) : '',
    sourceId: typeof source.id === 'string' || typeof source.id === 'number' ? String(source.id).slice(0, 255) : '',
    issued: 0,
  }
  const refused = (refusal: Refusal): Verdict => ({ ...base, action: 'refuse', objectId: '', refusal })
  if (!parsed.ok) return refused(parsed.refusal)
  const fileId = parsed.row.id
  if (fileId !== undefined && shelf.mapped(fileId) !== undefined) return refused(refuse('taken', {}, 'id'))
  const claim = (found: D | undefined): Outcome<Ulid> => {
    const id = found?.id ?? partId(fileId, plan.context)
    const first = shelf.touch(id, raw.index)
    return first === undefined ? accept(id) : refuse('taken', { row: first }, fileId === undefined ? 'name' : 'id')
  }
  const outcome = decide(parsed.row, claim)
  if (!outcome.ok) return refused(outcome)
  const { after, issued, mapped } = outcome.value
  if (fileId !== undefined) shelf.map(fileId, after.id)
  const before = shelf.stored(after.id)
  const told = {
    ...base,
    objectId: after.id,
    issued,
    ...(mapped === undefined || mapped.length === 0 ? {} : { mapped }),
  }
  if (before !== undefined && sameContent(before, after)) return { ...told, action: 'same' }
  shelf.put(after)
  return { ...told, action: before === undefined ? 'make' : 'change' }
}

/** True where two forms of a document differ in nothing but who wrote them when. */
function sameContent(a: Envelope, b: Envelope): boolean {
  const content = ({ rev: _rev, updatedAt: _at, updatedBy: _by, command: _command, ...rest }: Envelope) => rest
  return same(content(a), content(b))
}

/** Above this number, accounts and applications get one event a service (or workspace) instead of one each. */
export const maxObjectEvents = 1000

export interface PlanResult {
  readonly writes: readonly Write[]
  readonly events: readonly AuditDraft[]
}

/** All that an accepted plan wants written. The caller commits it in one write, or not at all. */
export function finishPlan(plan: Plan, workspace: { readonly id: Ulid; readonly name: string }): PlanResult {
  const writes: Write[] = []
  const events: AuditDraft[] = []
  const counts = new Map<string, number>()
  const perService = new Map<Ulid, { made: number; changed: number }>()
  let many = 0
  for (const shelf of [plan.accounts, plan.applications]) for (const _ of shelf.planned()) many += 1
  for (const kind of ['service', 'account', 'application', 'member'] as const) {
    const shelf = shelfOf(plan, kind)
    for (const { before, after } of shelf.planned()) {
      writes.push({ collection: kind, ...(before === undefined ? {} : { before }), after } as Write)
      const verb = before === undefined ? 'made' : 'changed'
      const counted = `${kind}s.${verb}`
      counts.set(counted, (counts.get(counted) ?? 0) + 1)
      const serviceId = kind === 'service' ? after.id : (after as Partial<Application>).serviceId
      if (kind === 'application' && serviceId !== undefined) {
        const sum = perService.get(serviceId) ?? { made: 0, changed: 0 }
        sum[verb] += 1
        perService.set(serviceId, sum)
      }
      if (many > maxObjectEvents && (kind === 'account' || kind === 'application')) continue
      const changes = before === undefined ? shownOfNew(kind, after) : differences(record(before), record(after))
      events.push({
        code: `${kind}.imported`,
        objectCollection: kind,
        objectId: after.id,
        objectName: after.name,
        ...(serviceId === undefined ? {} : { serviceId }),
        changes,
      })
    }
  }
  if (many > maxObjectEvents) {
    for (const [serviceId, { made, changed }] of perService) {
      events.push({
        code: 'service.applicationsImported',
        objectCollection: 'service',
        objectId: serviceId,
        objectName: plan.services.get(serviceId)?.name ?? '',
        serviceId,
        changes: [
          { field: 'applications.made', before: null, after: made },
          { field: 'applications.changed', before: null, after: changed },
        ],
      })
    }
  }
  const summary: AuditDraft = {
    code: 'workspace.imported',
    objectCollection: 'workspace',
    objectId: workspace.id,
    objectName: workspace.name,
    changes: [...counts].map(([field, after]) => ({ field, before: null, after })),
  }
  return { writes, events: [summary, ...events] }
}

function record(document: object): Readonly<Record<string, unknown>> {
  return document as Readonly<Record<string, unknown>>
}

/** What the event of a new object tells: its state and, of a person, their rights. */
function shownOfNew(kind: TransferKind, document: Named) {
  const shown = kind === 'member' ? ['state', 'role', 'sections', 'serviceAccess'] : ['state']
  const fields = shown.map((field) => [field, record(document)[field]])
  return differences({}, Object.fromEntries(fields) as Record<string, unknown>)
}

export function shelfOf(plan: Plan, kind: TransferKind): Shelf<Named> {
  const shelves = {
    service: plan.services,
    account: plan.accounts,
    application: plan.applications,
    member: plan.members,
  }
  return shelves[kind] as unknown as Shelf<Named>
}
