/** M5: looking at the console through a member's eyes. */
import { ask, queryClient, trpc } from '../../app/ask.ts'
import type { WhyNot } from '../../app/person.ts'
import { errorText } from '../../app/refusal.ts'
import { notify } from '../../state/notices.ts'

/** Forgets what the one pair of eyes has seen before the other looks. */
async function lookAs(memberId: string | undefined): Promise<void> {
  await ask.console.preview.mutate(memberId === undefined ? {} : { memberId })
  await queryClient.refetchQueries({ queryKey: trpc.console.status.queryKey() })
  const status = trpc.console.status.queryKey()[0]?.toString()
  void queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey[0]?.toString() !== status })
}

/** Begins at the overview, where the member would begin. */
export function startPreview(memberId: string, navigate: (to: string) => void): void {
  lookAs(memberId).then(
    () => navigate('/'),
    (error: unknown) => notify('failed', errorText(error)),
  )
}

export function stopPreview(): void {
  lookAs(undefined).catch((error: unknown) => notify('failed', errorText(error)))
}

/** The one right that every active member has tells a preview from a lack of rights. */
export function previewing(whyNot: WhyNot): boolean {
  return whyNot('member.editOwn')?.code === 'preview_read_only'
}
