/** Lists of an application that are sent whole: one change after another, so that none is made from a list of before. */
import { useRef, useState } from 'react'
import { ask, queryClient, trpc } from '../../app/ask.ts'
import { errorText } from '../../app/refusal.ts'
import { notify } from '../../state/notices.ts'
import { takenBack } from './list-changes.ts'
import type { ApplicationDetail } from './rows.ts'

export function useListChange(
  application: ApplicationDetail,
  {
    field,
    send,
    saved,
  }: {
    readonly field: 'ipRanges' | 'referrers' | 'redirectUrls'
    readonly send: (items: string[]) => Promise<unknown>
    /** What the toast says, which takes the change back. */
    readonly saved: string
  },
): { readonly busy: boolean; readonly change: (items: readonly string[]) => Promise<void> } {
  const { id } = application
  const running = useRef(false)
  const [busy, setBusy] = useState(false)
  /** What the last change was made from: until another answer is here, the list on screen is not the list. */
  const [from, setFrom] = useState<ApplicationDetail>()

  async function takeBack(before: readonly string[], after: readonly string[]): Promise<void> {
    try {
      const now = await ask.application.get.query({ id })
      await send([...takenBack(now[field], { before, after })])
    } catch (error) {
      notify('failed', errorText(error))
    }
  }

  async function change(after: readonly string[]): Promise<void> {
    if (running.current) return
    running.current = true
    setBusy(true)
    setFrom(application)
    const before = application[field]
    try {
      await send([...after])
      await queryClient.invalidateQueries(trpc.application.get.queryFilter({ id }))
      notify('done', saved, () => void takeBack(before, after))
    } catch (error) {
      setFrom(undefined)
      notify('failed', errorText(error))
    } finally {
      running.current = false
      setBusy(false)
    }
  }

  return { busy: busy || from === application, change }
}
