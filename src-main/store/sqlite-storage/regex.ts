/** Recognises the regular expressions that SQL can answer exactly: a literal, anchored or anywhere. */

export type AnchoredLiteral = {
  readonly text: string
  /** True for `^text$`, false for `^text` and `^text.*`. */
  readonly whole: boolean
}

/** A literal anywhere in the text. */
export type ContainedLiteral = {
  readonly text: string
  readonly ignoreCase: boolean
}

export type Literal = AnchoredLiteral | ContainedLiteral

const META = new Set('.[](){}*+?|^$\\/'.split(''))

/** The literal that an expression asks for, if that is all it asks. */
export function literalOf({ source, flags }: RegExp): Literal | undefined {
  return anchoredLiteral(source, flags) ?? containedLiteral(source, flags)
}

/** The literal that an expression without flags asks a text to begin with (or be). */
function anchoredLiteral(source: string, flags: string): AnchoredLiteral | undefined {
  if (flags !== '' || !source.startsWith('^')) return undefined
  const literal = readLiteral(source.slice(1))
  if (!literal) return undefined
  const { text, rest } = literal
  if (rest === '' || rest === '.*') return { text, whole: false }
  if (rest === '$') return { text, whole: true }
  return undefined
}

/**
 * Letters without case whose like nothing else is: Hangul, kana, ideographs. For ASCII, an expression that ignores case
 * and SQLite's `lower` agree: neither takes a letter beyond ASCII for one within (ECMA-262, Canonicalize; no `u` flag).
 * For other letters they differ, so those are left to the matcher.
 */
const CASE_AGREES = /^[\x20-\x7e\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7a3]*$/

function containedLiteral(source: string, flags: string): ContainedLiteral | undefined {
  if (flags !== '' && flags !== 'i') return undefined
  const literal = readLiteral(source)
  if (literal?.rest !== '' || literal.text === '') return undefined
  const ignoreCase = flags === 'i'
  const { text } = literal
  return ignoreCase && !CASE_AGREES.test(text) ? undefined : { text, ignoreCase }
}

/** The literal that an expression begins with, up to the first character that means more than itself. */
function readLiteral(source: string): { text: string; rest: string } | undefined {
  let text = ''
  let index = 0
  for (; index < source.length; index++) {
    const character = source.charAt(index)
    if (character === '\\') {
      const escaped = source.charAt(index + 1)
      // An escaped letter or digit is a class, a control character or a reference.
      if (escaped === '' || /[a-zA-Z0-9]/.test(escaped)) return undefined
      text += escaped
      index++
    } else if (META.has(character) && character !== '/') {
      break
    } else {
      text += character
    }
  }
  const rest = source.slice(index)
  // A quantifier belongs to the literal's last character.
  return /^[*+?{]/.test(rest) ? undefined : { text, rest }
}

/** Lower case as SQLite's `lower` has it: ASCII letters only. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** The least text, by UTF-16 code units, that is greater than every text beginning with this prefix; none for ''. */
export function afterPrefix(prefix: string): string | undefined {
  for (let length = prefix.length; length > 0; length--) {
    const last = prefix.charCodeAt(length - 1)
    if (last < 0xffff) return prefix.slice(0, length - 1) + String.fromCharCode(last + 1)
  }
  return undefined
}
