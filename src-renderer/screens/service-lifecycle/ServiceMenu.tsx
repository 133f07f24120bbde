import { useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServiceRow } from '../../app/rows.ts'
import { RhUiEllipsisVerticalIcon } from '../../components/icons.ts'
import { MenuButton } from '../../components/Menu.tsx'
import { usePageActions } from '../../components/use-page-actions.ts'
import { useServiceActions, useServiceButtons } from './use-service-actions.tsx'

/** The kebab of a service's header; palette and keys have these and the page's buttons while the service is on screen. */
export function ServiceMenu({ service }: { readonly service: ServiceRow }) {
  const { t } = useTranslation()
  const actionsOf = useServiceActions()
  const actions = useMemo(() => actionsOf(service), [actionsOf, service])
  const buttons = useServiceButtons(service)
  const registered = useMemo(() => [...buttons, ...actions], [buttons, actions])
  const { tab } = useParams({ strict: false })
  usePageActions(service.name, registered, tab !== 'applications')
  return (
    <MenuButton
      label={t('common.moreActions', { name: service.name })}
      className="lk-icon-button lk-32"
      end
      items={actions.map(({ titleKey, ...action }) => ({ ...action, title: t(titleKey) }))}
    >
      <RhUiEllipsisVerticalIcon />
    </MenuButton>
  )
}
