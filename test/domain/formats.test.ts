import { inspect } from 'node:util'
import { crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AuditEvent, auditHash, firstPreviousHash, verifyChain } from '../../shared/domain/audit.ts'
import { makeUlid, ulidSchema } from '../../shared/domain/id.ts'
import { endAfterOverlap, overlaps } from '../../shared/domain/rotation.ts'
import { Secret } from '../../shared/domain/secret.ts'
import { emailSchema, isWellFormed, nameSchema, systemNameFrom, systemNameSchema } from '../../shared/domain/text.ts'
import {
  accessTokenPrefix,
  clientSecretPrefix,
  crc32,
  isToken,
  keyHint,
  makeHex,
  makeToken,
  serviceTokenPrefix,
  tokenHint,
} from '../../shared/domain/token-format.ts'
import { anEnvelope, deviceId, digest, noon, repeatingRandom, ulidOf } from './fixtures.ts'

const prefixes = [accessTokenPrefix, serviceTokenPrefix, clientSecretPrefix] as const
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })

describe('tokens', () => {
  it('T11: 256 random bits and a checksum, recognised by prefix', () => {
    fc.assert(
      fc.property(bytes32, fc.constantFrom(...prefixes), (bytes, prefix) => {
        const token = makeToken(prefix, () => bytes).reveal()
        expect(token).toMatch(/^lk_(at|st|cs)_[0-9A-Za-z]{49}$/)
        expect(isToken(prefix, token)).toBe(true)
        const others = prefixes.filter((other) => other !== prefix)
        for (const other of others) expect(isToken(other, token)).toBe(false)
        // All 256 bits are in it.
        let value = 0n
        for (const char of token.slice(prefix.length, prefix.length + 43))
          value = value * 62n + BigInt(base62.indexOf(char))
        let given = 0n
        for (const byte of bytes) given = (given << 8n) | BigInt(byte)
        expect(value).toBe(given)
      }),
    )
  })

  it('T11: any typo of one character, any swap of neighbours, and any cut is refused', () => {
    fc.assert(
      fc.property(bytes32, fc.nat(54), fc.nat(61), (bytes, at, to) => {
        const token = makeToken(accessTokenPrefix, () => bytes).reveal()
        const typo = token.slice(0, at) + base62[to] + token.slice(at + 1)
        if (typo !== token) expect(isToken(accessTokenPrefix, typo)).toBe(false)
        const swapped = token.slice(0, at - 1) + token[at] + token[at - 1] + token.slice(at + 1)
        if (at > 0 && swapped !== token) expect(isToken(accessTokenPrefix, swapped)).toBe(false)
        expect(isToken(accessTokenPrefix, token.slice(0, at))).toBe(false)
        expect(isToken(accessTokenPrefix, ` ${token}`)).toBe(false)
        expect(isToken(accessTokenPrefix, `${token}\n`)).toBe(false)
      }),
      { numRuns: 3000 },
    )
  })

  it('T11: the checksum is CRC-32 as everybody computes it', () => {
    expect(crc32('123456789')).toBe(0xcbf43926)
    fc.assert(
      fc.property(fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((c) => String.fromCharCode(c)) }), (text) => {
        expect(crc32(text)).toBe(zlibCrc32(text))
      }),
    )
  })

  it('T11: a hint is the first and last 4 of the random part, never of the checksum', () => {
    const token = makeToken(accessTokenPrefix, repeatingRandom('hint'))
    expect(tokenHint(accessTokenPrefix, token)).toEqual({
      head: token.reveal().slice(6, 10),
      tail: token.reveal().slice(45, 49),
    })
  })

  it('A7: a short key gives no hint of itself', () => {
    expect(keyHint('12345678901')).toBe('')
    expect(keyHint('123456789012')).toBe('9012')
    expect(makeHex(4, () => new Uint8Array([0, 10, 255, 1]))).toBe('000aff01')
  })
})

describe('secrets in memory', () => {
  it('T6: whatever prints a secret prints [secret]', () => {
    const secret = new Secret('very-secret-text')
    const printed = [
      `${secret}`,
      String(secret),
      JSON.stringify({ secret }),
      inspect(secret),
      inspect({ deep: [{ secret }] }, { depth: 9, showHidden: true }),
      JSON.stringify(Object.entries(secret)),
      new Error(`${secret}`).message,
    ].join()
    expect(printed).toContain('[secret]')
    expect(printed).not.toContain('very-secret-text')
    expect(secret.reveal()).toBe('very-secret-text')
    expect(structuredClone({ ...secret })).toEqual({})
  })
})

describe('rotation', () => {
  it('T13, S4: the overlaps are now, 1 h, 24 h, 7 days; an earlier end stays', () => {
    expect(overlaps).toEqual({ now: 0, '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000 })
    expect(endAfterOverlap(noon, '1h', 0)).toBe(noon + 3_600_000)
    expect(endAfterOverlap(noon, '1h', noon + 5)).toBe(noon + 5)
    expect(endAfterOverlap(noon, 'now', 0)).toBe(noon)
  })
})

describe('ids', () => {
  it('U1: a ULID carries its instant and sorts by it', () => {
    expect(makeUlid(1_469_918_176_385, () => new Uint8Array(16)).slice(0, 10)).toBe('01ARYZ6S41')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.integer({ min: 0, max: 2 ** 48 - 1 }), (a, b) => {
        const [first, second] = [makeUlid(a, repeatingRandom('x')), makeUlid(b, repeatingRandom('x'))]
        expect(ulidSchema.safeParse(first).success).toBe(true)
        expect(first < second).toBe(a < b)
      }),
    )
  })
})

describe('text', () => {
  it('U1: well formed is without NUL and lone surrogates; whole emoji and Hangul are fine', () => {
    for (const text of ['결제 API 🗝️', 'é', '']) expect(isWellFormed(text)).toBe(true)
    for (const text of ['\u0000', 'a\ud83d', '\udd11b']) expect(isWellFormed(text)).toBe(false)
  })

  it('T5: a name is one line of 1 to 255, trimmed', () => {
    expect(nameSchema.parse('  결제 🗝️ ')).toBe('결제 🗝️')
    for (const text of ['', '   ', 'a\nb', 'a\rb', 'x'.repeat(256), '\u0000', '\ud800', 7, null]) {
      expect(nameSchema.safeParse(text).success).toBe(false)
    }
  })

  it('A3: a system name is derived from what is left of a name', () => {
    expect(systemNameFrom('Payments API (v2)!')).toBe('payments-api-v2')
    expect(systemNameFrom('Éclair')).toBe('e-clair')
    expect(systemNameFrom('결제')).toBe('')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const systemName = systemNameFrom(name)
        if (systemName !== '') expect(systemNameSchema.safeParse(systemName).success).toBe(true)
      }),
    )
  })

  it('M1: an e-mail address has one @ and no space', () => {
    for (const text of ['a@b', ' ada@acme.example ', 'ö@example.com'])
      expect(emailSchema.safeParse(text).success).toBe(true)
    for (const text of ['', '@', 'a@', '@b', 'a@b@c', 'a b@c', `${'a'.repeat(254)}@b`, 'a@b\u0000']) {
      expect(emailSchema.safeParse(text).success).toBe(false)
    }
  })
})

describe('the audit chain', () => {
  function chain(length: number): AuditEvent[] {
    const events: AuditEvent[] = []
    for (let sequence = 1; sequence <= length; sequence++) {
      const event: AuditEvent = {
        ...anEnvelope(ulidOf(`event/${sequence}`)),
        device: deviceId,
        sequence,
        at: noon + sequence,
        channel: 'console',
        actorKind: 'member',
        actorId: ulidOf('ada'),
        actorName: 'Ada',
        code: 'service.updated',
        objectCollection: 'service',
        objectId: ulidOf('service'),
        objectName: 'Payments',
        serviceId: ulidOf('service'),
        changes: [{ field: 'name', before: 'A', after: ['B', String(sequence)] }],
        previousHash: events.at(-1)?.hash ?? firstPreviousHash,
        hash: '',
      }
      events.push({ ...event, hash: auditHash(event, digest) })
    }
    return events
  }

  it('U1: a whole chain is whole, an empty one too', () => {
    expect(verifyChain(chain(5), digest)).toBeUndefined()
    expect(verifyChain(chain(5), digest, 5)).toBeUndefined()
    expect(verifyChain([], digest, 0)).toBeUndefined()
  })

  it('U1: a removed, edited, swapped or cut event is noticed, and where', () => {
    const events = chain(5)
    expect(verifyChain(events.toSpliced(2, 1), digest)).toEqual({ id: events[3]?.id, sequence: 3, fault: 'missing' })
    expect(verifyChain(events.toSpliced(0, 1), digest)).toMatchObject({ sequence: 1, fault: 'missing' })
    expect(verifyChain(events.slice(0, 4), digest, 5)).toMatchObject({ sequence: 5, fault: 'missing' })
    expect(verifyChain([], digest, 1)).toMatchObject({ sequence: 1, fault: 'missing' })
    const [a, b, c, d, e] = events as [AuditEvent, AuditEvent, AuditEvent, AuditEvent, AuditEvent]
    expect(verifyChain([a, c, b, d, e], digest)).toMatchObject({ sequence: 2 })
    // Edited and hashed anew: the next one no longer follows.
    const forged = { ...b, actorName: 'Eve' }
    expect(verifyChain([a, { ...forged, hash: auditHash(forged, digest) }, c, d, e], digest)).toMatchObject({
      id: c.id,
      sequence: 3,
      fault: 'edited',
    })
  })

  it('U1: no field of an event can be edited unnoticed', () => {
    const [event] = chain(1)
    if (!event) throw new Error('an event')
    const edits: Partial<AuditEvent>[] = [
      { at: 1 },
      { channel: 'cli' },
      { actorKind: 'system' },
      { actorId: '' },
      { actorName: 'Eve' },
      { code: 'service.deleted' },
      { objectCollection: 'account' },
      { objectId: ulidOf('other') },
      { objectName: 'Other' },
      { serviceId: '' },
      { changes: [] },
      { changes: [{ field: 'name', before: 'A', after: 'B,1' }] },
      { previousHash: '1'.repeat(64) },
      { device: ulidOf('other') },
      { workspace: ulidOf('other') },
      { id: ulidOf('other') },
      { hash: '0'.repeat(64) },
    ]
    for (const edit of edits) expect(verifyChain([{ ...event, ...edit }], digest)).toMatchObject({ fault: 'edited' })
    // Control: the envelope's own bookkeeping is not part of what happened.
    expect(verifyChain([{ ...event, rev: 2 }], digest)).toBeUndefined()
  })
})
