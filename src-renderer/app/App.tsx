import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { FirstRun } from '../screens/first-run/FirstRun.tsx'
import { LockScreen } from '../screens/first-run/LockScreen.tsx'
import { NoConnection } from '../screens/first-run/NoConnection.tsx'
import { queryClient, trpc, useBridgeStatus } from './ask.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { makeRouter } from './router.tsx'

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <ErrorBoundary>
        <Gate />
      </ErrorBoundary>
    </QueryClientProvider>
  )
}

/** No connection, no workspace, locked, or open: one of four, nothing in between. */
function Gate() {
  const connection = useBridgeStatus()
  const status = useQuery(trpc.console.status.queryOptions())
  const [router] = useState(makeRouter)
  if (connection === 'refused') return <NoConnection refused />
  if (!status.data) return status.error || connection === 'closed' ? <NoConnection /> : null
  switch (status.data.state) {
    case 'none':
      return <FirstRun status={status.data} />
    case 'locked':
      return <LockScreen status={status.data} />
    case 'open':
      return <RouterProvider router={router} />
  }
}
