/** Random documents and queries that look for what separates SQL from mingo: types, nulls, arrays, unicode, ties. */
import type { StoredDocument } from '../../src-main/store/sqlite-storage/layout.ts'
import { filled } from './engines.ts'
import type { Random } from './random.ts'

export const querySchema = filled({
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 40 },
    title: { type: 'string', maxLength: 40 },
    rank: { type: 'number', minimum: -1000, maximum: 1000, multipleOf: 1 },
    on: { type: 'boolean' },
    nested: { type: 'object', properties: { level: { type: 'integer', minimum: 0, maximum: 9, multipleOf: 1 } } },
    note: {},
    tags: {},
    deep: { type: 'object' },
  },
  required: ['id'],
  indexes: ['title', 'rank', 'on', 'nested.level', ['on', 'rank'], ['title', 'rank']],
})

const TEXTS = [
  '',
  'a',
  'b',
  'ab',
  'abc',
  'abd',
  'Z',
  'é',
  'a.b',
  '100%',
  'a b',
  'null',
  '1',
  'zz',
  '\ud7ff',
  '\ue000',
  '\ue000x',
  '\ufffd',
  '\uffff',
  '😀',
  '😀a',
  'a😀',
  '𐀀',
  '\ud83d',
] // prettier-ignore
// U+FFFF is memory storage's own end mark, so that it misses documents with it.
const TIDY_TEXTS = TEXTS.filter((text) => text !== '\uffff')
const CONTROL_TEXTS = ['a\u0000b', '\u0000', 'a\tb', ' a', 'a ']
const NUMBERS = [-1000, -1, -0, 0, 1, 2, 3, 5, 7, 1000]
const WILD_NUMBERS = [0.1, 2.5, -0.30000000000000004, 1e21, 2 ** 53, 2 ** 60, 5e-324, 1.7976931348623157e308]

/** `tidy` documents have every indexed field with its declared type, as RxDB's schema validation would ensure. */
export function randomDocument(random: Random, id: string, tidy: boolean): StoredDocument {
  const document: Record<string, unknown> = {
    id,
    title: tidy ? random.pick(TIDY_TEXTS) : mostly(random, () => random.pick(TEXTS)),
    rank: tidy ? random.pick(NUMBERS) : mostly(random, () => randomNumber(random)),
    on: tidy ? random.chance(0.5) : mostly(random, () => random.chance(0.5)),
    nested: tidy || random.chance(0.9) ? { level: random.below(10) } : randomValue(random, 1),
    note: randomValue(random, 2),
    tags: random.chance(0.5)
      ? Array.from({ length: random.below(4) }, () => randomValue(random, 1))
      : randomValue(random, 1),
    deep: random.chance(0.7) ? { x: randomValue(random, 1) } : randomValue(random, 1),
    _deleted: random.chance(0.15),
    _rev: '1-a',
    _meta: { lwt: 1000 + random.below(5) },
    _attachments: {},
  }
  return JSON.parse(JSON.stringify(document)) as StoredDocument
}

/** A round's wildness is decided once per document set: a column with one wild value is exact no more. */
export type Wildness = 'tidy' | 'gaps' | 'wild'

export function randomDocuments(random: Random, count: number, wildness: Wildness): StoredDocument[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `${random.pick(TEXTS.filter((text) => text !== ''))}${index}`
    const document = randomDocument(random, id, wildness !== 'wild')
    // Gaps keep every column exact: missing, null, and numbers among strings have their place in it.
    if (wildness === 'gaps') {
      if (random.chance(0.3)) document.title = random.pick([null, 5, 'a', ...CONTROL_TEXTS])
      if (random.chance(0.2)) delete document.title
      if (random.chance(0.3)) document.rank = random.pick([null, 'a', ...WILD_NUMBERS])
      if (random.chance(0.2)) delete document.rank
      if (random.chance(0.2)) document.on = null
      if (random.chance(0.2)) delete document.on
      if (random.chance(0.2)) document.nested = random.pick([null, {}, { level: null }, 'text', 7])
    }
    return document
  })
}

function mostly(random: Random, value: () => unknown): unknown {
  return random.chance(0.85) ? value() : randomValue(random, 1)
}

function randomNumber(random: Random): number {
  if (random.chance(0.1)) return random.next() * 10 ** random.below(20)
  return random.pick(random.chance(0.3) ? WILD_NUMBERS : NUMBERS)
}

export function randomValue(random: Random, depth: number): unknown {
  switch (random.below(depth > 0 ? 9 : 6)) {
    case 0:
      return undefined
    case 1:
      return null
    case 2:
      return randomNumber(random)
    case 3:
    case 4:
      return random.pick(random.chance(0.2) ? CONTROL_TEXTS : TEXTS)
    case 5:
      return random.chance(0.5)
    case 6:
    case 7:
      return Array.from({ length: random.below(3) }, () => randomValue(random, depth - 1) ?? null)
    default:
      return { x: randomValue(random, depth - 1), y: random.below(3) }
  }
}

const INDEXED = { title: () => TEXTS, rank: () => NUMBERS, on: () => [true, false] } as const
const OTHER_PATHS = [
  'note',
  'tags',
  'deep',
  'deep.x',
  'missing',
  'nested.level',
  'tags.x',
  'tags.0',
  '_meta.lwt',
  '_rev',
]
const TYPES = [
  'string',
  'number',
  'int',
  'boolean',
  'null',
  'array',
  'object',
  'undefined',
  1,
  2,
  3,
  4,
  8,
  10,
  16,
  'double',
  'nonsense',
]
const PATTERNS = [
  'a',
  'A',
  'é',
  'a\\.b',
  '😀',
  '^a',
  '^ab$',
  '^',
  '^\\.',
  '^a\\.b',
  'b',
  '^A',
  '^é',
  '^😀',
  '^\ud83d',
  '^a.*',
  '^(a|b)',
  '^a+',
  '^\ue000',
  '^\ud7ff',
  '^\uffff',
  '^100%$',
]
const COMPARISONS = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte'] as const

export type RandomQuery = {
  selector: Record<string, unknown>
  sort?: Record<string, 'asc' | 'desc'>[]
  skip?: number
  limit?: number
}

/** `tidy` queries compare indexed fields with values of their declared type only. */
export function randomQuery(random: Random, ids: readonly string[], tidy: boolean): RandomQuery {
  const query: RandomQuery = { selector: randomSelector(random, ids, tidy, 2) }
  if (random.chance(0.6)) query.selector = { ...query.selector, _deleted: { $eq: random.chance(0.1) } }
  if (random.chance(0.7)) {
    const paths = [
      'title',
      'rank',
      'on',
      'nested.level',
      'id',
      ...(random.chance(0.3) ? ['note', 'tags', 'deep.x', '_meta.lwt'] : []),
    ]
    const chosen = new Set(Array.from({ length: 1 + random.below(2) }, () => random.pick(paths)))
    query.sort = [...chosen].map((path) => ({ [path]: random.pick(['asc', 'desc'] as const) }))
  }
  if (random.chance(0.3)) query.skip = random.below(12)
  if (random.chance(0.5)) query.limit = random.below(20)
  return query
}

function randomSelector(random: Random, ids: readonly string[], tidy: boolean, depth: number): Record<string, unknown> {
  const selector: Record<string, unknown> = {}
  for (let count = random.below(3); count >= 0; count--) {
    if (depth > 0 && random.chance(0.25)) {
      const branches = Array.from({ length: 1 + random.below(3) }, () => randomSelector(random, ids, tidy, depth - 1))
      selector[random.pick(['$and', '$or', '$nor'])] = branches
    } else {
      const path = randomPath(random)
      selector[path] = randomCondition(random, path, ids, tidy)
    }
  }
  return selector
}

function randomPath(random: Random): string {
  if (random.chance(0.55)) return random.pick(Object.keys(INDEXED))
  return random.chance(0.1) ? 'id' : random.pick(OTHER_PATHS)
}

function randomOperand(random: Random, path: string, ids: readonly string[], tidy: boolean): unknown {
  if (path === 'id') return random.pick(ids)
  if (path in INDEXED && (tidy || random.chance(0.7)))
    return random.pick<unknown>(INDEXED[path as keyof typeof INDEXED]())
  if (path === 'nested.level' && tidy) return random.below(10)
  if (path === '_meta.lwt') return 1000 + random.below(5)
  if (path === '_rev') return '1-a'
  return randomValue(random, random.chance(0.2) ? 1 : 0) ?? null
}

function randomCondition(random: Random, path: string, ids: readonly string[], tidy: boolean): unknown {
  const operand = (): unknown => randomOperand(random, path, ids, tidy)
  const one = (): Record<string, unknown> => {
    switch (random.below(9)) {
      case 0:
      case 1:
      case 2:
        return { [random.pick(COMPARISONS)]: operand() }
      case 3:
        return { [random.pick(['$in', '$nin'])]: Array.from({ length: random.below(5) }, operand) }
      case 4:
        return { $exists: random.chance(0.5) }
      case 5:
        return { $type: random.chance(0.2) ? [random.pick(TYPES), random.pick(TYPES)] : random.pick(TYPES) }
      case 6:
        return random.chance(0.8) ? { $regex: random.pick(PATTERNS) } : { $regex: random.pick(PATTERNS), $options: 'i' }
      case 7:
        return { [random.pick(['$gt', '$gte'])]: operand(), [random.pick(['$lt', '$lte'])]: operand() }
      default:
        return random.pick([
          { $size: random.below(3) },
          { $mod: [2, random.below(2)] },
          { $elemMatch: { $eq: operand() } },
          { $elemMatch: { x: { $gt: operand() } } },
        ])
    }
  }
  if (random.chance(0.15)) return { $not: one() }
  if (random.chance(0.1)) {
    const value = operand()
    return value === null || typeof value !== 'object' ? { $eq: value } : value
  }
  return one()
}
