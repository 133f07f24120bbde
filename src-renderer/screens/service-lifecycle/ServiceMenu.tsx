import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useActions } from '../../app/actions/registry.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { RhUiEllipsisVerticalIcon } from '../../components/icons.ts'
import { MenuButton } from '../../components/Menu.tsx'
import { useServiceActions } from './use-service-actions.tsx'

/** The kebab of a service's header; the palette has the same actions while the service is on screen. */
export function ServiceMenu({ service }: { readonly service: ServiceRow }) {
  const { t } = useTranslation()
  const actionsOf = useServiceActions()
  const actions = useMemo(() => actionsOf(service), [actionsOf, service])
  useActions(
    useMemo(
      () =>
        actions.map(({ id, titleKey, icon, reason, run }) => ({
          id,
          group: 'here' as const,
          titleKey,
          about: service.name,
          ...(icon && { icon }),
          reason: () => reason,
          run,
        })),
      [actions, service.name],
    ),
  )
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
