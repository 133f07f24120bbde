/**
 * One Mango operator on an indexed field, as SQL on its column. Exact, by the encoding of `encoding.ts`:
 * the column holds NULL (missing), -Infinity (null), numbers and texts, or 0 and 1 for booleans.
 */
import { type ColumnKind, encodeText } from './encoding.ts'
import type { Column } from './layout.ts'
import { afterPrefix, type Literal, lowerAscii } from './regex.ts'
import { any, isOneOf, NEVER, type Sql, sql } from './sql.ts'

/** Larger lists go to the matcher, whose hash lookup does not care. */
const LONGEST_LIST = 8192
const NULL_LITERAL = '-9e999'

export function columnOperator(column: Column, operator: string, operand: unknown): Sql | undefined {
  const { name, kind } = column
  switch (operator) {
    case '$eq':
      return equals(name, kind, operand)
    case '$in':
      return Array.isArray(operand) ? isIn(name, kind, operand) : undefined
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return range(name, kind, operator, operand)
    case '$exists':
      return sql(operand ? `${name} IS NOT NULL` : `${name} IS NULL`)
    case '$type':
      return ofType(name, kind, operand)
    default:
      return undefined
  }
}

export function columnMatches(column: Column, literal: Literal): Sql {
  const { name, kind } = column
  if (kind === 'boolean') return NEVER
  // Only texts are looked into; SQLite would take a number for its digits.
  if ('ignoreCase' in literal) {
    return literal.ignoreCase
      ? sql(`${name} >= '' AND instr(lower(${name}), ?) > 0`, lowerAscii(literal.text))
      : sql(`${name} >= '' AND instr(${name}, ?) > 0`, encodeText(literal.text))
  }
  if (literal.whole) return sql(`${name} = ?`, encodeText(literal.text))
  const end = afterPrefix(literal.text)
  if (end === undefined)
    return literal.text === '' ? sql(`${name} >= ''`) : sql(`${name} >= ?`, encodeText(literal.text))
  return sql(`${name} >= ? AND ${name} < ?`, encodeText(literal.text), encodeText(end))
}

/** A value as the column holds it; undefined where no document of the column can hold it. */
function encoded(kind: ColumnKind, value: unknown): string | number | undefined {
  if (kind === 'boolean') return typeof value === 'boolean' ? Number(value) : undefined
  if (typeof value === 'string') return encodeText(value)
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

function equals(name: string, kind: ColumnKind, operand: unknown): Sql {
  if (operand === null || operand === undefined) return sql(`${name} IS NULL OR ${name} = ${NULL_LITERAL}`)
  const value = encoded(kind, operand)
  if (value === undefined) return NEVER
  // A literal, not a parameter: only so does SQLite see that the partial index over living documents serves.
  if (name === 'deleted') return sql(`deleted = ${value}`)
  return sql(`${name} = ?`, value)
}

function isIn(name: string, kind: ColumnKind, operand: readonly unknown[]): Sql | undefined {
  if (operand.length > LONGEST_LIST || operand.some((value) => value instanceof RegExp)) return undefined
  const values = operand.map((value) => encoded(kind, value)).filter((value) => value !== undefined)
  const parts: Sql[] = []
  if (values.length > 0) parts.push(isOneOf(name, values))
  // mingo takes a missing value for null here, but an undefined in the list for nothing.
  if (operand.includes(null)) parts.push(equals(name, kind, null))
  return any(parts)
}

const SIGN = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' } as const

/** mingo compares values of one type only; so a bound of one type also needs the end of that type's range. */
function range(name: string, kind: ColumnKind, operator: keyof typeof SIGN, operand: unknown): Sql | undefined {
  const sign = SIGN[operator]
  const upward = operator === '$gt' || operator === '$gte'
  if (operand === null) return operator === '$gte' || operator === '$lte' ? sql(`${name} = ${NULL_LITERAL}`) : NEVER
  if (operand === undefined) return operator === '$gte' || operator === '$lte' ? sql(`${name} IS NULL`) : NEVER
  if (kind === 'boolean') {
    if (typeof operand !== 'boolean') return typeof operand === 'object' ? undefined : NEVER
    return sql(`${name} ${sign} ${Number(operand)}${upward ? '' : ` AND ${name} >= 0`}`)
  }
  if (typeof operand === 'string') {
    return upward
      ? sql(`${name} ${sign} ?`, encodeText(operand))
      : sql(`${name} ${sign} ? AND ${name} >= ''`, encodeText(operand))
  }
  if (typeof operand === 'number') {
    if (Number.isNaN(operand)) return NEVER
    if (operand === Number.POSITIVE_INFINITY) return upward ? NEVER : numbers(name)
    if (operand === Number.NEGATIVE_INFINITY) return upward ? numbers(name) : NEVER
    return upward
      ? sql(`${name} ${sign} ? AND ${name} < ''`, operand)
      : sql(`${name} ${sign} ? AND ${name} > ${NULL_LITERAL}`, operand)
  }
  // A boolean is never compared with a string or number; objects and arrays are not compared here.
  return typeof operand === 'boolean' ? NEVER : undefined
}

const numbers = (name: string): Sql => sql(`${name} > ${NULL_LITERAL} AND ${name} < ''`)

function ofType(name: string, kind: ColumnKind, operand: unknown): Sql | undefined {
  if (Array.isArray(operand)) {
    const parts = operand.map((one) => ofType(name, kind, one))
    return parts.includes(undefined) ? undefined : any(parts as Sql[])
  }
  switch (operand) {
    case 'string':
    case 2:
      return kind === 'boolean' ? NEVER : sql(`${name} >= ''`)
    case 'number':
    case 'double':
    case 'decimal':
    case 1:
    case 19:
      return kind === 'boolean' ? NEVER : numbers(name)
    case 'int':
    case 'long':
    case 16:
    case 18:
      // From 2^53 up every number is whole, and a cast to SQLite's integer would clip.
      return kind === 'boolean'
        ? NEVER
        : sql(`${numbers(name).text} AND (abs(${name}) >= 9007199254740992.0 OR ${name} = CAST(${name} AS INTEGER))`)
    case 'bool':
    case 'boolean':
    case 8:
      return kind === 'boolean' ? sql(`${name} >= 0`) : NEVER
    case 'null':
    case 10:
      return sql(`${name} = ${NULL_LITERAL}`)
    case 'undefined':
    case 6:
      return equals(name, kind, null)
    case 'object':
    case 'array':
    case 'date':
    case 'regex':
    case 'regexp':
    case 3:
    case 4:
    case 9:
    case 11:
      return NEVER
    default:
      return undefined
  }
}
