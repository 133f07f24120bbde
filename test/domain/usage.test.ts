import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Limit, Metric } from '../../shared/domain/service-schema.ts'
import {
  alertLevelOf,
  alertToGive,
  exceededLimit,
  isWithin,
  metricTree,
  parseUsageValue,
  readUsage,
  type Usage,
  utilization,
} from '../../shared/domain/usage.ts'
import { noon, ulidOf } from './fixtures.ts'

function metric(name: string, parent?: string): Metric {
  const id = ulidOf(`metric/${name}`)
  return { id, systemName: name, name, unit: 'hit', ...(parent ? { parentId: ulidOf(`metric/${parent}`) } : {}) }
}

const idOf = (name: string) => ulidOf(`metric/${name}`)
const tree = metricTree([metric('hits'), metric('search', 'hits'), metric('deep', 'search'), metric('orders')])

function amounts(usage: ReturnType<typeof readUsage>): Record<string, string> {
  if ('fault' in usage) throw new Error(usage.fault)
  const names = ['hits', 'search', 'deep', 'orders']
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = usage.get(idOf(name))
      return value === undefined ? [] : [[name, `${value.set ? '#' : ''}${value.amount}`]]
    }),
  )
}

function limit(name: string, value: number, period: Limit['period'] = 'day'): Limit {
  return { id: ulidOf(`limit/${name}/${period}`), metricId: idOf(name), period, value }
}

describe('usage values', () => {
  it('D10: any number of digits is read, and nothing else is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.boolean(), (number, set) => {
        const most = BigInt(Number.MAX_SAFE_INTEGER)
        const amount = Number(number > most ? most : number)
        expect(parseUsageValue(`${set ? '#' : ''}${number}`)).toEqual({ amount, set })
      }),
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^ *#?[0-9]+ *$/.test(text))
        expect(parseUsageValue(text)).toBeUndefined()
      }),
    )
  })
})

describe('the hierarchy of metrics', () => {
  it('P1: a method counts on every ancestor, and not on others', () => {
    expect(amounts(readUsage(tree, [['deep', '2']]))).toEqual({ hits: '2', search: '2', deep: '2' })
    expect(amounts(readUsage(tree, [['hits', '2']]))).toEqual({ hits: '2' })
  })
  it('P1: what a parent is given and what its method counts add up', () => {
    const usage = readUsage(tree, [
      ['hits', '1'],
      ['search', '1'],
      [' search ', '3'],
    ])
    expect(amounts(usage)).toEqual({ hits: '5', search: '4' })
  })
  it('P1: a set value sets every ancestor, and the last one wins', () => {
    const usage = readUsage(tree, [
      ['hits', '7'],
      ['search', '#3'],
      ['search', '1'],
    ])
    expect(amounts(usage)).toEqual({ hits: '#4', search: '#4' })
    expect(
      amounts(
        readUsage(tree, [
          ['search', '#3'],
          ['hits', '#9'],
        ]),
      ),
    ).toEqual({ hits: '#9', search: '#3' })
  })
  it('P1: switched off, nothing counts on a parent', () => {
    expect(amounts(readUsage(tree, [['deep', '2']], true))).toEqual({ deep: '2' })
  })
  it('P1: a parent that is its own descendant ends the walk', () => {
    const circle = metricTree([metric('a', 'b'), metric('b', 'a')])
    expect(circle.lineages.get('a')?.map(({ systemName }) => systemName)).toEqual(['a', 'b'])
  })
  it('D10: the first entry at fault is the answer', () => {
    expect(
      readUsage(tree, [
        ['hits', '1'],
        ['nothing', 'x'],
        ['hits', 'x'],
      ]),
    ).toEqual({ fault: 'metric_invalid', metric: 'nothing' })
    expect(
      readUsage(tree, [
        ['hits', 'x'],
        ['nothing', '1'],
      ]),
    ).toEqual({ fault: 'usage_value_invalid', metric: 'hits', empty: false })
    expect(readUsage(tree, [['hits', ' ']])).toEqual({ fault: 'usage_value_invalid', metric: 'hits', empty: true })
  })
  it('D10: sums stay exact integers', () => {
    const usage = readUsage(tree, [
      ['hits', '9007199254740991'],
      ['search', '5'],
    ])
    expect(amounts(usage).hits).toBe('9007199254740991')
  })
})

describe('limits', () => {
  it('P2: current plus given may reach the limit and not exceed it', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.nat(1000), (value, current, amount) => {
        expect(isWithin(limit('hits', value), current, { amount, set: false })).toBe(current + amount <= value)
        expect(isWithin(limit('hits', value), current, { amount, set: true })).toBe(amount <= value)
        expect(isWithin(limit('hits', value), current, undefined)).toBe(current <= value)
      }),
    )
  })
  it('P2: asks for the window of each limit, and names the first that is exceeded', () => {
    const asked: [string, number][] = []
    const limits = [limit('orders', 0, 'minute'), limit('hits', 10, 'day'), limit('hits', 3, 'month')]
    const usage = readUsage(tree, [['hits', '1']]) as Usage
    const exceeded = exceededLimit(
      limits,
      usage,
      'application',
      (_application, metricId, period, start) => {
        asked.push([`${metricId === idOf('hits') ? 'hits' : '?'}/${period}`, start])
        return 3
      },
      noon,
    )
    expect(exceeded).toBe(limits[2])
    expect(asked).toEqual([
      ['hits/day', Date.UTC(2026, 10, 22)],
      ['hits/month', Date.UTC(2026, 10, 1)],
    ])
  })
  it('P2, A10: usage is read for the application, whatever its key', () => {
    const seen: string[] = []
    exceededLimit([limit('hits', 10)], undefined, 'the application', (application) => seen.push(application), noon)
    expect(seen).toEqual(['the application'])
  })
})

describe('alerts', () => {
  it('P3: the level is the share rounded down, in integers', () => {
    expect(
      [0, 49, 50, 79, 80, 89, 90, 99, 100, 119, 120, 150, 199, 200, 300, 9999].map((used) => alertLevelOf(used, 100)),
    ).toEqual([0, 0, 50, 50, 80, 80, 90, 90, 100, 100, 120, 150, 150, 200, 300, 300])
    expect(alertLevelOf(9, 10)).toBe(90)
    expect(alertLevelOf(5, 0)).toBe(0)
  })
  it('P3: is given once a level and day, and only at levels that the service wants', () => {
    expect(alertToGive(95, 100, [50, 90], () => false)).toBe(90)
    expect(alertToGive(95, 100, [50, 80], () => false)).toBe(80)
    expect(alertToGive(95, 100, [50, 80], (level) => level === 80)).toBeUndefined()
    expect(alertToGive(95, 100, [100], () => false)).toBeUndefined()
    expect(alertToGive(95, 100, [90], (level) => level === 90)).toBeUndefined()
    expect(alertToGive(10, 100, [50], () => false)).toBeUndefined()
  })
  it('P3: the fullest limit counts, one of zero says nothing', () => {
    const limits = [limit('orders', 0), limit('hits', 10, 'day'), limit('hits', 8, 'month')]
    const fullest = utilization(limits, 'application', () => 6, noon)
    expect(fullest).toEqual({ ratio: 0.75, limit: limits[2], used: 6 })
    expect(utilization([limit('orders', 0)], 'application', () => 6, noon)).toBeUndefined()
  })
})
