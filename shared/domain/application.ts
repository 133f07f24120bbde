/** Applications: made in an account, on a service's plan, with the credentials of its pattern (A5–A9, A13, P1). */
import * as z from 'zod'
import { type AccessTokenStanding, accessTokenStanding } from './access-token.ts'
import {
  aboutApplication,
  applicationNeeds,
  type Concerned,
  concerned,
  replacedApplication,
} from './application-access.ts'
import type { Application, ApplicationKey, ApplicationState, ClientSecret, UserKey } from './application-schema.ts'
import type { AuditChange } from './audit.ts'
import { type Change, type Context, defineCommand, many, newEnvelope, type OneTimeSecret, one } from './command.ts'
import {
  appIdInput,
  appKeyInput,
  isKeyless,
  makeAppId,
  makeApplicationKey,
  makeClientSecret,
  makeUserKey,
  redirectUrlsInput,
  shownOnce,
  userKeyInput,
  validClientSecrets,
} from './credential.ts'
import { ipRangesInput, referrersInput } from './filter.ts'
import { type Instant, type Ulid, ulidSchema } from './id.ts'
import { accept, type Outcome, type Refusal, refuse } from './outcome.ts'
import { denial } from './permission.ts'
import type { Secret } from './secret.ts'
import type { Service } from './service-schema.ts'
import { descriptionSchema, nameSchema } from './text.ts'

export const createApplicationSchema = z.strictObject({
  accountId: ulidSchema,
  serviceId: ulidSchema,
  /** The service's default plan where left out. */
  planId: ulidSchema.optional(),
  name: nameSchema,
  description: descriptionSchema.default(''),
  /** Live at once, though the service wants applications approved. */
  accept: z.boolean().default(false),
  /** API key pattern: a key of one's own (A6). */
  userKey: userKeyInput.optional(),
  /** App ID pattern: an App ID of one's own, now or never (A7). */
  appId: appIdInput.optional(),
  /** App ID pattern: a first key of one's own. */
  appKey: appKeyInput.optional(),
  /** App ID pattern: false for an application without keys, where the service allows that (A8). */
  withKey: z.boolean().default(true),
  redirectUrls: redirectUrlsInput.default([]),
  ipRanges: ipRangesInput.default([]),
  referrers: referrersInput.default([]),
})
type CreateApplication = z.output<typeof createApplicationSchema>

/** What an application starts with, where it is not made by the rules of `application.create`. */
export interface NewApplication {
  readonly accountId: Ulid
  readonly planId: Ulid | undefined
  readonly name: string
  readonly description: string
  readonly state: ApplicationState
  readonly userKey?: Secret | undefined
  readonly appId?: string | undefined
  readonly appKey?: Secret | undefined
  readonly withKey: boolean
  readonly redirectUrls: readonly string[]
  readonly ipRanges: readonly string[]
  readonly referrers: readonly string[]
  readonly migratedFrom?: Ulid | undefined
}

/** A new application document with the credentials of the service's pattern, and what is to be shown of them once. */
export function makeApplication(
  fields: NewApplication,
  service: Pick<Service, 'id' | 'pattern' | 'usageRules'>,
  context: Context,
  takenAppIds?: ReadonlySet<string>,
): { application: Application; reveals: OneTimeSecret[] } {
  const envelope = newEnvelope(context)
  const base = {
    ...envelope,
    accountId: fields.accountId,
    serviceId: service.id,
    ...(fields.planId === undefined ? {} : { planId: fields.planId }),
    name: fields.name,
    description: fields.description,
    state: fields.state,
    createdAt: context.now,
    acceptedAt: fields.state === 'pending' ? 0 : context.now,
    lastUsedAt: 0,
    userKeyDigest: '',
    appId: '',
    keys: [],
    clientSecrets: [],
    redirectUrls: [...fields.redirectUrls],
    ipRanges: [...fields.ipRanges],
    referrers: [...fields.referrers],
    keyless: false,
    ...(fields.migratedFrom === undefined ? {} : { migratedFrom: fields.migratedFrom }),
  } satisfies Application
  switch (service.pattern) {
    case 'api_key': {
      const { userKey, secret } = makeUserKey(base.id, context, fields.userKey)
      const application = { ...base, userKey, userKeyDigest: userKey.digest }
      return { application, reveals: [shownOnce('userKey', application, secret)] }
    }
    case 'app_id_key': {
      const appId = fields.appId ?? makeAppId(context, takenAppIds)
      if (!fields.withKey) {
        return { application: { ...base, appId, keyless: isKeyless(service, base) }, reveals: [] }
      }
      const { key, secret } = makeApplicationKey(base.id, {}, context, fields.appKey)
      const application = { ...base, appId, keys: [key] }
      return { application, reveals: [shownOnce('appKey', application, secret)] }
    }
    case 'oauth': {
      const { made, secret } = makeClientSecret(base.id, context)
      const application = { ...base, appId: base.id, clientSecrets: [made] }
      return { application, reveals: [shownOnce('clientSecret', application, secret)] }
    }
  }
}

const nothing = many('application', { id: [] })

/**
 * Makes an application in an approved account (A5–A9, A13). Where the service wants approval it starts pending, unless
 * whoever makes it accepts it at once. The credentials are shown once and can be looked up again (A14).
 * Refusals: `forbidden`, `not_found` (fields `serviceId`, `accountId`, `planId`), `account_not_approved` {state},
 * `wrong_state` {state} for a retired service, `wrong_pattern` {pattern}, `custom_keys_off`, `last_key`,
 * `filter_off`, `taken` (fields `userKey`, `appId`).
 */
export const createApplication = defineCommand({
  name: 'application.create',
  input: createApplicationSchema,
  needs: ({ serviceId, accountId, userKey, appId }, _actor, digest) => ({
    service: one('service', serviceId),
    account: one('account', accountId),
    sameUserKey:
      userKey === undefined ? nothing : many('application', { serviceId, userKeyDigest: digest(userKey.reveal()) }),
    sameAppId: appId === undefined ? nothing : many('application', { serviceId, appId }),
  }),
  decide({ service, account, sameUserKey, sameAppId }, input, context) {
    const denied = denial(context.actor, 'application.edit', input.serviceId)
    if (denied) return denied
    if (!service) return refuse('not_found', {}, 'serviceId')
    if (!account) return refuse('not_found', {}, 'accountId')
    if (account.state !== 'approved') return refuse('account_not_approved', { state: account.state }, 'accountId')
    if (service.state === 'retired') return refuse('wrong_state', { state: service.state }, 'serviceId')
    const planId = input.planId ?? service.defaultPlanId
    if (input.planId !== undefined && !hasPlan(service, input.planId)) return refuse('not_found', {}, 'planId')
    const unfit = credentialsRefusal(input, service) ?? filtersRefusal(input, service)
    if (unfit) return unfit
    if (sameUserKey.length > 0) return refuse('taken', {}, 'userKey')
    if (sameAppId.length > 0) return refuse('taken', {}, 'appId')
    const state = service.usageRules.approvalRequired && !input.accept ? 'pending' : 'live'
    const { application, reveals } = makeApplication({ ...input, planId, state }, service, context)
    return accept({
      writes: [{ collection: 'application', after: application }],
      events: [
        {
          code: 'application.created',
          ...aboutApplication(application),
          changes: [
            { field: 'account', before: null, after: account.name },
            { field: 'plan', before: null, after: planName(service, planId) },
            { field: 'state', before: null, after: application.state },
            ...(application.keyless ? [{ field: 'keyless', before: null, after: true }] : []),
          ],
        },
      ],
      result: { id: application.id, state: application.state },
      reveals,
      ...(service.pattern === 'app_id_key' && input.appId === undefined
        ? { absent: [many('application', { serviceId: service.id, appId: application.appId })] }
        : {}),
    })
  },
})

function hasPlan(service: Service, planId: Ulid): boolean {
  return service.plans.some(({ id }) => id === planId)
}

function planName(service: Service, planId: Ulid | undefined): string | null {
  return service.plans.find(({ id }) => id === planId)?.name ?? null
}

/** The fields that only one pattern takes. */
const fieldsOfPattern = {
  userKey: 'api_key',
  appId: 'app_id_key',
  appKey: 'app_id_key',
} as const satisfies Partial<Record<keyof CreateApplication, Service['pattern']>>

/** A6–A9, A12: what was brought along fits the pattern and the usage rules. */
function credentialsRefusal(input: CreateApplication, service: Service): Refusal | undefined {
  const { pattern, usageRules } = service
  for (const field of ['userKey', 'appId', 'appKey'] as const) {
    if (input[field] !== undefined && fieldsOfPattern[field] !== pattern) {
      return refuse('wrong_pattern', { pattern }, field)
    }
  }
  if (input.redirectUrls.length > 0 && pattern !== 'oauth') return refuse('wrong_pattern', { pattern }, 'redirectUrls')
  if (!usageRules.customKeys) {
    if (input.userKey !== undefined) return refuse('custom_keys_off', {}, 'userKey')
    if (input.appKey !== undefined) return refuse('custom_keys_off', {}, 'appKey')
  }
  if (pattern !== 'app_id_key' || input.withKey) return undefined
  if (input.appKey !== undefined) return refuse('invalid', {}, 'withKey')
  return usageRules.atLeastOneKey ? refuse('last_key', {}, 'withKey') : undefined
}

/** A11, A12: a list that the service does not look at would only seem to protect. */
function filtersRefusal(input: CreateApplication, { usageRules }: Service): Refusal | undefined {
  if (input.ipRanges.length > 0 && usageRules.ipFilter === 'off') return refuse('filter_off', {}, 'ipRanges')
  if (input.referrers.length > 0 && usageRules.referrerFilter === 'off') return refuse('filter_off', {}, 'referrers')
  return undefined
}

/**
 * Changes name, description and plan (P1). Refusals: `forbidden`, `not_found`, `not_found` (field `planId`).
 */
export const updateApplication = defineCommand({
  name: 'application.update',
  input: z.strictObject({
    id: ulidSchema,
    name: nameSchema.optional(),
    description: descriptionSchema.optional(),
    planId: ulidSchema.optional(),
  }),
  needs: (input) => applicationNeeds(input.id),
  decide(documents, { id: _id, ...fields }, context) {
    const found = concerned(documents, 'application.edit', context)
    if (!found.ok) return found
    return updatedApplication(found.value, fields, context)
  },
})

/** What `application.update` does to one application. */
export function updatedApplication(
  { application, service }: Pick<Concerned, 'application' | 'service'>,
  fields: {
    readonly name?: string | undefined
    readonly description?: string | undefined
    readonly planId?: Ulid | undefined
  },
  context: Context,
): Outcome<Change<undefined>> {
  const planId = fields.planId ?? application.planId
  if (fields.planId !== undefined && !hasPlan(service, fields.planId)) return refuse('not_found', {}, 'planId')
  const name = fields.name ?? application.name
  const description = fields.description ?? application.description
  const changes: AuditChange[] = []
  if (name !== application.name) changes.push({ field: 'name', before: application.name, after: name })
  if (description !== application.description) {
    changes.push({ field: 'description', before: application.description, after: description })
  }
  if (planId !== application.planId) {
    const [before, after] = [planName(service, application.planId), planName(service, planId)]
    changes.push({ field: 'plan', before, after })
  }
  if (changes.length === 0) return accept({ writes: [], events: [], result: undefined })
  const replaced = { name, description, ...(planId === undefined ? {} : { planId }) }
  return replacedApplication({ application, service }, replaced, 'application.updated', context, undefined, { changes })
}

/** A5: which state follows which: one line a command. `approved`: only in an approved account. */
export const applicationTransitions = {
  accept: { from: 'pending', to: 'live', approved: true, code: 'application.accepted' },
  suspend: { from: 'live', to: 'suspended', approved: false, code: 'application.suspended' },
  resume: { from: 'suspended', to: 'live', approved: true, code: 'application.resumed' },
} as const satisfies Record<string, { from: ApplicationState; to: ApplicationState; approved: boolean; code: string }>
export type ApplicationVerb = keyof typeof applicationTransitions

/** What accept, suspend and resume do to one application. Refusals: `wrong_state` {state}, `account_not_approved` {state}. */
export function movedApplication(
  verb: ApplicationVerb,
  { application, service, account }: Concerned,
  context: Context,
): Outcome<Change<undefined>> {
  const { from, to, approved, code } = applicationTransitions[verb]
  if (application.state !== from) return refuse('wrong_state', { state: application.state })
  if (approved && account?.state !== 'approved') return refuse('account_not_approved', { state: account?.state ?? '' })
  const fields = verb === 'accept' ? { state: to, acceptedAt: context.now } : { state: to }
  const changes = [{ field: 'state', before: from, after: to }]
  return replacedApplication({ application, service }, fields, code, context, undefined, { changes })
}

function transitionCommand<const Verb extends ApplicationVerb>(verb: Verb) {
  return defineCommand({
    name: `application.${verb}`,
    input: z.strictObject({ id: ulidSchema }),
    needs: (input) => applicationNeeds(input.id),
    decide(documents, _input, context) {
      const found = concerned(documents, 'application.edit', context)
      return found.ok ? movedApplication(verb, found.value, context) : found
    },
  })
}

/** pending → live (A5). Refusals: `forbidden`, `not_found`, `wrong_state` {state}, `account_not_approved` {state}. */
export const acceptApplication = transitionCommand('accept')
/** live → suspended: none of its credentials passes (A5). Refusals: as accept. */
export const suspendApplication = transitionCommand('suspend')
/** suspended → live (A5). Refusals: as accept. */
export const resumeApplication = transitionCommand('resume')

/** What delete does to one application. */
export function deletedApplication({ application }: Pick<Concerned, 'application'>): Outcome<Change<undefined>> {
  return accept({
    writes: [{ collection: 'application', before: application }],
    events: [{ code: 'application.deleted', ...aboutApplication(application) }],
    result: undefined,
  })
}

/** Deletes an application with all its credentials. Refusals: `forbidden`, `not_found`. */
export const deleteApplication = defineCommand({
  name: 'application.delete',
  input: z.strictObject({ id: ulidSchema }),
  needs: (input) => applicationNeeds(input.id),
  decide(documents, _input, context) {
    const found = concerned(documents, 'application.edit', context)
    return found.ok ? deletedApplication(found.value) : found
  },
})

/** A7: a key as its application's page shows it. */
export interface ApplicationKeyView {
  readonly id: string
  readonly label: string
  readonly hintTail: string
  readonly createdAt: Instant
  readonly lastUsedAt: Instant
  readonly expiresAt: Instant
  readonly standing: AccessTokenStanding
  readonly ipRanges: readonly string[]
  readonly referrers: readonly string[]
}

export type UserKeyView = Pick<UserKey, 'hintTail' | 'createdAt' | 'lastUsedAt'>
export type ClientSecretView = Pick<ClientSecret, 'id' | 'hintTail' | 'createdAt' | 'endsAt' | 'lastUsedAt'>

/** An application as lists and its own page show it: no digest, no sealed copy (A14). */
export interface ApplicationView {
  readonly id: string
  readonly accountId: string
  readonly serviceId: string
  readonly planId: string | undefined
  readonly name: string
  readonly description: string
  readonly state: ApplicationState
  readonly createdAt: Instant
  readonly acceptedAt: Instant
  readonly updatedAt: Instant
  readonly lastUsedAt: Instant
  readonly userKey: UserKeyView | undefined
  /** App ID, or client id. */
  readonly appId: string
  readonly keys: readonly ApplicationKeyView[]
  readonly clientSecrets: readonly ClientSecretView[]
  readonly redirectUrls: readonly string[]
  readonly ipRanges: readonly string[]
  readonly referrers: readonly string[]
  readonly keyless: boolean
  readonly migratedFrom: string | undefined
}

export function viewApplicationKey(key: ApplicationKey, now: Instant): ApplicationKeyView {
  const { id, label, hintTail, createdAt, lastUsedAt, expiresAt, ipRanges, referrers } = key
  const standing = accessTokenStanding(key, now)
  return { id, label, hintTail, createdAt, lastUsedAt, expiresAt, standing, ipRanges, referrers }
}

export function viewClientSecret({ id, hintTail, createdAt, endsAt, lastUsedAt }: ClientSecret): ClientSecretView {
  return { id, hintTail, createdAt, endsAt, lastUsedAt }
}

function viewUserKey({ hintTail, createdAt, lastUsedAt }: UserKey): UserKeyView {
  return { hintTail, createdAt, lastUsedAt }
}

export function viewApplication(application: Application, now: Instant): ApplicationView {
  const { id, accountId, serviceId, planId, name, description, state, createdAt, acceptedAt, updatedAt, lastUsedAt } =
    application
  const { appId, redirectUrls, ipRanges, referrers, keyless, migratedFrom, userKey } = application
  return {
    id,
    accountId,
    serviceId,
    planId,
    name,
    description,
    state,
    createdAt,
    acceptedAt,
    updatedAt,
    lastUsedAt,
    userKey: userKey && viewUserKey(userKey),
    appId,
    keys: application.keys.map((key) => viewApplicationKey(key, now)),
    clientSecrets: validClientSecrets(application, now).map(viewClientSecret),
    redirectUrls,
    ipRanges,
    referrers,
    keyless,
    migratedFrom,
  }
}
