/**
 * Asking the main process: the tRPC client, TanStack Query's options over it, and the change feed that keeps the
 * cache true. `useQuery(trpc.service.get.queryOptions({ id }))`, `useMutation(trpc.service.create.mutationOptions())`.
 */
import { QueryClient, useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { useSyncExternalStore } from 'react'
import type { BridgeRouter } from '../../shared/protocol/bridge.ts'
import { connectBridge } from '../bridge/connect.ts'
import { refusalOf } from './refusal.ts'

/** What answers look like after their way over the wire: `Answers['service']['get']`. */
export type Answers = inferRouterOutputs<BridgeRouter>
export type Status = Answers['console']['status']
export type Open = NonNullable<Status['open']>

export const bridge = connectBridge()

/** Errors that trying again may cure: the host was away. A refusal stays a refusal. */
const mayRetry = (count: number, error: unknown) => count < 2 && refusalOf(error) === undefined

export const queryClient = new QueryClient({
  defaultOptions: {
    // Local queries work offline, whatever the browser thinks of the network; freshness comes from the change feed.
    queries: {
      networkMode: 'always',
      staleTime: Number.POSITIVE_INFINITY,
      retry: mayRetry,
      refetchOnWindowFocus: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

export const trpc = createTRPCOptionsProxy<BridgeRouter>({ client: bridge.client, queryClient })
/** For one-off questions and commands outside of React: `ask.service.list.query({})`. */
export const ask = bridge.client

/** Several notices of one write become one round of questions. */
const settleMs = 30

/** Follows the change feed for as long as the page lives: what changed is asked for again. */
export function followChanges(): void {
  let waiting = false
  let statusChanged = false
  const refresh = (status: boolean) => {
    statusChanged ||= status
    if (waiting) return
    waiting = true
    setTimeout(() => {
      waiting = false
      const everything = statusChanged
      statusChanged = false
      const statusKey = trpc.console.status.queryKey()[0]
      void queryClient.invalidateQueries({
        predicate: ({ queryKey }) => everything || queryKey[0]?.toString() !== statusKey?.toString(),
      })
    }, settleMs)
  }
  ask.console.changes.subscribe(undefined, {
    onData: ({ data }) => refresh(data.collections.includes('status')),
    // The client subscribes again by itself after a lost connection; this is a refusal (locked, closed).
    onError: () => setTimeout(() => followChanges(), 2_000),
  })
  bridge.onStatus((status) => {
    if (status === 'open') refresh(true)
  })
}

/** The program around the engine: workspaces, lock, person. Undefined until the first answer. */
export function useStatus(): Status | undefined {
  return useQuery(trpc.console.status.queryOptions()).data
}

export function useBridgeStatus() {
  return useSyncExternalStore(bridge.onStatus, bridge.status)
}
