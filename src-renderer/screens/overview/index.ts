import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.ts'
import type { ScreenModule } from '../../app/screen.ts'
import { RhUiHomeIcon } from '../../components/icons.ts'
import { OverviewPage } from './OverviewPage.tsx'

export const overview = {
  routes: [createRoute({ getParentRoute: () => rootRoute, path: '/', component: OverviewPage })],
  nav: [
    {
      id: 'overview',
      group: 'home',
      order: 10,
      titleKey: 'frame.nav.overview',
      icon: RhUiHomeIcon,
      to: '/',
      keys: 'g o',
    },
  ],
} as const satisfies ScreenModule
