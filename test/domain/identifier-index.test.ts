import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createIdentifierIndex, type IndexRows } from '../../shared/domain/identifier-index.ts'

function plainRows<T>(keyOf: (value: T) => string): IndexRows<T> {
  let values: T[] = []
  return {
    reset: () => {
      values = []
    },
    write: (place, value) => {
      values[place] = value
    },
    at: (place) => values[place] as T,
    holds: (place, key) => {
      if (!(place in values)) throw new RangeError(`row ${place} was never written`)
      return keyOf(values[place] as T) === key
    },
  }
}

describe('identifier index', () => {
  const keyOf = ({ key }: { key: string; turn: number }) => key
  const itself = (key: string) => key
  const keys = fc.oneof(
    fc.integer({ min: 0, max: 40 }).map((number) => `app-${number}`),
    fc.integer({ min: 0, max: 20 }).map((number) => `a-long-app-id-that-begins-like-many-others-${number}`),
    fc.constantFrom('', '__proto__', 'constructor', 'ﬀ'),
  )
  it('A13: holds what a Map holds, whatever is set and deleted in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), keys), { maxLength: 400 }), (steps) => {
        const index = createIdentifierIndex(keyOf, plainRows(keyOf))
        const map = new Map<string, { key: string; turn: number }>()
        steps.forEach(([isSet, key], turn) => {
          if (isSet) {
            index.set({ key, turn })
            map.set(key, { key, turn })
          } else {
            index.delete(key)
            map.delete(key)
          }
          expect(index.size).toBe(map.size)
        })
        for (const key of new Set(steps.map(([, each]) => each))) expect(index.get(key)).toEqual(map.get(key))
        expect(index.get('nowhere')).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })
  it('A13: grows to many and shrinks again', () => {
    const index = createIdentifierIndex(itself, plainRows(itself))
    for (let at = 0; at < 20_000; at++) index.set(`app-${at}`)
    for (let at = 0; at < 20_000; at += 2) index.delete(`app-${at}`)
    expect(index.size).toBe(10_000)
    for (let at = 0; at < 20_000; at++) expect(index.get(`app-${at}`)).toBe(at % 2 ? `app-${at}` : undefined)
    for (let turn = 0; turn < 50_000; turn++) {
      index.set('again')
      index.delete('again')
    }
    expect(index.size).toBe(10_000)
  })
})
