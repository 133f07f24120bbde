/** The tabs of a service's page. A screen adds its line; a tab is shown to who holds its right (M4). */
import type { ComponentType } from 'react'
import type { Action as Right } from '../../../shared/domain/permission.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { ServiceApplications } from '../applications/ApplicationList.tsx'
import { IntegrationTab } from '../service-integration/IntegrationTab.tsx'
import { PlansTab } from '../service-plans/PlansTab.tsx'
import { RulesTab } from '../service-rules/RulesTab.tsx'
import { ServiceOverview } from './ServiceOverview.tsx'

export interface ServiceTab {
  /** The last part of the address. */
  readonly id: string
  readonly titleKey: string
  readonly needs?: Right
  readonly count?: (service: ServiceRow) => number
  readonly component: ComponentType<{ readonly service: ServiceRow }>
}

export const serviceTabs: readonly ServiceTab[] = [
  { id: 'overview', titleKey: 'services.overview', component: ServiceOverview },
  {
    id: 'applications',
    titleKey: 'applications.title',
    needs: 'application.view',
    count: ({ applications }) => applications,
    component: ServiceApplications,
  },
  { id: 'integration', titleKey: 'integration.title', component: IntegrationTab },
  { id: 'plans', titleKey: 'plans.title', component: PlansTab },
  { id: 'rules', titleKey: 'rules.title', component: RulesTab },
]
