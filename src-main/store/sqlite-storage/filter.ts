/** Translates a Mango selector to SQL, as far as SQL expresses it exactly. */
import { columnMatches, columnOperator } from './filter-column.ts'
import { elementHints, isJsonField, jsonMatches, jsonOperator } from './filter-json.ts'
import type { Column } from './layout.ts'
import { literalOf } from './regex.ts'
import { all, any, not, type Sql } from './sql.ts'

/** What the translator asks of a table: the column that holds a path exactly, if one does. */
export type ColumnLookup = (path: string) => Column | undefined

export type Filter = {
  /** Pieces that every matching document meets; together they may let through more. */
  readonly parts: readonly Sql[]
  /** True where documents that meet the pieces are exactly the matching ones. */
  readonly exact: boolean
}

type Selector = Readonly<Record<string, unknown>>

export function translateSelector(selector: Selector, columnOf: ColumnLookup): Filter {
  const parts: Sql[] = []
  let exact = true
  for (const [key, value] of Object.entries(selector)) {
    if (key === '$and' && Array.isArray(value)) {
      for (const one of value) {
        const inner = isSelector(one) ? translateSelector(one, columnOf) : { parts: [], exact: false }
        parts.push(...inner.parts)
        exact &&= inner.exact
      }
    } else if (key === '$or' && Array.isArray(value)) {
      const inner = value.map((one) =>
        isSelector(one) ? translateSelector(one, columnOf) : { parts: [], exact: false },
      )
      exact &&= inner.every((one) => one.exact)
      // A branch that SQL does not narrow at all lets everything through, and the rest with it.
      if (inner.every((one) => one.exact || one.parts.length > 0)) parts.push(any(inner.map((one) => all(one.parts))))
    } else if (key === '$nor' && Array.isArray(value)) {
      const inner = value.map((one) => wholly(one, columnOf))
      if (inner.includes(undefined)) exact = false
      else parts.push(not(any(inner as Sql[])))
    } else if (key.startsWith('$')) {
      exact = false
    } else {
      for (const part of translateField(key, value, columnOf)) {
        if (part) parts.push(part)
        else exact = false
      }
      parts.push(...elementHints(value))
    }
  }
  return { parts, exact }
}

/** A selector as one piece, or nothing where SQL does not express all of it. */
function wholly(selector: unknown, columnOf: ColumnLookup): Sql | undefined {
  if (!isSelector(selector)) return undefined
  const { parts, exact } = translateSelector(selector, columnOf)
  return exact ? all(parts) : undefined
}

function translateField(path: string, condition: unknown, columnOf: ColumnLookup): (Sql | undefined)[] {
  const operators = normalized(condition)
  if (!operators) return [undefined]
  return Object.entries(operators).map(([operator, operand]) => translateOperator(path, operator, operand, columnOf))
}

function translateOperator(path: string, operator: string, operand: unknown, columnOf: ColumnLookup): Sql | undefined {
  if (operator === '$ne' || operator === '$nin') {
    const inner = translateOperator(path, operator === '$ne' ? '$eq' : '$in', operand, columnOf)
    return inner && not(inner)
  }
  if (operator === '$not') {
    const inner = translateField(path, operand, columnOf)
    return inner.includes(undefined) ? undefined : not(all(inner as Sql[]))
  }
  const column = columnOf(path)
  if (operator === '$regex') {
    const literal = operand instanceof RegExp ? literalOf(operand) : undefined
    if (!literal) return undefined
    if (column) return columnMatches(column, literal)
    return isJsonField(path) ? jsonMatches(path, literal) : undefined
  }
  if (column) return columnOperator(column, operator, operand)
  return isJsonField(path) ? jsonOperator(path, operator, operand) : undefined
}

/**
 * A field's condition as operators, as mingo's `normalize` has it; nothing where it compares with a whole object,
 * which SQL cannot.
 */
function normalized(condition: unknown): Selector | undefined {
  if (condition instanceof RegExp) return { $regex: condition }
  if (typeof condition !== 'object' || condition === null) return { $eq: condition }
  if (!isSelector(condition)) return undefined
  const names = Object.keys(condition)
  if (names.length === 0 || !names.every((name) => name.startsWith('$'))) return undefined
  if (!('$regex' in condition)) return condition
  const { $regex: pattern, $options: flags, ...rest } = condition
  try {
    return { ...rest, $regex: new RegExp(pattern as RegExp | string, flags as string | undefined) }
  } catch {
    return undefined
  }
}

function isSelector(value: unknown): value is Selector {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && value.constructor === Object
}
