import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import type { RowAction } from '../../components/data-table.ts'
import {
  RhUiCheckIcon,
  RhUiCheckupIcon,
  RhUiEditIcon,
  RhUiPauseIcon,
  RhUiPlayIcon,
  RhUiTagIcon,
  RhUiTrashIcon,
} from '../../components/icons.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { startMany } from './bulk.tsx'
import { ChangePlan, DeleteApplications, EditApplicationOf } from './dialogs.tsx'
import type { ActedOn } from './rows.ts'

/** The actions of one application, with the reason where one cannot be used. `onDeleted` runs after its deletion. */
export function useApplicationActions(onDeleted?: () => void): (application: ActedOn) => readonly RowAction[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const whyNot = useWhyNot()
  const { refusalText } = useRefusalText()
  return useCallback(
    (application) => {
      const { id, state, serviceId } = application
      const refused = whyNot('application.edit', serviceId)
      const reason = refused && refusalText(refused)
      const untestable = whyNot('application.test', serviceId)
      const move = {
        pending: { verb: 'accept', titleKey: 'applications.accept', icon: RhUiCheckIcon },
        live: { verb: 'suspend', titleKey: 'applications.suspend', icon: RhUiPauseIcon },
        suspended: { verb: 'resume', titleKey: 'applications.resume', icon: RhUiPlayIcon },
      } as const
      const { verb, titleKey, icon } = move[state]
      return [
        {
          id: 'application.test',
          titleKey: 'test.title',
          icon: RhUiCheckupIcon,
          keys: 't',
          reason: untestable && refusalText(untestable),
          run: () =>
            void navigate({ to: '/test-credentials', search: { service: serviceId, application: id } } as never),
        },
        { id: `application.${verb}`, titleKey, icon, keys: 's', reason, run: () => startMany(verb, [application]) },
        {
          id: 'application.edit',
          titleKey: 'applications.edit',
          icon: RhUiEditIcon,
          keys: 'e',
          reason,
          run: () => openDialog((close) => <EditApplicationOf id={id} onClose={close} />),
        },
        {
          id: 'application.changePlan',
          titleKey: 'applications.changePlan',
          icon: RhUiTagIcon,
          reason: reason ?? (whyNot('service.view', serviceId) ? t('refusal.forbiddenService') : undefined),
          run: () => openDialog((close) => <ChangePlan rows={[application]} onClose={close} />),
        },
        {
          id: 'application.delete',
          titleKey: 'applications.delete',
          icon: RhUiTrashIcon,
          keys: 'Delete',
          danger: true,
          divided: true,
          reason,
          run: () =>
            openDialog((close) => (
              <DeleteApplications rows={[application]} {...(onDeleted && { onDone: onDeleted })} onClose={close} />
            )),
        },
      ]
    },
    [t, navigate, whyNot, refusalText, onDeleted],
  )
}
