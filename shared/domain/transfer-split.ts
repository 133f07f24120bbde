/**
 * Takes the text of an exchange file apart without holding it whole: the fields of the one object at the top, and the
 * rows of its lists one by one, each with its line. So a file of any size is read in small steps, and a fault in one
 * row has a place. Rows are handed on as text; `JSON.parse` judges them.
 */
import type { Refusal } from './outcome.ts'
import { refuse } from './outcome.ts'
import { invalid } from './transfer-refusal.ts'

/** spec/sync.md, parity traps. */
const maxDepth = 32
/** Most characters of one row or field: four times what a document may hold. */
export const maxPieceLength = 1_048_576

export type Piece =
  | { readonly kind: 'field'; readonly field: string; readonly text: string; readonly line: number }
  | {
      readonly kind: 'row'
      readonly field: string
      readonly index: number
      readonly text: string
      readonly line: number
    }

/** What may come next, outside a value. */
type Place = 'object' | 'keyOrEnd' | 'key' | 'colon' | 'value' | 'commaOrEnd' | 'rowOrEnd' | 'row' | 'rowComma' | 'end'

const quote = 34
const backslash = 92
const newline = 10

function isSpace(code: number): boolean {
  return code === 32 || code === newline || code === 13 || code === 9
}

export class JsonSplitter {
  readonly #lists: ReadonlySet<string>
  readonly #seen = new Set<string>()
  #place: Place = 'object'
  #line = 1
  #field = ''
  #index = 0
  /** The value being read: the parts of its text before this push, its depth and its state. */
  #value: { readonly what: 'key' | 'field' | 'row'; readonly line: number; parts: string[]; length: number } | undefined
  #depth = 0
  #inString = false
  #escaped = false
  #fault: Refusal | undefined
  #first = true

  /** @param lists the fields whose values are lists of rows. */
  constructor(lists: readonly string[]) {
    this.#lists = new Set(lists)
  }

  /** Reads on; pieces come in the order of the text. Parts may be cut anywhere. After a fault nothing more comes. */
  push(part: string): Piece[] {
    const pieces: Piece[] = []
    let from = 0
    let at = 0
    // Some editors begin a file with a byte order mark.
    if (this.#first && part.charCodeAt(0) === 0xfeff) at = 1
    if (part.length > 0) this.#first = false
    while (at < part.length && this.#fault === undefined) {
      const code = part.charCodeAt(at)
      if (this.#value !== undefined) {
        const ended = this.#readValue(code)
        if (ended !== 'no') {
          const end = ended === 'with' ? at + 1 : at
          this.#endValue(part.slice(from, end), pieces)
          if (ended === 'before') continue
        }
      } else if (!isSpace(code) && this.#step(code)) {
        from = at
        // The first character opens the value.
        continue
      }
      if (code === newline) this.#line += 1
      at += 1
    }
    if (this.#value !== undefined && this.#fault === undefined) this.#keep(part.slice(from))
    return pieces
  }

  /** Says that the text is over. Returns what was wrong with it, if anything. */
  end(): Refusal | undefined {
    if (this.#fault === undefined && this.#place !== 'end') this.#wrong()
    return this.#fault
  }

  #wrong(): void {
    this.#fault = invalid('not_json', undefined, { line: this.#line })
  }

  #keep(text: string): void {
    const value = this.#value
    if (value === undefined) return
    value.parts.push(text)
    value.length += text.length
    if (value.length > maxPieceLength) {
      this.#fault = refuse('too_long', { max: maxPieceLength, line: value.line }, this.#field || undefined)
    }
  }

  /** One character of a value: does the value end with it, before it, or not yet? */
  #readValue(code: number): 'no' | 'with' | 'before' {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (code === backslash) this.#escaped = true
      else if (code === quote) {
        this.#inString = false
        if (this.#depth === 0) return 'with'
      }
      return 'no'
    }
    switch (code) {
      case quote:
        this.#inString = true
        return 'no'
      case 123: // {
      case 91: // [
        this.#depth += 1
        if (this.#depth > maxDepth) this.#fault = invalid('too_deep', undefined, { line: this.#line })
        return 'no'
      case 125: // }
      case 93: // ]
        if (this.#depth === 0) return 'before'
        this.#depth -= 1
        return this.#depth === 0 ? 'with' : 'no'
      case 44: // ,
      case 58: // :
        return this.#depth === 0 ? 'before' : 'no'
      default:
        return this.#depth === 0 && isSpace(code) ? 'before' : 'no'
    }
  }

  #endValue(rest: string, pieces: Piece[]): void {
    this.#keep(rest)
    const value = this.#value
    this.#value = undefined
    if (value === undefined || this.#fault !== undefined) return
    const text = value.parts.join('')
    if (value.what === 'key') {
      this.#readKey(text)
      return
    }
    if (value.what === 'field') {
      pieces.push({ kind: 'field', field: this.#field, text, line: value.line })
      this.#place = 'commaOrEnd'
      return
    }
    pieces.push({ kind: 'row', field: this.#field, index: this.#index, text, line: value.line })
    this.#index += 1
    this.#place = 'rowComma'
  }

  #readKey(text: string): void {
    let key: unknown
    try {
      key = JSON.parse(text)
    } catch {
      key = undefined
    }
    if (typeof key !== 'string') {
      this.#wrong()
      return
    }
    if (this.#seen.has(key)) {
      this.#fault = invalid('twice', key.toWellFormed().slice(0, 64), { line: this.#line })
      return
    }
    this.#seen.add(key)
    this.#field = key
    this.#place = 'colon'
  }

  /** One character between values. True where it begins a value. */
  #step(code: number): boolean {
    const next = this.#nextPlace(code)
    if (next === undefined) {
      this.#wrong()
      return false
    }
    if (next === 'begins') return this.#begin()
    this.#place = next
    return false
  }

  #nextPlace(code: number): Place | 'begins' | undefined {
    const character = String.fromCharCode(code)
    switch (this.#place) {
      case 'object':
        return character === '{' ? 'keyOrEnd' : undefined
      case 'keyOrEnd':
        return character === '}' ? 'end' : character === '"' ? 'begins' : undefined
      case 'key':
        return character === '"' ? 'begins' : undefined
      case 'colon':
        return character === ':' ? 'value' : undefined
      case 'value':
        if (!this.#lists.has(this.#field)) return ',:}]'.includes(character) ? undefined : 'begins'
        this.#index = 0
        if (character === '[') return 'rowOrEnd'
        this.#fault = invalid('not_a_list', this.#field, { line: this.#line })
        return this.#place
      case 'commaOrEnd':
        return character === ',' ? 'key' : character === '}' ? 'end' : undefined
      case 'rowOrEnd':
        return character === ']' ? 'commaOrEnd' : ',:}'.includes(character) ? undefined : 'begins'
      case 'row':
        return ',:}]'.includes(character) ? undefined : 'begins'
      case 'rowComma':
        return character === ',' ? 'row' : character === ']' ? 'commaOrEnd' : undefined
      case 'end':
        return undefined
    }
  }

  #begin(): true {
    const what = this.#place === 'value' ? 'field' : this.#place.startsWith('row') ? 'row' : 'key'
    this.#value = { what, line: this.#line, parts: [], length: 0 }
    this.#depth = 0
    this.#inString = false
    this.#escaped = false
    return true
  }
}
