import * as z from 'zod'
import { scopes } from '../../../shared/domain/access-token-schema.ts'
import { accessTokenFilters } from '../../../shared/protocol/queries.ts'
import { listSearch } from '../../components/list-search.ts'

/** What the tokens page keeps in its address. */
export const tokenSearch = z.object({
  ...listSearch(['lastUsedAt', 'name', 'expiresAt', 'createdAt']),
  filter: z.enum(accessTokenFilters).optional().catch(undefined),
  scope: z.enum(scopes).optional().catch(undefined),
  owner: z.enum(['own', 'all']).optional().catch(undefined),
})
export type TokenSearch = z.output<typeof tokenSearch>
