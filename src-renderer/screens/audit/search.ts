import * as z from 'zod'
import { ulidSchema } from '../../../shared/domain/id.ts'
import { listSearch } from '../../components/list-search.ts'

/** How far back, in days. */
export const auditSpans = ['1', '7', '30', '90'] as const

/** What the audit keeps in its address. */
export const auditSearch = z.object({
  ...listSearch(['at']),
  /** Codes that begin with this: `accessToken.`. */
  code: z.string().max(64).optional().catch(undefined),
  object: ulidSchema.optional().catch(undefined),
  days: z.enum(auditSpans).optional().catch(undefined),
})
export type AuditSearch = z.output<typeof auditSearch>
