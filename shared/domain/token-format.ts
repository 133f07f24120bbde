/**
 * Formats of the secrets Latchkey makes (T11, S1, A6, A7).
 * A token is a prefix, 43 base62 characters of 256 random bits, and 6 base62 characters of the CRC-32 of all
 * that precedes, so that scanners recognise it and a typo is refused without a look-up.
 */
import { Secret } from './secret.ts'

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export const accessTokenPrefix = 'lk_at_'
export const serviceTokenPrefix = 'lk_st_'
export const clientSecretPrefix = 'lk_cs_'
export type TokenPrefix = typeof accessTokenPrefix | typeof serviceTokenPrefix | typeof clientSecretPrefix

/** 62^43 > 2^256 > 62^42: 43 characters hold 256 bits, fewer do not. */
const randomLength = 43
const checksumLength = 6

/** CRC-32 (IEEE 802.3, reflected) of ASCII text, as an unsigned 32-bit integer. */
export function crc32(text: string): number {
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i) & 0xff
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

function encodeBase62(value: bigint, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest /= 62n) text = base62[Number(rest % 62n)] + text
  return text
}

/** Makes a token from 32 random bytes. */
export function makeToken(prefix: TokenPrefix, random: (bytes: number) => Uint8Array): Secret {
  let value = 0n
  for (const byte of random(32)) value = (value << 8n) | BigInt(byte)
  const body = prefix + encodeBase62(value, randomLength)
  return new Secret(body + encodeBase62(BigInt(crc32(body)), checksumLength))
}

/** True where text is a whole token of this kind: prefix, length, alphabet and checksum agree. */
export function isToken(prefix: TokenPrefix, text: string): boolean {
  if (text.length !== prefix.length + randomLength + checksumLength || !text.startsWith(prefix)) return false
  if (!/^[0-9A-Za-z]+$/.test(text.slice(prefix.length))) return false
  const body = text.slice(0, -checksumLength)
  return encodeBase62(BigInt(crc32(body)), checksumLength) === text.slice(-checksumLength)
}

/** What may be shown of a token for recognition (T11): first 4 and last 4 characters of its random part. */
export function tokenHint(prefix: TokenPrefix, token: Secret): { head: string; tail: string } {
  const random = token.reveal().slice(prefix.length, prefix.length + randomLength)
  return { head: random.slice(0, 4), tail: random.slice(-4) }
}

/** Lower-case hexadecimal of n random bytes: 16 for a `user_key` or `app_key`, 4 for an `app_id`. */
export function makeHex(bytes: number, random: (bytes: number) => Uint8Array): string {
  let text = ''
  for (const byte of random(bytes)) text += byte.toString(16).padStart(2, '0')
  return text
}

/** The last 4 characters of a key, for recognition; a key of fewer than 12 characters shows none. */
export function keyHint(key: string): string {
  return key.length < 12 ? '' : key.slice(-4)
}
