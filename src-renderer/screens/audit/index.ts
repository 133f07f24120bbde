import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.ts'
import type { ScreenModule } from '../../app/screen.ts'
import { RhUiHistoryIcon } from '../../components/icons.ts'
import { AuditPage } from './AuditPage.tsx'
import { auditSearch } from './search.ts'

export const audit = {
  routes: [
    createRoute({ getParentRoute: () => rootRoute, path: '/audit', validateSearch: auditSearch, component: AuditPage }),
  ],
  nav: [
    {
      id: 'audit',
      group: 'workspace',
      order: 20,
      titleKey: 'frame.nav.audit',
      icon: RhUiHistoryIcon,
      to: '/audit',
      needs: 'audit.view',
      keys: 'g h',
    },
  ],
} as const satisfies ScreenModule
