import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ipAllowed,
  ipRangesInput,
  normalizeIpRange,
  normalizeReferrer,
  referrerAllowed,
  referrersInput,
} from '../../shared/domain/filter.ts'
import { refusalOfInput } from './fixtures.ts'

describe('IP ranges', () => {
  it.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['192.0.2.1', '192.0.2.1/32'],
    [' 192.0.2.77/26 ', '192.0.2.64/26'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:DB8:0:0::1', '2001:db8::1/128'],
    ['2001:db8:ffff::/33', '2001:db8:8000::/33'],
    ['::/0', '::/0'],
    ['::ffff:10.9.9.9/104', '10.0.0.0/8'],
    ['::ffff:c000:0201', '192.0.2.1/32'],
    ['::ffff:0.0.0.0/96', '0.0.0.0/0'],
  ])('A11: %s is kept as %s', (text, normal) => {
    expect(normalizeIpRange(text)).toBe(normal)
    expect(normalizeIpRange(normal)).toBe(normal)
  })

  it.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '0x0a.0.0.1',
    '167772161',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '::1%eth0',
    '::ffff:10.0.0.0/95',
    '2001:db8::/129',
    ':::',
    'example.com',
    '10.0.0.1\u0000',
    '１０.0.0.1',
  ])('A11: %j is no range', (text) => {
    expect(normalizeIpRange(text)).toBeUndefined()
  })

  it('A11: a range holds its own addresses in both spellings, and no other', () => {
    expect(ipAllowed(['10.0.0.0/8'], '10.255.0.1')).toBe(true)
    expect(ipAllowed(['10.0.0.0/8'], '::ffff:10.255.0.1')).toBe(true)
    expect(ipAllowed(['10.0.0.0/8'], '11.0.0.0')).toBe(false)
    expect(ipAllowed(['2001:db8::/32'], '2001:db8:1::9')).toBe(true)
    expect(ipAllowed(['2001:db8::/32'], '2001:db9::')).toBe(false)
    expect(ipAllowed(['::/0'], '10.0.0.1')).toBe(false)
    expect(ipAllowed(['0.0.0.0/0'], '::1')).toBe(false)
    expect(ipAllowed(['0.0.0.0/0'], 'not an address')).toBe(false)
    expect(ipAllowed([], '10.0.0.1')).toBe(false)
  })

  it('A11: agrees with arithmetic on 32-bit numbers, and a range one bit longer does not', () => {
    let differs = 0
    const word = fc.integer({ min: 0, max: 0xffffffff })
    const dotted = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')
    fc.assert(
      fc.property(word, fc.integer({ min: 1, max: 31 }), fc.integer({ min: 0, max: 31 }), (base, prefix, flip) => {
        const address = (base ^ (1 << flip)) >>> 0
        const inside = base >>> (32 - prefix) === address >>> (32 - prefix)
        expect(ipAllowed([normalizeIpRange(`${dotted(base)}/${prefix}`) ?? ''], dotted(address))).toBe(inside)
        if (ipAllowed([normalizeIpRange(`${dotted(base)}/${prefix + 1}`) ?? ''], dotted(address)) !== inside) {
          differs += 1
        }
      }),
      { numRuns: 2000 },
    )
    expect(differs).toBeGreaterThan(0)
  })

  it('A11: a list is normalised, without doubles, and says which item is wrong', () => {
    expect(ipRangesInput.parse(['10.0.0.1/8', '10.0.0.0/8', '::1'])).toEqual(['10.0.0.0/8', '::1/128'])
    const wrong = ipRangesInput.safeParse(['10.0.0.1', 'nowhere'])
    expect(wrong.error && refusalOfInput(wrong.error)).toEqual({
      ok: false,
      code: 'invalid_range',
      field: '1',
      params: {},
    })
    const many = Array.from({ length: 26 }, (_, i) => `10.0.0.${i}`)
    expect(ipRangesInput.parse(many.slice(1))).toHaveLength(25)
    expect(ipRangesInput.safeParse(many).error?.issues[0]?.message).toBe('too_many')
  })
})

describe('referrer domains', () => {
  it.each([
    ['Example.COM', 'example.com'],
    ['example.com.', 'example.com'],
    ['*.Example.com', '*.example.com'],
    ['localhost', 'localhost'],
    ['*', '*'],
    ['한국.example', 'xn--3e0b707e.example'],
  ])('A11: %s is kept as %s', (text, normal) => {
    expect(normalizeReferrer(text)).toBe(normal)
    expect(normalizeReferrer(normal)).toBe(normal)
  })

  it.each([
    '',
    '*.',
    '**.example.com',
    'a.*.example.com',
    'exa*mple.com',
    'https://example.com',
    'example.com/path',
    'example.com:443',
    'user@example.com',
    'exa mple.com',
    '-example.com',
    'example..com',
    `${'a'.repeat(64)}.com`,
    'example.com\u0000',
    '\ud800.com',
  ])('A11: %j is no domain', (text) => {
    expect(normalizeReferrer(text)).toBeUndefined()
  })

  it.each([
    ['*.example.com', 'https://shop.example.com/cart?x=1', true],
    ['*.example.com', 'a.b.c.example.com', true],
    ['*.example.com', 'https://example.com/', false],
    ['*.example.com', 'https://notexample.com/', false],
    ['*.example.com', 'https://example.com.evil.test/', false],
    ['*.example.com', 'https://evil.test/?.example.com', false],
    ['*.example.com', 'https://shop.example.com@evil.test/', false],
    ['*.example.com', 'https://evil.test\\.example.com/', false],
    ['example.com', 'http://EXAMPLE.com:8443/x', true],
    ['example.com', 'example.com:8443', true],
    ['example.com', 'https://shop.example.com/', false],
    ['example.com', 'ftp://example.com/', false],
    ['example.com', 'javascript://example.com/', false],
    ['example.com', '', false],
    ['*', 'https://anything.test', true],
    ['*', '', false],
    ['xn--3e0b707e.example', 'https://한국.example/', true],
  ])('A11: %s for %s: %s', (domain, referrer, matches) => {
    expect(referrerAllowed([domain], referrer)).toBe(matches)
  })

  it('A11: a list is normalised and says which item is wrong', () => {
    expect(referrersInput.parse(['A.example', 'a.example', '*.a.example'])).toEqual(['a.example', '*.a.example'])
    expect(referrersInput.safeParse(['a.example', 'b/']).error?.issues[0]).toMatchObject({
      message: 'invalid_domain',
      path: [1],
    })
  })
})
