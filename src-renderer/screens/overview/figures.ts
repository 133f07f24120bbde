/** The figures of the overview, each the way to its list. */
import type { ComponentType } from 'react'
import type { Action as Right } from '../../../shared/domain/permission.ts'
import { RhUiApplicationsIcon, RhUiCubesIcon, RhUiEnterpriseIcon, RhUiUsersIcon } from '../../components/icons.ts'

interface Figure {
  readonly id: 'services' | 'applications' | 'accounts' | 'members'
  readonly icon: ComponentType
  readonly needs: Right
  readonly to: string
}

export const figures: readonly Figure[] = [
  { id: 'services', icon: RhUiCubesIcon, needs: 'service.view', to: '/services' },
  { id: 'applications', icon: RhUiApplicationsIcon, needs: 'application.view', to: '/applications' },
  { id: 'accounts', icon: RhUiEnterpriseIcon, needs: 'account.view', to: '/accounts' },
  { id: 'members', icon: RhUiUsersIcon, needs: 'member.view', to: '/members' },
]
