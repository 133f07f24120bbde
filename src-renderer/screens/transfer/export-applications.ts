/** Chosen applications as a table, from a list: the same job as the export of everything, and as well audited. */
import i18next from 'i18next'
import { ask } from '../../app/ask.ts'
import { errorText, refusalOf, refusalText } from '../../app/refusal.ts'
import { notify } from '../../state/notices.ts'
import { useJobs } from './jobs.ts'
import { exportName, saveExport } from './save-export.ts'

const everyMs = 100

/** True while the export of everything is at work: one more would end it. */
async function otherAtWork(): Promise<boolean> {
  const id = useJobs.getState().export
  if (id === undefined) return false
  try {
    return (await ask.transfer.progress.query({ id })).state === 'exporting'
  } catch (error) {
    if (refusalOf(error)?.code === 'gone') return false
    throw error
  }
}

async function run(applicationIds: string[], workspace: string): Promise<void> {
  if (await otherAtWork()) {
    notify('failed', i18next.t('transfer.exportBusy'))
    return
  }
  const { id } = await ask.transfer.export.mutate({ format: 'csv', applicationIds })
  for (;;) {
    const { state, parts, refusal } = await ask.transfer.progress.query({ id })
    if (state === 'exported') {
      const name = exportName(workspace, 'csv')
      await saveExport(id, parts, name, 'csv')
      await ask.transfer.cancel.mutate({ id })
      notify('done', i18next.t('transfer.tableSaved', { name }))
      return
    }
    if (state !== 'exporting') {
      notify('failed', refusal ? refusalText(refusal) : i18next.t('transfer.exportFailed'))
      return
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

/** Saves a table of these applications, without their secrets, and says so. */
export function exportApplications(ids: readonly string[], workspace: string): void {
  run([...ids], workspace).catch((error: unknown) => notify('failed', errorText(error)))
}
