import * as z from 'zod'
import { ulidSchema } from '../../../shared/domain/id.ts'
import { roles } from '../../../shared/domain/member.ts'
import { listSearch } from '../../components/list-search.ts'

/** What the list of members keeps in its address. */
export const memberSearch = z.object({
  ...listSearch(['name', 'email']),
  role: z.enum(roles).optional().catch(undefined),
  service: ulidSchema.optional().catch(undefined),
})
export type MemberSearch = z.output<typeof memberSearch>
