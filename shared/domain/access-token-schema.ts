import * as z from 'zod'
import { digestSchema, envelopeShape } from './document.ts'
import { instantSchema, ulidSchema } from './id.ts'
import { nameSchema } from './text.ts'

/** T2: the HTTP APIs that a token authenticates its owner against. */
export const scopes = ['account_management', 'finance', 'stats'] as const
export type Scope = (typeof scopes)[number]

/** T3: `ro` reads, `rw` reads and writes. */
export const tokenPermissions = ['ro', 'rw'] as const
export type TokenPermission = (typeof tokenPermissions)[number]

export const accessTokenSchema = z.strictObject({
  ...envelopeShape,
  ownerId: ulidSchema,
  name: nameSchema,
  scopes: z.array(z.enum(scopes)).min(1),
  permission: z.enum(tokenPermissions),
  /** T6, T11: all that is ever stored of the secret. */
  digest: digestSchema,
  hintHead: z.string().length(4),
  hintTail: z.string().length(4),
  createdAt: instantSchema,
  /** 0: never expires, so that lists sort and filter on a plain number. */
  expiresAt: instantSchema,
  /** 0: never used. */
  lastUsedAt: instantSchema,
  lastUsedIp: z.string().max(45).optional(),
  /** T13: the successor made by a rotation. */
  rotatedTo: ulidSchema.optional(),
})
export type AccessToken = z.infer<typeof accessTokenSchema>
