import * as z from 'zod'
import { patterns, serviceStates } from '../../../shared/domain/service-schema.ts'
import { listSearch } from '../../components/list-search.ts'

/** What the list of services keeps in its address. */
export const serviceSearch = z.object({
  ...listSearch(['name', 'systemName', 'createdAt', 'updatedAt']),
  state: z.enum(serviceStates).optional().catch(undefined),
  pattern: z.enum(patterns).optional().catch(undefined),
})
