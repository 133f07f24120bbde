/** A piece of SQL with its parameters. Pieces are true or not true: SQL's NULL counts as not true, as in WHERE. */
import type { SqlValue } from './driver.ts'

export type Sql = { readonly text: string; readonly parameters: readonly SqlValue[] }

export const sql = (text: string, ...parameters: SqlValue[]): Sql => ({ text, parameters })
export const ALWAYS: Sql = sql('1')
export const NEVER: Sql = sql('0')

export function all(parts: readonly Sql[]): Sql {
  return join(parts, ' AND ', ALWAYS)
}

export function any(parts: readonly Sql[]): Sql {
  return join(parts, ' OR ', NEVER)
}

/** Not true of a piece that is false or NULL: `NOT` alone would leave NULL as it is. */
export function not(part: Sql): Sql {
  return { text: `(${part.text}) IS NOT TRUE`, parameters: part.parameters }
}

function join(parts: readonly Sql[], by: string, none: Sql): Sql {
  if (parts.length === 0) return none
  if (parts.length === 1) return parts[0] as Sql
  return {
    text: parts.map((part) => `(${part.text})`).join(by),
    parameters: parts.flatMap((part) => part.parameters),
  }
}

/**
 * `expression IN (…)`. The list is padded to a power of two by repeating its last value,
 * so that lists of many lengths share a few prepared statements.
 */
export function isOneOf(expression: string, values: readonly SqlValue[]): Sql {
  if (values.length === 0) return NEVER
  if (values.length === 1) return sql(`${expression} = ?`, values[0] as SqlValue)
  const size = 2 ** Math.ceil(Math.log2(values.length))
  const padded = [...values]
  while (padded.length < size) padded.push(values[values.length - 1] as SqlValue)
  return { text: `${expression} IN (?${', ?'.repeat(size - 1)})`, parameters: padded }
}
