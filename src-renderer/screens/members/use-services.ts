import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { trpc } from '../../app/ask.ts'
import { useMay } from '../../app/person.ts'

/** The services that the person may see, by name; of others they learn only how many there are. */
export function useServices() {
  const seen = useMay()('service.view')
  const answer = useQuery({ ...trpc.service.list.queryOptions({ limit: 500 }), enabled: seen })
  const rows = answer.data?.rows
  return useMemo(() => {
    const all = rows ?? []
    return { all, names: new Map(all.map(({ id, name }) => [id, name])) }
  }, [rows])
}
export type Services = ReturnType<typeof useServices>
