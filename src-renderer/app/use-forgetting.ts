/**
 * A workspace that is locked or left, in this window, in another one or by the system: nothing of it stays on screen or
 * in memory.
 */
import { useEffect, useRef } from 'react'
import { closeAllDialogs } from '../state/dialogs.tsx'
import { clearNotices } from '../state/notices.ts'
import { queryClient, type Status, trpc } from './ask.ts'

/** What was asked of the workspace; the program's own status says what comes next and stays. */
async function forgetAnswers(): Promise<void> {
  const [statusKey] = trpc.console.status.queryKey()
  const predicate = ({ queryKey }: { readonly queryKey: readonly unknown[] }) =>
    queryKey[0]?.toString() !== statusKey?.toString()
  queryClient.removeQueries({ type: 'inactive', predicate })
  await queryClient.resetQueries({ predicate })
}

/**
 * Follows the workspace from one state to the next. From none to an open one nothing is closed: the recovery code of a
 * new workspace waits in its dialog by then.
 */
export function useForgetting(status: Status | undefined): void {
  const state = status?.state
  const id = status?.current?.id
  const before = useRef<{ readonly state: Status['state']; readonly id: string | undefined }>(undefined)
  const lastOpen = useRef<string>(undefined)
  useEffect(() => {
    if (state === undefined) return
    const was = before.current
    before.current = { state, id }
    if (was && was.state !== 'none' && (was.state !== state || was.id !== id)) {
      closeAllDialogs()
      clearNotices()
      if (was.state === 'open') void forgetAnswers()
    }
    if (state !== 'open') return
    // An address names objects and searches of the workspace it was made in.
    if (lastOpen.current !== undefined && lastOpen.current !== id) location.hash = '#/'
    lastOpen.current = id
  }, [state, id])
}
