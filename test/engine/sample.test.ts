import { describe, expect, it } from 'vitest'
import { collectionSchemas } from '../../shared/domain/collections.ts'
import { createSample } from '../../src-main/sample/sample.ts'
import { aContext } from '../domain/fixtures.ts'

describe('the sample', () => {
  const { writes } = createSample(aContext({ kind: 'system' }))

  it('holds documents that every door would take', () => {
    expect(writes.length).toBeGreaterThan(250)
    for (const { collection, after } of writes) {
      const { error } = collectionSchemas[collection].safeParse(after)
      expect([collection, after?.id, error?.issues]).toEqual([collection, after?.id, undefined])
    }
  })

  it('shows each kind of member, pattern and state', () => {
    const field = (wanted: string, name: string) =>
      new Set(
        writes
          .filter(({ collection }) => collection === wanted)
          .map(({ after }) => (after as unknown as Record<string, unknown>)[name]),
      )
    expect(field('member', 'role')).toEqual(new Set(['admin', 'member']))
    expect(field('member', 'state')).toEqual(new Set(['active', 'invited', 'suspended']))
    expect(field('service', 'pattern')).toEqual(new Set(['api_key', 'app_id_key', 'oauth']))
    expect(field('application', 'state')).toEqual(new Set(['live', 'pending', 'suspended']))
    expect(field('application', 'keyless')).toEqual(new Set([true, false]))
    expect(field('account', 'state')).toEqual(new Set(['approved', 'pending', 'suspended', 'rejected']))
  })
})
