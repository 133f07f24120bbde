import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvOf, formula, unguarded } from '../../shared/domain/csv.ts'

describe('CSV', () => {
  it('is read back as it was written, and no cell begins like a formula', () => {
    const rows = fc.array(fc.tuple(fc.string(), fc.string(), fc.constantFrom('=1+1', '-x', "'", 'a,"b"\r\nc')))
    fc.assert(
      fc.property(rows, (wanted) => {
        const read = parse(csvOf(['a', 'b', 'c'], wanted)) as string[][]
        expect(read.flat().some((cell) => formula.test(cell))).toBe(false)
        expect(read.slice(1).map((row) => row.map(unguarded))).toEqual(wanted)
      }),
    )
  })
})
