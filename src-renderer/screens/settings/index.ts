import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.ts'
import type { ScreenModule } from '../../app/screen.ts'
import { RhUiSettingsIcon } from '../../components/icons.ts'
import { SettingsPage } from './SettingsPage.tsx'

export const settings = {
  routes: [createRoute({ getParentRoute: () => rootRoute, path: '/settings', component: SettingsPage })],
  nav: [
    {
      id: 'settings',
      group: 'workspace',
      order: 40,
      titleKey: 'settings.nav',
      icon: RhUiSettingsIcon,
      to: '/settings',
      needs: 'workspace.view',
      keys: 'g w',
    },
  ],
} as const satisfies ScreenModule
