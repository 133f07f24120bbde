/**
 * How a document's value becomes a column's value, so that SQLite's order is exactly RxDB's (mingo's) order:
 * missing < null < numbers < strings, and booleans in columns of their own.
 *
 * | document  | column                                                            |
 * |-----------|-------------------------------------------------------------------|
 * | missing   | NULL                                                              |
 * | null      | -Infinity, which JSON cannot hold, so that it is nobody's number  |
 * | number    | the number                                                        |
 * | string    | the text, encoded by `encodeText`                                 |
 * | boolean   | 0 or 1, in a column declared boolean                              |
 *
 * Any other value (array, object, boolean in a column of strings …) has no exact place: `encodeValue` gives
 * `INEXACT`, and the table stops using that column for queries.
 */
import type { SqlValue } from './driver.ts'

export const NULL_MARK = Number.NEGATIVE_INFINITY
export const INEXACT: unique symbol = Symbol('inexact')

/** `scalar` holds strings and numbers, `boolean` holds booleans; both hold missing and null. */
export type ColumnKind = 'scalar' | 'boolean'

const ABOVE_SURROGATES = /[\ud800-\uffff]/

/**
 * JavaScript orders strings by UTF-16 code unit, SQLite by UTF-8 byte: they disagree between astral characters
 * and U+E000–U+FFFF, and a lone surrogate has no UTF-8. Every code unit from U+D800 up becomes its own
 * supplementary character, which keeps JavaScript's order, is reversible, and leaves all other text as it is.
 */
export function encodeText(text: string): string {
  if (!ABOVE_SURROGATES.test(text)) return text
  let encoded = ''
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    encoded += unit < 0xd800 ? text.charAt(index) : String.fromCodePoint(0x10000 + unit - 0xd800)
  }
  return encoded
}

/** True where a text sorts the same in JavaScript and in SQLite against any other text. */
export function isPlainText(text: string): boolean {
  return !ABOVE_SURROGATES.test(text)
}

export function encodeValue(value: unknown, kind: ColumnKind): SqlValue | typeof INEXACT {
  if (value === undefined) return null
  if (value === null) return NULL_MARK
  switch (typeof value) {
    case 'string':
      return kind === 'scalar' ? encodeText(value) : INEXACT
    case 'number':
      if (kind !== 'scalar') return INEXACT
      return Number.isFinite(value) ? value : NULL_MARK // JSON writes NaN and the infinities as null
    case 'boolean':
      return kind === 'boolean' ? (value ? 1 : 0) : INEXACT
    default:
      return INEXACT
  }
}
