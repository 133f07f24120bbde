/** What SQL answers alone, what it leaves to RxDB's matcher, and which indexes serve. */
import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DocumentCache } from '../../src-main/store/sqlite-storage/document-cache.ts'
import { encodeText } from '../../src-main/store/sqlite-storage/encoding.ts'
import type { NodeSqliteStorage, StoreReport } from '../../src-main/store/sqlite-storage/index.ts'
import { afterPrefix, literalOf } from '../../src-main/store/sqlite-storage/regex.ts'
import { nodeSqliteEngine, openInstance } from './engines.ts'
import { querySchema } from './random-documents.ts'
import { ask, insertion, thing, thingSchema } from './rows.ts'

const IN_SQL: [string, object][] = [
  ['equality', { title: 'a', rank: 1, on: true, 'nested.level': 2 }],
  ['ranges', { rank: { $gt: 1, $lte: 5 }, title: { $gte: '😀' } }],
  ['$in and $nin', { title: { $in: ['a', null] }, rank: { $nin: [1, 2] } }],
  ['$and, $or, $nor', { $and: [{ $or: [{ rank: 1 }, { title: 'a' }] }, { $nor: [{ on: false }] }] }],
  ['$not, $ne', { rank: { $not: { $gt: 3 } }, title: { $ne: null } }],
  ['$exists, $type', { title: { $exists: true }, rank: { $type: ['int', 'null'] }, missing: { $exists: false } }],
  ['prefix $regex', { title: { $regex: '^a\\.b' }, id: { $regex: '^x$' } }],
  ['a literal $regex', { title: { $regex: 'a\\.b' }, note: { $regex: '가' } }],
  ['a literal $regex that ignores case', { title: { $regex: 'Ab 가', $options: 'i' } }],
  ['a field without an index', { note: { $in: [1, 'a', null] }, tags: { $gt: 3 }, deep: { $type: 'object' } }],
]
const BY_MATCHER: [string, object][] = [
  ['a free $regex', { title: { $regex: 'a|b' } }],
  ['letters beyond ASCII that ignore case', { title: { $regex: 'é', $options: 'i' } }],
  ['a flag', { title: { $regex: '^a', $options: 'i' } }],
  ['$elemMatch, $size, $mod', { tags: { $size: 1 } }],
  ['a whole object', { deep: { x: 1 } }],
  ['a path that may cross an array', { 'deep.x': 1 }],
  ['one inexpressible branch', { $or: [{ rank: 1 }, { title: { $regex: 'a+' } }] }],
]

async function fallbacks(selector: object, sort?: object[]): Promise<number> {
  const reports: StoreReport[] = []
  const { storage, remove } = nodeSqliteEngine.open({ report: (report) => reports.push(report) })
  const instance = await openInstance(storage, querySchema)
  await instance.bulkWrite([insertion(thing('a', { title: 'a', on: true, nested: { level: 1 } }))], 'test')
  await ask(instance, { selector, ...(sort ? { sort } : {}) }, querySchema)
  await instance.remove()
  remove()
  return reports.length
}

describe('the planner', () => {
  it.each(IN_SQL)('%s: in SQL', async (_name, selector) => {
    expect(await fallbacks(selector, [{ title: 'desc' }, { rank: 'asc' }])).toBe(0)
  })

  it.each(BY_MATCHER)('%s: by the matcher, and counted', async (_name, selector) => {
    expect(await fallbacks(selector)).toBe(1)
  })

  it('a column that met an array is used no more, also after re-opening', async () => {
    const { storage, folder } = nodeSqliteEngine.open()
    const sqlite = storage as NodeSqliteStorage
    let instance = await openInstance(storage, thingSchema, { database: 'mixed' })
    await instance.bulkWrite([insertion(thing('a')), insertion(thing('b', { rank: [1, 5] }))], 'test')
    expect((await ask(instance, { selector: { rank: { $gt: 3 } } })).map((one) => one.id)).toEqual(['b'])
    // The document's JSON answers in the column's place; only an order by it is left to RxDB.
    expect(sqlite.counters('mixed')?.fallbacks).toBe(0)
    await instance.close()
    instance = await openInstance(storage, thingSchema, { database: 'mixed' })
    expect((await ask(instance, { selector: { rank: { $gt: 3 } } })).map((one) => one.id)).toEqual(['b'])
    expect((await ask(instance, { selector: { rank: 1 } })).map((one) => one.id)).toEqual(['a', 'b'])
    await instance.close()
    rmSync(folder, { recursive: true })
  })
})

describe('texts', () => {
  const texts = [
    '',
    'a',
    'a\u0000',
    'a\ud7ff',
    '\ud7ff',
    '\ud83d',
    '😀',
    '😀a',
    '𐀀',
    '\udfff',
    '\ue000',
    '\ufffd',
    '\uffff',
    'b',
  ]

  it('sort in SQLite as in JavaScript, once encoded', () => {
    const byBytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(encodeText(a)), Buffer.from(encodeText(b))))
    expect(byBytes).toEqual([...texts].sort())
    expect(new Set(texts.map(encodeText)).size).toBe(texts.length)
  })

  it('control: as they are, they do not', () => {
    const byBytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    expect(byBytes).not.toEqual([...texts].sort())
  })

  it('a prefix ends where the next text begins', () => {
    expect([afterPrefix('ab'), afterPrefix('a\uffff'), afterPrefix('\uffff'), afterPrefix('')]).toEqual([
      'ac',
      'b',
      undefined,
      undefined,
    ])
  })

  it('an anchored literal is told from other expressions', () => {
    const read = (source: string, flags = '') => literalOf(new RegExp(source, flags))
    expect(read('^a\\.b.*')).toEqual({ text: 'a.b', whole: false })
    expect(read('^a$')).toEqual({ text: 'a', whole: true })
    expect(read('a\\.B', 'i')).toEqual({ text: 'a.B', ignoreCase: true })
    for (const source of ['^a+', 'a?', 'a|b', '\\d', '[a]', '(a)', 'a.', 'a{2}', '^a$b', 'a$', '']) {
      expect([source, read(source)]).toEqual([source, undefined])
    }
    expect(read('^a', 'i')).toBeUndefined()
    expect(read('a', 'u')).toBeUndefined()
  })

  it('contain a literal exactly where the expression matches, whatever the case and the script', async () => {
    const titles = [
      'a',
      'A',
      'K',
      '\u212a',
      's',
      'ſ',
      'İ',
      'i',
      'ı',
      '%',
      '_',
      '\\',
      'x%y_z',
      'a\u0000b',
      '가나',
      '가',
      '😀b',
      'ÉB',
      '12',
    ]
    const { storage, remove } = nodeSqliteEngine.open()
    const instance = await openInstance(storage, querySchema)
    const rows = titles.map((title, index) => insertion(thing(`t${index}`, { title, note: title })))
    await instance.bulkWrite(rows, 'test')
    for (const wanted of ['a', 'K', 's', 'S', 'i', 'I', '%', '_', '\\\\', 'b', '가', 'é', '1', '😀']) {
      for (const flags of ['', 'i']) {
        const expected = titles.flatMap((title, index) => (new RegExp(wanted, flags).test(title) ? [`t${index}`] : []))
        for (const field of ['title', 'note']) {
          const found = await ask(instance, { selector: { [field]: { $regex: wanted, $options: flags } } }, querySchema)
          expect([wanted, flags, field, found.map((one) => one.id).sort()]).toEqual([
            wanted,
            flags,
            field,
            expected.sort(),
          ])
        }
      }
    }
    await instance.remove()
    remove()
  })
})

describe('the event loop', () => {
  it('turns while a large write and a large scan run, and reads pass between transactions', async () => {
    const { storage, remove } = nodeSqliteEngine.open({ transactionRows: 200 })
    const instance = await openInstance(storage, thingSchema)
    const rows = Array.from({ length: 8_000 }, (_, index) => insertion(thing(`t${index}`, { rank: index })))
    let turns = 0
    let done = false
    const turn = (): void => {
      turns++
      if (!done) setImmediate(turn)
    }
    setImmediate(turn)
    const writing = instance.bulkWrite(rows, 'test')
    const during = await ask(instance, { selector: {} })
    expect(during.length).toBeLessThan(8_000)
    expect(during.length % 200).toBe(0)
    await writing
    const afterWrite = turns
    expect(afterWrite).toBeGreaterThan(3)
    await ask(instance, { selector: { name: { $regex: '7$' } } })
    done = true
    expect(turns).toBeGreaterThan(afterWrite)
    await instance.remove()
    remove()
  })
})

describe('the document cache', () => {
  it('stays within its bounds and keeps what is used', () => {
    const whole = new DocumentCache({ entries: 100, bytes: 1_000_000 })
    const [one, other] = [whole.forTable(), whole.forTable()]
    for (let key = 0; key < 5_000; key++) {
      ;(key % 2 ? one : other).set(key, `t${key}`, thing(`t${key}`), 10)
      if (key % 10 === 0) one.get(1)
      if (key % 10 === 1) one.getById('t3')
      expect(whole.entries).toBeLessThanOrEqual(100)
    }
    expect(one.get(1)?.id).toBe('t1')
    expect(one.get(3)?.id).toBe('t3')
    expect(one.get(5)).toBeUndefined()
    expect(one.getById('t5')).toBeUndefined()
    const small = new DocumentCache({ entries: 100, bytes: 100 })
    const table = small.forTable()
    for (let key = 0; key < 50; key++) table.set(key, `x${key}`, thing('x'), 30)
    expect(small.entries).toBeLessThanOrEqual(4)
    table.set(49, 'x49', thing('x'), 101)
    expect(small.entries).toBe(0)
  })

  it('gives the last revision by key and by id, and none of a row that was forgotten', () => {
    const whole = new DocumentCache({ entries: 100, bytes: 1_000_000 })
    const table = whole.forTable()
    for (let revision = 1; revision <= 1_000; revision++)
      table.set(7, 'a', { ...thing('a'), _rev: `${revision}-x` }, 10)
    expect(whole.entries).toBe(1)
    expect(table.get(7)?._rev).toBe('1000-x')
    expect(table.getById('a')).toBe(table.get(7))
    table.delete(7)
    expect(table.get(7)).toBeUndefined()
    expect(table.getById('a')).toBeUndefined()
    table.set(7, 'a', thing('a'), 10)
    expect(table.getById('a')?.id).toBe('a')
    table.clear()
    expect(table.getById('a')).toBeUndefined()
  })
})
