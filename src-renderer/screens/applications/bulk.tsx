/** The same step for many applications, 500 ids a call; those that were refused are named with their reason. */
import i18next from 'i18next'
import { type BulkOutcome, type BulkResult, maxBulk } from '../../../shared/domain/application-bulk.ts'
import { ask } from '../../app/ask.ts'
import { errorText } from '../../app/refusal.ts'
import { RefusedDialog } from '../../components/RefusedDialog.tsx'
import { openDialog } from '../../state/dialogs.tsx'
import { notify } from '../../state/notices.ts'
import type { ApplicationRow } from './rows.ts'

type Named = Pick<ApplicationRow, 'id' | 'name'>
type Step = (ids: string[]) => Promise<{ readonly result: BulkResult }>

export const bulkSteps = {
  accept: (ids) => ask.application.acceptMany.mutate({ ids }),
  suspend: (ids) => ask.application.suspendMany.mutate({ ids }),
  resume: (ids) => ask.application.resumeMany.mutate({ ids }),
  delete: (ids) => ask.application.deleteMany.mutate({ ids }),
} as const satisfies Record<string, Step>

/** Undo, where a step has one that is safe. */
const opposite = { suspend: bulkSteps.resume, resume: bulkSteps.suspend } as const

async function inParts(ids: readonly string[], step: Step): Promise<readonly BulkOutcome[]> {
  const outcomes: BulkOutcome[] = []
  for (let at = 0; at < ids.length; at += maxBulk) {
    const { result } = await step(ids.slice(at, at + maxBulk))
    outcomes.push(...result.outcomes)
  }
  return outcomes
}

/** Runs a step for all of them and says what became of it. Throws what no single application is to blame for. */
export async function runMany(
  verb: keyof typeof bulkSteps | 'changePlan',
  rows: readonly Named[],
  step: Step,
): Promise<void> {
  const outcomes = await inParts(
    rows.map(({ id }) => id),
    step,
  )
  const done = outcomes.filter(({ ok }) => ok).map(({ id }) => id)
  const back = verb === 'suspend' || verb === 'resume' ? opposite[verb] : undefined
  const undo =
    back &&
    (() => {
      inParts(done, back).catch((error: unknown) => notify('failed', errorText(error)))
    })
  const [only] = rows
  if (done.length > 0) {
    const text =
      rows.length === 1 && only
        ? i18next.t(`applications.did.${verb}`, { name: only.name })
        : i18next.t(`applications.didMany.${verb}`, { count: done.length })
    notify('done', text, undo)
  }
  if (done.length < outcomes.length) {
    const names = new Map(rows.map(({ id, name }) => [id, name]))
    const refused = outcomes.length - done.length
    openDialog((close) => (
      <RefusedDialog
        title={i18next.t('applications.refusedTitle', { count: refused })}
        outcomes={outcomes}
        names={names}
        onClose={close}
      />
    ))
  }
}

/** For a button: as `runMany`, with what failed altogether said in a toast. */
export function startMany(verb: keyof typeof bulkSteps, rows: readonly Named[]): void {
  runMany(verb, rows, bulkSteps[verb]).catch((error: unknown) => notify('failed', errorText(error)))
}
