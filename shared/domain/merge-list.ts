/** Merging what a document holds many of: keys, secrets, plans, metrics, limits. Members are known by their id. */
import type { ApplicationKey } from './application-schema.ts'
import { usableKeys } from './credential.ts'
import type { Instant } from './id.ts'
import { type Loss, type LossReason, plain, type Rule, type Sides, same } from './merge-rule.ts'
import type { Limit, Metric, Plan } from './service-schema.ts'

export interface MergeOptions {
  /** A7: most usable keys of an application, of its service. */
  readonly keyLimit?: number
  /** When the keys are counted, ms UTC: expired ones do not count. All count where left out. */
  readonly now?: Instant
}

/** Where a field stands, and where losses go. */
export interface MergeContext {
  readonly at: string
  readonly losses: Loss[]
  readonly options: MergeOptions
  /** The whole documents, for a field that depends on another. */
  readonly documents: Sides<Record<string, unknown>>
  /** What was merged so far, in the order of the table. */
  readonly merged: Readonly<Record<string, unknown>>
}

export type FieldMerge = (sides: Sides<unknown>, context: MergeContext) => unknown

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** True where an edit of one side is not in the result: of a list of texts, an addition or a removal. */
function isLost(base: unknown, side: unknown, result: unknown): boolean {
  if (same(base, side)) return false
  if (isStrings(base) && isStrings(side) && isStrings(result)) {
    return (
      side.some((item) => !base.includes(item) && !result.includes(item)) ||
      base.some((item) => !side.includes(item) && result.includes(item))
    )
  }
  return !same(side, result)
}

function tell(context: MergeContext, sides: Sides<unknown>, result: unknown, reason: LossReason, field = ''): void {
  context.losses.push({ field: context.at + field, ...sides, result, reason })
}

/** Merges a field by a rule, and tells what it lost. */
export function by<T>(rule: Rule<T>): FieldMerge {
  return (sides, context) => {
    const { result, reason = 'same_field' } = rule(sides as Sides<T>)
    if (isLost(sides.base, sides.mine, result) || isLost(sides.base, sides.theirs, result)) {
      tell(context, sides, result, reason)
    }
    return result
  }
}

/** As `by` for a text that must not be told. */
export function silently<T>(rule: Rule<T>): FieldMerge {
  return (sides) => rule(sides as Sides<T>).result
}

/** Merges an object field by field. */
export function fieldwise(rules: Readonly<Record<string, FieldMerge>>): FieldMerge {
  return (sides, context) => {
    const { base, mine, theirs } = sides as Sides<Record<string, unknown>>
    const merged: Record<string, unknown> = {}
    for (const [field, mergeField] of Object.entries(rules)) {
      const value = mergeField(
        { base: base[field], mine: mine[field], theirs: theirs[field] },
        { ...context, at: `${context.at}.${field}` },
      )
      if (value !== undefined) merged[field] = value
    }
    return merged
  }
}

interface Member {
  readonly id: string
}

function find<T extends Member>(list: readonly T[], id: string): T | undefined {
  return list.find((member) => member.id === id)
}

/** What the journal shows of a member: its name or label, else its id. */
function named(member: Member | undefined): string | undefined {
  if (member === undefined) return undefined
  const { name, label } = member as { name?: string; label?: string }
  return name || label || member.id
}

/** Members by id: a removal on either side wins; additions of both stay, the accepted side's first. */
export function mergedMembers<T extends Member>(
  { base, mine, theirs }: Sides<readonly T[]>,
  rules: Readonly<Record<string, FieldMerge>>,
  context: MergeContext,
): T[] {
  const mergeMember = fieldwise(rules)
  const result: T[] = []
  for (const before of base) {
    const ofMine = find(mine, before.id)
    const ofTheirs = find(theirs, before.id)
    if (ofMine !== undefined && ofTheirs !== undefined) {
      const at = `${context.at}.${before.id}`
      result.push(mergeMember({ base: before, mine: ofMine, theirs: ofTheirs }, { ...context, at }) as T)
      continue
    }
    const changed = [ofMine, ofTheirs].some((member) => member !== undefined && !same(member, before))
    if (changed) {
      const sides = { base: named(before), mine: named(ofMine), theirs: named(ofTheirs) }
      tell(context, sides, undefined, 'removed', `.${before.id}`)
    }
  }
  for (const added of theirs) {
    if (find(base, added.id) !== undefined) continue
    const ofMine = find(mine, added.id)
    const at = `${context.at}.${added.id}`
    // Made on both sides: one addition that came on two ways. It began with nothing.
    result.push(
      ofMine === undefined ? added : (mergeMember({ base: {}, mine: ofMine, theirs: added }, { ...context, at }) as T),
    )
  }
  for (const added of mine) if (!find(base, added.id) && !find(theirs, added.id)) result.push(added)
  return result
}

/** A list of members without further conditions: developers. */
export function members(rules: Readonly<Record<string, FieldMerge>>): FieldMerge {
  return (sides, context) => mergedMembers(sides as Sides<readonly Member[]>, rules, context)
}

/** The expiry (1 ms after the epoch) of a key that two sides revoked between them. */
export const revokedAt = 1

/** What of a key decides who may call. */
function bearing({ id, digest, expiresAt, ipRanges, referrers }: ApplicationKey) {
  return { id, digest, expiresAt, ipRanges, referrers }
}

/**
 * App keys (A7, A8). Removes win; of keys equal ignoring case the accepted one stays; keys over the limit go, the
 * later ones first. Where both sides removed keys until none is left, the removed ones stay as revoked: they open
 * nothing, and the application does not become keyless by a merge that neither side asked for.
 */
export function keys(rules: Readonly<Record<string, FieldMerge>>): FieldMerge {
  return (all, context) => {
    const sides = all as Sides<readonly ApplicationKey[]>
    const { base } = sides
    const isRevoked = (key: ApplicationKey) =>
      key.expiresAt === revokedAt && find(base, key.id)?.expiresAt !== revokedAt
    const left = (list: readonly ApplicationKey[]) => list.filter((key) => !isRevoked(key))
    const changed = (list: readonly ApplicationKey[]) => !same(list.map(bearing), base.map(bearing))
    const merged = mergedMembers({ base, mine: left(sides.mine), theirs: left(sides.theirs) }, rules, context)
    const askedForKeyless = [sides.mine, sides.theirs].filter(changed).every((list) => list.length === 0)
    if (merged.length === 0 && !askedForKeyless) return base.map((key) => ({ ...key, expiresAt: revokedAt }))
    return withinLimit(withoutTwins(merged, sides, context), sides, context)
  }
}

function isMineOnly(key: ApplicationKey, { base, theirs }: Sides<readonly ApplicationKey[]>): boolean {
  return find(base, key.id) === undefined && find(theirs, key.id) === undefined
}

function withoutTwins(
  list: readonly ApplicationKey[],
  sides: Sides<readonly ApplicationKey[]>,
  context: MergeContext,
): ApplicationKey[] {
  return list.filter((key) => {
    const isTwin =
      isMineOnly(key, sides) && list.some((other) => other.id !== key.id && other.foldedDigest === key.foldedDigest)
    if (isTwin)
      tell(context, { base: undefined, mine: named(key), theirs: undefined }, undefined, 'taken', `.${key.id}`)
    return !isTwin
  })
}

function withinLimit(
  list: readonly ApplicationKey[],
  sides: Sides<readonly ApplicationKey[]>,
  context: MergeContext,
): ApplicationKey[] {
  const { keyLimit = Number.POSITIVE_INFINITY, now = 0 } = context.options
  let excess = usableKeys({ keys: [...list] }, now).length - keyLimit
  const result: ApplicationKey[] = []
  for (const key of [...list].reverse()) {
    if (excess > 0 && isMineOnly(key, sides)) {
      excess -= 1
      tell(context, { base: undefined, mine: named(key), theirs: undefined }, undefined, 'limit', `.${key.id}`)
    } else {
      result.unshift(key)
    }
  }
  return result
}

/** Secrets that rotate (S4, A9): removes win; of two rotations the first accepted stays, never two live by accident. */
export function rotating(rules: Readonly<Record<string, FieldMerge>>): FieldMerge {
  return (all, context) => {
    const sides = all as Sides<readonly Member[]>
    const isNew = (member: Member) => find(sides.base, member.id) === undefined
    const theirsRotated = sides.theirs.some(isNew)
    const second = sides.mine.filter((member) => theirsRotated && isNew(member) && !find(sides.theirs, member.id))
    for (const member of second) {
      tell(
        context,
        { base: undefined, mine: member.id, theirs: undefined },
        undefined,
        'second_regeneration',
        `.${member.id}`,
      )
    }
    const mine = sides.mine.filter((member) => !second.includes(member))
    const merged = mergedMembers({ ...sides, mine }, rules, context)
    return merged.length === 0 && sides.theirs.length > 0 ? sides.theirs : merged
  }
}

/** The one key of the API key pattern (A6): the first accepted regeneration stays; a removal wins. */
export function singleSecret(rules: Readonly<Record<string, FieldMerge>>): FieldMerge {
  const mergeFields = fieldwise(rules)
  return (all, context) => {
    const { base, mine, theirs } = all as Sides<{ readonly digest: string; readonly hintTail: string } | undefined>
    if (base !== undefined && mine?.digest === base.digest && theirs?.digest === base.digest) {
      return mergeFields(all, context)
    }
    if (mine?.digest === theirs?.digest || mine?.digest === base?.digest) return theirs
    if (theirs?.digest === base?.digest) return mine
    const result = mine === undefined ? undefined : theirs
    const hints = { base: base?.hintTail, mine: mine?.hintTail, theirs: theirs?.hintTail }
    tell(
      context,
      hints,
      result?.hintTail,
      mine === undefined || theirs === undefined ? 'removed' : 'second_regeneration',
    )
    return result
  }
}

/** Limits of a plan (P2), by metric and period: the lower of two changes; lifting one loses against changing it. */
export const limits: FieldMerge = (all, context) => {
  const { base = [], mine, theirs } = all as Sides<readonly Limit[]>
  const slot = ({ metricId, period }: Limit) => `${metricId}.${period}`
  const bySlot = (list: readonly Limit[]) => new Map(list.map((limit) => [slot(limit), limit]))
  const [inBase, inMine, inTheirs] = [bySlot(base), bySlot(mine), bySlot(theirs)]
  const result: Limit[] = []
  for (const key of new Set([...inBase.keys(), ...inTheirs.keys(), ...inMine.keys()])) {
    const values = { base: inBase.get(key)?.value, mine: inMine.get(key)?.value, theirs: inTheirs.get(key)?.value }
    const value = mergedLimit(values)
    if (isLost(values.base, values.mine, value) || isLost(values.base, values.theirs, value)) {
      tell(context, values, value, 'more_restrictive', `.${key}`)
    }
    const kept = inBase.get(key) ?? inTheirs.get(key) ?? inMine.get(key)
    if (kept !== undefined && value !== undefined) result.push({ ...kept, value })
  }
  return result
}

function mergedLimit({ base, mine, theirs }: Sides<number | undefined>): number | undefined {
  if (mine === theirs || mine === base) return theirs
  if (theirs === base) return mine
  return Math.min(mine ?? Number.POSITIVE_INFINITY, theirs ?? Number.POSITIVE_INFINITY)
}

/** G9: a removal that did not come through, instead of an edit that was told as lost with it. */
function tellKept(sides: Sides<readonly Metric[]>, kept: Metric, context: MergeContext): void {
  if (find(sides.base, kept.id) === undefined) return
  const told = context.losses.findIndex(({ field }) => field === `${context.at}.${kept.id}`)
  if (told !== -1) context.losses.splice(told, 1)
  const of = (list: readonly Metric[]) => named(find(list, kept.id))
  const names = { base: of(sides.base), mine: of(sides.mine), theirs: of(sides.theirs) }
  tell(context, names, named(kept), 'needed', `.${kept.id}`)
}

/** The plan that new applications get: none where the other side removed it. */
export const defaultPlan: FieldMerge = (sides, context) => {
  const merged = by(plain)(sides, context)
  const plans = context.merged.plans as readonly Plan[]
  if (merged === undefined || plans.some((plan) => plan.id === merged)) return merged
  const isChosen = [sides.mine, sides.theirs].some((side) => side === merged && side !== sides.base)
  if (isChosen && !context.losses.some(({ field }) => field === context.at)) tell(context, sides, undefined, 'removed')
  return undefined
}

/** Metrics by id (P1). One that a merged limit or method still needs stays although the other side removed it. */
export function metrics(rules: Readonly<Record<string, FieldMerge>>): FieldMerge {
  return (all, context) => {
    const sides = all as Sides<readonly Metric[]>
    const merged = mergedMembers(sides, rules, context)
    const known = [...sides.theirs, ...sides.mine]
    const plans = context.merged.plans as readonly Plan[]
    const needed = new Set(plans.flatMap((plan) => plan.limits.map((limit) => limit.metricId)))
    for (let grown = true; grown; ) {
      grown = false
      for (const { parentId } of merged) if (parentId !== undefined) needed.add(parentId)
      for (const id of needed) {
        const lost = find(merged, id) === undefined ? find(known, id) : undefined
        if (lost === undefined) continue
        merged.push(lost)
        tellKept(sides, lost, context)
        grown = true
      }
    }
    return merged
  }
}
