import { createRoute } from '@tanstack/react-router'
import { refusalText } from '../../app/refusal.ts'
import { rootRoute } from '../../app/root-route.ts'
import type { ScreenModule } from '../../app/screen.ts'
import { RhUiAddIcon, RhUiEnterpriseIcon } from '../../components/icons.ts'
import { applicationSearch } from '../applications/search.ts'
import { AccountList } from './AccountList.tsx'
import { AccountPage } from './AccountPage.tsx'
import { CreateAccount } from './CreateAccount.tsx'
import { accountSearch } from './search.ts'

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts',
  validateSearch: accountSearch,
  component: AccountList,
})
const create = createRoute({ getParentRoute: () => rootRoute, path: '/accounts/new', component: CreateAccount })
/** Its list of applications keeps its search here. */
const detail = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts/$id',
  validateSearch: applicationSearch,
  component: AccountPage,
})

export const accounts = {
  routes: [list, create, detail],
  nav: [
    {
      id: 'accounts',
      group: 'apis',
      order: 30,
      titleKey: 'accounts.title',
      icon: RhUiEnterpriseIcon,
      to: '/accounts',
      needs: 'account.view',
      keys: 'g u',
    },
  ],
  actions: [
    {
      id: 'account.create',
      group: 'create',
      titleKey: 'accounts.create',
      icon: RhUiAddIcon,
      reason: ({ whyNot }) => {
        const refusal = whyNot('account.edit')
        return refusal && refusalText(refusal)
      },
      run: ({ navigate }) => navigate('/accounts/new'),
    },
  ],
} as const satisfies ScreenModule
