/** Suspend, resume, retire and delete a service: each names it and says what is affected. */
import { useTranslation } from 'react-i18next'
import type { serviceTransitions } from '../../../shared/domain/service-settings.ts'
import { ask } from '../../app/ask.ts'
import { errorText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { RhUiMinusCircleIcon, RhUiPauseIcon, RhUiPlayIcon, RhUiTrashIcon } from '../../components/icons.ts'
import { Rich } from '../../components/small.tsx'
import { figure } from '../../i18n/formats.ts'
import { notify } from '../../state/notices.ts'

type Verb = keyof typeof serviceTransitions

const icons = { suspend: RhUiPauseIcon, resume: RhUiPlayIcon, retire: RhUiMinusCircleIcon } as const
/** More applications than this ask for the service's name. */
const fewApplications = 10

export function ChangeServiceState({
  service,
  verb,
  onClose,
}: {
  readonly service: ServiceRow
  readonly verb: Verb
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const { id, name, applications } = service
  return (
    <ConfirmDialog
      title={t(`plans.lifecycle.title.${verb}`)}
      subject={name}
      icon={icons[verb]}
      confirm={t(`plans.lifecycle.${verb}`)}
      onConfirm={async () => {
        await ask.service[verb].mutate({ id })
        // Back to live is a way to widen: it is offered where the way there began.
        const undo =
          verb === 'suspend' && service.state === 'live'
            ? () => void ask.service.resume.mutate({ id }).catch((error: unknown) => notify('failed', errorText(error)))
            : undefined
        notify('done', t(`plans.lifecycle.done.${verb}`, { name }), undo)
      }}
      onClose={onClose}
    >
      <p>
        <Rich text={t(`plans.lifecycle.text.${verb}`, { count: applications, figure: figure(applications) })} />
      </p>
      {verb === 'retire' && <p>{t('plans.lifecycle.retireBack')}</p>}
    </ConfirmDialog>
  )
}

export function DeleteService({
  service,
  onDeleted,
  onClose,
}: {
  readonly service: ServiceRow
  readonly onDeleted: () => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const { id, name, applications } = service
  return (
    <ConfirmDialog
      title={t('plans.lifecycle.title.delete')}
      subject={`${name} · ${service.systemName}`}
      icon={RhUiTrashIcon}
      confirm={t('plans.lifecycle.delete')}
      typedName={applications > fewApplications ? name : undefined}
      onConfirm={async () => {
        await ask.service.delete.mutate({ id, withApplications: applications > 0 })
        onDeleted()
        notify('done', t('plans.lifecycle.done.delete', { name }))
      }}
      onClose={onClose}
    >
      <p>
        <Rich text={t('plans.lifecycle.text.delete', { count: applications, figure: figure(applications) })} />
      </p>
      <p>{t('plans.lifecycle.deleteInstead')}</p>
    </ConfirmDialog>
  )
}
