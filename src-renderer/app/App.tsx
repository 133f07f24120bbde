import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { RouterContextProvider, RouterProvider } from '@tanstack/react-router'
import { Toasts } from '../components/Toasts.tsx'
import { FirstRun } from '../screens/first-run/FirstRun.tsx'
import { LockScreen } from '../screens/first-run/LockScreen.tsx'
import { NoConnection } from '../screens/first-run/NoConnection.tsx'
import { Dialogs } from '../state/dialogs.tsx'
import { queryClient, trpc, useBridgeStatus } from './ask.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { makeRouter } from './router.tsx'

const router = makeRouter()

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <ErrorBoundary>
        <Gate />
      </ErrorBoundary>
      {/* Outside of the gate: a dialog outlives the step from the first run to an open workspace. */}
      <RouterContextProvider router={router}>
        <Dialogs />
        <Toasts />
      </RouterContextProvider>
    </QueryClientProvider>
  )
}

/** No connection, no workspace, locked, or open: one of four, nothing in between. */
function Gate() {
  const connection = useBridgeStatus()
  const status = useQuery(trpc.console.status.queryOptions())
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
