/**
 * One Mango operator on a top-level field without a column, as SQL over the document's JSON.
 * mingo looks into an array for most operators, and so does `json_each`, which takes a scalar for an array of one.
 * Texts compare by UTF-8 in SQLite, so an operand must be plain (`isPlainText`): against such a one both orders agree.
 * Numbers are read by SQLite from decimal, correctly rounded, as by JavaScript.
 */
import { isPlainText } from './encoding.ts'
import { afterPrefix, type Literal, lowerAscii } from './regex.ts'
import { all, any, NEVER, type Sql, sql } from './sql.ts'

const FIELD = /^[A-Za-z_][A-Za-z0-9_]*$/
const LONGEST_LIST = 64

/** True where `jsonOperator` may be asked about a path: a plain field of the document itself. */
export function isJsonField(path: string): boolean {
  return FIELD.test(path)
}

const typeOf = (field: string): string => `json_type(data, '$.${field}')`

/** True where the value, or one element of an array, meets a condition on `e`. json_each would also walk an object. */
function some(field: string, condition: Sql): Sql {
  return sql(
    `${typeOf(field)} <> 'object' AND EXISTS (SELECT 1 FROM json_each(data, '$.${field}') e WHERE ${condition.text})`,
    ...condition.parameters,
  )
}

const NUMBER = `e.type IN ('integer', 'real')`
const asNumber = 'CAST(e.atom AS REAL)'

export function jsonOperator(field: string, operator: string, operand: unknown): Sql | undefined {
  switch (operator) {
    case '$eq':
      return equals(field, operand)
    case '$in':
      return Array.isArray(operand) && operand.length <= LONGEST_LIST ? isIn(field, operand) : undefined
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return range(field, operator, operand)
    case '$exists':
      return sql(`${typeOf(field)} IS ${operand ? 'NOT ' : ''}NULL`)
    case '$type':
      return ofType(field, operand)
    default:
      return undefined
  }
}

/** mingo looks for texts in an array and in the arrays within it. */
export function jsonMatches(field: string, literal: Literal): Sql | undefined {
  const condition = (alias: string): Sql | undefined => {
    if (!isPlainText(literal.text)) return undefined
    if ('ignoreCase' in literal) {
      return literal.ignoreCase
        ? sql(`${alias}.type = 'text' AND instr(lower(${alias}.atom), ?) > 0`, lowerAscii(literal.text))
        : sql(`${alias}.type = 'text' AND instr(${alias}.atom, ?) > 0`, literal.text)
    }
    if (literal.whole) return sql(`${alias}.type = 'text' AND ${alias}.atom = ?`, literal.text)
    if (literal.text === '') return sql(`${alias}.type = 'text'`)
    const end = afterPrefix(literal.text)
    if (end === undefined || !isPlainText(end)) return undefined
    return sql(`${alias}.type = 'text' AND ${alias}.atom >= ? AND ${alias}.atom < ?`, literal.text, end)
  }
  const direct = condition('e')
  const nested = condition('n')
  if (!direct || !nested) return undefined
  const within = sql(
    `e.type = 'array' AND EXISTS (SELECT 1 FROM json_each(e.value) n WHERE ${nested.text})`,
    ...nested.parameters,
  )
  return some(field, any([direct, within]))
}

/**
 * For `$elemMatch: { field: 'text' }`: a document that matches has `"field":"text"` in its JSON. Others may have it too,
 * so this narrows what the matcher is asked about, and decides nothing.
 */
export function elementHints(condition: unknown): Sql[] {
  const wanted = (condition as { readonly $elemMatch?: unknown } | null | undefined)?.$elemMatch
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return []
  return Object.entries(wanted)
    .filter(([field, value]) => FIELD.test(field) && typeof value === 'string' && isPlainText(value))
    .map(([field, value]) => sql('instr(data, ?) > 0', `${JSON.stringify(field)}:${JSON.stringify(value)}`))
}

function elementEquals(operand: unknown): Sql | undefined {
  switch (typeof operand) {
    case 'string':
      return isPlainText(operand) ? sql(`e.type = 'text' AND e.atom = ?`, operand) : undefined
    case 'number':
      return Number.isFinite(operand) ? sql(`${NUMBER} AND ${asNumber} = ?`, operand) : NEVER
    case 'boolean':
      return sql(`e.type = '${operand}'`)
    default:
      return operand === null ? sql(`e.type = 'null'`) : undefined
  }
}

function equals(field: string, operand: unknown): Sql | undefined {
  const element = elementEquals(operand)
  if (!element) return undefined
  const found = some(field, element)
  return operand === null ? any([sql(`${typeOf(field)} IS NULL`), found]) : found
}

function isIn(field: string, operand: readonly unknown[]): Sql | undefined {
  const elements = operand.map(elementEquals)
  if (elements.includes(undefined)) return undefined
  const parts = elements.length > 0 ? [some(field, any(elements as Sql[]))] : []
  if (operand.includes(null)) parts.push(sql(`${typeOf(field)} IS NULL`))
  return any(parts)
}

const SIGN = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' } as const

function range(field: string, operator: keyof typeof SIGN, operand: unknown): Sql | undefined {
  const sign = SIGN[operator]
  const inclusive = operator === '$gte' || operator === '$lte'
  switch (typeof operand) {
    case 'string':
      return isPlainText(operand) ? some(field, sql(`e.type = 'text' AND e.atom ${sign} ?`, operand)) : undefined
    case 'number':
      return Number.isFinite(operand) ? some(field, sql(`${NUMBER} AND ${asNumber} ${sign} ?`, operand)) : undefined
    case 'boolean': {
      const types = [false, true].filter((value) => compares(Number(value), sign, Number(operand)))
      return any(types.map((value) => some(field, sql(`e.type = '${value}'`))))
    }
    default:
      if (operand !== null) return undefined
      return inclusive ? some(field, sql(`e.type = 'null'`)) : NEVER
  }
}

function compares(a: number, sign: '>' | '>=' | '<' | '<=', b: number): boolean {
  if (sign === '>') return a > b
  if (sign === '>=') return a >= b
  return sign === '<' ? a < b : a <= b
}

const isType = (field: string, ...types: string[]): Sql =>
  sql(`${typeOf(field)} IN (${types.map((type) => `'${type}'`).join(', ')})`)

function ofType(field: string, operand: unknown): Sql | undefined {
  if (Array.isArray(operand)) {
    const parts = operand.map((one) => ofType(field, one))
    return parts.includes(undefined) ? undefined : any(parts as Sql[])
  }
  switch (operand) {
    case 'string':
    case 2:
      return isType(field, 'text')
    case 'number':
    case 'double':
    case 'decimal':
    case 1:
    case 19:
      return isType(field, 'integer', 'real')
    case 'int':
    case 'long':
    case 16:
    case 18: {
      const value = `CAST(json_extract(data, '$.${field}') AS REAL)`
      return all([
        isType(field, 'integer', 'real'),
        sql(`abs(${value}) >= 9007199254740992.0 OR ${value} = CAST(${value} AS INTEGER)`),
      ])
    }
    case 'bool':
    case 'boolean':
    case 8:
      return isType(field, 'true', 'false')
    case 'null':
    case 10:
      return isType(field, 'null')
    case 'undefined':
    case 6:
      return any([sql(`${typeOf(field)} IS NULL`), isType(field, 'null')])
    case 'object':
    case 3:
      return isType(field, 'object')
    case 'array':
    case 4:
      return isType(field, 'array')
    case 'date':
    case 'regex':
    case 'regexp':
    case 9:
    case 11:
      return NEVER
    default:
      return undefined
  }
}
