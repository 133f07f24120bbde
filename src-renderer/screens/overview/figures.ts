/** The figures of the overview. `to` is set once the noun has its screen: nothing here leads nowhere. */
import type { ComponentType } from 'react'
import type { Action as Right } from '../../../shared/domain/permission.ts'
import { RhUiApplicationsIcon, RhUiCubesIcon, RhUiEnterpriseIcon, RhUiUsersIcon } from '../../components/icons.ts'

interface Figure {
  readonly id: 'services' | 'applications' | 'accounts' | 'members'
  readonly icon: ComponentType
  readonly needs: Right
  readonly to?: string
}

export const figures: readonly Figure[] = [
  { id: 'services', icon: RhUiCubesIcon, needs: 'service.view', to: '/services' },
  { id: 'applications', icon: RhUiApplicationsIcon, needs: 'application.view' },
  { id: 'accounts', icon: RhUiEnterpriseIcon, needs: 'account.view' },
  { id: 'members', icon: RhUiUsersIcon, needs: 'member.view' },
]
