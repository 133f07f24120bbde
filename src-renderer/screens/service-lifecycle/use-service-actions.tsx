import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServiceState } from '../../../shared/domain/service-schema.ts'
import { serviceTransitions } from '../../../shared/domain/service-settings.ts'
import { useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import type { RowAction } from '../../components/data-table.ts'
import {
  RhUiDuplicateIcon,
  RhUiEditIcon,
  RhUiMinusCircleIcon,
  RhUiPauseIcon,
  RhUiPlayIcon,
  RhUiRefreshIcon,
  RhUiTrashIcon,
} from '../../components/icons.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { EditService } from '../services/EditService.tsx'
import { RotateServiceToken } from '../services/RotateServiceToken.tsx'
import { ChangeServiceState, showDeleteService } from './dialogs.tsx'

const icons = { suspend: RhUiPauseIcon, resume: RhUiPlayIcon, retire: RhUiMinusCircleIcon } as const

/** What can be done with the life of a service, with the reason where something cannot be. */
export function useServiceActions(): (service: ServiceRow) => readonly RowAction[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const whyNot = useWhyNot()
  const { refusalText } = useRefusalText()
  return useCallback(
    (service) => {
      const edit = whyNot('service.edit', service.id)
      const create = whyNot('service.create')
      const remove = whyNot('service.delete', service.id)
      const transition = (verb: keyof typeof serviceTransitions): RowAction => {
        const from: readonly ServiceState[] = serviceTransitions[verb].from
        const state = from.includes(service.state) ? undefined : t(`plans.lifecycle.is.${service.state}`)
        return {
          id: `service.${verb}`,
          titleKey: `plans.lifecycle.${verb}`,
          icon: icons[verb],
          reason: edit ? refusalText(edit) : state,
          run: () => openDialog((close) => <ChangeServiceState service={service} verb={verb} onClose={close} />),
        }
      }
      const notMigratable = service.migratedTo
        ? t('integration.migratedAlready')
        : service.state === 'retired'
          ? t('integration.retiredNot')
          : undefined
      return [
        {
          id: 'service.migrate',
          titleKey: 'integration.migrate',
          icon: RhUiDuplicateIcon,
          reason: create ? refusalText(create) : notMigratable,
          run: () => void navigate({ to: `/services/${service.id}/migrate` }),
        },
        ...(service.state === 'live' ? [transition('suspend')] : [transition('resume')]),
        transition('retire'),
        {
          id: 'service.delete',
          titleKey: 'plans.lifecycle.delete',
          icon: RhUiTrashIcon,
          danger: true,
          divided: true,
          reason: remove && refusalText(remove),
          run: () => void showDeleteService(service, () => void navigate({ to: '/services' })),
        },
      ]
    },
    [t, navigate, whyNot, refusalText],
  )
}

/** What the page of a service has as buttons: to edit it, and to rotate its token (S4). */
export function useServiceButtons(service: ServiceRow): readonly RowAction[] {
  const { t } = useTranslation()
  const whyNot = useWhyNot()
  const { refusalText } = useRefusalText()
  return useMemo(() => {
    const { id, name, tokens } = service
    const edit = whyNot('service.edit', id)
    const rotate = whyNot('serviceToken.rotate', id)
    const underWay = tokens.some(({ endsAt }) => endsAt !== 0) ? t('refusal.rotation_under_way') : undefined
    return [
      {
        id: 'service.edit',
        titleKey: 'services.edit',
        icon: RhUiEditIcon,
        keys: 'e',
        reason: edit && refusalText(edit),
        run: () => openDialog((close) => <EditService service={service} onClose={close} />),
      },
      {
        id: 'serviceToken.rotate',
        titleKey: 'services.rotate',
        icon: RhUiRefreshIcon,
        keys: 'r',
        reason: rotate ? refusalText(rotate) : underWay,
        run: () => openDialog((close) => <RotateServiceToken serviceId={id} serviceName={name} onClose={close} />),
      },
    ]
  }, [t, whyNot, refusalText, service])
}
