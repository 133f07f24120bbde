/** The views of the first nouns. Each answer holds views only: no digest, no sealed copy, no secret. */
import * as z from 'zod'
import type { AccessTokenView } from '../domain/access-token.ts'
import { type Scope, scopes, type TokenPermission } from '../domain/access-token-schema.ts'
import type { AuditChange, Channel } from '../domain/audit.ts'
import type { CollectionName } from '../domain/collections.ts'
import { type Instant, ulidSchema } from '../domain/id.ts'
import type { ServiceTokenView, ServiceView } from '../domain/service.ts'
import type { PatternImpact } from '../domain/service-pattern.ts'
import { patterns, type ServiceState, serviceStates } from '../domain/service-schema.ts'
import { textSchema } from '../domain/text.ts'
import { defineQuery, listShape, type Page } from './query.ts'

/** T5: what the person may give to a new token, and whom to ask for more. */
export interface TokenGrant {
  readonly scopes: readonly Scope[]
  readonly permission: TokenPermission
  /** Services that the token would act on: `all`, or their names (at most 50). */
  readonly services: 'all' | readonly { id: string; name: string }[]
  /** Names of active admins, at most 5. */
  readonly admins: readonly string[]
}
export const tokenGrant = defineQuery<TokenGrant>()('accessToken.grant', z.strictObject({}))

export const accessTokenFilters = ['active', 'expiring', 'expired', 'neverUsed'] as const
export type AccessTokenFilter = (typeof accessTokenFilters)[number]
export interface AccessTokenRow extends AccessTokenView {
  readonly ownerName: string
  readonly own: boolean
}
export interface AccessTokenPage extends Page<AccessTokenRow> {
  /** Figures of the filter cards, over the same owner and search, whatever filter is on. */
  readonly counts: Readonly<Record<AccessTokenFilter, number>>
  readonly all: number
}
/** T12: one's own tokens; `owner: 'all'` is for admins. A pasted token is found by its digest. */
export const accessTokenList = defineQuery<AccessTokenPage>()(
  'accessToken.list',
  z.strictObject({
    ...listShape(['lastUsedAt', 'name', 'expiresAt', 'createdAt']),
    filter: z.enum(accessTokenFilters).optional(),
    scope: z.enum(scopes).optional(),
    owner: z.enum(['own', 'all']).default('own'),
  }),
)
export const accessTokenGet = defineQuery<AccessTokenRow>()('accessToken.get', z.strictObject({ id: ulidSchema }))

export interface ServiceTokenRow {
  readonly serviceId: string
  readonly serviceName: string
  readonly serviceState: ServiceState
  /** The token in force. */
  readonly token: ServiceTokenView
  /** The one that ends, while a rotation overlaps. */
  readonly ending: ServiceTokenView | undefined
  readonly mayRotate: boolean
}
/** S3: one row a service that the person has access to. */
export const serviceTokenList = defineQuery<Page<ServiceTokenRow>>()(
  'serviceToken.list',
  z.strictObject({ ...listShape(['name']) }),
)

export interface ServiceRow extends ServiceView {
  readonly applications: number
}
export interface ServicePage extends Page<ServiceRow> {
  readonly counts: Readonly<Record<ServiceState, number>>
  readonly all: number
}
export const serviceList = defineQuery<ServicePage>()(
  'service.list',
  z.strictObject({
    ...listShape(['name', 'systemName', 'createdAt', 'updatedAt']),
    state: z.enum(serviceStates).optional(),
    pattern: z.enum(patterns).optional(),
  }),
)
export const serviceGet = defineQuery<ServiceRow>()('service.get', z.strictObject({ id: ulidSchema }))

export interface ServiceImpact extends PatternImpact {
  /** What `service.changePattern` wants back, so that it changes just what the dialog showed (A2). */
  readonly fingerprint: string
}
/** A2: what a change of pattern would break or open, application by application. */
export const serviceImpact = defineQuery<ServiceImpact>()(
  'service.impact',
  z.strictObject({ id: ulidSchema, target: z.enum(patterns) }),
)

/** A11: how many applications have an empty list, so that a filter made *required* would lock them out. */
export interface FilterGaps {
  readonly ipFilter: number
  readonly referrerFilter: number
}
export const serviceFilterGaps = defineQuery<FilterGaps>()('service.filterGaps', z.strictObject({ id: ulidSchema }))

export interface AuditRow {
  readonly id: string
  readonly at: Instant
  readonly device: string
  readonly sequence: number
  readonly channel: Channel
  readonly actorKind: string
  readonly actorName: string
  readonly code: string
  readonly objectCollection: string
  readonly objectId: string
  readonly objectName: string
  readonly serviceId: string
  readonly changes: readonly AuditChange[]
}
const auditFilterShape = {
  /** Events of one object. */
  objectId: ulidSchema.optional(),
  /** Codes that begin with this, for example `accessToken.`. */
  code: textSchema(64).optional(),
  from: z.int().min(0).optional(),
  until: z.int().min(0).optional(),
}
export const auditList = defineQuery<Page<AuditRow>>()(
  'audit.list',
  z.strictObject({ ...listShape(['at']), direction: z.enum(['asc', 'desc']).default('desc'), ...auditFilterShape }),
)
/** U1: the events as text in CSV or JSON; no secret is in any event. */
export const auditExport = defineQuery<{ readonly text: string; readonly count: number }>()(
  'audit.export',
  z.strictObject({ format: z.enum(['csv', 'json']), search: textSchema(512).default(''), ...auditFilterShape }),
)
export interface AuditVerification {
  readonly events: number
  readonly devices: number
  readonly fault: { readonly id: string; readonly sequence: number; readonly fault: 'missing' | 'edited' } | undefined
}
export const auditVerify = defineQuery<AuditVerification>()('audit.verify', z.strictObject({}))

export interface Overview {
  readonly services: number
  readonly accounts: number
  readonly applications: number
  readonly members: number
  readonly tokens: Readonly<Record<AccessTokenFilter, number>>
  /** Own tokens that end within 14 days, soonest first, at most 5. */
  readonly expiring: readonly AccessTokenRow[]
  /** Newest events that the person may see, at most 8; empty without the right to the audit. */
  readonly recent: readonly AuditRow[]
}
export const overview = defineQuery<Overview>()('overview', z.strictObject({}))

/** One hit of the palette's search: by name, id or exact secret (digested, never logged). */
export interface Hit {
  readonly collection: CollectionName
  readonly id: string
  readonly name: string
  /** A second line: account, App ID, e-mail. */
  readonly detail: string
  readonly serviceId: string
  /** True where the text was a secret that belongs to this object. */
  readonly bySecret: boolean
}
export const find = defineQuery<readonly Hit[]>()('find', z.strictObject({ text: textSchema(512) }))
