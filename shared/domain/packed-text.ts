/**
 * Short texts in 32-bit words, four characters each: App IDs of nearly every workspace fit, and comparing them does not
 * follow a reference. Longer texts and those beyond Latin-1 stay texts.
 */
export const textWords = 7
const mostCharacters = textWords * 4

/** Four characters of a text as an unsigned word, zero beyond its end; −1 where one is beyond Latin-1. */
function wordOf(text: string, from: number): number {
  const end = Math.min(from + 4, text.length)
  let word = 0
  let seen = 0
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at)
    seen |= code
    word = (word << 8) | code
  }
  return seen > 0xff ? -1 : word >>> 0
}

/** Writes a text at `from`. False, and nothing of use written, where it does not fit. Its length is not written. */
export function packText(text: string, into: Uint32Array, from: number): boolean {
  if (text.length > mostCharacters) return false
  for (let at = 0; at * 4 < text.length; at++) {
    const word = wordOf(text, at * 4)
    if (word === -1) return false
    into[from + at] = word
  }
  return true
}

/** True where the text written at `from`, of `length` characters, is exactly this one. */
export function isText(text: string, length: number, words: Uint32Array, from: number): boolean {
  if (text.length !== length) return false
  for (let at = 0; at * 4 < length; at++) {
    if (wordOf(text, at * 4) !== words[from + at]) return false
  }
  return true
}
