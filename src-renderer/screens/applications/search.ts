import * as z from 'zod'
import { applicationFilters } from '../../../shared/protocol/application-queries.ts'
import { listSearch } from '../../components/list-search.ts'

/** What a list of applications keeps in its address, on its own page and as a tab of a service. */
export const applicationSearch = z.object({
  ...listSearch(['name', 'lastUsedAt', 'createdAt', 'appId', 'state']),
  filter: z.enum(applicationFilters).optional().catch(undefined),
  service: z.string().optional().catch(undefined),
  plan: z.string().optional().catch(undefined),
})
export type ApplicationSearch = z.output<typeof applicationSearch>

/** What the page of a new application may be told by who leads there. */
export const newApplicationSearch = z.object({
  account: z.string().optional().catch(undefined),
  service: z.string().optional().catch(undefined),
})
