/** The audit trail (U1): every change and every reveal is an event; events of one device form a hash chain. */
import * as z from 'zod'
import { digestSchema, envelopeShape } from './document.ts'
import { instantSchema, type Ulid, ulidSchema } from './id.ts'

/** Through what a change came. */
export const channels = ['console', 'cli', 'api', 'endpoint', 'import'] as const
export type Channel = (typeof channels)[number]

const auditValueSchema = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])
export type AuditValue = z.infer<typeof auditValueSchema>

export const auditChangeSchema = z.strictObject({
  field: z.string().max(255),
  before: auditValueSchema,
  after: auditValueSchema,
})
export type AuditChange = z.infer<typeof auditChangeSchema>

export const auditEventSchema = z.strictObject({
  ...envelopeShape,
  device: ulidSchema,
  /** 1, 2, 3 … within a device. */
  sequence: z.int().min(1),
  at: instantSchema,
  channel: z.enum(channels),
  actorKind: z.enum(['member', 'developer', 'accessToken', 'system']),
  actorId: z.string().max(26),
  actorName: z.string().max(255),
  /** `noun.verb`, for example `accessToken.created`; a sentence in every language under `audit.<code>`. */
  code: z.string().max(64),
  objectCollection: z.string().max(32),
  objectId: ulidSchema,
  objectName: z.string().max(255),
  /** The service that the event is about, or empty: what a member may see depends on it. */
  serviceId: z.union([ulidSchema, z.literal('')]),
  changes: z.array(auditChangeSchema),
  /** Hash of the device's event before this one; 64 zeros for the first. */
  previousHash: digestSchema,
  hash: digestSchema,
})
export type AuditEvent = z.infer<typeof auditEventSchema>

/** What a command says happened; the shell adds who, when, where and the chain. */
export interface AuditDraft {
  readonly code: string
  readonly objectCollection: string
  readonly objectId: Ulid
  readonly objectName: string
  readonly serviceId?: Ulid
  readonly changes?: readonly AuditChange[]
}

export const firstPreviousHash = '0'.repeat(64)

/** The fields that the hash covers, in a fixed order, so that no edit of any of them goes unnoticed. */
const hashedFields = [
  'id',
  'workspace',
  'device',
  'sequence',
  'at',
  'channel',
  'actorKind',
  'actorId',
  'actorName',
  'code',
  'objectCollection',
  'objectId',
  'objectName',
  'serviceId',
  'changes',
  'previousHash',
] as const satisfies readonly (keyof AuditEvent)[]

/** The hash of an event: SHA-256 over the JSON of its hashed fields, each change in the order field, before, after. */
export function auditHash(event: Omit<AuditEvent, 'hash'>, digest: (text: string) => string): string {
  const values = hashedFields.map((field) =>
    field === 'changes' ? event.changes.map((change) => [change.field, change.before, change.after]) : event[field],
  )
  return digest(JSON.stringify(values))
}

/** Where a chain breaks: the first event (of one device, in order of sequence) that does not follow. */
export type ChainFault = { readonly id: Ulid; readonly sequence: number; readonly fault: 'missing' | 'edited' }

/**
 * Checks one device's events (U1): sequence without a gap from 1, each hash right and following the one before.
 * Returns the first fault, or undefined where the chain is whole. A cut end cannot be seen from the events alone:
 * `expectedLast` (the sequence that the device or the endpoint last saw) finds it.
 */
export function verifyChain(
  events: readonly AuditEvent[],
  digest: (text: string) => string,
  expectedLast?: number,
): ChainFault | undefined {
  let previousHash = firstPreviousHash
  let sequence = 0
  for (const event of events) {
    sequence += 1
    if (event.sequence !== sequence) return { id: event.id, sequence, fault: 'missing' }
    if (event.previousHash !== previousHash || auditHash(event, digest) !== event.hash) {
      return { id: event.id, sequence, fault: 'edited' }
    }
    previousHash = event.hash
  }
  if (expectedLast !== undefined && sequence < expectedLast) {
    return { id: events.at(-1)?.id ?? '', sequence: sequence + 1, fault: 'missing' }
  }
  return undefined
}
