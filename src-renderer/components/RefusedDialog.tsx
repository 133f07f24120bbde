/** After a step for many: those that were left as they are, each with its reason. */
import { Button } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import type { BulkOutcome } from '../../shared/domain/application-bulk.ts'
import { refusalText } from '../app/refusal.ts'
import { Dialog } from './Dialog.tsx'
import { RhUiErrorFillIcon, RhUiWarningFillIcon } from './icons.ts'

export function RefusedDialog({
  title,
  outcomes,
  names,
  onClose,
}: {
  readonly title: string
  readonly outcomes: readonly BulkOutcome[]
  readonly names: ReadonlyMap<string, string>
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const refused = outcomes.filter((outcome) => !outcome.ok)
  return (
    <Dialog
      title={title}
      subject={t('common.refusedText', { done: outcomes.length - refused.length, all: outcomes.length })}
      icon={RhUiWarningFillIcon}
      onClose={onClose}
      buttons={
        <Button variant="primary" onClick={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <ul className="lk-lines lk-refused">
        {refused.map((outcome) => (
          <li key={outcome.id}>
            <RhUiErrorFillIcon />
            <strong className="lk-ellipsis">{names.get(outcome.id) ?? outcome.id}</strong>
            <span className="lk-subtle">
              {refusalText({ ok: false, code: outcome.code, params: { ...outcome.params } })}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
