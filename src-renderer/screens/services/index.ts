import { createRoute } from '@tanstack/react-router'
import { refusalText } from '../../app/refusal.ts'
import { rootRoute } from '../../app/root-route.ts'
import type { ScreenModule } from '../../app/screen.ts'
import { RhUiAddIcon, RhUiCubesIcon } from '../../components/icons.ts'
import { CreateService } from './CreateService.tsx'
import { ServiceList } from './ServiceList.tsx'
import { ServicePage } from './ServicePage.tsx'
import { serviceSearch } from './search.ts'

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/services',
  validateSearch: serviceSearch,
  component: ServiceList,
})
const create = createRoute({ getParentRoute: () => rootRoute, path: '/services/new', component: CreateService })
/** The tab is in the address; what tabs there are is in `tabs.ts`. */
const detail = createRoute({ getParentRoute: () => rootRoute, path: '/services/$id', component: ServicePage })
const tab = createRoute({ getParentRoute: () => rootRoute, path: '/services/$id/$tab', component: ServicePage })

export const services = {
  routes: [list, create, detail, tab],
  nav: [
    {
      id: 'services',
      group: 'apis',
      order: 10,
      titleKey: 'frame.nav.services',
      icon: RhUiCubesIcon,
      to: '/services',
      needs: 'service.view',
      keys: 'g s',
    },
  ],
  actions: [
    {
      id: 'service.create',
      group: 'create',
      titleKey: 'services.create',
      icon: RhUiAddIcon,
      reason: ({ whyNot }) => {
        const refusal = whyNot('service.create')
        return refusal && refusalText(refusal)
      },
      run: ({ navigate }) => navigate('/services/new'),
    },
  ],
} as const satisfies ScreenModule
