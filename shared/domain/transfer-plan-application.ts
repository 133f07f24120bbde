/** Applications of a file, with the ids and credentials that are in the field (A5–A9, A11, A13). */

import * as z from 'zod'
import type { Account } from './account-schema.ts'
import { type ApplicationVerb, applicationTransitions, movedApplication } from './application.ts'
import type { Application, ApplicationKey, ClientSecret } from './application-schema.ts'
import { edited, newEnvelope } from './command.ts'
import {
  appKeyInput,
  applicationKeyAad,
  clientSecretAad,
  isKeyless,
  makeApplicationKey,
  makeClientSecret,
  makeUserKey,
  usableKeys,
  userKeyAad,
  userKeyInput,
  validClientSecrets,
} from './credential.ts'
import type { Ulid } from './id.ts'
import { accept, type Outcome, type Refusal, refuse } from './outcome.ts'
import { hasTwoEndless } from './rotation.ts'
import { Secret } from './secret.ts'
import type { Service } from './service-schema.ts'
import { clientSecretPrefix, isToken, makeHex } from './token-format.ts'
import { isOurs, judgeRow, type Parsed, type Plan, type Planned, resolve, type Verdict } from './transfer-plan.ts'
import { importedClientSecret, importedKey, importedUserKey, secretOf } from './transfer-plan-credential.ts'
import { resolveService } from './transfer-plan-member.ts'
import { freeId, planOf } from './transfer-plan-metrics.ts'
import { invalid } from './transfer-refusal.ts'
import type { ApplicationRow } from './transfer-schema.ts'

/** A9: a client secret of ours or of another system: 8 to 255 printable ASCII characters without space. */
const clientSecretInput = z
  .string()
  .min(8, 'too_short')
  .max(255, 'too_long')
  .regex(/^[\x21-\x7e]*$/, 'invalid')
  .refine((text) => !text.startsWith(clientSecretPrefix) || isToken(clientSecretPrefix, text), 'invalid')
  .transform((text) => new Secret(text))

/** A row with what it takes to look up the stored applications that it may mean or collide with. */
export interface PreparedApplication {
  readonly parsed: Parsed<'application'>
  readonly userKey: Outcome<Secret | undefined>
  readonly userKeyDigest: string
  /** What becomes the App ID where the row brings none and the pattern wants one. */
  readonly madeAppId: string
}

export function prepareApplication(plan: Plan, parsed: Parsed<'application'>): PreparedApplication {
  const madeAppId = makeHex(4, plan.context.random)
  if (!parsed.ok) return { parsed, userKey: accept(undefined), userKeyDigest: '', madeAppId }
  const { row } = parsed
  const userKey =
    row.userKey === undefined
      ? accept(undefined)
      : secretOf(plan, row.userKey, userKeyInput, userKeyAad(row.id ?? ''), 'userKey')
  const userKeyDigest = userKey.ok && userKey.value !== undefined ? plan.context.digest(userKey.value.reveal()) : ''
  return { parsed, userKey, userKeyDigest, madeAppId }
}

/** What to look up before these rows are planned: applications with any of these ids, digests or App IDs. */
export function lookUpsOf(prepared: readonly PreparedApplication[]) {
  const ids = new Set<string>()
  const userKeyDigests = new Set<string>()
  const appIds = new Set<string>()
  for (const { parsed, userKeyDigest, madeAppId } of prepared) {
    if (!parsed.ok) continue
    if (isOurs(parsed.row.id)) ids.add(parsed.row.id)
    if (userKeyDigest !== '') userKeyDigests.add(userKeyDigest)
    appIds.add(parsed.row.appId ?? madeAppId)
  }
  return { ids: [...ids], userKeyDigests: [...userKeyDigests], appIds: [...appIds] }
}

/** Takes in what was looked up. */
export function knowApplications(plan: Plan, applications: Iterable<Application>): void {
  for (const application of applications) {
    if (plan.applications.stored(application.id) !== undefined) continue
    plan.applications.know(application)
    claimIdentifiers(plan, application)
  }
}

function userKeySlot(serviceId: Ulid, digest: string): string {
  return `${serviceId}/userKey/${digest}`
}
function appIdSlot(serviceId: Ulid, appId: string): string {
  return `${serviceId}/appId/${appId}`
}

/** The application of this service that has the identifier now, as the plan leaves it. */
function holderOf(plan: Plan, slot: string, holds: (application: Application) => boolean): Application | undefined {
  const id = plan.identifiers.get(slot)
  const application = id === undefined ? undefined : plan.applications.get(id)
  return application !== undefined && holds(application) ? application : undefined
}

function claimIdentifiers(plan: Plan, { id, serviceId, userKeyDigest, appId }: Application): void {
  if (userKeyDigest !== '') plan.identifiers.set(userKeySlot(serviceId, userKeyDigest), id)
  if (appId !== '') plan.identifiers.set(appIdSlot(serviceId, appId), id)
}

export function planApplication(plan: Plan, prepared: PreparedApplication): Verdict {
  return judgeRow(plan, 'application', plan.applications, prepared.parsed, (row, claim) => {
    const service = resolveService(plan, row.service, 'service')
    if (!service.ok) return service
    const account = resolve(plan.accounts, row.account, 'account')
    if (!account.ok) return account
    if (!prepared.userKey.ok) return prepared.userKey
    const byUserKey = holderOf(
      plan,
      userKeySlot(service.value.id, prepared.userKeyDigest),
      ({ userKeyDigest }) => userKeyDigest === prepared.userKeyDigest,
    )
    const byAppId =
      row.appId === undefined
        ? undefined
        : holderOf(plan, appIdSlot(service.value.id, row.appId), ({ appId }) => appId === row.appId)
    const byId = isOurs(row.id) ? plan.applications.stored(row.id) : undefined
    const stored = (found: Application | undefined) => (found && plan.applications.stored(found.id) ? found : undefined)
    const found = byId ?? stored(byAppId) ?? stored(byUserKey)
    // A13: unique in the service; the application that has it may be another than the row means.
    if (byAppId !== undefined && byAppId.id !== found?.id) return refuse('taken', {}, 'appId')
    if (byUserKey !== undefined && byUserKey.id !== found?.id) return refuse('taken', {}, 'userKey')
    const claimed = claim(found)
    if (!claimed.ok) return claimed
    const planId = row.plan === undefined ? undefined : planOf(plan, service.value, row.plan)?.id
    if (row.plan !== undefined && planId === undefined) return refuse('not_found', {}, 'plan')
    const concerned = { service: service.value, account: account.value, planId }
    const outcome =
      found === undefined
        ? madeApplication(plan, row, prepared, concerned, claimed.value)
        : changedApplication(plan, row, prepared, concerned, found)
    if (outcome.ok) claimIdentifiers(plan, outcome.value.after)
    return outcome
  })
}

interface Concerned {
  readonly service: Service
  readonly account: Account
  readonly planId: Ulid | undefined
}

/** A1: credentials of another pattern alone would lie in the workspace and open nothing. */
function patternRefusal(row: ApplicationRow, { pattern }: Service): Refusal | undefined {
  const brings = {
    api_key: row.userKey !== undefined,
    app_id_key: (row.keys ?? []).length > 0 || (row.appId !== undefined && pattern !== 'oauth'),
    oauth: (row.clientSecrets ?? []).length > 0 || (row.appId !== undefined && pattern === 'oauth'),
  }
  if (brings[pattern]) return undefined
  const fields = { api_key: 'userKey', app_id_key: row.appId === undefined ? 'keys' : 'appId', oauth: 'clientSecrets' }
  for (const other of ['api_key', 'app_id_key', 'oauth'] as const) {
    if (brings[other]) return refuse('wrong_pattern', { pattern }, fields[other])
  }
  return undefined
}

/** A11, A12: a list that the service does not look at would only seem to protect. */
function filterRefusal(
  before: Application | undefined,
  row: ApplicationRow,
  { usageRules }: Service,
): Refusal | undefined {
  const adds = (field: 'ipRanges' | 'referrers') => (row[field] ?? []).some((item) => !before?.[field].includes(item))
  if (usageRules.ipFilter === 'off' && adds('ipRanges')) return refuse('filter_off', {}, 'ipRanges')
  if (usageRules.referrerFilter === 'off' && adds('referrers')) return refuse('filter_off', {}, 'referrers')
  return undefined
}

function madeApplication(
  plan: Plan,
  row: ApplicationRow,
  prepared: PreparedApplication,
  { service, account, planId }: Concerned,
  id: Ulid,
): Outcome<Planned<Application>> {
  const { context } = plan
  // A row of our own export is a record: it comes back as it was. Another's starts as one made by hand.
  const record = isOurs(row.id)
  const unfit = record ? undefined : (patternRefusal(row, service) ?? filterRefusal(undefined, row, service))
  if (unfit) return unfit
  const state = row.state ?? (service.usageRules.approvalRequired ? 'pending' : 'live')
  const createdAt = row.createdAt ?? context.now
  const chosenPlan = planId ?? (record ? undefined : service.defaultPlanId)
  const migratedFrom = migratedFromOf(plan, row)
  const base: Application = {
    ...newEnvelope(context, id),
    accountId: account.id,
    serviceId: service.id,
    ...(chosenPlan === undefined ? {} : { planId: chosenPlan }),
    name: row.name,
    description: row.description ?? '',
    state,
    createdAt,
    acceptedAt: row.acceptedAt ?? (state === 'pending' ? 0 : createdAt),
    lastUsedAt: row.lastUsedAt ?? 0,
    userKeyDigest: '',
    appId: row.appId ?? '',
    keys: [],
    clientSecrets: [],
    redirectUrls: row.redirectUrls ?? [],
    ipRanges: row.ipRanges ?? [],
    referrers: row.referrers ?? [],
    keyless: false,
    ...(migratedFrom === undefined ? {} : { migratedFrom }),
  }
  const merged = withCredentials(plan, row, prepared, service, base)
  if (!merged.ok) return merged
  const started = record ? merged.value : withFirstCredentials(plan, prepared, service, merged.value)
  const after = { ...started.after, keyless: isKeyless(service, started.after) }
  return accept({ after, issued: started.issued })
}

function migratedFromOf(plan: Plan, row: ApplicationRow): Ulid | undefined {
  if (row.migratedFrom === undefined) return undefined
  return plan.applications.mapped(row.migratedFrom) ?? (isOurs(row.migratedFrom) ? row.migratedFrom : undefined)
}

/** What `application.create` would make, where the row brings none of its pattern's credentials (A6, A7, A9). */
function withFirstCredentials(
  plan: Plan,
  prepared: PreparedApplication,
  service: Service,
  { after, issued }: Planned<Application>,
): Planned<Application> {
  const { context } = plan
  switch (service.pattern) {
    case 'api_key': {
      if (after.userKey !== undefined) return { after, issued }
      const { userKey } = makeUserKey(after.id, context)
      return { after: { ...after, userKey, userKeyDigest: userKey.digest }, issued: issued + 1 }
    }
    case 'app_id_key': {
      const appId = after.appId === '' ? freeAppId(plan, service.id, prepared.madeAppId) : after.appId
      if (after.keys.length > 0 || !service.usageRules.atLeastOneKey) return { after: { ...after, appId }, issued }
      const { key } = makeApplicationKey(after.id, {}, context)
      return { after: { ...after, appId, keys: [key] }, issued: issued + 1 }
    }
    case 'oauth': {
      const appId = after.appId === '' ? after.id : after.appId
      if (after.clientSecrets.length > 0) return { after: { ...after, appId }, issued }
      const { made } = makeClientSecret(after.id, context)
      return { after: { ...after, appId, clientSecrets: [made] }, issued: issued + 1 }
    }
  }
}

/** The App ID that was looked up; where it is taken, one long enough to meet none. */
function freeAppId(plan: Plan, serviceId: Ulid, wanted: string): string {
  return plan.identifiers.has(appIdSlot(serviceId, wanted)) ? makeHex(8, plan.context.random) : wanted
}

/** Adds what the row brings along to what the application has; takes nothing away but a replaced user key (A6). */
function withCredentials(
  plan: Plan,
  row: ApplicationRow,
  prepared: PreparedApplication,
  service: Service,
  before: Application,
): Outcome<Planned<Application>> {
  const { context } = plan
  let application = before
  let issued = 0
  if (row.userKey !== undefined && prepared.userKey.ok) {
    const secret = prepared.userKey.value
    if (secret !== undefined && prepared.userKeyDigest !== before.userKeyDigest) {
      const userKey = importedUserKey(before.id, row.userKey, secret, context)
      application = { ...application, userKey, userKeyDigest: userKey.digest }
    } else if (secret === undefined && before.userKey === undefined) {
      const { userKey } = makeUserKey(before.id, context)
      const { createdAt, lastUsedAt } = row.userKey
      const timed = { ...userKey, createdAt: createdAt ?? userKey.createdAt, lastUsedAt: lastUsedAt ?? 0 }
      application = { ...application, userKey: timed, userKeyDigest: userKey.digest }
      issued += 1
    }
  }
  const keys = mergeKeys(plan, row, service, application)
  if (!keys.ok) return keys
  const secrets = mergeClientSecrets(plan, row, application)
  if (!secrets.ok) return secrets
  return accept({
    after: { ...application, keys: keys.value.keys, clientSecrets: secrets.value.clientSecrets },
    issued: issued + keys.value.issued + secrets.value.issued,
  })
}

/** A7: unique in the application ignoring case, and no more usable ones than the service allows. */
function mergeKeys(
  plan: Plan,
  row: ApplicationRow,
  service: Service,
  application: Application,
): Outcome<{ keys: ApplicationKey[]; issued: number }> {
  const { context } = plan
  let keys = [...application.keys]
  let issued = 0
  for (const [at, given] of (row.keys ?? []).entries()) {
    const field = `keys.${at}`
    const place = applicationKeyAad(row.id ?? '', given.id ?? '')
    const secret = secretOf(plan, given, appKeyInput, place, field)
    if (!secret.ok) return secret
    const digest = secret.value && context.digest(secret.value.reveal())
    const held = keys.find((key) => (digest === undefined ? key.id === given.id : key.digest === digest))
    if (held !== undefined) {
      // Twice in one row: a second entry of a key that this very row brought.
      if (!application.keys.includes(held)) return refuse('taken', {}, `${field}.value`)
      const after = mergedKey(held, given, service, field, context.now)
      if (!after.ok) return after
      keys = keys.map((key) => (key.id === held.id ? after.value : key))
      continue
    }
    const id = freeId(given.id, keys, plan)
    const value = secret.value ?? new Secret(makeHex(16, context.random))
    const added = importedKey(application.id, id, given, value, context)
    if (keys.some(({ foldedDigest }) => foldedDigest === added.foldedDigest))
      return refuse('taken', {}, `${field}.value`)
    if (secret.value === undefined) issued += 1
    keys.push(added)
  }
  const limit = service.usageRules.keyLimit
  const usable = usableKeys({ keys }, context.now).length
  const grew = keys.length > application.keys.length
  if (grew && usable > limit) return refuse('key_limit', { limit }, 'keys')
  return keys.length > 100 ? refuse('key_limit', { limit: 100 }, 'keys') : accept({ keys, issued })
}

/** Label, expiry and filters of a key that is there already; an expiry, once reached, is not undone (A7). */
function mergedKey(
  key: ApplicationKey,
  given: NonNullable<ApplicationRow['keys']>[number],
  service: Service,
  field: string,
  now: number,
): Outcome<ApplicationKey> {
  const expiresAt = given.expiresAt ?? key.expiresAt
  const expired = key.expiresAt !== 0 && key.expiresAt <= now
  if (expired && expiresAt !== key.expiresAt) return refuse('wrong_state', { state: 'expired' }, `${field}.expiresAt`)
  const adds = (list: 'ipRanges' | 'referrers') => (given[list] ?? []).some((item) => !key[list].includes(item))
  if (service.usageRules.ipFilter === 'off' && adds('ipRanges')) return refuse('filter_off', {}, `${field}.ipRanges`)
  if (service.usageRules.referrerFilter === 'off' && adds('referrers'))
    return refuse('filter_off', {}, `${field}.referrers`)
  return accept({
    ...key,
    label: given.label ?? key.label,
    expiresAt,
    ipRanges: given.ipRanges ?? key.ipRanges,
    referrers: given.referrers ?? key.referrers,
  })
}

/** A9: at most two in force. */
function mergeClientSecrets(
  plan: Plan,
  row: ApplicationRow,
  application: Application,
): Outcome<{ clientSecrets: ClientSecret[]; issued: number }> {
  const { context } = plan
  const added: ClientSecret[] = []
  let issued = 0
  for (const [at, given] of (row.clientSecrets ?? []).entries()) {
    const field = `clientSecrets.${at}`
    const place = clientSecretAad(row.id ?? '', given.id ?? '')
    const secret = secretOf(plan, given, clientSecretInput, place, field)
    if (!secret.ok) return secret
    const digest = secret.value && context.digest(secret.value.reveal())
    const isHeld = (held: ClientSecret) => (digest === undefined ? held.id === given.id : held.digest === digest)
    if (application.clientSecrets.some(isHeld)) continue
    if (added.some(isHeld)) return refuse('taken', {}, `${field}.value`)
    if (secret.value === undefined) {
      added.push({ ...makeClientSecret(application.id, context).made, endsAt: given.endsAt ?? 0 })
      issued += 1
    } else {
      const id = freeId(given.id, application.clientSecrets, plan)
      added.push(importedClientSecret(application.id, id, given, secret.value, context))
    }
  }
  if (added.length === 0) return accept({ clientSecrets: application.clientSecrets, issued })
  const clientSecrets = [...validClientSecrets(application, context.now), ...added]
  if (clientSecrets.length > 2) return refuse('too_many', { max: 2 }, 'clientSecrets')
  return hasTwoEndless(clientSecrets)
    ? refuse('rotation_under_way', {}, 'clientSecrets')
    : accept({ clientSecrets, issued })
}

function changedApplication(
  plan: Plan,
  row: ApplicationRow,
  prepared: PreparedApplication,
  { service, account, planId }: Concerned,
  found: Application,
): Outcome<Planned<Application>> {
  const { context } = plan
  if (found.serviceId !== service.id) return invalid('fixed', 'service')
  if (found.accountId !== account.id) return invalid('fixed', 'account')
  if (row.appId !== undefined && found.appId !== '' && row.appId !== found.appId) return invalid('fixed', 'appId')
  const unfit = (isOurs(row.id) ? undefined : patternRefusal(row, service)) ?? filterRefusal(found, row, service)
  if (unfit) return unfit
  const moved = movedTo(row, { application: found, service, account }, context)
  if (!moved.ok) return moved
  const merged = withCredentials(plan, row, prepared, service, moved.value)
  if (!merged.ok) return merged
  const { after: draft, issued } = merged.value
  const fields: Partial<Application> = {
    name: row.name,
    description: row.description ?? draft.description,
    ...(planId === undefined ? {} : { planId }),
    state: draft.state,
    acceptedAt: draft.acceptedAt,
    appId: row.appId ?? draft.appId,
    ...(draft.userKey === undefined ? {} : { userKey: draft.userKey }),
    userKeyDigest: draft.userKeyDigest,
    keys: draft.keys,
    clientSecrets: draft.clientSecrets,
    redirectUrls: row.redirectUrls ?? draft.redirectUrls,
    ipRanges: row.ipRanges ?? draft.ipRanges,
    referrers: row.referrers ?? draft.referrers,
    keyless: isKeyless(service, draft),
  }
  return accept({ after: edited(found, fields, context), issued })
}

/** A5: the transition that leads to the row's state, by its own rule. */
function movedTo(
  row: ApplicationRow,
  concerned: { application: Application; service: Service; account: Account },
  context: Plan['context'],
): Outcome<Application> {
  const { application } = concerned
  if (row.state === undefined || row.state === application.state) return accept(application)
  for (const [verb, { from, to }] of Object.entries(applicationTransitions)) {
    if (from !== application.state || to !== row.state) continue
    const outcome = movedApplication(verb as ApplicationVerb, concerned, context)
    if (!outcome.ok) return { ...outcome, field: 'state' }
    const [write] = outcome.value.writes
    return accept(write?.collection === 'application' && write.after !== undefined ? write.after : application)
  }
  return refuse('wrong_state', { state: application.state }, 'state')
}
