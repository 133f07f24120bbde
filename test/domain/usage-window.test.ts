import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Period, periods } from '../../shared/domain/service-schema.ts'
import { windowEnd, windowOf, windowStart } from '../../shared/domain/usage-window.ts'

const dayMs = 86_400_000
const finite = periods.filter((period) => period !== 'eternity')

/** Any instant of four centuries, and often one within two milliseconds of a midnight or of a turn of month or year. */
const instants = fc.oneof(
  fc.integer({ min: 0, max: Date.UTC(2400, 0, 1) }),
  fc
    .tuple(fc.integer({ min: 0, max: 150_000 }), fc.integer({ min: -2, max: 2 }))
    .map(([day, shift]) => Math.max(0, day * dayMs + shift)),
  fc
    .tuple(fc.integer({ min: 1970, max: 2399 }), fc.integer({ min: 0, max: 11 }), fc.integer({ min: -2, max: 2 }))
    .map(([year, month, shift]) => Math.max(0, Date.UTC(year, month, 1) + shift)),
  fc
    .tuple(fc.constantFrom(1972, 2000, 2024, 2096, 2100, 2104, 2200, 2300), fc.integer({ min: -2, max: 2 * dayMs }))
    .map(([year, shift]) => Date.UTC(year, 1, 28) + shift),
)

/** The window by the platform's own calendar: another implementation to compare with. */
function byDate(period: Period, at: number): { start: number; end: number } {
  const date = new Date(at)
  const [year, month, day, hour, minute] = [
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
  ]
  const sinceMonday = (date.getUTCDay() + 6) % 7
  switch (period) {
    case 'minute':
      return { start: Date.UTC(year, month, day, hour, minute), end: Date.UTC(year, month, day, hour, minute + 1) }
    case 'hour':
      return { start: Date.UTC(year, month, day, hour), end: Date.UTC(year, month, day, hour + 1) }
    case 'day':
      return { start: Date.UTC(year, month, day), end: Date.UTC(year, month, day + 1) }
    case 'week':
      return { start: Date.UTC(year, month, day - sinceMonday), end: Date.UTC(year, month, day - sinceMonday + 7) }
    case 'month':
      return { start: Date.UTC(year, month), end: Date.UTC(year, month + 1) }
    case 'year':
      return { start: Date.UTC(year, 0), end: Date.UTC(year + 1, 0) }
    case 'eternity':
      return { start: 0, end: Number.POSITIVE_INFINITY }
  }
}

describe('usage windows', () => {
  it('P2: are those of the calendar, at every edge', () => {
    fc.assert(
      fc.property(fc.constantFrom(...periods), instants, (period, at) => {
        expect(windowOf(period, at)).toEqual(byDate(period, at))
      }),
      { numRuns: 5000 },
    )
  })

  it('P2: hold their instant, begin with their start, and the next begins where one ends', () => {
    fc.assert(
      fc.property(fc.constantFrom(...finite), instants, (period, at) => {
        const { start, end } = windowOf(period, at)
        expect(start).toBeLessThanOrEqual(at)
        expect(at).toBeLessThan(end)
        expect(windowStart(period, start)).toBe(start)
        expect(windowStart(period, end - 1)).toBe(start)
        expect(windowStart(period, end)).toBe(end)
      }),
      { numRuns: 3000 },
    )
  })

  it('P2: a control: weeks that begin on Sunday are noticed', () => {
    const sunday = Date.UTC(2026, 10, 22)
    expect(windowStart('week', sunday)).not.toBe(sunday)
    expect(windowStart('week', sunday)).toBe(Date.UTC(2026, 10, 16))
  })

  it('P2: eternity begins at the epoch and never ends', () => {
    expect(windowOf('eternity', 1)).toEqual({ start: 0, end: Number.POSITIVE_INFINITY })
    expect(windowEnd('eternity', 0)).toBe(Number.POSITIVE_INFINITY)
  })
})
