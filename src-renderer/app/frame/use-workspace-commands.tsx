/** Switching, opening, leaving, locking: what the switcher, the palette and the account menu do. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { RhUiTrashIcon } from '../../components/icons.ts'
import { closeAllDialogs, openDialog } from '../../state/dialogs.tsx'
import { clearNotices, notify } from '../../state/notices.ts'
import { ask, queryClient } from '../ask.ts'
import { errorText } from '../refusal.ts'

/** What one workspace's screens hold must not be seen in another's. */
async function changing(step: () => Promise<unknown>): Promise<void> {
  try {
    await step()
    closeAllDialogs()
    clearNotices()
    location.hash = '#/'
    await queryClient.resetQueries()
  } catch (error) {
    notify('failed', errorText(error))
  }
}

export function useWorkspaceCommands() {
  const { t } = useTranslation()
  return useMemo(
    () => ({
      open: (id: string) => void changing(() => ask.console.openWorkspace.mutate({ id })),
      openSample: () => void changing(() => ask.console.openSample.mutate()),
      leave: () => void changing(() => ask.console.closeWorkspace.mutate()),
      lock: () => void changing(() => ask.console.lock.mutate()),
      deleteSample: () =>
        openDialog((close) => (
          <ConfirmDialog
            title={t('frame.deleteSampleTitle')}
            icon={RhUiTrashIcon}
            confirm={t('frame.deleteSample')}
            onConfirm={() => changing(() => ask.console.deleteSample.mutate())}
            onClose={close}
          >
            <p>{t('frame.deleteSampleText')}</p>
          </ConfirmDialog>
        )),
    }),
    [t],
  )
}
