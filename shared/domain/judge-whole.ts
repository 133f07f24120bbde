/** What holds of a whole document: who makes and deletes one, and what must be true of it afterwards. */
import { grantable } from './access-token.ts'
import type { AccessToken } from './access-token-schema.ts'
import type { Account } from './account-schema.ts'
import { type Actor, auditActorOf, personOf } from './actor.ts'
import type { Application } from './application-schema.ts'
import { type AuditEvent, auditHash, firstPreviousHash } from './audit.ts'
import type { CollectionName, DocumentOf } from './collections.ts'
import { usableKeys } from './credential.ts'
import { derivedRefusal, listRefusal, redirectUrlsRefusal, twin } from './judge-list.ts'
import type { Asked, JudgeContext } from './judge-rule.ts'
import type { Member } from './member.ts'
import { type Refusal, refuse } from './outcome.ts'
import { denial } from './permission.ts'
import { hasTwoEndless } from './rotation.ts'
import { alertLevels as offeredLevels, type Service } from './service-schema.ts'

interface WholeRules<D> {
  /** Who may make it, and what a new one may be. */
  readonly made: (after: D, actor: Actor, context: JudgeContext) => Refusal | undefined
  readonly deleted: (before: D, actor: Actor, context: JudgeContext) => Refusal | undefined
  /** What is true of every one, new or changed. */
  readonly holds: (after: D, context: JudgeContext) => Refusal | undefined
}

function nothing(): undefined {
  return undefined
}

function byProgramOnly(_document: unknown, actor: Actor): Refusal | undefined {
  return actor.kind === 'system' ? undefined : refuse('forbidden', { fixed: true })
}

function taken(context: JudgeContext, field: string, value: string): Refusal | undefined {
  return value !== '' && context.isTaken?.(field, value) ? refuse('taken', {}, field) : undefined
}

function neverUsed(document: { readonly lastUsedAt: number }): Refusal | undefined {
  return document.lastUsedAt === 0 ? undefined : refuse('forbidden', { fixed: true }, 'lastUsedAt')
}

/** T2–T4, T14: made for oneself, with no more than one may. */
function tokenMade(after: AccessToken, actor: Actor, context: JudgeContext): Refusal | undefined {
  const denied = denial(actor, 'accessToken.own')
  if (denied) return denied
  if (actor.kind === 'system') return undefined
  if (personOf(actor) !== after.ownerId) return refuse('forbidden', {}, 'ownerId')
  const grant = grantable(actor)
  const excess = after.scopes.find((scope) => !grant.scopes.includes(scope))
  if (excess !== undefined) return refuse('scope_not_allowed', { scope: excess }, 'scopes')
  if (after.permission === 'rw' && grant.permission === 'ro') return refuse('widening', {}, 'permission')
  if (after.expiresAt !== 0 && after.expiresAt <= after.createdAt) return refuse('in_past', {}, 'expiresAt')
  if (after.rotatedTo !== undefined) return refuse('forbidden', { fixed: true }, 'rotatedTo')
  return neverUsed(after) ?? taken(context, 'digest', after.digest)
}

function tokenDeleted(before: AccessToken, actor: Actor): Refusal | undefined {
  return denial(actor, personOf(actor) === before.ownerId ? 'accessToken.own' : 'accessToken.deleteAny')
}

function memberMade(after: Member, actor: Actor, context: JudgeContext): Refusal | undefined {
  const denied = denial(actor, 'member.edit')
  if (denied) return denied
  // An import brings members along in whatever state they were.
  const imports = denial(actor, 'workspace.import') === undefined
  if (actor.kind !== 'system' && !imports && after.state !== 'invited') {
    return refuse('wrong_state', { state: after.state }, 'state')
  }
  return taken(context, 'email', after.email.toLowerCase())
}

function memberDeleted(before: Member, actor: Actor, context: JudgeContext): Refusal | undefined {
  const denied = denial(actor, 'member.edit')
  if (denied) return denied
  if (personOf(actor) === before.id) return refuse('own_rights')
  const isLast = before.role === 'admin' && before.state === 'active' && (context.otherActiveAdmins ?? 0) === 0
  return isLast ? refuse('last_admin') : undefined
}

function serviceMade(after: Service, actor: Actor, context: JudgeContext): Refusal | undefined {
  return denial(actor, 'service.create') ?? taken(context, 'systemName', after.systemName)
}

function isDouble(list: readonly string[]): boolean {
  return new Set(list).size < list.length
}

/** S1, P1, P2: names tell members apart, and what is named is there. */
function serviceHolds(service: Service): Refusal | undefined {
  const { metrics, plans, tokens, defaultPlanId, alertLevels } = service
  // A3: header names ignore case.
  if (isDouble(Object.values(service.parameterNames).map((name) => name.toLowerCase()))) {
    return refuse('taken', {}, 'parameterNames')
  }
  // S1: the one that stays; those beside it end.
  if (!tokens.some(({ endsAt }) => endsAt === 0)) return refuse('required', {}, 'tokens')
  if (hasTwoEndless(tokens)) return refuse('rotation_under_way', {}, 'tokens')
  if (twin(tokens) !== undefined || isDouble(tokens.map(({ digest }) => digest))) return refuse('taken', {}, 'tokens')
  if (twin(metrics) !== undefined || isDouble(metrics.map(({ systemName }) => systemName))) {
    return refuse('taken', {}, 'metrics')
  }
  const parents = new Map(metrics.map(({ id, parentId }) => [id, parentId]))
  for (const { parentId } of metrics) {
    if (parentId !== undefined && !parents.has(parentId)) return refuse('not_found', {}, 'metrics.parentId')
  }
  if (metrics.some(({ id }) => isOwnAncestor(id, parents))) return refuse('invalid', {}, 'metrics.parentId')
  if (twin(plans) !== undefined || isDouble(plans.map(({ systemName }) => systemName))) {
    return refuse('taken', {}, 'plans')
  }
  for (const { limits } of plans) {
    if (limits.some(({ metricId }) => !parents.has(metricId))) return refuse('not_found', {}, 'plans.limits')
    if (twin(limits) !== undefined || isDouble(limits.map(({ metricId, period }) => `${metricId}/${period}`))) {
      return refuse('taken', {}, 'plans.limits')
    }
  }
  if (defaultPlanId !== undefined && !plans.some(({ id }) => id === defaultPlanId)) {
    return refuse('not_found', {}, 'defaultPlanId')
  }
  if (alertLevels.some((level) => !(offeredLevels as readonly number[]).includes(level))) {
    return refuse('invalid', {}, 'alertLevels')
  }
  return isDouble(alertLevels.map(String)) ? refuse('taken', {}, 'alertLevels') : undefined
}

function isOwnAncestor(id: string, parents: ReadonlyMap<string, string | undefined>): boolean {
  let steps = 0
  for (let next = parents.get(id); next !== undefined; next = parents.get(next)) {
    steps += 1
    if (next === id || steps > parents.size) return true
  }
  return false
}

function accountMade(after: Account, actor: Actor): Refusal | undefined {
  const denied = denial(actor, 'account.edit')
  if (denied) return denied
  if (after.state === 'pending' || after.state === 'approved') return undefined
  // An import brings accounts along in whatever state they were.
  return denial(actor, 'workspace.import') && refuse('wrong_state', { state: after.state }, 'state')
}

function accountHolds({ developers }: Account): Refusal | undefined {
  if (twin(developers) !== undefined) return refuse('taken', {}, 'developers')
  return isDouble(developers.map(({ email }) => email.toLowerCase()))
    ? refuse('taken', {}, 'developers.email')
    : undefined
}

/** A5–A9, A13: in an approved account, on a plan and with the credentials of its service. */
function applicationMade(after: Application, actor: Actor, context: JudgeContext): Refusal | undefined {
  const denied = denial(actor, 'application.edit', after.serviceId)
  if (denied) return denied
  const { service, account } = context
  if (service?.id !== after.serviceId) return refuse('not_found', {}, 'serviceId')
  if (account?.id !== after.accountId) return refuse('not_found', {}, 'accountId')
  // A migration or an import brings applications along as they were.
  const imports = denial(actor, 'service.create') === undefined
  if (!imports && account.state !== 'approved') {
    return refuse('account_not_approved', { state: account.state }, 'accountId')
  }
  if (!imports && after.state === 'suspended') return refuse('wrong_state', { state: after.state }, 'state')
  if (!imports && service.state === 'retired') return refuse('wrong_state', { state: service.state }, 'serviceId')
  if (after.planId !== undefined && !service.plans.some(({ id }) => id === after.planId)) {
    return refuse('not_found', {}, 'planId')
  }
  const foreign = imports ? undefined : foreignCredential(after, service)
  if (foreign !== undefined) return refuse('wrong_pattern', { pattern: service.pattern }, foreign)
  if (usableKeys(after, context.now).length > service.usageRules.keyLimit) {
    return refuse('key_limit', { limit: service.usageRules.keyLimit }, 'keys')
  }
  if (service.pattern === 'app_id_key' && service.usageRules.atLeastOneKey && after.keys.length === 0 && !imports) {
    return refuse('last_key', {}, 'keys')
  }
  const asked: Asked<unknown> = { actor, context, field: '', before: undefined, after }
  return (
    redirectUrlsRefusal([], after.redirectUrls) ??
    (imports ? undefined : freshRefusal(after, asked)) ??
    taken(context, 'userKeyDigest', after.userKeyDigest) ??
    taken(context, 'appId', after.appId)
  )
}

/** A11: what is made by hand has filters where the service looks at them, and was never used. */
function freshRefusal(after: Application, asked: Asked<unknown>): Refusal | undefined {
  const nothing = { ipRanges: [], referrers: [] }
  const secrets = {
    keys: after.keys,
    clientSecrets: after.clientSecrets,
    userKey: after.userKey ? [after.userKey] : [],
  }
  const used = Object.entries(secrets).find(([, list]) => list.some(({ lastUsedAt }) => lastUsedAt !== 0))
  return (
    listRefusal('', nothing, after, asked) ??
    after.keys.map((key) => listRefusal('keys.', nothing, key, asked)).find((refusal) => refusal !== undefined) ??
    neverUsed(after) ??
    (used && refuse('forbidden', { fixed: true }, `${used[0]}.lastUsedAt`))
  )
}

/** A1: a credential of another pattern than the service's. */
function foreignCredential(after: Application, { pattern }: Service): string | undefined {
  if (pattern !== 'api_key' && after.userKey !== undefined) return 'userKey'
  if (pattern !== 'app_id_key' && after.keys.length > 0) return 'keys'
  if (pattern !== 'oauth' && after.clientSecrets.length > 0) return 'clientSecrets'
  if (pattern !== 'oauth' && after.redirectUrls.length > 0) return 'redirectUrls'
  return undefined
}

function applicationHolds(after: Application, context: JudgeContext): Refusal | undefined {
  const folded = after.keys.map(({ foldedDigest }) => foldedDigest)
  if (twin(after.keys) !== undefined || isDouble(folded)) return refuse('taken', {}, 'keys')
  return derivedRefusal({ context, after, before: after, field: '', actor: { kind: 'system' } })
}

/** U1: an event says truly who did it, and follows the one before it. */
function eventMade(after: AuditEvent, actor: Actor, context: JudgeContext): Refusal | undefined {
  const author = auditActorOf(actor)
  for (const field of ['actorKind', 'actorId', 'actorName'] as const) {
    if (after[field] !== author[field]) return refuse('forbidden', {}, field)
  }
  const { previousEvent, digest } = context
  if (previousEvent !== undefined) {
    const before = previousEvent === 'first' ? { sequence: 0, hash: firstPreviousHash } : previousEvent
    if (after.sequence !== before.sequence + 1) return refuse('invalid', {}, 'sequence')
    if (after.previousHash !== before.hash) return refuse('invalid', {}, 'previousHash')
  }
  return digest !== undefined && auditHash(after, digest) !== after.hash ? refuse('invalid', {}, 'hash') : undefined
}

export const wholeRules: { readonly [C in CollectionName]: WholeRules<DocumentOf<C>> } = {
  workspace: { made: byProgramOnly, deleted: byProgramOnly, holds: nothing },
  member: { made: memberMade, deleted: memberDeleted, holds: nothing },
  accessToken: { made: tokenMade, deleted: tokenDeleted, holds: nothing },
  service: {
    made: serviceMade,
    deleted: (before, actor) => denial(actor, 'service.delete', before.id),
    holds: serviceHolds,
  },
  account: { made: accountMade, deleted: (_before, actor) => denial(actor, 'account.delete'), holds: accountHolds },
  application: {
    made: applicationMade,
    deleted: (before, actor) => denial(actor, 'application.edit', before.serviceId),
    holds: applicationHolds,
  },
  auditEvent: {
    made: eventMade,
    // U1: append-only, for the program too.
    deleted: () => refuse('forbidden', { fixed: true }),
    holds: nothing,
  },
}
