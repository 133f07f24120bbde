import { useQuery } from '@tanstack/react-query'
import { type Answers, trpc } from '../../app/ask.ts'

export type Progress = Answers['transfer']['progress']

const working: readonly Progress['state'][] = ['uploading', 'planning', 'committing', 'exporting']
const everyMs = 250

/** How far a job is; asked again while it works. */
export function useProgress(id: string, enabled = true) {
  return useQuery({
    ...trpc.transfer.progress.queryOptions({ id }),
    enabled,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchInterval: ({ state: { data, error } }) =>
      error === null && (data === undefined || working.includes(data.state)) ? everyMs : false,
  })
}
