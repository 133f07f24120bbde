import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { RouterContextProvider, RouterProvider } from '@tanstack/react-router'
import { Toasts } from '../components/Toasts.tsx'
import { FirstRun } from '../screens/first-run/FirstRun.tsx'
import { LockScreen } from '../screens/first-run/LockScreen.tsx'
import { NoConnection } from '../screens/first-run/NoConnection.tsx'
import { Dialogs } from '../state/dialogs.tsx'
import { queryClient, trpc, useBridgeStatus, useStatus } from './ask.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { makeRouter } from './router.tsx'
import { useForgetting } from './use-forgetting.ts'

const router = makeRouter()

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <ErrorBoundary>
        <Gate />
      </ErrorBoundary>
      <Above />
    </QueryClientProvider>
  )
}

/**
 * Outside of the gate: a dialog outlives the step from the first run to an open workspace. Over a lock there is none, in
 * the very moment of the lock: it may show a secret.
 */
function Above() {
  const status = useStatus()
  useForgetting(status)
  return (
    <RouterContextProvider router={router}>
      {status?.state !== 'locked' && <Dialogs />}
      <Toasts />
    </RouterContextProvider>
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
