/**
 * The exchange format (docs/import-export.md): what may stand in a file that carries a workspace, row by row.
 * Shapes only; whether a row fits the workspace is for the plan. Every schema is strict, so that a field that this
 * version does not know is named rather than lost.
 */
import * as z from 'zod'
import { scopes, tokenPermissions } from './access-token-schema.ts'
import { accountStates } from './account-schema.ts'
import { applicationStates } from './application-schema.ts'
import { appIdInput, keyLabelInput, redirectUrlsInput } from './credential.ts'
import { ipRangesInput, referrersInput } from './filter.ts'
import { type Instant, instantSchema } from './id.ts'
import { memberStates, roles, sections } from './member.ts'
import {
  alertLevels,
  credentialLocations,
  patterns,
  periods,
  planStates,
  serviceSchema,
  serviceStates,
  usageRulesSchema,
} from './service-schema.ts'
import { descriptionSchema, emailSchema, isWellFormed, nameSchema, systemNameSchema, textSchema } from './text.ts'

export const transferFormat = 'latchkey'
export const transferVersion = 1

/** The lists of a file, in the order in which they are planned: what is named comes before what names it. */
export const transferLists = ['services', 'accounts', 'applications', 'members'] as const
export type TransferList = (typeof transferLists)[number]
export const transferKinds = ['service', 'account', 'application', 'member'] as const
export type TransferKind = (typeof transferKinds)[number]
export const kindOfList = {
  services: 'service',
  accounts: 'account',
  applications: 'application',
  members: 'member',
} as const satisfies Record<TransferList, TransferKind>

/** Most rows of one file. */
export const maxTransferRows = 500_000

/** An id of another system, or ours, or a name: numbers are taken as their digits. */
const referenceSchema = z.preprocess(
  (value) => (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? String(value) : value),
  z.string().trim().min(1, 'required').max(255, 'too_long').refine(isWellFormed, 'malformed_text'),
)

const isoInstant = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/

function readInstant(value: unknown): unknown {
  if (typeof value !== 'string' || !isoInstant.test(value)) return value
  const at = Date.parse(value)
  // Date.parse takes 31 February for 3 March.
  const day = Number(value.slice(8, 10))
  const month = Number(value.slice(5, 7))
  const lastDay = new Date(Date.UTC(Number(value.slice(0, 4)), month, 0)).getUTCDate()
  return Number.isNaN(at) || day > lastDay ? value : at
}

/** ISO 8601 with a zone, a date (midnight UTC), or integer ms since 1970. */
export const transferInstantSchema = z.preprocess(readInstant, instantSchema)

/** An instant as a file has it: ISO 8601 in UTC; a number beyond the year 9999. */
export function writeInstant(at: Instant): string | number {
  return at < 253_402_300_800_000 ? new Date(at).toISOString() : at
}

/** A bare text is the value of a credential. */
function credential<S extends z.ZodRawShape>(shape: S) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? { value } : value),
    z.strictObject({
      id: referenceSchema.optional(),
      /** In clear. Judged by the rules of its kind in the plan. */
      value: textSchema(512).optional(),
      /** Encrypted with the file's passphrase. */
      sealed: z.string().max(2048, 'too_long').optional(),
      createdAt: transferInstantSchema.optional(),
      lastUsedAt: transferInstantSchema.optional(),
      ...shape,
    }),
  )
}

export const serviceRowSchema = z.strictObject({
  id: referenceSchema.optional(),
  name: nameSchema,
  systemName: systemNameSchema.optional(),
  description: descriptionSchema.optional(),
  state: z.enum(serviceStates).optional(),
  pattern: z.enum(patterns).optional(),
  credentialsLocation: z.enum(credentialLocations).optional(),
  parameterNames: serviceSchema.shape.parameterNames.partial().optional(),
  errorStatuses: serviceSchema.shape.errorStatuses.partial().optional(),
  usageRules: usageRulesSchema.partial().optional(),
  tokens: z
    .array(credential({ endsAt: transferInstantSchema.optional() }))
    .max(2, 'too_many')
    .optional(),
  metrics: z
    .array(
      z.strictObject({
        id: referenceSchema.optional(),
        systemName: systemNameSchema,
        name: nameSchema.optional(),
        unit: textSchema(64).optional(),
        parent: referenceSchema.optional(),
      }),
    )
    .min(1, 'required')
    .max(500, 'too_many')
    .optional(),
  plans: z
    .array(
      z.strictObject({
        id: referenceSchema.optional(),
        name: nameSchema,
        systemName: systemNameSchema.optional(),
        state: z.enum(planStates).optional(),
        limits: z
          .array(
            z.strictObject({
              id: referenceSchema.optional(),
              metric: referenceSchema,
              period: z.enum(periods),
              value: z.int().min(0),
            }),
          )
          .max(500, 'too_many')
          .optional(),
      }),
    )
    .max(200, 'too_many')
    .optional(),
  defaultPlan: referenceSchema.optional(),
  alertLevels: z
    .array(z.literal([...alertLevels]))
    .max(8, 'too_many')
    .optional(),
  createdAt: transferInstantSchema.optional(),
  migratedFrom: referenceSchema.optional(),
  migratedTo: referenceSchema.optional(),
})
export type ServiceRow = z.output<typeof serviceRowSchema>

export const accountRowSchema = z.strictObject({
  id: referenceSchema.optional(),
  name: nameSchema,
  state: z.enum(accountStates).optional(),
  note: descriptionSchema.optional(),
  developers: z
    .array(z.strictObject({ id: referenceSchema.optional(), name: nameSchema, email: emailSchema }))
    .max(200, 'too_many')
    .optional(),
  createdAt: transferInstantSchema.optional(),
})
export type AccountRow = z.output<typeof accountRowSchema>

export const applicationRowSchema = z.strictObject({
  id: referenceSchema.optional(),
  service: referenceSchema,
  account: referenceSchema,
  plan: referenceSchema.optional(),
  name: nameSchema,
  description: descriptionSchema.optional(),
  state: z.enum(applicationStates).optional(),
  createdAt: transferInstantSchema.optional(),
  acceptedAt: transferInstantSchema.optional(),
  lastUsedAt: transferInstantSchema.optional(),
  userKey: credential({}).optional(),
  appId: appIdInput.optional(),
  keys: z
    .array(
      credential({
        label: keyLabelInput.optional(),
        expiresAt: transferInstantSchema.optional(),
        ipRanges: ipRangesInput.optional(),
        referrers: referrersInput.optional(),
      }),
    )
    .max(100, 'too_many')
    .optional(),
  clientSecrets: z
    .array(credential({ endsAt: transferInstantSchema.optional() }))
    .max(2, 'too_many')
    .optional(),
  redirectUrls: redirectUrlsInput.optional(),
  ipRanges: ipRangesInput.optional(),
  referrers: referrersInput.optional(),
  migratedFrom: referenceSchema.optional(),
})
export type ApplicationRow = z.output<typeof applicationRowSchema>

export const memberRowSchema = z.strictObject({
  id: referenceSchema.optional(),
  name: nameSchema,
  email: emailSchema,
  role: z.enum(roles).optional(),
  state: z.enum(memberStates).optional(),
  sections: z.array(z.enum(sections)).max(100, 'too_many').optional(),
  serviceAccess: z.union([z.literal('all'), z.array(referenceSchema).max(1000, 'too_many')]).optional(),
})
export type MemberRow = z.output<typeof memberRowSchema>

/** Access tokens are told of, never carried: their secrets are nowhere (T6). An import counts and skips them. */
export const accessTokenRowSchema = z.strictObject({
  id: referenceSchema,
  owner: referenceSchema,
  name: nameSchema,
  scopes: z.array(z.enum(scopes)),
  permission: z.enum(tokenPermissions),
  createdAt: transferInstantSchema.optional(),
  expiresAt: transferInstantSchema.optional(),
  lastUsedAt: transferInstantSchema.optional(),
})

export const rowSchemas = {
  service: serviceRowSchema,
  account: accountRowSchema,
  application: applicationRowSchema,
  member: memberRowSchema,
} as const
export type RowOf = { service: ServiceRow; account: AccountRow; application: ApplicationRow; member: MemberRow }

/** How the `sealed` credentials of a file are encrypted. The costs are fixed, so that no file can ask for worse ones. */
export const encryptionSchema = z.strictObject({
  cipher: z.literal('aes-256-gcm'),
  kdf: z.literal('scrypt'),
  n: z.literal(131_072),
  r: z.literal(8),
  p: z.literal(1),
  /** 16 bytes, base64. */
  salt: z.string().regex(/^[A-Za-z0-9+/]{22}==$/),
  /** A known text, sealed: tells a wrong passphrase before any row is read. */
  check: z.string().max(256),
})
export type TransferEncryption = z.output<typeof encryptionSchema>

/** All that stands beside the lists. */
export const headerSchema = z.strictObject({
  format: z.literal(transferFormat),
  version: z.literal(transferVersion),
  exportedAt: transferInstantSchema.optional(),
  workspace: z.strictObject({ id: referenceSchema.optional(), name: nameSchema }).optional(),
  encryption: encryptionSchema.optional(),
})
export type TransferHeader = z.output<typeof headerSchema>
