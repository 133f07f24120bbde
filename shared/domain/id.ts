import * as z from 'zod'

/** Crockford base 32, the alphabet of the ULID specification. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A ULID: 48 bits of Unix milliseconds and 80 random bits, in 26 upper-case characters. */
export type Ulid = string

export const ulidSchema = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)

/** Instants are integer milliseconds since the Unix epoch, UTC. */
export type Instant = number

export const instantSchema = z.int().min(0).max(8_640_000_000_000_000)

/**
 * Makes a ULID from an instant (ms) and a source of random bytes.
 * Two ULIDs of one millisecond have no order; nothing here relies on one.
 */
export function makeUlid(now: Instant, random: (bytes: number) => Uint8Array): Ulid {
  let time = now
  let head = ''
  for (let i = 0; i < 10; i++) {
    head = alphabet[time % 32] + head
    time = Math.floor(time / 32)
  }
  let tail = ''
  for (const byte of random(16)) tail += alphabet[byte % 32]
  return head + tail
}
