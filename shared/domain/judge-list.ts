/** What may change of the keys and secrets that a document holds (A7–A9, S4). */
import type { Actor } from './actor.ts'
import type { Application, ApplicationKey } from './application-schema.ts'
import { isKeyless, isRedirectUrl, usableKeys } from './credential.ts'
import { normalizeIpRange, normalizeReferrer } from './filter.ts'
import type { Instant, Ulid } from './id.ts'
import type { Asked, FieldRule } from './judge-rule.ts'
import { revokedAt } from './merge-list.ts'
import { same } from './merge-rule.ts'
import { type Refusal, type RefusalCode, refuse } from './outcome.ts'
import { denial } from './permission.ts'
import { hasTwoEndless } from './rotation.ts'
import type { FilterMode, Pattern } from './service-schema.ts'

interface Member {
  readonly id: Ulid
}

function find<T extends Member>(list: readonly T[], id: Ulid): T | undefined {
  return list.find((member) => member.id === id)
}

/** The first member of a list whose id another has too. */
export function twin<T extends Member>(list: readonly T[]): T | undefined {
  return list.find((member, at) => list.findIndex((other) => other.id === member.id) !== at)
}

/** The first of the fields that differs between two forms of one member. */
function changedField<T>(before: T, after: T, fields: readonly (keyof T & string)[]): string | undefined {
  return fields.find((field) => !same(before[field], after[field]))
}

interface Rotating extends Member {
  readonly digest: string
  readonly sealed: string
  readonly hintTail: string
  readonly createdAt: Instant
  readonly lastUsedAt: Instant
  readonly endsAt: Instant
}

/** 0 is never: true where the end came nearer or stayed. */
export function isNotLater(before: Instant, after: Instant): boolean {
  return before === 0 || (after !== 0 && after <= before)
}

/** Secrets that rotate (S4, A9): what is there ends earlier or goes, at most one comes, and nothing else changes. */
export function rotates<D>(listOf: (document: D) => readonly Rotating[]): FieldRule<D> {
  return ({ actor, field, before, after }) => {
    const [old, fresh] = [listOf(before), listOf(after)]
    if (twin(fresh) !== undefined) return refuse('taken', {}, field)
    for (const secret of fresh) {
      const known = find(old, secret.id)
      if (known === undefined) continue
      const touched = changedField(known, secret, ['digest', 'sealed', 'hintTail', 'createdAt'])
      if (touched !== undefined) return refuse('forbidden', { fixed: true }, `${field}.${touched}`)
      if (known.lastUsedAt !== secret.lastUsedAt && actor.kind !== 'system') {
        return refuse('forbidden', { fixed: true }, `${field}.lastUsedAt`)
      }
      if (!isNotLater(known.endsAt, secret.endsAt)) return refuse('widening', {}, `${field}.endsAt`)
    }
    const added = fresh.filter((secret) => find(old, secret.id) === undefined)
    const imports = mayImport(actor)
    if (!imports && added.length > 1) return refuse('too_many', { max: 1 }, field)
    if (!imports && added.some((secret) => secret.lastUsedAt !== 0)) {
      return refuse('forbidden', { fixed: true }, `${field}.lastUsedAt`)
    }
    if (!imports && added.some((secret) => secret.endsAt !== 0)) return refuse('invalid', {}, `${field}.endsAt`)
    return hasTwoEndless(fresh) ? refuse('rotation_under_way', {}, field) : undefined
  }
}

/** A1: the refusal where the service has another pattern than the credential that changed. */
export function ofPattern(pattern: Pattern): FieldRule<Application> {
  return ({ context, field }) =>
    context.service?.pattern === pattern
      ? undefined
      : refuse('wrong_pattern', { pattern: context.service?.pattern ?? '' }, field)
}

/** A6: a user key gives way to another one, and is not taken away; nothing of the one that stays is touched. */
export const userKeyRule: FieldRule<Application> = ({ actor, before, after }) => {
  const [old, fresh] = [before.userKey, after.userKey]
  if (fresh === undefined) return refuse('forbidden', { fixed: true })
  const isNew = old?.digest !== fresh.digest
  const touched = old === undefined || isNew ? undefined : changedField(old, fresh, ['sealed', 'hintTail', 'createdAt'])
  if (touched !== undefined) return refuse('forbidden', { fixed: true }, `userKey.${touched}`)
  const wasUsed = isNew ? 0 : old?.lastUsedAt
  return fresh.lastUsedAt === wasUsed || actor.kind === 'system' || (isNew && mayImport(actor))
    ? undefined
    : refuse('forbidden', { fixed: true }, 'userKey.lastUsedAt')
}

/** An import brings credentials along as they were: used before, ending, and more than one at once. */
function mayImport(actor: Actor): boolean {
  return denial(actor, 'workspace.import') === undefined
}

/** A7, A8, A11: what may happen to the keys of an application. */
export const keysRule: FieldRule<Application> = (asked) => {
  const { actor, before, after } = asked
  const faulty =
    after.keys
      .map((key) => keyRefusal(asked, find(before.keys, key.id), key))
      .find((refusal) => refusal !== undefined) ?? heldKeysRefusal(after)
  if (faulty) return faulty
  const added = after.keys.filter((key) => find(before.keys, key.id) === undefined)
  const rolled = actor.kind === 'developer' ? added.find((key) => !borrowsFilters(key, before)) : undefined
  if (rolled !== undefined) return refuse('forbidden', { kind: 'developer' }, 'keys.ipRanges')
  return limitRefusal(asked, added.length) ?? lastKeyRefusal(asked)
}

/** A15: developers set no filters; a key that they roll keeps those of the old one. */
function borrowsFilters(key: ApplicationKey, before: Application): boolean {
  return (
    (key.ipRanges.length === 0 && key.referrers.length === 0) ||
    before.keys.some((old) => same(old.ipRanges, key.ipRanges) && same(old.referrers, key.referrers))
  )
}

function keyRefusal(asked: Asked<Application>, known: ApplicationKey | undefined, key: ApplicationKey) {
  const { actor, context, before } = asked
  if (known === undefined) {
    if (context.service?.pattern !== 'app_id_key') return refuse('wrong_pattern', {}, 'keys')
    if (key.lastUsedAt !== 0 && !mayImport(actor)) return refuse('forbidden', { fixed: true }, 'keys.lastUsedAt')
    if (before.keys.some((old) => same(old.ipRanges, key.ipRanges) && same(old.referrers, key.referrers))) {
      return undefined
    }
    return listRefusal('keys.', { ipRanges: [], referrers: [] }, key, asked)
  }
  const touched = changedField(known, key, ['digest', 'foldedDigest', 'sealed', 'hintTail', 'createdAt'])
  if (touched !== undefined) return refuse('forbidden', { fixed: true }, `keys.${touched}`)
  if (known.lastUsedAt !== key.lastUsedAt && actor.kind !== 'system') {
    return refuse('forbidden', { fixed: true }, 'keys.lastUsedAt')
  }
  const expired = known.expiresAt !== 0 && known.expiresAt <= context.now
  if (expired && !isNotLater(known.expiresAt, key.expiresAt)) {
    return refuse('wrong_state', { state: 'expired' }, 'keys.expiresAt')
  }
  const filtered = changedField(known, key, ['ipRanges', 'referrers'])
  if (filtered !== undefined && actor.kind === 'developer') {
    return refuse('forbidden', { kind: 'developer' }, `keys.${filtered}`)
  }
  return listRefusal('keys.', known, key, asked)
}

/** A7: told apart ignoring case, and none twice. */
function heldKeysRefusal({ keys }: Application): Refusal | undefined {
  if (twin(keys) !== undefined) return refuse('taken', {}, 'keys')
  const folded = new Set(keys.map((key) => key.foldedDigest))
  return folded.size < keys.length ? refuse('taken', {}, 'keys.foldedDigest') : undefined
}

/** A7: usable keys count; a limit lowered afterwards takes no key away. */
function limitRefusal({ context, after }: Asked<Application>, added: number): Refusal | undefined {
  const limit = context.service?.usageRules.keyLimit ?? 0
  if (added === 0 || usableKeys(after, context.now).length <= limit) return undefined
  return refuse('key_limit', { limit }, 'keys')
}

/** A8: the last usable key is not taken away, where the service wants at least one. Time may take it. */
function lastKeyRefusal({ context, before, after }: Asked<Application>): Refusal | undefined {
  if (!context.service?.usageRules.atLeastOneKey || usableKeys(after, context.now).length > 0) return undefined
  const isGone = (key: ApplicationKey) => (find(after.keys, key.id)?.expiresAt ?? revokedAt) === revokedAt
  return usableKeys(before, context.now).some(isGone) ? refuse('last_key', {}, 'keys') : undefined
}

interface Lists {
  readonly ipRanges: readonly string[]
  readonly referrers: readonly string[]
}

/** A11: entries come in canonical form, none twice, and only where the service looks at them. */
export function listRefusal(prefix: string, before: Lists, after: Lists, asked: Asked<unknown>): Refusal | undefined {
  const rules = asked.context.service?.usageRules
  const check = (
    field: keyof Lists,
    mode: FilterMode | undefined,
    normalize: (text: string) => string | undefined,
    code: RefusalCode,
  ) => {
    const list = after[field]
    const added = list.filter((item) => !before[field].includes(item))
    if (added.some((item) => normalize(item) !== item)) return refuse(code, {}, prefix + field)
    if (new Set(list).size < list.length) return refuse('taken', {}, prefix + field)
    return added.length > 0 && (mode ?? 'off') === 'off' ? refuse('filter_off', {}, prefix + field) : undefined
  }
  return (
    check('ipRanges', rules?.ipFilter, normalizeIpRange, 'invalid_range') ??
    check('referrers', rules?.referrerFilter, normalizeReferrer, 'invalid_domain')
  )
}

export const filtersRule: FieldRule<Application> = (asked) => listRefusal('', asked.before, asked.after, asked)

/** A9: addresses that a code may be sent to, none twice. */
export const redirectUrlsRule: FieldRule<Application> = ({ before, after }) =>
  redirectUrlsRefusal(before.redirectUrls, after.redirectUrls)

export function redirectUrlsRefusal(before: readonly string[], after: readonly string[]): Refusal | undefined {
  const added = after.filter((url) => !before.includes(url))
  if (!added.every(isRedirectUrl)) return refuse('invalid_url', {}, 'redirectUrls')
  return new Set(after).size < after.length ? refuse('taken', {}, 'redirectUrls') : undefined
}

/** A6, A8: fields that follow from others. */
export function derivedRefusal({ context, after }: Asked<Application>): Refusal | undefined {
  if (after.userKeyDigest !== (after.userKey?.digest ?? '')) return refuse('invalid', {}, 'userKeyDigest')
  if (context.service !== undefined && after.keyless !== isKeyless(context.service, after)) {
    return refuse('invalid', {}, 'keyless')
  }
  return undefined
}
