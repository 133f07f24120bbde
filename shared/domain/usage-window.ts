/**
 * P2: calendar windows in UTC, as integer arithmetic on milliseconds since the Unix epoch. No `Date`: the hot path of
 * `authorize` asks for a window at every limited call, and allocates nothing here.
 */
import type { Instant } from './id.ts'
import type { Period } from './service-schema.ts'

const minuteMs = 60_000
const hourMs = 3_600_000
const dayMs = 86_400_000
/** 1970-01-01 was a Thursday: the Monday before it is day −3. */
const firstMonday = -3

/** Floor of a quotient, right for what lies before 1970 too. */
function floorDiv(a: number, b: number): number {
  return Math.floor(a / b)
}

/**
 * Days since 1970-01-01 of the first of a month (1..12) of the proleptic Gregorian calendar.
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
 */
function firstOfMonth(year: number, month: number): number {
  // The calendar's year is taken to begin in March, so that the leap day is its last.
  const shifted = month <= 2 ? year - 1 : year
  const era = floorDiv(shifted, 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = floorDiv(153 * ((month + 9) % 12) + 2, 5)
  const dayOfEra = yearOfEra * 365 + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** Year and month (1..12) of a day since 1970-01-01, as year × 12 + month − 1 (civil_from_days of the same source). */
function monthIndexOf(day: number): number {
  const z = day + 719_468
  const era = floorDiv(z, 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = floorDiv(
    dayOfEra - floorDiv(dayOfEra, 1460) + floorDiv(dayOfEra, 36_524) - floorDiv(dayOfEra, 146_096),
    365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100))
  const shiftedMonth = floorDiv(5 * dayOfYear + 2, 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return year * 12 + month - 1
}

/** The first day, since 1970-01-01, of a month index (year × 12 + month − 1). */
function firstDayOf(monthIndex: number): number {
  const year = floorDiv(monthIndex, 12)
  return firstOfMonth(year, monthIndex - year * 12 + 1)
}

/**
 * The first instant (ms UTC, inclusive) of the window that holds `at`. Weeks begin on Monday.
 * Eternity begins at 0 and never ends.
 */
export function windowStart(period: Period, at: Instant): Instant {
  switch (period) {
    case 'minute':
      return floorDiv(at, minuteMs) * minuteMs
    case 'hour':
      return floorDiv(at, hourMs) * hourMs
    case 'day':
      return floorDiv(at, dayMs) * dayMs
    case 'week':
      return (floorDiv(floorDiv(at, dayMs) - firstMonday, 7) * 7 + firstMonday) * dayMs
    case 'month':
      return firstDayOf(monthIndexOf(floorDiv(at, dayMs))) * dayMs
    case 'year':
      return firstDayOf(floorDiv(monthIndexOf(floorDiv(at, dayMs)), 12) * 12) * dayMs
    case 'eternity':
      return 0
  }
}

/** The first instant (ms UTC) after the window that holds `at`; `Infinity` for eternity. */
export function windowEnd(period: Period, at: Instant): number {
  switch (period) {
    case 'minute':
      return windowStart('minute', at) + minuteMs
    case 'hour':
      return windowStart('hour', at) + hourMs
    case 'day':
      return windowStart('day', at) + dayMs
    case 'week':
      return windowStart('week', at) + 7 * dayMs
    case 'month':
      return firstDayOf(monthIndexOf(floorDiv(at, dayMs)) + 1) * dayMs
    case 'year':
      return firstDayOf((floorDiv(monthIndexOf(floorDiv(at, dayMs)), 12) + 1) * 12) * dayMs
    case 'eternity':
      return Number.POSITIVE_INFINITY
  }
}

/** The window [start, end) that holds `at`, ms UTC. */
export function windowOf(period: Period, at: Instant): { readonly start: Instant; readonly end: number } {
  return { start: windowStart(period, at), end: windowEnd(period, at) }
}
