/** Suspend, resume, retire and delete a service: each names it and says what is affected. */
import { useTranslation } from 'react-i18next'
import type { serviceTransitions } from '../../../shared/domain/service-settings.ts'
import { ask } from '../../app/ask.ts'
import { errorText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { RhUiMinusCircleIcon, RhUiPauseIcon, RhUiPlayIcon, RhUiTrashIcon } from '../../components/icons.ts'
import { RelativeTime, Rich } from '../../components/small.tsx'
import { figure } from '../../i18n/formats.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { notify } from '../../state/notices.ts'
import { asksForName, lastUseOf } from './last-use.ts'

type Verb = keyof typeof serviceTransitions

const icons = { suspend: RhUiPauseIcon, resume: RhUiPlayIcon, retire: RhUiMinusCircleIcon } as const

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

/** Finds out the last use first, so that the dialog does not change while it is read. */
export async function showDeleteService(service: ServiceRow, onDeleted: () => void): Promise<void> {
  const lastUse = await lastUseOf(service)
  openDialog((close) => <DeleteService service={service} lastUse={lastUse} onDeleted={onDeleted} onClose={close} />)
}

function DeleteService({
  service,
  lastUse,
  onDeleted,
  onClose,
}: {
  readonly service: ServiceRow
  /** 0: never; undefined where it is not known. */
  readonly lastUse: number | undefined
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
      typedName={asksForName(applications, lastUse) ? name : undefined}
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
      <LastUse at={lastUse} />
      <p>{t('plans.lifecycle.deleteInstead')}</p>
    </ConfirmDialog>
  )
}

export function LastUse({ at }: { readonly at: number | undefined }) {
  const { t } = useTranslation()
  if (at === undefined) return null
  return (
    <p>
      {t('applications.lastUsed')}
      {': '}
      <RelativeTime at={at} />
    </p>
  )
}
