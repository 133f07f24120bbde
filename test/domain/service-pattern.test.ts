import { describe, expect, it } from 'vitest'
import { rotateClientSecret } from '../../shared/domain/application-credentials.ts'
import { createKey } from '../../shared/domain/application-keys.ts'
import { defaultUsageRules } from '../../shared/domain/service.ts'
import { changePattern, impactFingerprint, migrateService, patternImpact } from '../../shared/domain/service-pattern.ts'
import type { Pattern } from '../../shared/domain/service-schema.ts'
import { retireService } from '../../shared/domain/service-settings.ts'
import {
  actorOf,
  aMember,
  anAccount,
  anAdmin,
  anApplication,
  anApplicationKey,
  aService,
  digest,
  noon,
  ulidOf,
  World,
} from './fixtures.ts'

const ada = actorOf(anAdmin())
const planner = actorOf(aMember({ sections: ['plans', 'partners'] }))
const account = anAccount()

function accepted(world: World, serviceId: string, pattern: Pattern) {
  const service = world.get('service', serviceId)
  const impact = patternImpact(service, world.all('application'), pattern, world.now)
  return {
    id: serviceId,
    pattern,
    acceptImpact: true,
    expectedImpact: { count: impact.count, fingerprint: impactFingerprint(impact, digest) },
  }
}

describe('change of pattern', () => {
  it('A1: without applications it is free; the same pattern is refused', () => {
    const service = aService()
    const world = new World().put('service', service)
    expect(world.give(planner, changePattern, { id: service.id, pattern: 'api_key' })).toEqual({
      ok: false,
      code: 'already',
      field: 'pattern',
      params: { pattern: 'api_key' },
    })
    expect(world.give(planner, changePattern, { id: service.id, pattern: 'oauth' }).ok).toBe(true)
    expect(world.get('service', service.id).pattern).toBe('oauth')
  })

  it('A2: a person who cannot see the applications cannot change it: their device would find nothing in the way', () => {
    const service = aService()
    const world = new World().put('service', service)
    for (const section of ['plans', 'partners'] as const) {
      const half = actorOf(aMember({ sections: [section] }))
      expect(world.give(half, changePattern, { id: service.id, pattern: 'oauth' })).toMatchObject({ code: 'forbidden' })
    }
  })

  it('A2: with credentials it is locked, until the impact is accepted as it was shown', () => {
    const service = aService()
    const application = anApplication(service, account)
    const world = new World().put('service', service).put('account', account).put('application', application)
    const give = (more: object) =>
      world.give(planner, changePattern, { id: service.id, pattern: 'app_id_key', ...more })
    const locked = { ok: false, code: 'pattern_locked', params: { count: 1, changed: false } }
    expect(give({})).toEqual(locked)
    expect(give({ acceptImpact: true })).toEqual(locked)
    const shown = accepted(world, service.id, 'app_id_key')
    expect(give({ ...shown, acceptImpact: false })).toEqual(locked)
    world.put('application', anApplication(service, account, { name: 'Late' }))
    expect(world.give(planner, changePattern, shown)).toEqual({
      ok: false,
      code: 'pattern_locked',
      params: { count: 2, changed: true },
    })
    const change = world.must(planner, changePattern, accepted(world, service.id, 'app_id_key'))
    expect(change.result).toEqual({ count: 2, becomeKeyless: 0 })
    expect(change.events).toEqual([
      {
        code: 'service.patternChanged',
        objectCollection: 'service',
        objectId: service.id,
        objectName: 'Payments API',
        serviceId: service.id,
        changes: [
          { field: 'pattern', before: 'api_key', after: 'app_id_key' },
          { field: 'applicationsConcerned', before: null, after: 2 },
          { field: 'becomeKeyless', before: null, after: 0 },
        ],
      },
    ])
    const after = world.get('application', application.id)
    expect(after.appId).toMatch(/^[0-9a-f]{8}$/)
    expect(after).toMatchObject({ keys: [], keyless: false, userKeyDigest: application.userKeyDigest })
    expect(new Set(world.all('application').map(({ appId }) => appId)).size).toBe(2)
    expect(world.give(ada, createKey, { id: application.id }).ok).toBe(true)
  })

  it('A2: the impact says which applications stop, become keyless, or regain what they had', () => {
    const rules = { ...defaultUsageRules, atLeastOneKey: false }
    const service = aService({ usageRules: rules })
    const plain = anApplication(service, account, { name: 'Plain' })
    const expiredOnly = anApplication(aService({ pattern: 'oauth' }), account, { name: 'Ended' })
    const impact = patternImpact(service, [plain], 'app_id_key', noon)
    expect(impact).toEqual({
      target: 'app_id_key',
      applications: [
        {
          id: plain.id,
          name: 'Plain',
          accountId: account.id,
          state: 'live',
          stops: 1,
          stopsKeyless: false,
          becomesKeyless: true,
          regains: false,
        },
      ],
      count: 1,
      becomeKeyless: 1,
    })
    // Nothing that counts is held, nothing opens: not listed.
    const ended = { ...expiredOnly, clientSecrets: expiredOnly.clientSecrets.map((s) => ({ ...s, endsAt: noon })) }
    expect(patternImpact({ ...service, pattern: 'oauth' }, [ended], 'api_key', noon).count).toBe(0)
    expect(patternImpact({ ...service, pattern: 'oauth' }, [ended], 'api_key', noon - 1).count).toBe(1)
  })

  it('A2: becoming keyless is written, marked and told, application by application', () => {
    const service = aService({ usageRules: { ...defaultUsageRules, atLeastOneKey: false } })
    const application = anApplication(service, account)
    const world = new World().put('service', service).put('application', application)
    const change = world.must(planner, changePattern, accepted(world, service.id, 'app_id_key'))
    expect(change.result).toEqual({ count: 1, becomeKeyless: 1 })
    expect(change.events.map(({ code }) => code)).toEqual(['service.patternChanged', 'application.becameKeyless'])
    expect(world.get('application', application.id).keyless).toBe(true)
  })

  it('A7: changed there and back, App ID and user key are what they were', () => {
    const service = aService()
    const application = anApplication(service, account)
    const world = new World().put('service', service).put('account', account).put('application', application)
    world.must(planner, changePattern, accepted(world, service.id, 'app_id_key'))
    const { appId } = world.get('application', application.id)
    const shown = patternImpact(world.get('service', service.id), world.all('application'), 'api_key', noon)
    expect(shown.applications).toMatchObject([{ stops: 0, regains: true }])
    world.must(planner, changePattern, accepted(world, service.id, 'oauth'))
    expect(world.get('application', application.id).appId).toBe(appId)
    expect(world.give(ada, rotateClientSecret, { id: application.id, overlap: 'now' }).ok).toBe(true)
    world.must(planner, changePattern, accepted(world, service.id, 'api_key'))
    expect(world.get('application', application.id)).toMatchObject({ appId, userKeyDigest: application.userKeyDigest })
  })
})

describe('migration', () => {
  const metrics = [
    { id: ulidOf('hits'), systemName: 'hits', name: 'Hits', unit: 'hit' },
    { id: ulidOf('search'), systemName: 'search', name: 'Search', unit: 'hit', parentId: ulidOf('hits') },
  ]
  const plans = [
    {
      id: ulidOf('gold'),
      name: 'Gold',
      systemName: 'gold',
      state: 'published' as const,
      limits: [{ id: ulidOf('limit'), metricId: ulidOf('search'), period: 'day' as const, value: 10 }],
    },
  ]
  const service = aService({
    metrics,
    plans,
    defaultPlanId: ulidOf('gold'),
    usageRules: { ...defaultUsageRules, ipFilter: 'on', keyLimit: 3 },
  })
  const live = anApplication(service, account, { name: 'Live', ipRanges: ['10.0.0.0/8'] })
  const pending = anApplication(service, account, { name: 'Pending', state: 'pending' })
  const aWorld = () => new World().put('service', service).put('account', account).put('application', live, pending)
  const input = { id: service.id, pattern: 'app_id_key', name: 'Payments API 2' } as const

  it('A2: a new service with everything of the old, its own token, and new credentials for each application', () => {
    const world = aWorld()
    const { result, reveals, events } = world.must(ada, migrateService, input)
    const successor = world.get('service', result.serviceId)
    expect(successor).toMatchObject({
      name: 'Payments API 2',
      systemName: 'payments-api-2',
      pattern: 'app_id_key',
      usageRules: service.usageRules,
      migratedFrom: service.id,
      rev: 1,
    })
    expect(successor.migratedTo).toBeUndefined()
    expect(successor.tokens[0]?.digest).not.toBe(service.tokens[0]?.digest)
    const ids = [...successor.metrics, ...successor.plans, ...(successor.plans[0]?.limits ?? [])].map(({ id }) => id)
    for (const id of ids)
      expect([...metrics, ...plans, ...(plans[0]?.limits ?? [])].map((old) => old.id)).not.toContain(id)
    expect(successor.metrics[1]?.parentId).toBe(successor.metrics[0]?.id)
    expect(successor.plans[0]?.limits[0]).toMatchObject({
      metricId: successor.metrics[1]?.id,
      period: 'day',
      value: 10,
    })
    expect(successor.defaultPlanId).toBe(successor.plans[0]?.id)
    expect(result.applications.map(({ from, name }) => [from, name])).toEqual([
      [live.id, 'Live'],
      [pending.id, 'Pending'],
    ])
    result.applications.forEach((line, i) => {
      const copy = world.get('application', line.to)
      const old = world.get('application', line.from)
      expect(copy).toMatchObject({
        accountId: account.id,
        serviceId: successor.id,
        planId: successor.plans[0]?.id,
        name: old.name,
        state: old.state,
        ipRanges: old.ipRanges,
        migratedFrom: old.id,
        appId: line.appId,
        userKeyDigest: '',
      })
      expect(copy.keys[0]?.digest).toBe(digest(reveals?.[i]?.secret.reveal() ?? ''))
      expect(reveals?.[i]).toMatchObject({ kind: 'appKey', objectId: copy.id })
    })
    // The old side works as before: only its link is new.
    expect(world.get('application', live.id)).toBe(live)
    expect(world.get('service', service.id)).toEqual({
      ...service,
      rev: 2,
      migratedTo: successor.id,
      updatedAt: noon,
      updatedBy: expect.any(String),
      command: expect.any(Object),
    })
    expect(events.map(({ code }) => code)).toEqual([
      'service.created',
      'service.migrated',
      'application.created',
      'application.created',
    ])
  })

  it('A2: what a key’s own filters lose is in the mapping', () => {
    const ided = aService({ name: 'Ided', pattern: 'app_id_key' })
    const id = ulidOf('with-filter')
    const key = anApplicationKey(id, 'filtered-key', { ipRanges: ['10.0.0.0/8'] })
    const world = new World().put('service', ided).put('account', account)
    world.put('application', anApplication(ided, account, { id, keys: [key, 'plain-key'] }))
    const { result } = world.must(ada, migrateService, { id: ided.id, pattern: 'api_key', name: 'New' })
    expect(result.applications).toMatchObject([{ from: id, appId: '', droppedKeyFilters: 1 }])
  })

  it('A2: once; not to the same pattern, not from a retired service, not under a name there is', () => {
    const world = aWorld()
    const give = (more: object) => world.give(ada, migrateService, { ...input, ...more })
    expect(give({ pattern: 'api_key' })).toMatchObject({ code: 'already', field: 'pattern' })
    expect(give({ systemName: service.systemName })).toMatchObject({ code: 'taken', field: 'systemName' })
    expect(give({ name: '결제' })).toMatchObject({ code: 'required', field: 'systemName' })
    expect(world.give(planner, migrateService, input)).toMatchObject({ code: 'forbidden', params: { admin: true } })
    world.must(ada, migrateService, input)
    expect(give({ name: 'Third' })).toEqual({ ok: false, code: 'already', params: { successor: 'Payments API 2' } })
    const retired = aWorld()
    retired.must(ada, retireService, { id: service.id })
    expect(retired.give(ada, migrateService, input)).toMatchObject({
      code: 'wrong_state',
      params: { state: 'retired' },
    })
  })
})
