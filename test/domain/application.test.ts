import { describe, expect, it } from 'vitest'
import {
  acceptApplication,
  createApplication,
  deleteApplication,
  resumeApplication,
  suspendApplication,
  updateApplication,
  viewApplication,
} from '../../shared/domain/application.ts'
import {
  acceptApplications,
  changePlans,
  deleteApplications,
  maxBulk,
  resumeApplications,
  suspendApplications,
} from '../../shared/domain/application-bulk.ts'
import { applicationStates } from '../../shared/domain/application-schema.ts'
import { defaultUsageRules } from '../../shared/domain/service.ts'
import type { Service, UsageRules } from '../../shared/domain/service-schema.ts'
import {
  actorOf,
  aDeveloper,
  aMember,
  anAccount,
  anAdmin,
  anApplication,
  aService,
  digest,
  noon,
  open,
  repeatingRandom,
  ulidOf,
  World,
} from './fixtures.ts'

const ada = actorOf(anAdmin())
const account = anAccount()

function withRules(fields: Partial<UsageRules>, more: Partial<Service> = {}): Service {
  return aService({ ...more, usageRules: { ...defaultUsageRules, ...fields } })
}

function aWorld(service: Service): World {
  return new World().put('service', service).put('account', account)
}

describe('creating', () => {
  it('A6: the API key pattern gives one user key of 32 hexadecimal characters, shown once, stored as digest and sealed copy', () => {
    const service = aService()
    const world = aWorld(service)
    const change = world.must(ada, createApplication, {
      accountId: account.id,
      serviceId: service.id,
      name: 'Checkout',
    })
    const application = world.get('application', change.result.id)
    const text = change.reveals?.[0]?.secret.reveal() ?? ''
    expect(text).toMatch(/^[0-9a-f]{32}$/)
    expect(change.reveals).toMatchObject([{ kind: 'userKey', objectId: application.id, objectName: 'Checkout' }])
    expect(application).toMatchObject({
      state: 'live',
      planId: service.defaultPlanId,
      userKeyDigest: digest(text),
      appId: '',
      keys: [],
      clientSecrets: [],
      keyless: false,
      acceptedAt: noon,
    })
    expect(application.userKey?.digest).toBe(digest(text))
    expect(open(application.userKey?.sealed ?? '', `application/${application.id}/userKey`)).toBe(text)
    expect(change.events).toEqual([
      {
        code: 'application.created',
        objectCollection: 'application',
        objectId: application.id,
        objectName: 'Checkout',
        serviceId: service.id,
        changes: [
          { field: 'account', before: null, after: 'Acme' },
          { field: 'plan', before: null, after: 'Basic' },
          { field: 'state', before: null, after: 'live' },
        ],
      },
    ])
  })

  it('A7: the App ID pattern gives an App ID of 8 hexadecimal characters and a first key', () => {
    const service = aService({ pattern: 'app_id_key' })
    const world = aWorld(service)
    const { result, reveals } = world.must(ada, createApplication, {
      accountId: account.id,
      serviceId: service.id,
      name: 'Checkout',
    })
    const application = world.get('application', result.id)
    expect(application.appId).toMatch(/^[0-9a-f]{8}$/)
    expect(application.userKey).toBeUndefined()
    expect(application.keys).toHaveLength(1)
    const text = reveals?.[0]?.secret.reveal() ?? ''
    expect(application.keys[0]).toMatchObject({ digest: digest(text), foldedDigest: digest(text), expiresAt: 0 })
  })

  it('A7, A13: a made App ID that is taken already is made again', () => {
    const service = aService({ pattern: 'app_id_key' })
    const world = aWorld(service)
    const random = repeatingRandom('app-id')
    const made = [1, 1, 1, 2]
    world.effects = { random: (bytes) => (bytes === 4 ? new Uint8Array(4).fill(made.shift() ?? 9) : random(bytes)) }
    const make = (name: string) =>
      world.must(ada, createApplication, { accountId: account.id, serviceId: service.id, name }).result.id
    expect(world.get('application', make('First')).appId).toBe('01010101')
    expect(world.get('application', make('Second')).appId).toBe('02020202')
    expect(made).toEqual([])
  })

  it('A9: the OAuth pattern gives a client id, which is the application’s id, and a client secret', () => {
    const service = aService({ pattern: 'oauth' })
    const world = aWorld(service)
    const { result, reveals } = world.must(ada, createApplication, {
      accountId: account.id,
      serviceId: service.id,
      name: 'Checkout',
      redirectUrls: ['https://acme.example/cb', 'http://127.0.0.1:9000/cb', 'com.acme.app:/cb'],
    })
    const application = world.get('application', result.id)
    expect(application.appId).toBe(application.id)
    expect(application.redirectUrls).toHaveLength(3)
    expect(reveals?.[0]?.secret.reveal()).toMatch(/^lk_cs_[0-9A-Za-z]{49}$/)
    expect(application.clientSecrets[0]?.digest).toBe(digest(reveals?.[0]?.secret.reveal() ?? ''))
  })

  it('A13: a user key or App ID is unique in its service, and free in another', () => {
    const service = aService()
    const ided = aService({ name: 'Maps', pattern: 'app_id_key' })
    const other = aService({ name: 'Other' })
    const world = aWorld(service).put('service', ided, other)
    const base = { accountId: account.id, name: 'X' }
    world.must(ada, createApplication, { ...base, serviceId: service.id, userKey: 'my-own.user_key+1=' })
    expect(
      world.give(ada, createApplication, { ...base, serviceId: service.id, userKey: 'my-own.user_key+1=' }),
    ).toEqual({ ok: false, code: 'taken', field: 'userKey', params: {} })
    expect(world.give(ada, createApplication, { ...base, serviceId: other.id, userKey: 'my-own.user_key+1=' }).ok).toBe(
      true,
    )
    world.must(ada, createApplication, { ...base, serviceId: ided.id, appId: 'maps-1' })
    expect(world.give(ada, createApplication, { ...base, serviceId: ided.id, appId: 'maps-1' })).toMatchObject({
      code: 'taken',
      field: 'appId',
    })
  })

  it('A12: with approval required it starts pending, unless whoever makes it accepts it', () => {
    const service = withRules({ approvalRequired: true })
    const world = aWorld(service)
    const base = { accountId: account.id, serviceId: service.id, name: 'X' }
    const pending = world.must(ada, createApplication, base)
    expect(pending.result.state).toBe('pending')
    expect(world.get('application', pending.result.id).acceptedAt).toBe(0)
    expect(world.must(ada, createApplication, { ...base, accept: true }).result.state).toBe('live')
  })

  it('A8: without keys only where the service allows it, and then it is marked keyless', () => {
    const strict = aService({ pattern: 'app_id_key' })
    const loose = withRules({ atLeastOneKey: false }, { name: 'Loose', pattern: 'app_id_key' })
    const world = aWorld(strict).put('service', loose)
    const base = { accountId: account.id, name: 'X', withKey: false }
    expect(world.give(ada, createApplication, { ...base, serviceId: strict.id })).toEqual({
      ok: false,
      code: 'last_key',
      field: 'withKey',
      params: {},
    })
    const { result, reveals, events } = world.must(ada, createApplication, { ...base, serviceId: loose.id })
    expect(world.get('application', result.id)).toMatchObject({ keyless: true, keys: [] })
    expect(reveals).toEqual([])
    expect(events[0]?.changes?.at(-1)).toEqual({ field: 'keyless', before: null, after: true })
  })

  it.each([
    ['pending', 'account_not_approved'],
    ['rejected', 'account_not_approved'],
    ['suspended', 'account_not_approved'],
  ] as const)('A15: not in a %s account', (state, code) => {
    const service = aService()
    const closed = anAccount({ name: 'Closed', state })
    const world = aWorld(service).put('account', closed)
    expect(world.give(ada, createApplication, { accountId: closed.id, serviceId: service.id, name: 'X' })).toEqual({
      ok: false,
      code,
      field: 'accountId',
      params: { state },
    })
  })

  it('A12: what was brought along must fit pattern and usage rules', () => {
    const service = withRules({ customKeys: false })
    const ided = withRules({ customKeys: false }, { name: 'Maps', pattern: 'app_id_key' })
    const world = aWorld(service).put('service', ided)
    const at = (serviceId: string, more: object) =>
      world.give(ada, createApplication, { accountId: account.id, serviceId, name: 'X', ...more })
    expect(at(service.id, { userKey: 'mine' })).toMatchObject({ code: 'custom_keys_off', field: 'userKey' })
    expect(at(ided.id, { appKey: 'my-key' })).toMatchObject({ code: 'custom_keys_off', field: 'appKey' })
    expect(at(service.id, { appId: 'abcd' })).toMatchObject({
      code: 'wrong_pattern',
      field: 'appId',
      params: { pattern: 'api_key' },
    })
    expect(at(ided.id, { redirectUrls: ['https://a.example/'] })).toMatchObject({
      code: 'wrong_pattern',
      field: 'redirectUrls',
    })
    expect(at(service.id, { ipRanges: ['10.0.0.0/8'] })).toMatchObject({ code: 'filter_off', field: 'ipRanges' })
    expect(at(service.id, { planId: ulidOf('nowhere') })).toMatchObject({ code: 'not_found', field: 'planId' })
    expect(at(ulidOf('nowhere'), {})).toMatchObject({ code: 'not_found', field: 'serviceId' })
    // An App ID is no key: it may be chosen though custom keys are off.
    expect(at(ided.id, { appId: 'maps' }).ok).toBe(true)
  })

  it('A2: a retired service takes no new application', () => {
    const service = aService({ state: 'retired' })
    expect(
      aWorld(service).give(ada, createApplication, { accountId: account.id, serviceId: service.id, name: 'X' }),
    ).toEqual({ ok: false, code: 'wrong_state', field: 'serviceId', params: { state: 'retired' } })
  })

  it('M2: only for services that the member has access to', () => {
    const service = aService()
    const world = aWorld(service)
    const input = { accountId: account.id, serviceId: service.id, name: 'X' }
    const partner = aMember({ sections: ['partners'], serviceAccess: [service.id] })
    expect(world.give(actorOf(partner), createApplication, input).ok).toBe(true)
    expect(world.give(actorOf({ ...partner, serviceAccess: [ulidOf('other')] }), createApplication, input)).toEqual({
      ok: false,
      code: 'forbidden',
      params: { service: service.id },
    })
    expect(world.give(aDeveloper(account), createApplication, input)).toMatchObject({ code: 'forbidden' })
  })
})

describe('states', () => {
  const verbs = { accept: acceptApplication, suspend: suspendApplication, resume: resumeApplication }
  const table = {
    pending: { accept: 'live', suspend: undefined, resume: undefined },
    live: { accept: undefined, suspend: 'suspended', resume: undefined },
    suspended: { accept: undefined, suspend: undefined, resume: 'live' },
  } as const
  const service = aService()
  for (const state of applicationStates) {
    for (const verb of ['accept', 'suspend', 'resume'] as const) {
      const to = table[state][verb]
      it(`A5: ${verb} of a ${state} application: ${to ?? 'refused'}`, () => {
        const application = anApplication(service, account, { state })
        const world = aWorld(service).put('application', application)
        const outcome = world.give(ada, verbs[verb], { id: application.id })
        if (to === undefined) expect(outcome).toEqual({ ok: false, code: 'wrong_state', params: { state } })
        else {
          expect(outcome.ok && outcome.value.events[0]?.changes).toEqual([{ field: 'state', before: state, after: to }])
        }
        expect(world.get('application', application.id).state).toBe(to ?? state)
      })
    }
  }

  it('A15: nothing is accepted or resumed in an account that is not approved; suspending always works', () => {
    const closed = anAccount({ state: 'suspended' })
    const pending = anApplication(service, closed, { name: 'P', state: 'pending' })
    const suspended = anApplication(service, closed, { name: 'S', state: 'suspended' })
    const live = anApplication(service, closed, { name: 'L' })
    const world = new World().put('service', service).put('account', closed)
    world.put('application', pending, suspended, live)
    const refused = { ok: false, code: 'account_not_approved', params: { state: 'suspended' } }
    expect(world.give(ada, acceptApplication, { id: pending.id })).toEqual(refused)
    expect(world.give(ada, resumeApplication, { id: suspended.id })).toEqual(refused)
    expect(world.give(ada, suspendApplication, { id: live.id }).ok).toBe(true)
  })

  it('A5: deleting removes the document; M2: not that of a service one has no access to', () => {
    const application = anApplication(service, account)
    const world = aWorld(service).put('application', application)
    const stranger = actorOf(aMember({ sections: ['partners'], serviceAccess: [ulidOf('other')] }))
    expect(world.give(stranger, deleteApplication, { id: application.id })).toMatchObject({ code: 'forbidden' })
    expect(world.must(ada, deleteApplication, { id: application.id }).events).toEqual([
      {
        code: 'application.deleted',
        objectCollection: 'application',
        objectId: application.id,
        objectName: 'Checkout',
        serviceId: service.id,
      },
    ])
    expect(world.all('application')).toEqual([])
  })
})

describe('editing', () => {
  it('P1: the plan is one of the service’s, told by name', () => {
    const gold = { id: ulidOf('gold'), name: 'Gold', systemName: 'gold', state: 'published', limits: [] } as const
    const base = aService()
    const service = { ...base, plans: [...base.plans, { ...gold, limits: [] }] }
    const application = anApplication(service, account)
    const world = aWorld(service).put('application', application)
    expect(world.must(ada, updateApplication, { id: application.id, planId: gold.id, name: 'Till' }).events[0]).toEqual(
      {
        code: 'application.updated',
        objectCollection: 'application',
        objectId: application.id,
        objectName: 'Till',
        serviceId: service.id,
        changes: [
          { field: 'name', before: 'Checkout', after: 'Till' },
          { field: 'plan', before: 'Basic', after: 'Gold' },
        ],
      },
    )
    expect(world.give(ada, updateApplication, { id: application.id, planId: ulidOf('nowhere') })).toEqual({
      ok: false,
      code: 'not_found',
      field: 'planId',
      params: {},
    })
    expect(world.must(ada, updateApplication, { id: application.id, name: 'Till' }).writes).toEqual([])
  })
})

describe('many at once', () => {
  const service = aService()
  const hidden = aService({ name: 'Hidden' })
  const a = anApplication(service, account, { name: 'A' })
  const b = anApplication(service, account, { name: 'B', state: 'suspended' })
  const c = anApplication(hidden, account, { name: 'C' })
  const world = () => aWorld(service).put('service', hidden).put('application', a, b, c)
  const partner = actorOf(aMember({ sections: ['partners'], serviceAccess: [service.id] }))

  it('A5, M2: each is judged by itself, the able ones are written in one change', () => {
    const w = world()
    const ids = [a.id, b.id, c.id, ulidOf('nowhere'), a.id]
    const change = w.must(partner, suspendApplications, { ids })
    expect(change.result).toEqual({
      outcomes: [
        { id: a.id, ok: true },
        { id: b.id, ok: false, code: 'wrong_state', params: { state: 'suspended' } },
        { id: c.id, ok: false, code: 'forbidden', params: { service: hidden.id } },
        { id: ulidOf('nowhere'), ok: false, code: 'not_found', params: {} },
      ],
      done: 1,
    })
    expect(change.writes).toHaveLength(1)
    expect(change.events).toHaveLength(1)
    expect(w.must(ada, resumeApplications, { ids: [a.id, b.id] }).result.done).toBe(2)
    expect(w.must(ada, acceptApplications, { ids: [a.id] }).result.done).toBe(0)
    expect(w.must(ada, changePlans, { ids: [a.id, c.id], planId: service.plans[0]?.id ?? '' }).result).toEqual({
      outcomes: [
        { id: a.id, ok: true },
        { id: c.id, ok: false, code: 'not_found', params: {} },
      ],
      done: 1,
    })
    expect(w.must(ada, deleteApplications, { ids: [a.id, b.id, c.id] }).result.done).toBe(3)
    expect(w.all('application')).toEqual([])
  })

  it('A5: 500 at most, one at least, and nothing without the section', () => {
    const ids = Array.from({ length: maxBulk + 1 }, (_, i) => ulidOf(`bulk${i}`))
    expect(world().give(ada, suspendApplications, { ids })).toMatchObject({ code: 'too_many', field: 'ids' })
    expect(world().give(ada, suspendApplications, { ids: [] })).toMatchObject({ code: 'required', field: 'ids' })
    expect(world().give(actorOf(aMember()), suspendApplications, { ids: [a.id] })).toEqual({
      ok: false,
      code: 'forbidden',
      params: { section: 'partners' },
    })
  })
})

describe('views', () => {
  it('A14: no view of an application holds a digest or a sealed copy', () => {
    for (const pattern of ['api_key', 'app_id_key', 'oauth'] as const) {
      const application = anApplication(aService({ pattern }), account)
      const text = JSON.stringify(viewApplication(application, noon))
      expect(text).not.toMatch(/digest|sealed/i)
      const held = [application.userKey, ...application.keys, ...application.clientSecrets]
      for (const secret of held) if (secret) expect(text).not.toContain(secret.digest)
      // Control: the document itself does hold them.
      expect(JSON.stringify(application)).toMatch(/"sealed"/)
    }
  })
})
