/**
 * The one contract between a renderer and the main process: a tRPC router over a session that the main process gives.
 * Electron and the browser host serve the same router; tests call it in place. A secret leaves only through
 * `secret.take` and the other procedures of `secret`; every other answer is made of views.
 */
import { tracked } from '@trpc/server'
import * as z from 'zod'
import { createAccessToken, deleteAccessToken, rotateAccessToken, updateAccessToken } from '../domain/access-token.ts'
import { deleteAccessTokens } from '../domain/access-token-bulk.ts'
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
} from '../domain/account.ts'
import {
  acceptApplication,
  createApplication,
  deleteApplication,
  resumeApplication,
  suspendApplication,
  updateApplication,
} from '../domain/application.ts'
import {
  acceptApplications,
  changePlans,
  deleteApplications,
  resumeApplications,
  suspendApplications,
} from '../domain/application-bulk.ts'
import {
  regenerateUserKey,
  revealClientSecret,
  revealKey,
  revealUserKey,
  rotateClientSecret,
  updateRedirectUrls,
} from '../domain/application-credentials.ts'
import { updateFilters, updateKeyFilters } from '../domain/application-filters.ts'
import { createKey, deleteKey, rollKey, updateKey } from '../domain/application-keys.ts'
import {
  activateMember,
  deleteMember,
  inviteMember,
  resumeMember,
  suspendMember,
  updateMember,
  updateMemberRights,
} from '../domain/member-commands.ts'
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
} from '../domain/plan.ts'
import { createService, revealServiceToken, rotateServiceToken, updateService } from '../domain/service.ts'
import { changePattern, migrateService } from '../domain/service-pattern.ts'
import {
  deleteService,
  resumeService,
  retireService,
  suspendService,
  updateAlertLevels,
  updateIntegration,
  updateUsageRules,
} from '../domain/service-settings.ts'
import { renameWorkspace } from '../domain/workspace-commands.ts'
import { accountGet, accountList } from './account-queries.ts'
import { applicationGet, applicationList, testableApplications, testCredentials } from './application-queries.ts'
import { createWorkspaceSchema, unlockSchema, workspaceIdSchema } from './console.ts'
import { memberGet, memberList } from './member-queries.ts'
import { command, openSecret, procedure, query, t } from './procedure.ts'
import {
  accessTokenGet,
  accessTokenList,
  auditExport,
  auditList,
  auditVerify,
  find,
  overview,
  serviceFilterGaps,
  serviceGet,
  serviceImpact,
  serviceList,
  serviceTokenList,
  tokenGrant,
} from './queries.ts'
import { transferRouter } from './transfer-router.ts'

/** Where a renderer stood when its line dropped: the number of the last notice it saw. */
const changesSinceSchema = z.strictObject({
  lastEventId: z
    .string()
    .regex(/^\d{1,15}$/, 'invalid')
    .nullish(),
})

export const bridgeRouter = t.router({
  console: t.router({
    status: procedure.query(({ ctx }) => ctx.session.status()),
    createWorkspace: procedure
      .input(createWorkspaceSchema)
      .mutation(({ ctx, input }) => ctx.session.createWorkspace(input)),
    openSample: procedure.mutation(({ ctx }) => ctx.session.openSample()),
    openWorkspace: procedure.input(workspaceIdSchema).mutation(({ ctx, input }) => ctx.session.openWorkspace(input.id)),
    closeWorkspace: procedure.mutation(({ ctx }) => ctx.session.closeWorkspace()),
    deleteSample: procedure.mutation(({ ctx }) => ctx.session.deleteSample()),
    unlock: procedure.input(unlockSchema).mutation(({ ctx, input }) => ctx.session.unlock(input)),
    lock: procedure.mutation(({ ctx }) => ctx.session.lock()),
    preview: procedure
      .input(z.strictObject({ memberId: z.string().optional() }))
      .mutation(({ ctx, input }) => ctx.session.preview(input.memberId)),
    changes: procedure.input(changesSinceSchema.optional()).subscription(async function* ({ ctx, input, signal }) {
      const since = input?.lastEventId ? Number(input.lastEventId) : undefined
      for await (const notice of ctx.session.changes(since, signal)) yield tracked(String(notice.sequence), notice)
    }),
  }),
  secret: t.router({
    take: procedure
      .input(z.strictObject({ ticket: z.string().max(64) }))
      .mutation(({ ctx, input }) => ({ secret: ctx.session.takeSecret(input.ticket) })),
    serviceToken: openSecret(revealServiceToken),
    userKey: openSecret(revealUserKey),
    appKey: openSecret(revealKey),
    clientSecret: openSecret(revealClientSecret),
  }),
  overview: query(overview),
  find: query(find),
  workspace: t.router({ rename: command(renameWorkspace) }),
  accessToken: t.router({
    grant: query(tokenGrant),
    list: query(accessTokenList),
    get: query(accessTokenGet),
    create: command(createAccessToken),
    update: command(updateAccessToken),
    delete: command(deleteAccessToken),
    deleteMany: command(deleteAccessTokens),
    rotate: command(rotateAccessToken),
  }),
  service: t.router({
    list: query(serviceList),
    get: query(serviceGet),
    create: command(createService),
    update: command(updateService),
    rotateToken: command(rotateServiceToken),
    impact: query(serviceImpact),
    filterGaps: query(serviceFilterGaps),
    updateIntegration: command(updateIntegration),
    updateUsageRules: command(updateUsageRules),
    updateAlertLevels: command(updateAlertLevels),
    changePattern: command(changePattern),
    migrate: command(migrateService),
    suspend: command(suspendService),
    resume: command(resumeService),
    retire: command(retireService),
    delete: command(deleteService),
    createMetric: command(createMetric),
    updateMetric: command(updateMetric),
    deleteMetric: command(deleteMetric),
    createPlan: command(createPlan),
    updatePlan: command(updatePlan),
    deletePlan: command(deletePlan),
    setDefaultPlan: command(setDefaultPlan),
    setLimit: command(setLimit),
    deleteLimit: command(deleteLimit),
  }),
  serviceToken: t.router({ list: query(serviceTokenList) }),
  member: t.router({
    list: query(memberList),
    get: query(memberGet),
    invite: command(inviteMember),
    update: command(updateMember),
    updateRights: command(updateMemberRights),
    activate: command(activateMember),
    suspend: command(suspendMember),
    resume: command(resumeMember),
    delete: command(deleteMember),
  }),
  account: t.router({
    list: query(accountList),
    get: query(accountGet),
    create: command(createAccount),
    update: command(updateAccount),
    approve: command(approveAccount),
    reject: command(rejectAccount),
    suspend: command(suspendAccount),
    resume: command(resumeAccount),
    delete: command(deleteAccount),
    addDeveloper: command(addDeveloper),
    updateDeveloper: command(updateDeveloper),
    removeDeveloper: command(removeDeveloper),
  }),
  application: t.router({
    list: query(applicationList),
    get: query(applicationGet),
    test: query(testCredentials),
    testable: query(testableApplications),
    create: command(createApplication),
    update: command(updateApplication),
    accept: command(acceptApplication),
    suspend: command(suspendApplication),
    resume: command(resumeApplication),
    delete: command(deleteApplication),
    acceptMany: command(acceptApplications),
    suspendMany: command(suspendApplications),
    resumeMany: command(resumeApplications),
    deleteMany: command(deleteApplications),
    changePlans: command(changePlans),
    regenerateUserKey: command(regenerateUserKey),
    createKey: command(createKey),
    rollKey: command(rollKey),
    updateKey: command(updateKey),
    deleteKey: command(deleteKey),
    rotateClientSecret: command(rotateClientSecret),
    updateRedirectUrls: command(updateRedirectUrls),
    updateFilters: command(updateFilters),
    updateKeyFilters: command(updateKeyFilters),
  }),
  transfer: transferRouter,
  audit: t.router({ list: query(auditList), export: query(auditExport), verify: query(auditVerify) }),
})

export type BridgeRouter = typeof bridgeRouter
export type { BridgeContext, ConsoleSession } from './console-session.ts'
