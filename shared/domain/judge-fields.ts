/**
 * The field allow-lists of the judge: one line a field, none left out, default deny (spec/sync.md, Push 1). A push is
 * a mass-assignment door: what is not on its line does not change.
 */
import type { AccessToken } from './access-token-schema.ts'
import { accountTransitions } from './account.ts'
import type { Account } from './account-schema.ts'
import { personOf } from './actor.ts'
import { type ApplicationVerb, applicationTransitions } from './application.ts'
import type { DeveloperRule } from './application-access.ts'
import type { Application } from './application-schema.ts'
import type { CollectionName, DocumentOf } from './collections.ts'
import type { Envelope } from './document.ts'
import { filtersRule, isNotLater, keysRule, ofPattern, redirectUrlsRule, rotates, userKeyRule } from './judge-list.ts'
import { all, by, byProgram, type FieldRule, neverChanges, transitions, unique } from './judge-rule.ts'
import type { Member } from './member.ts'
import { refuse } from './outcome.ts'
import { denial } from './permission.ts'
import type { Service } from './service-schema.ts'
import { serviceTransitions } from './service-settings.ts'

/** M3: role, sections and service access: by an admin, never one's own. */
const rightsOfMember: FieldRule<Member> = all(by('member.edit'), ({ actor, before }) =>
  personOf(actor) === before.id ? refuse('own_rights') : undefined,
)

/** M3: nobody locks themselves out. */
const notOneself: FieldRule<Member> = ({ actor, before, after }) =>
  after.state === 'suspended' && personOf(actor) === before.id ? refuse('own_rights') : undefined

/** M3, M6: there is always an active admin. */
const keepsAnAdmin: FieldRule<Member> = ({ context, before, after }) => {
  const administers = (member: Member) => member.role === 'admin' && member.state === 'active'
  return administers(before) && !administers(after) && (context.otherActiveAdmins ?? 0) === 0
    ? refuse('last_admin')
    : undefined
}

const ownProfile: FieldRule<Member> = ({ actor, before }) =>
  denial(actor, actor.kind === 'member' && actor.member.id === before.id ? 'member.editOwn' : 'member.edit')

/** M6: an invited person arrives by themselves; the rest is an admin's. */
const memberState: FieldRule<Member> = all(
  ({ actor, before, after }) => {
    const arrives = actor.kind === 'member' && actor.previewedBy === undefined && actor.member.id === before.id
    return arrives && before.state === 'invited' && after.state === 'active' ? undefined : denial(actor, 'member.edit')
  },
  transitions({ invited: ['active', 'suspended'], active: ['suspended'], suspended: ['active'] }),
  keepsAnAdmin,
  notOneself,
)

/** T12: only the owner edits or rotates; to others the token is not there. */
const ownToken: FieldRule<AccessToken> = all(by('accessToken.own'), ({ actor, before }) =>
  actor.kind === 'system' || personOf(actor) === before.ownerId ? undefined : refuse('not_found'),
)

/** T13: rights of a token only narrow. */
function narrows(isNarrower: (before: AccessToken, after: AccessToken) => boolean): FieldRule<AccessToken> {
  return all(ownToken, ({ before, after }) => (isNarrower(before, after) ? undefined : refuse('widening')))
}

/** A field of an application: whoever edits applications of its service, and developers where a usage rule lets them. */
function ofApplication(developerRule?: DeveloperRule): FieldRule<Application> {
  return ({ actor, context, before }) => {
    if (actor.kind !== 'developer') return denial(actor, 'application.edit', before.serviceId)
    if (developerRule === undefined) return refuse('forbidden', { kind: 'developer' })
    if (before.accountId !== actor.accountId) return refuse('not_found')
    if (!context.account?.developers.some(({ id }) => id === actor.id)) {
      return refuse('forbidden', { kind: 'developer' })
    }
    if (context.account.state !== 'approved') return refuse('account_not_approved', { state: context.account.state })
    return context.service?.usageRules[developerRule] ? undefined : refuse('developers_may_not')
  }
}

/** A5: accept, suspend, resume; the first and the last only in an approved account. */
const applicationState: FieldRule<Application> = all(ofApplication(), ({ before, after, context }) => {
  const verbs = Object.keys(applicationTransitions) as ApplicationVerb[]
  const verb = verbs.find(
    (name) => applicationTransitions[name].from === before.state && applicationTransitions[name].to === after.state,
  )
  if (verb === undefined) {
    // A merge of accept and suspend leads from pending to suspended: more restrictive, so no harm.
    return after.state === 'suspended' ? undefined : refuse('wrong_state', { state: before.state })
  }
  const state = context.account?.state ?? ''
  return applicationTransitions[verb].approved && state !== 'approved'
    ? refuse('account_not_approved', { state })
    : undefined
})

const acceptedAt: FieldRule<Application> = all(ofApplication(), ({ before, after }) =>
  before.state === 'pending' && after.state === 'live' ? undefined : refuse('forbidden', { fixed: true }),
)

const planOfApplication: FieldRule<Application> = all(ofApplication(), ({ context, after }) =>
  context.service?.plans.some(({ id }) => id === after.planId) ? undefined : refuse('not_found'),
)

/** A7: an App ID never changes; an application that had none may get one, as after a change of pattern. */
const appId: FieldRule<Application> = all(
  ofApplication(),
  ({ before }) => (before.appId === '' ? undefined : refuse('forbidden', { fixed: true })),
  unique((application) => application.appId),
)

const ofService = by<Service>('service.edit', (service) => service.id)

/** A2, A8: what may break or open applications is for those who may see them, as the commands have it. */
const ofApplications = by<Service>('application.edit', (service) => service.id)

const usageRulesRule: FieldRule<Service> = all(ofService, (asked) =>
  asked.before.usageRules.atLeastOneKey === asked.after.usageRules.atLeastOneKey ? undefined : ofApplications(asked),
)

/** P1: a plan that applications are on stays. */
const plansRule: FieldRule<Service> = ({ before, after, context }) => {
  const find = (id: string) => after.plans.find((plan) => plan.id === id)
  const renamed = before.plans.some(({ id, systemName }) => (find(id)?.systemName ?? systemName) !== systemName)
  if (renamed) return refuse('forbidden', { fixed: true }, 'plans.systemName')
  const gone = before.plans.filter((plan) => find(plan.id) === undefined)
  return gone.some((plan) => context.isPlanInUse?.(plan.id)) ? refuse('in_use') : undefined
}

/** P1: what tells metrics apart stays as it was given, and so does the first one (`hits`). */
const metricsRule: FieldRule<Service> = ({ before, after }) => {
  for (const { id, systemName, parentId } of before.metrics) {
    const known = after.metrics.find((metric) => metric.id === id)
    if (known === undefined) continue
    if (known.systemName !== systemName) return refuse('forbidden', { fixed: true }, 'metrics.systemName')
    if (known.parentId !== parentId) return refuse('forbidden', { fixed: true }, 'metrics.parentId')
  }
  const first = before.metrics[0]
  return after.metrics.some(({ id }) => id === first?.id) ? undefined : refuse('required', {}, 'metrics')
}

/** A name given once is not taken from a document: absent → present. */
function setOnce<D>(value: (document: D) => unknown): FieldRule<D> {
  return ({ before }) => (value(before) === undefined ? undefined : refuse('forbidden', { fixed: true }))
}

/** Which states follow a state, from the table of the commands. */
function following(
  table: Readonly<Record<string, { readonly from: readonly string[]; readonly to: string }>>,
  merged: Readonly<Record<string, readonly string[]>> = {},
): Record<string, string[]> {
  const states: Record<string, string[]> = {}
  for (const [from, to] of Object.entries(merged)) states[from] = [...to]
  for (const { from, to } of Object.values(table)) {
    for (const state of from) states[state] = [...(states[state] ?? []), to]
  }
  return states
}

export const fieldRules = {
  workspace: { name: by('workspace.edit'), sample: neverChanges },
  member: {
    name: ownProfile,
    email: all(
      ownProfile,
      unique((member: Member) => member.email.toLowerCase()),
    ),
    role: all(rightsOfMember, keepsAnAdmin),
    state: memberState,
    sections: rightsOfMember,
    serviceAccess: rightsOfMember,
  },
  accessToken: {
    ownerId: neverChanges,
    name: ownToken,
    scopes: narrows((before, after) => after.scopes.every((scope) => before.scopes.includes(scope))),
    permission: narrows((_before, after) => after.permission === 'ro'),
    digest: neverChanges,
    hintHead: neverChanges,
    hintTail: neverChanges,
    createdAt: neverChanges,
    expiresAt: narrows((before, after) => isNotLater(before.expiresAt, after.expiresAt)),
    lastUsedAt: byProgram,
    lastUsedIp: byProgram,
    rotatedTo: all(
      ownToken,
      setOnce((token: AccessToken) => token.rotatedTo),
    ),
  },
  service: {
    name: ofService,
    systemName: neverChanges,
    description: ofService,
    state: all(ofService, transitions<Service>(following(serviceTransitions))),
    pattern: all(ofService, ofApplications),
    credentialsLocation: ofService,
    parameterNames: ofService,
    errorStatuses: ofService,
    usageRules: usageRulesRule,
    tokens: all(
      by<Service>('serviceToken.rotate', (service) => service.id),
      rotates((service: Service) => service.tokens),
    ),
    metrics: all(ofService, metricsRule),
    plans: all(ofService, plansRule),
    defaultPlanId: ofService,
    alertLevels: ofService,
    createdAt: neverChanges,
    migratedFrom: neverChanges,
    migratedTo: all(
      by<Service>('service.create'),
      setOnce((service: Service) => service.migratedTo),
    ),
  },
  account: {
    name: by('account.edit'),
    // A merge of two steps may lead to the more restrictive of them.
    state: all(
      by('account.edit'),
      transitions<Account>(following(accountTransitions, { pending: ['suspended'], rejected: ['suspended'] })),
    ),
    note: by('account.edit'),
    developers: by('account.edit'),
    createdAt: neverChanges,
  },
  application: {
    accountId: neverChanges,
    serviceId: neverChanges,
    planId: planOfApplication,
    name: ofApplication(),
    description: ofApplication(),
    state: applicationState,
    createdAt: neverChanges,
    acceptedAt,
    lastUsedAt: byProgram,
    userKey: all(ofApplication('developersMayRegenerate'), ofPattern('api_key'), userKeyRule),
    userKeyDigest: all(
      ofApplication('developersMayRegenerate'),
      ofPattern('api_key'),
      unique((application: Application) => application.userKeyDigest),
    ),
    appId,
    keys: all(ofApplication('developersMayManageKeys'), keysRule),
    clientSecrets: all(
      ofApplication('developersMayRegenerate'),
      ofPattern('oauth'),
      rotates((application: Application) => application.clientSecrets),
    ),
    redirectUrls: all(ofApplication(), ofPattern('oauth'), redirectUrlsRule),
    ipRanges: all(ofApplication(), filtersRule),
    referrers: all(ofApplication(), filtersRule),
    // Follows from keys, pattern and usage rules: what it must be is judged with the whole document.
    keyless: ({ actor, before }) =>
      actor.kind === 'developer' && actor.accountId === before.accountId
        ? undefined
        : denial(actor, 'application.edit', before.serviceId),
    migratedFrom: neverChanges,
  },
  auditEvent: {
    device: neverChanges,
    sequence: neverChanges,
    at: neverChanges,
    channel: neverChanges,
    actorKind: neverChanges,
    actorId: neverChanges,
    actorName: neverChanges,
    code: neverChanges,
    objectCollection: neverChanges,
    objectId: neverChanges,
    objectName: neverChanges,
    serviceId: neverChanges,
    changes: neverChanges,
    previousHash: neverChanges,
    hash: neverChanges,
  },
} satisfies {
  [C in CollectionName]: Record<Exclude<keyof DocumentOf<C>, keyof Envelope>, FieldRule<DocumentOf<C>>>
}

/** The rule of a field, for a document of whatever collection. */
export function ruleOf(collection: CollectionName, field: string): FieldRule<unknown> | undefined {
  const rules: Readonly<Record<string, unknown>> = fieldRules[collection]
  return Object.hasOwn(rules, field) ? (rules[field] as FieldRule<unknown>) : undefined
}
