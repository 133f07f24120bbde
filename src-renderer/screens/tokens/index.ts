import { createRoute } from '@tanstack/react-router'
import { refusalText } from '../../app/refusal.ts'
import { rootRoute } from '../../app/root-route.ts'
import type { ScreenModule } from '../../app/screen.ts'
import { RhUiAddIcon, RhUiKeyIcon } from '../../components/icons.ts'
import { CreateAccessToken } from './CreateAccessToken.tsx'
import { tokenSearch } from './search.ts'
import { TokenPage } from './TokenPage.tsx'
import { TokensPage } from './TokensPage.tsx'

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/tokens',
  validateSearch: tokenSearch,
  component: TokensPage,
})
const create = createRoute({ getParentRoute: () => rootRoute, path: '/tokens/new', component: CreateAccessToken })
const detail = createRoute({ getParentRoute: () => rootRoute, path: '/tokens/$id', component: TokenPage })

export const tokens = {
  routes: [list, create, detail],
  nav: [
    {
      id: 'tokens',
      group: 'personal',
      order: 20,
      titleKey: 'frame.nav.tokens',
      icon: RhUiKeyIcon,
      to: '/tokens',
      keys: 'g t',
    },
  ],
  actions: [
    {
      id: 'accessToken.create',
      group: 'create',
      titleKey: 'tokens.add',
      icon: RhUiAddIcon,
      reason: ({ whyNot }) => {
        const refusal = whyNot('accessToken.own')
        return refusal && refusalText(refusal)
      },
      run: ({ navigate }) => navigate('/tokens/new'),
    },
  ],
} as const satisfies ScreenModule
