/**
 * SHA-256 digests as eight 32-bit words in a typed array: comparing them reads one line of memory, where comparing
 * texts would first follow a reference to each.
 */
export const digestWords = 8

// By character code: the value of a lower-case hexadecimal digit, 16 for any other character.
const digits = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(code))
  return value === -1 ? 16 : value
})

const notHexadecimal = -1

/** Eight digits of a text as an unsigned word; −1 where one of them is none. */
function wordOf(text: string, from: number): number {
  let word = 0
  let seen = 0
  for (let at = from; at < from + 8; at++) {
    const digit = digits[text.charCodeAt(at)] ?? 16
    seen |= digit
    word = (word << 4) | digit
  }
  return seen >= 16 ? notHexadecimal : word >>> 0
}

/** Writes a digest at `from`. False, and nothing of use written, where the text is not 64 lower-case digits. */
export function packDigest(text: string, into: Uint32Array, from: number): boolean {
  if (text.length !== digestWords * 8) return false
  for (let at = 0; at < digestWords; at++) {
    const word = wordOf(text, at * 8)
    if (word === notHexadecimal) return false
    into[from + at] = word
  }
  return true
}

/** True where the digest written at `from` is exactly this text. */
export function isDigest(text: string, words: Uint32Array, from: number): boolean {
  if (text.length !== digestWords * 8) return false
  for (let at = 0; at < digestWords; at++) {
    if (wordOf(text, at * 8) !== words[from + at]) return false
  }
  return true
}
