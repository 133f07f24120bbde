import { createHashHistory, createRouter } from '@tanstack/react-router'
import { Broken } from './ErrorBoundary.tsx'
import { Frame } from './frame/Frame.tsx'
import { NotFound } from './NotFound.tsx'
import { rootRoute } from './root-route.ts'
import { routes } from './screens.ts'

/** Hash history: the same addresses in Electron and in the browser; every filter of a list is part of its address. */
export function makeRouter() {
  rootRoute.update({ component: Frame })
  return createRouter({
    routeTree: rootRoute.addChildren([...routes]),
    history: createHashHistory(),
    defaultPreload: false,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: ({ reset }) => <Broken onRetry={reset} />,
  })
}
