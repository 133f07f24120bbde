/**
 * Analytics (P4): usage over time of a service or of one application, by hour, day or month of UTC, and the applications
 * that used most. Pure arithmetic over hourly counts; who counts and who keeps them is not known here.
 */
import type { Instant, Ulid } from './id.ts'
import { accept, type Outcome, refuse } from './outcome.ts'
import { windowEnd, windowStart } from './usage-window.ts'

/** What an application used of a metric within one hour. A method's usage is counted on its parent too (P1). */
export interface HourCount {
  readonly serviceId: Ulid
  readonly applicationId: Ulid
  readonly metricId: Ulid
  /** Any instant of the hour, ms UTC. */
  readonly at: Instant
  readonly value: number
}

/** How fine the points of a series are. */
export const granularities = ['hour', 'day', 'month'] as const
export type Granularity = (typeof granularities)[number]

/** What is asked of counts: a metric of a service, or of one of its applications, from `since` up to before `until`. */
export interface UsageQuestion {
  readonly serviceId: Ulid
  readonly applicationId?: Ulid | undefined
  readonly metricId: Ulid
  readonly since: Instant
  readonly until: Instant
}

export interface UsageSeries {
  /** The first instant of the first point's window, at or before `since`. */
  readonly since: Instant
  /** The first instant after the last point's window, at or after `until`. */
  readonly until: Instant
  /** One value a window, in order; windows without usage are 0. */
  readonly values: readonly number[]
  readonly total: number
}

/** A year of hours, and some: more points say nothing on a screen. */
const mostPoints = 10_000

function isAsked(question: UsageQuestion, count: HourCount): boolean {
  return (
    count.serviceId === question.serviceId &&
    count.metricId === question.metricId &&
    (question.applicationId === undefined || count.applicationId === question.applicationId)
  )
}

function startsOf(granularity: Granularity, since: Instant, until: Instant): Instant[] | undefined {
  const starts: Instant[] = []
  for (let start = windowStart(granularity, since); start < until; start = windowEnd(granularity, start)) {
    if (starts.length === mostPoints) return undefined
    starts.push(start)
  }
  return starts
}

/**
 * Usage by window. The first and the last window are whole ones, so that no point shows a part of a day as a day.
 * Refusals: `invalid` on `until` where it is not after `since`, `too_many` on `granularity` beyond 10,000 points.
 */
export function usageSeries(
  counts: Iterable<HourCount>,
  question: UsageQuestion,
  granularity: Granularity,
): Outcome<UsageSeries> {
  if (!(question.since < question.until)) return refuse('invalid', {}, 'until')
  const starts = startsOf(granularity, question.since, question.until)
  if (starts === undefined) return refuse('too_many', { limit: mostPoints }, 'granularity')
  const placeOf = new Map(starts.map((start, place) => [start, place]))
  const values = starts.map(() => 0)
  let total = 0
  for (const count of counts) {
    if (!isAsked(question, count)) continue
    const place = placeOf.get(windowStart(granularity, count.at))
    if (place === undefined) continue
    values[place] = (values[place] ?? 0) + count.value
    total += count.value
  }
  const since = windowStart(granularity, question.since)
  return accept({ since, until: windowEnd(granularity, question.until - 1), values, total })
}

/** By how many percent a total changed from the total before it, rounded to one decimal; undefined from nothing. */
export function changeInPercent(total: number, before: number): number | undefined {
  return before === 0 ? undefined : Math.round(((total - before) * 1_000) / before) / 10
}

export interface ApplicationTotal {
  readonly applicationId: Ulid
  readonly total: number
}

/**
 * The applications of a service that used most of a metric, most first, the older id first among equals; those that
 * used nothing are not among them. The period is whole hours: the hour of `since` counts, as does that before `until`.
 * Refusals: `invalid` on `until` where it is not after `since`.
 */
export function topApplications(
  counts: Iterable<HourCount>,
  question: UsageQuestion,
  limit = 10,
): Outcome<readonly ApplicationTotal[]> {
  if (!(question.since < question.until)) return refuse('invalid', {}, 'until')
  const from = windowStart('hour', question.since)
  const to = windowEnd('hour', question.until - 1)
  const totals = new Map<Ulid, number>()
  for (const count of counts) {
    if (!isAsked(question, count) || count.at < from || count.at >= to || count.value === 0) continue
    totals.set(count.applicationId, (totals.get(count.applicationId) ?? 0) + count.value)
  }
  const sorted = [...totals].map(([applicationId, total]) => ({ applicationId, total }))
  sorted.sort((a, b) => b.total - a.total || (a.applicationId < b.applicationId ? -1 : 1))
  return accept(sorted.slice(0, limit))
}
