import * as z from 'zod'
import { accountStates } from '../../../shared/domain/account-schema.ts'
import { listSearch } from '../../components/list-search.ts'

/** What the list of accounts keeps in its address. */
export const accountSearch = z.object({
  ...listSearch(['name', 'createdAt']),
  state: z.enum(accountStates).optional().catch(undefined),
})
export type AccountSearch = z.output<typeof accountSearch>
