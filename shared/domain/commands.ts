/** The register of all commands: name → command. Doors that take a command's name read it; nothing else is a command. */
import { createAccessToken, deleteAccessToken, rotateAccessToken, updateAccessToken } from './access-token.ts'
import { deleteAccessTokens } from './access-token-bulk.ts'
import {
  addDeveloper,
  approveAccount,
  createAccount,
  deleteAccount,
  rejectAccount,
  removeDeveloper,
  resumeAccount,
  suspendAccount,
  updateAccount,
  updateDeveloper,
} from './account.ts'
import {
  acceptApplication,
  createApplication,
  deleteApplication,
  resumeApplication,
  suspendApplication,
  updateApplication,
} from './application.ts'
import {
  acceptApplications,
  changePlans,
  deleteApplications,
  resumeApplications,
  suspendApplications,
} from './application-bulk.ts'
import {
  regenerateUserKey,
  revealClientSecret,
  revealKey,
  revealUserKey,
  rotateClientSecret,
  updateRedirectUrls,
} from './application-credentials.ts'
import { updateFilters, updateKeyFilters } from './application-filters.ts'
import { createKey, deleteKey, rollKey, updateKey } from './application-keys.ts'
import type { AnyCommand } from './command.ts'
import {
  activateMember,
  deleteMember,
  inviteMember,
  resumeMember,
  suspendMember,
  updateMember,
  updateMemberRights,
} from './member-commands.ts'
import {
  createMetric,
  createPlan,
  deleteLimit,
  deleteMetric,
  deletePlan,
  setDefaultPlan,
  setLimit,
  updateMetric,
  updatePlan,
} from './plan.ts'
import { createService, revealServiceToken, rotateServiceToken, updateService } from './service.ts'
import { changePattern, migrateService } from './service-pattern.ts'
import {
  deleteService,
  resumeService,
  retireService,
  suspendService,
  updateAlertLevels,
  updateIntegration,
  updateUsageRules,
} from './service-settings.ts'
import { renameWorkspace } from './workspace-commands.ts'

const all: readonly AnyCommand[] = [
  renameWorkspace,
  inviteMember,
  updateMember,
  updateMemberRights,
  activateMember,
  suspendMember,
  resumeMember,
  deleteMember,
  createAccessToken,
  updateAccessToken,
  rotateAccessToken,
  deleteAccessToken,
  deleteAccessTokens,
  createService,
  updateService,
  updateIntegration,
  updateUsageRules,
  updateAlertLevels,
  changePattern,
  migrateService,
  suspendService,
  resumeService,
  retireService,
  deleteService,
  rotateServiceToken,
  revealServiceToken,
  createMetric,
  updateMetric,
  deleteMetric,
  createPlan,
  updatePlan,
  deletePlan,
  setDefaultPlan,
  setLimit,
  deleteLimit,
  createAccount,
  updateAccount,
  approveAccount,
  rejectAccount,
  suspendAccount,
  resumeAccount,
  deleteAccount,
  addDeveloper,
  updateDeveloper,
  removeDeveloper,
  createApplication,
  updateApplication,
  acceptApplication,
  suspendApplication,
  resumeApplication,
  deleteApplication,
  acceptApplications,
  suspendApplications,
  resumeApplications,
  deleteApplications,
  changePlans,
  regenerateUserKey,
  rotateClientSecret,
  updateRedirectUrls,
  revealUserKey,
  revealKey,
  revealClientSecret,
  createKey,
  rollKey,
  updateKey,
  deleteKey,
  updateFilters,
  updateKeyFilters,
]

/** A map, not an object: no name of a prototype's is in it. */
export const commands: ReadonlyMap<string, AnyCommand> = new Map(all.map((command) => [command.name, command]))
