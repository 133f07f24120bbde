/**
 * How one value merges (spec/sync.md, Merging): three-way rules over (base, mine, theirs). Each rule for a security
 * field is a join: an unchanged side says nothing, and of two changes the more restrictive stays. So they are
 * commutative and associative over one base, and a side's restriction widens only where the other side did not touch it.
 */

/** One edit that did not come through, for the journal. Never a secret. */
export interface Loss {
  /** Dotted; a member of a list by its id: `keys.<id>.label`. */
  readonly field: string
  readonly base: unknown
  readonly mine: unknown
  readonly theirs: unknown
  readonly result: unknown
  readonly reason: LossReason
}

export const lossReasons = [
  /** The same plain field was changed on both sides: the accepted value stays. */
  'same_field',
  /** The other side was more restrictive. */
  'more_restrictive',
  /** The other side removed what this side changed. */
  'removed',
  /** Something that stays needs what this side removed. */
  'needed',
  /** The whole document was deleted. */
  'deleted',
  /** A second regeneration of one secret: the first accepted stays. */
  'second_regeneration',
  /** More than the limit allows: the later ones go. */
  'limit',
  /** The name or key is taken by the accepted side. */
  'taken',
  /** A field that never changes, or only narrows. */
  'fixed',
] as const
export type LossReason = (typeof lossReasons)[number]

/** Both sides and what they began with. `undefined` is a value: an absent optional field. */
export interface Sides<T> {
  readonly base: T
  readonly mine: T
  readonly theirs: T
}

export interface Merged<T> {
  readonly result: T
  readonly reason?: LossReason
}

export type Rule<T> = (sides: Sides<T>) => Merged<T>

/** True where two plain values are the same; the order of an object's fields does not matter. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keysOfA = Object.keys(a).filter((key) => (a as Record<string, unknown>)[key] !== undefined)
  const keysOfB = Object.keys(b).filter((key) => (b as Record<string, unknown>)[key] !== undefined)
  return (
    keysOfA.length === keysOfB.length &&
    keysOfA.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  )
}

/** An unchanged side says nothing; two equal sides agree; else `both` decides. */
function threeWay<T>({ base, mine, theirs }: Sides<T>, both: () => Merged<T>): Merged<T> {
  if (same(mine, theirs) || same(mine, base)) return { result: theirs }
  if (same(theirs, base)) return { result: mine }
  return both()
}

/** A plain field: the accepted value stays. */
export function plain<T>(sides: Sides<T>): Merged<T> {
  return threeWay(sides, () => ({ result: sides.theirs, reason: 'same_field' }))
}

/** A field that never changes once the document is made. */
export function fixed<T>({ theirs }: Sides<T>): Merged<T> {
  return { result: theirs, reason: 'fixed' }
}

/** A counter that only grows, such as the time of last use. */
export function latest({ mine, theirs }: Sides<number>): Merged<number> {
  return { result: Math.max(mine, theirs) }
}

/** The more restrictive of two changes, in an order from the widest to the most restrictive. */
export function ranked<T>(fromWidest: readonly T[]): Rule<T> {
  return (sides) =>
    threeWay(sides, () => ({
      result: fromWidest.indexOf(sides.mine) > fromWidest.indexOf(sides.theirs) ? sides.mine : sides.theirs,
      reason: 'more_restrictive',
    }))
}

/** The lower of two changes: limits, numbers of keys. */
export function lower(sides: Sides<number>): Merged<number> {
  return threeWay(sides, () => ({ result: Math.min(sides.mine, sides.theirs), reason: 'more_restrictive' }))
}

/** The earlier end of two changes; 0 is never. */
export function earlier(sides: Sides<number>): Merged<number> {
  return threeWay(sides, () => ({
    result: sides.mine === 0 ? sides.theirs : sides.theirs === 0 ? sides.mine : Math.min(sides.mine, sides.theirs),
    reason: 'more_restrictive',
  }))
}

/** T13: an end that can only come nearer, whatever either side says; 0 is never. */
export function earliest({ base, mine, theirs }: Sides<number>): Merged<number> {
  const ends = [base, mine, theirs].filter((end) => end !== 0)
  return { result: ends.length === 0 ? 0 : Math.min(...ends), reason: 'more_restrictive' }
}

/** T13: of an order from the widest, the narrowest of base and both sides: rights of a token never widen. */
export function narrowest<T>(fromWidest: readonly T[]): Rule<T> {
  return ({ base, mine, theirs }) => {
    const rank = Math.max(...[base, mine, theirs].map((value) => fromWidest.indexOf(value)))
    return { result: fromWidest[rank] ?? theirs, reason: 'more_restrictive' }
  }
}

/** T13: what base and both sides hold. */
export function intersection<T>({ base, mine, theirs }: Sides<readonly T[]>): Merged<readonly T[]> {
  return {
    result: base.filter((item) => mine.includes(item) && theirs.includes(item)),
    reason: 'more_restrictive',
  }
}

/** (base + adds) − removes, in base's order, additions sorted after it. */
export function mergedSet<T>({ base, mine, theirs }: Sides<readonly T[]>): readonly T[] {
  const kept = base.filter((item) => mine.includes(item) && theirs.includes(item))
  const added = [...new Set([...mine, ...theirs])].filter((item) => !base.includes(item)).sort()
  return [...kept, ...added]
}

function sameSet<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item))
}

/** A set of permissions: services, sections, redirect addresses. Empty is none. */
export function set<T>(sides: Sides<readonly T[]>): Merged<readonly T[]> {
  const { base = [], mine, theirs } = sides
  if (sameSet(mine, theirs) || sameSet(mine, base)) return { result: theirs }
  if (sameSet(theirs, base)) return { result: mine }
  return { result: mergedSet({ base, mine, theirs }), reason: 'more_restrictive' }
}

/**
 * A filter: a set of which *empty* means that everybody passes. `nobody` is an entry that no caller matches; it stands
 * for a list whose entries two sides removed between them, so that a merge never opens what both sides restricted.
 * Lifting a filter altogether loses against any other change of it.
 */
export function filterSet(nobody: string): Rule<readonly string[]> {
  return (sides) => {
    // No base: the member of a list that holds this filter was made on both sides.
    const { base = [], mine, theirs } = sides
    if (sameSet(mine, theirs) || sameSet(mine, base)) return { result: theirs }
    if (sameSet(theirs, base)) return { result: mine }
    if (mine.length === 0) return { result: theirs, reason: 'more_restrictive' }
    if (theirs.length === 0) return { result: mine, reason: 'more_restrictive' }
    const entries = (list: readonly string[]) => list.filter((entry) => entry !== nobody)
    const result = mergedSet({ base: entries(base), mine: entries(mine), theirs: entries(theirs) })
    return { result: result.length === 0 ? [nobody] : result, reason: 'more_restrictive' }
  }
}

/** Service access of a member (M2): `all`, or a list. Widening to all loses against any other change. */
export function access(sides: Sides<'all' | readonly string[]>): Merged<'all' | readonly string[]> {
  return threeWay(sides, () => {
    const { base, mine, theirs } = sides
    if (mine === 'all') return { result: theirs, reason: 'more_restrictive' }
    if (theirs === 'all') return { result: mine, reason: 'more_restrictive' }
    if (base === 'all') {
      return { result: mine.filter((id) => theirs.includes(id)).sort(), reason: 'more_restrictive' }
    }
    return set({ base, mine, theirs })
  })
}
