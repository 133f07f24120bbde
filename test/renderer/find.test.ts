import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { listSearch, looksSecret } from '../../src-renderer/components/list-search.ts'
import { endOf, endOfDay, expiryOf } from '../../src-renderer/screens/tokens/expiry.ts'

const token = `lk_at_${'A'.repeat(49)}`

describe('what is typed into a search', () => {
  it.each([token, 'lk_st_abc', '0123456789abcdef0123456789abcdef', 'x'.repeat(40)])(
    'keeps %s out of the address',
    (text) => {
      expect(looksSecret(text)).toBe(true)
    },
  )
  it.each(['Payments API', 'payments-api', '결제', '91c4e07a', ''])('lets %s into the address', (text) => {
    expect(looksSecret(text)).toBe(false)
  })
  it('takes an address that was written by hand, and drops what makes no sense', () => {
    const schema = z.object(listSearch(['name', 'at']))
    expect(schema.parse({ q: 'a', sort: 'nonsense', dir: 'asc', more: 1 })).toEqual({
      q: 'a',
      sort: undefined,
      dir: 'asc',
    })
  })
})

describe('the expiry of a new token', () => {
  it('is a lifetime, the end of a day, or never', () => {
    expect(expiryOf('30', '')).toEqual({ days: 30 })
    expect(expiryOf('never', '')).toBe('never')
    expect(expiryOf('date', '')).toBeUndefined()
    expect(expiryOf('date', '2026-12-18')).toEqual({ at: new Date(2026, 11, 18, 23, 59, 59, 999).getTime() })
    expect(endOfDay('no day')).toBeUndefined()
    expect(endOf('never', '', 1)).toBe(0)
    expect(endOf('7', '', 1)).toBe(1 + 7 * 86_400_000)
  })
})
