/**
 * What every replicated document carries (spec/sync.md, Documents). One document an aggregate, so that every
 * invariant but uniqueness lives in one document and is replaced in one write.
 */
import * as z from 'zod'
import { instantSchema, ulidSchema } from './id.ts'

/** The last command that wrote the document; the endpoint keeps (device, id) for 90 days to answer repeats. */
export const commandStampSchema = z.strictObject({
  id: ulidSchema,
  device: ulidSchema,
  /** `rev` of the document that the command saw; 0 for a new one. */
  baseRev: z.int().min(0),
  /** The device's clock, ms UTC: for display only, never for order. */
  clientTime: instantSchema,
  /** Writes of one group are applied all or none. */
  group: ulidSchema.optional(),
})
export type CommandStamp = z.infer<typeof commandStampSchema>

/** Who wrote: `member:ULID`, `accessToken:ULID`, `developer:ULID` or `system`. */
export const authorSchema = z.string().regex(/^(system|(member|accessToken|developer):[0-9A-HJKMNP-TV-Z]{26})$/)

export const envelopeShape = {
  id: ulidSchema,
  workspace: ulidSchema,
  rev: z.int().min(1),
  updatedAt: instantSchema,
  updatedBy: authorSchema,
  /** Version of the document's shape. */
  schema: z.int().min(1),
  command: commandStampSchema,
}

/** The envelope's field names: never part of an edit, a diff or an audit. */
export const envelopeFields = ['id', 'workspace', 'rev', 'updatedAt', 'updatedBy', 'schema', 'command'] as const

export interface Envelope {
  readonly id: string
  readonly workspace: string
  readonly rev: number
  readonly updatedAt: number
  readonly updatedBy: string
  readonly schema: number
  readonly command: CommandStamp
}

/** The shape version that this program writes, for all collections. */
export const schemaVersion = 1

/**
 * A secret that may be looked up again, sealed with the workspace's vault key:
 * AES-256-GCM as base64 of nonce (12 bytes), cipher text, tag (16 bytes); document, collection and version are
 * authenticated with it, so that a sealed copy opens nowhere else.
 */
export const sealedSchema = z
  .string()
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)
  .max(2048)

/** A SHA-256 digest: 64 lower-case hexadecimal characters. */
export const digestSchema = z.string().regex(/^[0-9a-f]{64}$/)
