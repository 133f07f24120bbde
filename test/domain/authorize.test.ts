import { describe, expect, it } from 'vitest'
import { authorize, checks } from '../../shared/domain/authorize.ts'
import { applyChange, createSnapshot } from '../../shared/domain/snapshot.ts'
import { authorizeCases, passing, vectorNow } from '../vector-tables/authorize-cases.ts'
import type { AuthorizeGiven } from '../vector-tables/format.ts'
import { applicationOf, currentOf, serviceOf, snapshotOf } from '../vector-tables/world.ts'
import { anAccount, digest, ulidOf } from './fixtures.ts'

const context = { digest }

function decide(given: AuthorizeGiven, explain = false) {
  return authorize(snapshotOf(given), given.call, given.now, { digest, current: currentOf(given), explain })
}

describe('authorize', () => {
  it('D11: answers the same with and without steps, and steps are all there in order', () => {
    for (const { given } of authorizeCases()) {
      const { steps, ...explained } = decide(given, true)
      expect(decide(given)).toEqual(explained)
      expect(steps?.map(({ check }) => check)).toEqual(checks)
    }
  })

  it('D12, A14: nothing of an answer holds a secret that was given, nor most of one', () => {
    for (const { name, given } of authorizeCases()) {
      const { application: _grant, ...decision } = decide(given, true)
      const answer = JSON.stringify({ ...decision, usage: undefined })
      const { serviceToken, userKey, appKey, clientSecret } = given.call
      for (const secret of [serviceToken, userKey, appKey, clientSecret]) {
        if (secret === undefined || secret.trim().length < 9) continue
        expect(answer, name).not.toContain(secret.trim().slice(0, 9))
        expect(answer, name).not.toContain(secret.trim().slice(-8))
      }
    }
  })

  it('D12: of a short credential not even its beginning is told', () => {
    const given = passing('app_id_key')
    const decision = decide({ ...given, call: { ...given.call, appKey: 'short-key' } })
    expect(decision).toMatchObject({ code: 'application_key_invalid', params: { hint: '…' } })
  })

  it('A4: explains what was not asked for', () => {
    const given = passing('app_id_key')
    const keyless = {
      ...given,
      service: { ...given.service, usageRules: { atLeastOneKey: false, ipFilter: 'off' as const } },
      application: { ...given.application, keys: [] },
    }
    const byCheck = Object.fromEntries((decide(keyless, true).steps ?? []).map((step) => [step.check, step.params]))
    expect(byCheck).toMatchObject({ key: { keyless: true }, ip: { off: true }, redirect_uri: { notAsked: true } })
  })

  it('A10: says which application and which key, and counts on the application', () => {
    const given = passing('app_id_key')
    const seen: string[] = []
    const decision = authorize(snapshotOf(given), given.call, given.now, {
      digest,
      current: (applicationId) => {
        seen.push(applicationId)
        return 0
      },
    })
    expect(decision).toMatchObject({ authorized: true, serviceId: given.service.id })
    expect(decision.application?.id).toBe(ulidOf('application'))
    expect(decision.keyId).toBe(ulidOf(`key/${ulidOf('application')}/${given.call.appKey}`))
    expect(new Set(seen)).toEqual(new Set([ulidOf('application')]))
  })

  it('P2: a plan that the service does not have denies, it does not open', () => {
    const given = passing('api_key')
    const snapshot = snapshotOf(given)
    const service = serviceOf(given.service)
    applyChange(snapshot, { collection: 'service', id: service.id, document: { ...service, plans: [] } })
    expect(authorize(snapshot, given.call, given.now, context)).toMatchObject({
      code: 'limits_exceeded',
      params: { plan: 'unknown' },
    })
  })
})

describe('snapshot', () => {
  const given = passing('api_key')
  const service = serviceOf(given.service)
  const application = applicationOf(given.application, service)
  const code = (snapshot: ReturnType<typeof createSnapshot>, call = given.call) => {
    const decision = authorize(snapshot, call, vectorNow, context)
    return decision.authorized ? 'authorized' : decision.code
  }

  it('A6: a regenerated user key is refused and its successor accepted from the next decision on', () => {
    const snapshot = snapshotOf(given)
    const fresh = applicationOf({ ...given.application, userKey: 'the-new-user-key' }, service)
    applyChange(snapshot, { collection: 'application', id: application.id, document: fresh }, 7)
    expect(code(snapshot)).toBe('user_key_invalid')
    expect(code(snapshot, { ...given.call, userKey: 'the-new-user-key' })).toBe('authorized')
    expect(snapshot.seq).toBe(7)
  })

  it('A5, A6: a deleted application is not found, a deleted service is not there', () => {
    const snapshot = snapshotOf(given)
    applyChange(snapshot, { collection: 'application', id: application.id, document: undefined })
    expect(code(snapshot)).toBe('user_key_invalid')
    applyChange(snapshot, { collection: 'service', id: service.id, document: undefined })
    expect(code(snapshot)).toBe('service_token_invalid')
    expect(snapshot.services.size).toBe(0)
    expect(snapshot.applications.size).toBe(0)
  })

  it('S2: documents may come in any order', () => {
    const snapshot = createSnapshot()
    applyChange(snapshot, { collection: 'application', id: application.id, document: application })
    expect(code(snapshot)).toBe('service_token_invalid')
    applyChange(snapshot, { collection: 'service', id: service.id, document: service })
    expect(code(snapshot)).toBe('authorized')
  })

  it('A13: a user key that moved to another application stays there when the old one follows', () => {
    const snapshot = snapshotOf(given)
    const heir = { ...application, id: ulidOf('heir'), state: 'live' as const }
    applyChange(snapshot, { collection: 'application', id: heir.id, document: heir })
    applyChange(snapshot, { collection: 'application', id: application.id, document: undefined })
    const decision = authorize(snapshot, given.call, vectorNow, context)
    expect(decision.application?.id).toBe(heir.id)
  })

  it('A13: the same user key in two services is two applications', () => {
    const snapshot = snapshotOf(given)
    const other = serviceOf({ ...given.service, id: ulidOf('other'), tokens: [{ text: 'other-token', endsAt: 0 }] })
    expect(code(snapshot, { ...given.call, serviceId: other.id, serviceToken: 'other-token' })).toBe(
      'service_token_invalid',
    )
    applyChange(snapshot, { collection: 'service', id: other.id, document: other })
    expect(code(snapshot, { ...given.call, serviceId: other.id, serviceToken: 'other-token' })).toBe('user_key_invalid')
    expect(code(snapshot, { ...given.call, serviceId: other.id })).toBe('service_token_invalid')
  })

  it('D6: an account that is suspended and resumed closes and opens its applications', () => {
    const snapshot = snapshotOf(given)
    const account = anAccount()
    applyChange(snapshot, { collection: 'account', id: account.id, document: { ...account, state: 'suspended' } })
    expect(code(snapshot)).toBe('application_not_active')
    applyChange(snapshot, { collection: 'account', id: account.id, document: account })
    expect(code(snapshot)).toBe('authorized')
  })

  it('D6: a deleted account opens nothing before its applications are gone', () => {
    const snapshot = snapshotOf(given)
    const account = anAccount()
    applyChange(snapshot, { collection: 'account', id: account.id, document: { ...account, state: 'suspended' } })
    applyChange(snapshot, { collection: 'account', id: account.id, document: undefined })
    expect(code(snapshot)).toBe('application_not_active')
  })

  it('A11: a changed list is looked at anew', () => {
    const snapshot = snapshotOf(given)
    expect(code(snapshot)).toBe('authorized')
    const narrowed = { ...application, ipRanges: ['198.51.100.0/24'] }
    applyChange(snapshot, { collection: 'application', id: application.id, document: narrowed })
    expect(code(snapshot)).toBe('ip_not_allowed')
  })
})
