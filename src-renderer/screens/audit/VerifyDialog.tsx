import { Button } from '@patternfly/react-core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { trpc } from '../../app/ask.ts'
import { useRefusalText } from '../../app/refusal.ts'
import { Dialog } from '../../components/Dialog.tsx'
import { RhUiSecuredIcon } from '../../components/icons.ts'
import { Note, Rich, State } from '../../components/small.tsx'

/** U1: checks that no event of any device was removed or edited. */
export function VerifyDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const answer = useQuery({ ...trpc.audit.verify.queryOptions({}), gcTime: 0 })
  const checked = answer.data
  return (
    <Dialog
      title={t('audit.verifyTitle')}
      subject={t('audit.verifyText')}
      icon={RhUiSecuredIcon}
      onClose={onClose}
      buttons={
        <Button variant="primary" onClick={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <div role="status">
        {answer.error ? (
          <Note kind="failed" title={errorText(answer.error)} />
        ) : !checked ? (
          t('audit.verifying')
        ) : checked.fault ? (
          <Note kind="failed" title={t(`audit.fault.${checked.fault.fault}`)}>
            {t('audit.faultAt', { sequence: checked.fault.sequence, id: checked.fault.id })}
          </Note>
        ) : (
          <>
            <State kind="ok">{t('audit.whole')}</State>
            <p>
              <Rich text={t('audit.wholeText', { events: checked.events, devices: checked.devices })} />
            </p>
          </>
        )}
      </div>
    </Dialog>
  )
}
