/** Recognises the regular expressions that SQL can answer exactly: an anchored literal. */

export type AnchoredLiteral = {
  readonly text: string
  /** True for `^text$`, false for `^text` and `^text.*`. */
  readonly whole: boolean
}

const META = new Set('.[](){}*+?|^$\\/'.split(''))

/** The literal that an expression without flags asks a text to begin with (or be), if that is all it asks. */
export function anchoredLiteral(source: string, flags: string): AnchoredLiteral | undefined {
  if (flags !== '' || !source.startsWith('^')) return undefined
  let text = ''
  let index = 1
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
  if (rest === '' || rest === '.*') return { text, whole: false }
  if (rest === '$') return { text, whole: true }
  return undefined
}

/** The least text, by UTF-16 code units, that is greater than every text beginning with this prefix; none for ''. */
export function afterPrefix(prefix: string): string | undefined {
  for (let length = prefix.length; length > 0; length--) {
    const last = prefix.charCodeAt(length - 1)
    if (last < 0xffff) return prefix.slice(0, length - 1) + String.fromCharCode(last + 1)
  }
  return undefined
}
