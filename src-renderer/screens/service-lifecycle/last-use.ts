/** When a service was last used: what asks for its name before it is deleted or its pattern changed. */
import { useQuery } from '@tanstack/react-query'
import { ask, trpc } from '../../app/ask.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { usedLately } from '../applications/words.tsx'

const newestOf = ({ id }: ServiceRow) => ({ serviceId: id, sort: 'lastUsedAt', direction: 'desc', limit: 1 }) as const

function newest(service: ServiceRow, rows: readonly { readonly lastUsedAt: number }[]): number {
  return Math.max(0, ...[...rows, ...service.tokens].map(({ lastUsedAt }) => lastUsedAt))
}

/** The newest call of any application or gateway, 0 for never; undefined where it cannot be found out. */
export async function lastUseOf(service: ServiceRow): Promise<number | undefined> {
  try {
    return newest(service, (await ask.application.list.query(newestOf(service))).rows)
  } catch {
    return undefined
  }
}

/** The same for a dialog that is open already; undefined until it is known. */
export function useLastUse(service: ServiceRow): number | undefined {
  const { data } = useQuery(trpc.application.list.queryOptions(newestOf(service)))
  return data && newest(service, data.rows)
}

/** More objects than this ask for the name. */
const fewObjects = 10

/** Pattern 8: many objects, or use in the last 7 days; what is not known counts as used. */
export function asksForName(objects: number, lastUse: number | undefined): boolean {
  return objects > fewObjects || lastUse === undefined || usedLately(lastUse)
}
