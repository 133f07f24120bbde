/** All screens, a line a noun. What a noun brings is in `screens/<noun>/index.ts`. */
import { accounts } from '../screens/accounts/index.ts'
import { applications } from '../screens/applications/index.ts'
import { audit } from '../screens/audit/index.ts'
import { members } from '../screens/members/index.ts'
import { overview } from '../screens/overview/index.ts'
import { profile } from '../screens/profile/index.ts'
import { serviceMigration } from '../screens/service-integration/index.ts'
import { services } from '../screens/services/index.ts'
import { settings } from '../screens/settings/index.ts'
import { testCredentials } from '../screens/test-credentials/index.ts'
import { tokens } from '../screens/tokens/index.ts'
import { transfer } from '../screens/transfer/index.ts'
import { type NavEntry, navGroups, type ScreenModule } from './screen.ts'

const screens: readonly ScreenModule[] = [
  overview,
  services,
  tokens,
  profile,
  audit,
  members,
  applications,
  accounts,
  testCredentials,
  settings,
  transfer,
  serviceMigration,
]

export const routes = screens.flatMap((screen) => screen.routes)

export const navEntries: readonly NavEntry[] = screens
  .flatMap((screen) => screen.nav ?? [])
  .toSorted((one, other) => navGroups.indexOf(one.group) - navGroups.indexOf(other.group) || one.order - other.order)

export const screenActions = screens.flatMap((screen) => screen.actions ?? [])
