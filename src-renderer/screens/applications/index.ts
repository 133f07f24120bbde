import { createRoute } from '@tanstack/react-router'
import { refusalText } from '../../app/refusal.ts'
import { rootRoute } from '../../app/root-route.ts'
import type { ScreenModule } from '../../app/screen.ts'
import { RhUiAddIcon, RhUiApplicationsIcon } from '../../components/icons.ts'
import { ApplicationList } from './ApplicationList.tsx'
import { ApplicationPage } from './ApplicationPage.tsx'
import { CreateApplication } from './CreateApplication.tsx'
import { applicationSearch, newApplicationSearch } from './search.ts'

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/applications',
  validateSearch: applicationSearch,
  component: ApplicationList,
})
const create = createRoute({
  getParentRoute: () => rootRoute,
  path: '/applications/new',
  validateSearch: newApplicationSearch,
  component: CreateApplication,
})
const detail = createRoute({ getParentRoute: () => rootRoute, path: '/applications/$id', component: ApplicationPage })

export const applications = {
  routes: [list, create, detail],
  nav: [
    {
      id: 'applications',
      group: 'apis',
      order: 20,
      titleKey: 'applications.title',
      icon: RhUiApplicationsIcon,
      to: '/applications',
      needs: 'application.view',
      keys: 'g a',
    },
  ],
  actions: [
    {
      id: 'application.create',
      group: 'create',
      titleKey: 'applications.create',
      icon: RhUiAddIcon,
      reason: ({ whyNot }) => {
        const refusal = whyNot('application.edit')
        return refusal && refusalText(refusal)
      },
      run: ({ navigate }) => navigate('/applications/new'),
    },
  ],
} as const satisfies ScreenModule
