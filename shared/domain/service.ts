/** Services: made by an admin, each with its service token in the same write (S1–S4, A1, A3, A12). */
import * as z from 'zod'
import { type Context, defineCommand, differences, edited, many, newEnvelope, newId, one } from './command.ts'
import { type Instant, type Ulid, ulidSchema } from './id.ts'
import { accept, refuse } from './outcome.ts'
import { denial } from './permission.ts'
import { endAfterOverlap, overlapSchema } from './rotation.ts'
import type { Secret } from './secret.ts'
import {
  alertLevels,
  type Metric,
  type Pattern,
  type Plan,
  patterns,
  type Service,
  type ServiceState,
  type ServiceToken,
  type UsageRules,
} from './service-schema.ts'
import { descriptionSchema, nameSchema, systemNameFrom, systemNameSchema } from './text.ts'
import { makeToken, serviceTokenPrefix, tokenHint } from './token-format.ts'

export const createServiceSchema = z.strictObject({
  name: nameSchema,
  /** Derived from the name where left out. */
  systemName: systemNameSchema.optional(),
  description: descriptionSchema.default(''),
  pattern: z.enum(patterns).default('api_key'),
})

/** A7, A8, A11, A12: what a new service starts with. */
export const defaultUsageRules: UsageRules = {
  keyLimit: 5,
  atLeastOneKey: true,
  customKeys: true,
  approvalRequired: false,
  developersMayRegenerate: true,
  developersMayManageKeys: true,
  ipFilter: 'off',
  referrerFilter: 'off',
}

/** What authenticates a sealed service token: it opens only in its own service and slot. */
export function serviceTokenAad(serviceId: Ulid, tokenId: Ulid): string {
  return `service/${serviceId}/token/${tokenId}`
}

/** Makes a service token (S1): digest to authenticate, sealed copy to look up again (S3). */
export function makeServiceToken(serviceId: Ulid, context: Context): { token: ServiceToken; secret: Secret } {
  const id = newId(context)
  const secret = makeToken(serviceTokenPrefix, context.random)
  const token: ServiceToken = {
    id,
    digest: context.digest(secret.reveal()),
    sealed: context.seal(secret, serviceTokenAad(serviceId, id)),
    hintTail: tokenHint(serviceTokenPrefix, secret).tail,
    createdAt: context.now,
    endsAt: 0,
    lastUsedAt: 0,
  }
  return { token, secret }
}

/** The tokens of a service that authenticate at `now` (S2, S4): at most two. */
export function validServiceTokens(service: Pick<Service, 'tokens'>, now: Instant): readonly ServiceToken[] {
  return service.tokens.filter((token) => token.endsAt === 0 || now < token.endsAt)
}

/** A new service document with everything that it starts with (S1, P1, A3). */
export function makeService(
  input: z.output<typeof createServiceSchema>,
  systemName: string,
  context: Context,
): { service: Service; secret: Secret } {
  const envelope = newEnvelope(context)
  const { token, secret } = makeServiceToken(envelope.id, context)
  const planId = newId(context)
  const service: Service = {
    ...envelope,
    name: input.name,
    systemName,
    description: input.description,
    state: 'live',
    pattern: input.pattern,
    credentialsLocation: 'headers',
    parameterNames: { userKey: 'user_key', appId: 'app_id', appKey: 'app_key' },
    errorStatuses: { missing: 403, wrong: 403, overLimit: 429 },
    usageRules: defaultUsageRules,
    tokens: [token],
    metrics: [{ id: newId(context), systemName: 'hits', name: 'Hits', unit: 'hit' }],
    plans: [{ id: planId, name: 'Basic', systemName: 'basic', state: 'published', limits: [] }],
    defaultPlanId: planId,
    alertLevels: [...alertLevels],
    createdAt: context.now,
  }
  return { service, secret }
}

/**
 * Makes a service and its service token in one write (S1, M3). The token can be looked up again, so nothing is
 * revealed here. Refusals: `forbidden` {admin}, `taken` (field `systemName`), `required` (field `systemName`)
 * where none can be derived from the name.
 */
export const createService = defineCommand({
  name: 'service.create',
  input: createServiceSchema,
  needs: (input) => ({ services: many('service', { systemName: input.systemName ?? systemNameFrom(input.name) }) }),
  decide({ services }, input, context) {
    const denied = denial(context.actor, 'service.create')
    if (denied) return denied
    const systemName = input.systemName ?? systemNameFrom(input.name)
    if (systemName === '') return refuse('required', {}, 'systemName')
    if (services.length > 0) return refuse('taken', { value: systemName }, 'systemName')
    const { service } = makeService(input, systemName, context)
    return accept({
      writes: [{ collection: 'service', after: service }],
      events: [
        {
          code: 'service.created',
          objectCollection: 'service',
          objectId: service.id,
          objectName: service.name,
          serviceId: service.id,
          changes: [{ field: 'pattern', before: null, after: service.pattern }],
        },
      ],
      result: { id: service.id },
    })
  },
})

/** Changes name and description of a service. Refusals: `forbidden`, `not_found`. */
export const updateService = defineCommand({
  name: 'service.update',
  input: z.strictObject({ id: ulidSchema, name: nameSchema.optional(), description: descriptionSchema.optional() }),
  needs: (input) => ({ service: one('service', input.id) }),
  decide({ service }, input, context) {
    const denied = denial(context.actor, 'service.edit', input.id)
    if (denied) return denied
    if (!service) return refuse('not_found')
    const after = edited(
      service,
      { name: input.name ?? service.name, description: input.description ?? service.description },
      context,
    )
    const changes = differences(service, after)
    if (changes.length === 0) return accept({ writes: [], events: [], result: undefined })
    return accept({
      writes: [{ collection: 'service', before: service, after }],
      events: [{ code: 'service.updated', ...aboutService(after), changes }],
      result: undefined,
    })
  },
})

/** The part of an audit draft that names a service. */
export function aboutService(service: Service) {
  return { objectCollection: 'service', objectId: service.id, objectName: service.name, serviceId: service.id }
}

/**
 * Makes a new service token; the old one ends after the overlap (S4). At most two are valid at a time.
 * Refusals: `forbidden`, `not_found`, `rotation_under_way` {until} while an earlier overlap runs.
 */
export const rotateServiceToken = defineCommand({
  name: 'service.rotateToken',
  input: z.strictObject({ id: ulidSchema, overlap: overlapSchema }),
  needs: (input) => ({ service: one('service', input.id) }),
  decide({ service }, input, context) {
    const denied = denial(context.actor, 'serviceToken.rotate', input.id)
    if (denied) return denied
    if (!service) return refuse('not_found')
    const valid = validServiceTokens(service, context.now)
    const ending = valid.find((token) => token.endsAt !== 0)
    if (ending !== undefined) return refuse('rotation_under_way', { until: ending.endsAt })
    const { token, secret } = makeServiceToken(service.id, context)
    const outgoing = valid
      .map((old) => ({ ...old, endsAt: endAfterOverlap(context.now, input.overlap, old.endsAt) }))
      .filter((old) => old.endsAt > context.now)
    const after = edited(service, { tokens: [...outgoing, token] }, context)
    return accept({
      writes: [{ collection: 'service', before: service, after }],
      events: [
        {
          code: 'serviceToken.rotated',
          ...aboutService(service),
          changes: [{ field: 'token', before: valid.at(-1)?.hintTail ?? null, after: token.hintTail }],
        },
      ],
      result: { tokenId: token.id },
      reveals: [
        { kind: 'serviceToken', objectId: service.id, objectName: service.name, serviceId: service.id, secret },
      ],
    })
  },
})

/**
 * Shows a service token to somebody with access to its service; each reveal is an audit event (S3).
 * The result names what the shell is to open from the vault. Refusals: `forbidden`, `not_found`.
 */
export const revealServiceToken = defineCommand({
  name: 'service.revealToken',
  input: z.strictObject({ id: ulidSchema, tokenId: ulidSchema, purpose: z.enum(['reveal', 'copy']) }),
  needs: (input) => ({ service: one('service', input.id) }),
  decide({ service }, input, context) {
    const denied = denial(context.actor, 'serviceToken.reveal', input.id)
    if (denied) return denied
    const token = service?.tokens.find(({ id }) => id === input.tokenId)
    if (!service || !token) return refuse('not_found')
    return accept({
      writes: [],
      events: [
        {
          code: input.purpose === 'copy' ? 'serviceToken.copied' : 'serviceToken.revealed',
          ...aboutService(service),
          changes: [{ field: 'token', before: null, after: token.hintTail }],
        },
      ],
      result: { sealed: token.sealed, aad: serviceTokenAad(service.id, token.id) },
    })
  },
})

/** A service as lists and its own page show it: tokens without digest and sealed copy. */
export interface ServiceView {
  readonly id: string
  readonly name: string
  readonly systemName: string
  readonly description: string
  readonly state: ServiceState
  readonly pattern: Pattern
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly tokens: readonly ServiceTokenView[]
  readonly credentialsLocation: Service['credentialsLocation']
  readonly parameterNames: Service['parameterNames']
  readonly errorStatuses: Service['errorStatuses']
  readonly usageRules: UsageRules
  readonly metrics: readonly Metric[]
  readonly plans: readonly Plan[]
  readonly defaultPlanId: string | undefined
  readonly alertLevels: readonly number[]
  readonly migratedFrom: string | undefined
  readonly migratedTo: string | undefined
}

export interface ServiceTokenView {
  readonly id: string
  readonly hintTail: string
  readonly createdAt: Instant
  readonly endsAt: Instant
  readonly lastUsedAt: Instant
}

export function viewServiceToken({ id, hintTail, createdAt, endsAt, lastUsedAt }: ServiceToken): ServiceTokenView {
  return { id, hintTail, createdAt, endsAt, lastUsedAt }
}

export function viewService(service: Service, now: Instant): ServiceView {
  const { id, name, systemName, description, state, pattern, createdAt, updatedAt } = service
  return {
    id,
    name,
    systemName,
    description,
    state,
    pattern,
    createdAt,
    updatedAt,
    tokens: validServiceTokens(service, now).map(viewServiceToken),
    credentialsLocation: service.credentialsLocation,
    parameterNames: service.parameterNames,
    errorStatuses: service.errorStatuses,
    usageRules: service.usageRules,
    metrics: service.metrics,
    plans: service.plans,
    defaultPlanId: service.defaultPlanId,
    alertLevels: service.alertLevels,
    migratedFrom: service.migratedFrom,
    migratedTo: service.migratedTo,
  }
}
