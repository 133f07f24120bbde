import { createRoute } from '@tanstack/react-router'
import { refusalText } from '../../app/refusal.ts'
import { rootRoute } from '../../app/root-route.ts'
import type { ScreenModule } from '../../app/screen.ts'
import { RhUiAddIcon, RhUiUsersIcon, RhUiViewIcon, RhUiViewOffIcon } from '../../components/icons.ts'
import { choosePreview } from './choose-preview.tsx'
import { InviteMember } from './InviteMember.tsx'
import { MembersPage } from './MembersPage.tsx'
import { previewing, stopPreview } from './preview.ts'
import { memberSearch } from './search.ts'

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/members',
  validateSearch: memberSearch,
  component: MembersPage,
})
/** A child without a page of its own: the list stays where it is while the drawer opens beside it. */
const opened = createRoute({ getParentRoute: () => list, path: '/$id' })
const invite = createRoute({ getParentRoute: () => rootRoute, path: '/members/invite', component: InviteMember })

export const members = {
  routes: [invite, list.addChildren([opened])],
  nav: [
    {
      id: 'members',
      group: 'workspace',
      order: 10,
      titleKey: 'members.title',
      icon: RhUiUsersIcon,
      to: '/members',
      needs: 'member.view',
      keys: 'g m',
    },
  ],
  actions: [
    {
      id: 'member.invite',
      group: 'create',
      titleKey: 'members.invite',
      icon: RhUiAddIcon,
      reason: ({ whyNot }) => {
        const refusal = whyNot('member.edit')
        return refusal && refusalText(refusal)
      },
      run: ({ navigate }) => navigate('/members/invite'),
    },
    {
      id: 'preview.start',
      group: 'workspace',
      titleKey: 'members.previewTitle',
      icon: RhUiViewIcon,
      hidden: ({ whyNot }) => previewing(whyNot),
      reason: ({ whyNot }) => {
        const refusal = whyNot('member.edit')
        return refusal && refusalText(refusal)
      },
      run: ({ navigate }) => choosePreview(navigate),
    },
    {
      id: 'preview.stop',
      group: 'workspace',
      titleKey: 'members.previewStop',
      icon: RhUiViewOffIcon,
      hidden: ({ whyNot }) => !previewing(whyNot),
      run: stopPreview,
    },
  ],
} as const satisfies ScreenModule
