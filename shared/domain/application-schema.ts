import * as z from 'zod'
import { digestSchema, envelopeShape, sealedSchema } from './document.ts'
import { instantSchema, ulidSchema } from './id.ts'
import { descriptionSchema, nameSchema } from './text.ts'

/** A5. */
export const applicationStates = ['pending', 'live', 'suspended'] as const
export type ApplicationState = (typeof applicationStates)[number]

/** A11: up to 25 each. CIDR text and domain text are checked by filter.ts before they come here. */
export const maxFilters = 25
export const ipRangesSchema = z.array(z.string().max(49)).max(maxFilters)
export const referrersSchema = z.array(z.string().max(255)).max(maxFilters)

/** A7: one key of an application of the App ID pattern. */
export const applicationKeySchema = z.strictObject({
  id: ulidSchema,
  label: z.string().max(255),
  digest: digestSchema,
  /** Digest of the key in lower case: keys are unique in an application ignoring case (A7). */
  foldedDigest: digestSchema,
  sealed: sealedSchema,
  hintTail: z.string().max(4),
  createdAt: instantSchema,
  /** 0: never used. */
  lastUsedAt: instantSchema,
  /** 0: never expires. */
  expiresAt: instantSchema,
  ipRanges: ipRangesSchema,
  referrers: referrersSchema,
})
export type ApplicationKey = z.infer<typeof applicationKeySchema>

/** A6: the one key of the API key pattern. */
export const userKeySchema = z.strictObject({
  digest: digestSchema,
  sealed: sealedSchema,
  hintTail: z.string().max(4),
  createdAt: instantSchema,
  lastUsedAt: instantSchema,
})
export type UserKey = z.infer<typeof userKeySchema>

/** A9: a client secret; two while a rotation overlaps. */
export const clientSecretSchema = z.strictObject({
  id: ulidSchema,
  digest: digestSchema,
  sealed: sealedSchema,
  hintTail: z.string().max(4),
  createdAt: instantSchema,
  /** 0: valid until rotated. */
  endsAt: instantSchema,
  lastUsedAt: instantSchema,
})
export type ClientSecret = z.infer<typeof clientSecretSchema>

export const applicationSchema = z.strictObject({
  ...envelopeShape,
  accountId: ulidSchema,
  serviceId: ulidSchema,
  planId: ulidSchema.optional(),
  name: nameSchema,
  description: descriptionSchema,
  state: z.enum(applicationStates),
  createdAt: instantSchema,
  acceptedAt: instantSchema,
  /** 0: no call so far. */
  lastUsedAt: instantSchema,
  /** API key pattern. */
  userKey: userKeySchema.optional(),
  /** The digest of `userKey`, else empty: an indexed look-up for uniqueness (A13) and a pasted secret. */
  userKeyDigest: z.union([digestSchema, z.literal('')]),
  /**
   * App ID pattern: fixed (A7). Client id of the OAuth pattern: the application's own id where it was made there (A9).
   * Empty until the service first has one of the two; it survives a change of pattern, so that it never changes.
   */
  appId: z.string().max(255),
  keys: z.array(applicationKeySchema).max(100),
  clientSecrets: z.array(clientSecretSchema).max(2),
  redirectUrls: z.array(z.string().max(2000)).max(25),
  ipRanges: ipRangesSchema,
  referrers: referrersSchema,
  /** A8: true where the application is authenticated by its App ID alone. Derived at each write, for lists. */
  keyless: z.boolean(),
  /** A2: the application that this one was made from by a migration. */
  migratedFrom: ulidSchema.optional(),
})
export type Application = z.infer<typeof applicationSchema>
