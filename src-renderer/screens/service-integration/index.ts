import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.ts'
import type { ScreenModule } from '../../app/screen.ts'
import { MigratePage } from './MigratePage.tsx'

const migrate = createRoute({ getParentRoute: () => rootRoute, path: '/services/$id/migrate', component: MigratePage })

export const serviceMigration = { routes: [migrate] } as const satisfies ScreenModule
