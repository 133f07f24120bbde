import { Button } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../components/Dialog.tsx'
import { RhUiEditIcon } from '../../components/icons.ts'
import { openDialog } from '../../state/dialogs.tsx'

/** Asks before unsaved changes are lost. Answers true where the reader leaves. */
export function askToLeave(count: number): Promise<boolean> {
  return new Promise((answer) => {
    openDialog((close) => (
      <LeaveDialog
        count={count}
        onAnswer={(leave) => {
          close()
          answer(leave)
        }}
      />
    ))
  })
}

function LeaveDialog({ count, onAnswer }: { readonly count: number; readonly onAnswer: (leave: boolean) => void }) {
  const { t } = useTranslation()
  return (
    <Dialog
      title={t('integration.leaveTitle')}
      icon={RhUiEditIcon}
      onClose={() => onAnswer(false)}
      buttons={
        <>
          <Button variant="primary" onClick={() => onAnswer(false)}>
            {t('integration.stay')}
          </Button>
          <Button variant="secondary" isDanger onClick={() => onAnswer(true)}>
            {t('integration.leave')}
          </Button>
        </>
      }
    >
      <p>{t('integration.leaveText', { count })}</p>
    </Dialog>
  )
}
