/**
 * Usage of metrics (P1–P3): what a value says, what counts on a parent, whether limits hold, how full they are.
 * Sources of the forms: spec/http.md §1.3 (observed at apisonator 3.4.3).
 */
import type { Instant, Ulid } from './id.ts'
import type { Limit, Metric, Period } from './service-schema.ts'
import { windowStart } from './usage-window.ts'

/** A usage value: add to what was counted, or set it. */
export interface UsageValue {
  readonly amount: number
  readonly set: boolean
}

const usageForm = /^ *(#?)([0-9]+) *$/

/**
 * Reads a usage value: digits, spaces around, a leading `#` to set instead of add. Undefined where it is anything else
 * (`-1`, `+1`, `1.5`, `1e3`, empty, `#`). A number beyond 2^53 − 1 counts as 2^53 − 1: exact integers only.
 */
export function parseUsageValue(text: string): UsageValue | undefined {
  const match = usageForm.exec(text)
  if (match === null) return undefined
  return { amount: Math.min(Number(match[2]), Number.MAX_SAFE_INTEGER), set: match[1] === '#' }
}

/** Usage as a caller gives it: pairs of metric name and value, in the order of the call. */
export type UsageInput = readonly (readonly [metric: string, value: string])[]

/** Metrics as decisions need them. */
export interface MetricTree {
  readonly byId: ReadonlyMap<Ulid, Metric>
  /** By name: the metric and its ancestors, nearest first. */
  readonly lineages: ReadonlyMap<string, readonly Metric[]>
}

export function metricTree(metrics: readonly Metric[]): MetricTree {
  const byId = new Map(metrics.map((metric) => [metric.id, metric]))
  return { byId, lineages: new Map(metrics.map((metric) => [metric.systemName, lineageOf(metric, byId)])) }
}

/** The metric and its ancestors, nearest first. A parent that is its own descendant ends the walk. */
function lineageOf(metric: Metric, byId: ReadonlyMap<Ulid, Metric>): Metric[] {
  const line: Metric[] = []
  let next: Metric | undefined = metric
  while (next !== undefined && !line.includes(next)) {
    line.push(next)
    next = next.parentId === undefined ? undefined : byId.get(next.parentId)
  }
  return line
}

/** Usage by metric id, with what methods count on their parents. */
export type Usage = ReadonlyMap<Ulid, UsageValue>

export type UsageFault =
  | { readonly fault: 'metric_invalid'; readonly metric: string }
  | { readonly fault: 'usage_value_invalid'; readonly metric: string; readonly empty: boolean }

function sum(a: number, b: number): number {
  return Math.min(a + b, Number.MAX_SAFE_INTEGER)
}

/**
 * Reads the usage of a call (P1): an added value counts on every ancestor too, a set value sets every ancestor, the
 * last of several wins. `flat` counts nothing on parents. The first entry at fault is the answer.
 */
export function readUsage(tree: MetricTree, input: UsageInput, flat = false): Usage | UsageFault {
  const usage = new Map<Ulid, UsageValue>()
  for (const [name, text] of input) {
    const lineage = tree.lineages.get(name.trim())
    if (lineage === undefined) return { fault: 'metric_invalid', metric: name }
    const value = parseUsageValue(text)
    if (value === undefined) return { fault: 'usage_value_invalid', metric: name, empty: text.trim() === '' }
    for (const counted of flat ? lineage.slice(0, 1) : lineage) {
      const before = usage.get(counted.id)
      if (value.set || before === undefined) usage.set(counted.id, value)
      else usage.set(counted.id, { amount: sum(before.amount, value.amount), set: before.set })
    }
  }
  return usage
}

/** What an application has used of a metric in the window that begins at `start`. */
export type CurrentUsage = (applicationId: Ulid, metricId: Ulid, period: Period, start: Instant) => number

/** True where counting `given` on top of `current` stays within the limit: current = value is still within. */
export function isWithin(limit: Limit, current: number, given: UsageValue | undefined): boolean {
  if (given === undefined) return current <= limit.value
  return (given.set ? given.amount : current + given.amount) <= limit.value
}

/**
 * The first limit that the usage would exceed (P2), or undefined. With usage, limits of other metrics do not matter,
 * even where exceeded; without, every limit must hold as it stands.
 */
export function exceededLimit(
  limits: readonly Limit[],
  usage: Usage | undefined,
  applicationId: Ulid,
  current: CurrentUsage,
  now: Instant,
): Limit | undefined {
  for (const limit of limits) {
    const given = usage?.get(limit.metricId)
    if (usage !== undefined && given === undefined) continue
    const used = current(applicationId, limit.metricId, limit.period, windowStart(limit.period, now))
    if (!isWithin(limit, used, given)) return limit
  }
  return undefined
}

/** How full the fullest limit is: a ratio, 1 = at the limit. Limits of 0 say nothing about fullness. */
export function utilization(
  limits: readonly Limit[],
  applicationId: Ulid,
  current: CurrentUsage,
  now: Instant,
): { readonly ratio: number; readonly limit: Limit; readonly used: number } | undefined {
  let fullest: { ratio: number; limit: Limit; used: number } | undefined
  for (const limit of limits) {
    if (limit.value === 0) continue
    const used = current(applicationId, limit.metricId, limit.period, windowStart(limit.period, now))
    const ratio = used / limit.value
    if (fullest === undefined || ratio > fullest.ratio) fullest = { ratio, limit, used }
  }
  return fullest
}

/** P3: the levels at which an alert can be given, in percent. */
export const alertBins = [300, 200, 150, 120, 100, 90, 80, 50] as const

/**
 * P3: the alert level (percent) that usage has reached, rounded down; 0 below the lowest.
 * In integers, so that 9 of 10 is 90 and not 89.
 */
export function alertLevelOf(used: number, limit: number): number {
  if (limit <= 0) return 0
  // A product beyond 2^53 would round; a share of such numbers need not be exact to the unit.
  return alertBins.find((bin) => used * 100 >= bin * limit) ?? 0
}

/**
 * The alert to give now (P3): the highest level that was reached of those that the service wants; undefined where there
 * is none or it was given that day.
 */
export function alertToGive(
  used: number,
  limit: number,
  wanted: readonly number[],
  alreadyGiven: (level: number) => boolean,
): number | undefined {
  const reached = alertLevelOf(used, limit)
  const level = alertBins.find((bin) => bin <= reached && wanted.includes(bin))
  return level !== undefined && !alreadyGiven(level) ? level : undefined
}
