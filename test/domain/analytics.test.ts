import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  changeInPercent,
  granularities,
  type HourCount,
  topApplications,
  type UsageQuestion,
  usageSeries,
} from '../../shared/domain/analytics.ts'
import { ulidOf } from './fixtures.ts'

const hour = 3_600_000
const service = ulidOf('service')
const hits = ulidOf('hits')
const begin = Date.UTC(2027, 11, 30)

const counts: fc.Arbitrary<HourCount[]> = fc.array(
  fc.record({
    serviceId: fc.constantFrom(service, service, ulidOf('another service')),
    applicationId: fc.constantFrom('a', 'b', 'c', 'd').map(ulidOf),
    metricId: fc.constantFrom(hits, hits, ulidOf('orders')),
    at: fc.nat(120 * 24).map((hours) => begin + hours * hour),
    value: fc.nat(1000),
  }),
  { maxLength: 80 },
)
const spans = fc
  .tuple(fc.nat(130 * 24 * 60), fc.integer({ min: 1, max: 60 * 24 * 60 }))
  .map(([from, length]) => ({ since: begin + from * 60_000, until: begin + (from + length) * 60_000 }))

function asked(span: { since: number; until: number }, applicationId?: string): UsageQuestion {
  return { serviceId: service, metricId: hits, applicationId, ...span }
}

function series(all: readonly HourCount[], question: UsageQuestion, granularity: (typeof granularities)[number]) {
  const outcome = usageSeries(all, question, granularity)
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.value
}

describe('analytics', () => {
  it.each(granularities)('P4: the points by %s add up to what was counted in their windows', (granularity) => {
    fc.assert(
      fc.property(counts, spans, (all, span) => {
        const { since, until, values, total } = series(all, asked(span), granularity)
        expect(since).toBeLessThanOrEqual(span.since)
        expect(until).toBeGreaterThanOrEqual(span.until)
        const within = all.filter(({ serviceId, metricId, at }) => {
          return serviceId === service && metricId === hits && at >= since && at < until
        })
        expect(total).toBe(within.reduce((sum, { value }) => sum + value, 0))
        expect(values.reduce((sum, value) => sum + value, 0)).toBe(total)
      }),
    )
  })

  it('P4: a service uses what its applications use, and days are made of their hours', () => {
    fc.assert(
      fc.property(counts, fc.nat(100), (all, day) => {
        const span = { since: begin + day * 24 * hour, until: begin + (day + 3) * 24 * hour }
        const whole = series(all, asked(span), 'day')
        const each = ['a', 'b', 'c', 'd'].map((name) => series(all, asked(span, ulidOf(name)), 'day'))
        expect(whole.values).toEqual(
          [0, 1, 2].map((at) => each.reduce((sum, { values }) => sum + (values[at] ?? 0), 0)),
        )
        const hours = series(all, asked(span), 'hour').values
        expect(hours).toHaveLength(72)
        expect(whole.values).toEqual(
          [0, 1, 2].map((at) => hours.slice(at * 24, at * 24 + 24).reduce((sum, value) => sum + value, 0)),
        )
      }),
    )
  })

  it('P4: a window stands where the calendar has it, with leap day and year end', () => {
    const all = [Date.UTC(2028, 1, 29, 23), Date.UTC(2028, 2, 1), Date.UTC(2027, 11, 31, 23), Date.UTC(2028, 0, 1)].map(
      (at): HourCount => ({ serviceId: service, applicationId: ulidOf('a'), metricId: hits, at, value: 1 }),
    )
    const months = series(all, asked({ since: Date.UTC(2027, 11, 31, 12), until: Date.UTC(2028, 2, 1, 1) }), 'month')
    expect(months).toEqual({
      since: Date.UTC(2027, 11, 1),
      until: Date.UTC(2028, 3, 1),
      values: [1, 1, 1, 1],
      total: 4,
    })
    const days = series(all, asked({ since: Date.UTC(2028, 1, 28), until: Date.UTC(2028, 2, 2) }), 'day')
    expect(days.values).toEqual([0, 1, 1])
  })

  it('P4: the top applications are those with the greatest totals, most first', () => {
    fc.assert(
      fc.property(counts, spans, fc.integer({ min: 1, max: 4 }), (all, span, limit) => {
        const outcome = topApplications(all, asked(span), limit)
        const found = outcome.ok ? outcome.value : []
        const totals = ['a', 'b', 'c', 'd'].map((name) => series(all, asked(span, ulidOf(name)), 'hour').total)
        const most = totals.filter((total) => total > 0).sort((a, b) => b - a)
        expect(found.map(({ total }) => total)).toEqual(most.slice(0, limit))
        for (const { applicationId, total } of found) {
          expect(series(all, asked(span, applicationId), 'hour').total).toBe(total)
        }
      }),
    )
    const equal = ['b', 'a'].map((name): HourCount => {
      return { serviceId: service, applicationId: ulidOf(name), metricId: hits, at: begin, value: 2 }
    })
    const outcome = topApplications(equal, asked({ since: begin, until: begin + 1 }))
    const ids = outcome.ok ? outcome.value.map(({ applicationId }) => applicationId) : []
    expect(ids).toEqual(ids.toSorted())
    expect(ids).toHaveLength(2)
  })

  it('P4: a change is in percent of what was before, of nothing there is none', () => {
    expect([changeInPercent(150, 100), changeInPercent(50, 100), changeInPercent(1, 3)]).toEqual([50, -50, -66.7])
    expect(changeInPercent(5, 0)).toBeUndefined()
  })

  it('P4: a period that ends before it begins, and one of too many points, are refused', () => {
    const empty = asked({ since: begin, until: begin })
    expect(usageSeries([], empty, 'day')).toMatchObject({ code: 'invalid', field: 'until' })
    expect(topApplications([], empty)).toMatchObject({ code: 'invalid', field: 'until' })
    expect(usageSeries([], asked({ since: Number.NaN, until: begin }), 'day')).toMatchObject({ code: 'invalid' })
    const long = asked({ since: 0, until: begin })
    expect(usageSeries([], long, 'hour')).toMatchObject({ code: 'too_many', field: 'granularity' })
    expect(usageSeries([], long, 'month').ok).toBe(true)
    expect(usageSeries([], asked({ since: begin, until: Number.POSITIVE_INFINITY }), 'month')).toMatchObject({
      code: 'too_many',
    })
  })
})
