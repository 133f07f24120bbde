import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.ts'
import type { ScreenModule } from '../../app/screen.ts'
import { RhUiProfileIcon } from '../../components/icons.ts'
import { ProfilePage } from './ProfilePage.tsx'

export const profile = {
  routes: [createRoute({ getParentRoute: () => rootRoute, path: '/profile', component: ProfilePage })],
  nav: [
    {
      id: 'profile',
      group: 'personal',
      order: 10,
      titleKey: 'frame.nav.profile',
      icon: RhUiProfileIcon,
      to: '/profile',
      keys: 'g p',
    },
  ],
} as const satisfies ScreenModule
