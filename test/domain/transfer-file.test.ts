import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell } from '../../shared/domain/csv.ts'
import { csvColumns, csvHeader, csvRow } from '../../shared/domain/transfer-csv.ts'
import { transferInstantSchema, writeInstant } from '../../shared/domain/transfer-schema.ts'
import { JsonSplitter, type Piece } from '../../shared/domain/transfer-split.ts'

/** Splits a text that comes in parts of these lengths, over and over. */
function split(text: string, lengths: readonly number[]) {
  const splitter = new JsonSplitter(['rows'])
  const pieces: Piece[] = []
  for (let from = 0, turn = 0; from < text.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1
    pieces.push(...splitter.push(text.slice(from, from + length)))
    from += length
  }
  return { pieces, fault: splitter.end() }
}

const json = fc.jsonValue({ maxDepth: 4 })
const parts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })

describe('a file taken apart', () => {
  it('gives the fields and rows that JSON.parse gives, wherever the parts are cut', () => {
    fc.assert(
      fc.property(
        json,
        fc.array(json, { maxLength: 5 }),
        fc.constantFrom(0, 1, '\t'),
        parts,
        (field, rows, indent, lengths) => {
          const text = JSON.stringify({ field, rows, last: 1 }, null, indent)
          const { pieces, fault } = split(text, lengths)
          expect(fault).toBeUndefined()
          const read = pieces.map((piece) => [piece.kind, piece.field, JSON.parse(piece.text)])
          const expected = [['field', 'field', field], ...rows.map((row) => ['row', 'rows', row]), ['field', 'last', 1]]
          expect(read).toEqual(JSON.parse(JSON.stringify(expected)))
        },
      ),
    )
  })

  it('takes no text that JSON.parse does not take, and every one that it does', () => {
    const mutated = fc
      .tuple(json, fc.nat(), fc.constantFrom('', '{', '}', '[', ']', ',', ':', '"', '0', ' ', '\\'))
      .map(([row, at, by]) => {
        const text = JSON.stringify({ rows: [row, 1], n: null })
        const place = at % text.length
        return text.slice(0, place) + by + text.slice(place + 1)
      })
    fc.assert(
      fc.property(mutated, parts, (text, lengths) => {
        let whole: unknown
        try {
          whole = JSON.parse(text)
        } catch {
          whole = undefined
        }
        const { pieces, fault } = split(text, lengths)
        const rowsFault = fault !== undefined
        const allParse = pieces.every((piece) => {
          try {
            JSON.parse(piece.text)
            return true
          } catch {
            return false
          }
        })
        if (!rowsFault && allParse) expect(whole).toBeDefined()
        if (whole !== undefined && Array.isArray((whole as { rows?: unknown }).rows))
          expect(rowsFault && allParse).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('tells the line of each row', () => {
    const { pieces } = split('{\n"rows": [\n {"a":1},\n {"a":\n2}, 3\n]}', [4])
    expect(pieces.map(({ line, text }) => [line, JSON.parse(text)])).toEqual([
      [3, { a: 1 }],
      [4, { a: 2 }],
      [5, 3],
    ])
  })
})

describe('a table', () => {
  const columns = ['name', 'service', 'account', 'description', 'app_id'] as const

  it('reads what it wrote: formulas, apostrophes, quotes and commas', () => {
    const cell = fc
      .oneof(fc.string(), fc.constantFrom('=1+1', "'=x", "'", "''", '-1', '@a', '+b', '"q"', 'a,b'))
      .map((text) => text.trim())
    fc.assert(
      fc.property(cell, (text) => {
        const written = csvCell(text)
        const raw = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written
        const row = csvRow(['description'], [raw])
        expect(row).toEqual(text === '' ? {} : { description: text })
      }),
    )
  })

  it('refuses a formula in words, and takes it in a credential', () => {
    expect(csvRow(columns, ['=1', 'a', 'b', '', ''])).toMatchObject({ code: 'invalid', params: { reason: 'formula' } })
    expect(csvRow(columns, ['n', 'a', 'b', '', '=app'])).toEqual({
      name: 'n',
      service: 'a',
      account: 'b',
      appId: '=app',
    })
  })

  it('knows its columns, and no name of a prototype', () => {
    expect(csvHeader(['Name', ' service', 'ACCOUNT'])).toEqual(['name', 'service', 'account'])
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(csvHeader(['name', 'service', 'account', name])).toMatchObject({ code: 'unknown_field' })
    }
    expect(csvHeader(['name', 'service', 'account', 'app_id', 'client_id'])).toMatchObject({
      params: { reason: 'twice' },
    })
    expect(Object.keys(csvColumns)).toContain('user_key')
  })
})

describe('an instant', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8_640_000_000_000_000 }), (at) => {
        expect(transferInstantSchema.parse(writeInstant(at))).toBe(at)
      }),
    )
  })

  it.each(['2026-02-30', '2026-13-01', 'tomorrow', '2026-01-01T00:00:00', '-1', ''])('is not %s', (text) => {
    expect(transferInstantSchema.safeParse(text).success).toBe(false)
  })
})
