import { describe, expect, it } from 'vitest'
import { createKey } from '../../shared/domain/application-keys.ts'
import { denial } from '../../shared/domain/permission.ts'
import { defaultUsageRules } from '../../shared/domain/service.ts'
import { serviceStates } from '../../shared/domain/service-schema.ts'
import {
  deleteService,
  resumeService,
  retireService,
  suspendService,
  updateAlertLevels,
  updateIntegration,
  updateUsageRules,
} from '../../shared/domain/service-settings.ts'
import { actorOf, aMember, anAccount, anAdmin, anApplication, aService, ulidOf, World } from './fixtures.ts'

const ada = actorOf(anAdmin())
const planner = actorOf(aMember({ sections: ['plans'] }))
const account = anAccount()

describe('integration', () => {
  it('A3: parameter names, location and error statuses change, each by itself', () => {
    const service = aService()
    const world = new World().put('service', service)
    const { events } = world.must(planner, updateIntegration, {
      id: service.id,
      credentialsLocation: 'query',
      parameterNames: { userKey: 'api-key' },
      errorStatuses: { missing: 401 },
    })
    expect(world.get('service', service.id)).toMatchObject({
      credentialsLocation: 'query',
      parameterNames: { userKey: 'api-key', appId: 'app_id', appKey: 'app_key' },
      errorStatuses: { missing: 401, wrong: 403, overLimit: 429 },
    })
    expect(events).toEqual([
      {
        code: 'service.integrationChanged',
        objectCollection: 'service',
        objectId: service.id,
        objectName: 'Payments API',
        serviceId: service.id,
        changes: [
          { field: 'credentialsLocation', before: 'headers', after: 'query' },
          { field: 'parameterNames.userKey', before: 'user_key', after: 'api-key' },
          { field: 'errorStatuses.missing', before: 403, after: 401 },
        ],
      },
    ])
  })

  it('A3: two parameters never share a name, in any case; names are letters, digits, - and _', () => {
    const service = aService()
    const world = new World().put('service', service)
    const give = (parameterNames: object) => world.give(planner, updateIntegration, { id: service.id, parameterNames })
    expect(give({ appKey: 'APP_ID' })).toEqual({
      ok: false,
      code: 'taken',
      field: 'parameterNames.appKey',
      params: { value: 'APP_ID' },
    })
    expect(give({ userKey: 'user key' })).toMatchObject({ code: 'invalid', field: 'parameterNames.userKey' })
    expect(give({ userKey: '' })).toMatchObject({ code: 'required' })
    expect(give({ userKey: 'x'.repeat(256) })).toMatchObject({ code: 'too_long' })
    expect(give({ userKey: 'x'.repeat(255) }).ok).toBe(true)
    expect(world.give(planner, updateIntegration, { id: service.id, errorStatuses: { wrong: 200 } })).toMatchObject({
      ok: false,
      field: 'errorStatuses.wrong',
    })
  })
})

describe('usage rules', () => {
  it('A8: turning at least one key off marks applications without keys keyless in the same change, and back', () => {
    const service = aService({ pattern: 'app_id_key' })
    const bare = anApplication(service, account, { name: 'Bare', keys: [] })
    const keyed = anApplication(service, account, { name: 'Keyed' })
    const world = new World().put('service', service).put('application', bare, keyed)
    const blind = world.give(planner, updateUsageRules, { id: service.id, atLeastOneKey: false })
    expect(blind).toEqual({ ok: false, code: 'forbidden', params: { section: 'partners' } })
    const both = actorOf(aMember({ sections: ['plans', 'partners'] }))
    const off = world.must(both, updateUsageRules, { id: service.id, atLeastOneKey: false })
    expect(off.result).toEqual({ becameKeyless: 1, endedKeyless: 0 })
    expect(off.events).toMatchObject([
      {
        code: 'service.usageRulesChanged',
        changes: [{ field: 'usageRules.atLeastOneKey', before: true, after: false }],
      },
      { code: 'application.becameKeyless', objectName: 'Bare' },
    ])
    expect(world.get('application', bare.id).keyless).toBe(true)
    expect(world.get('application', keyed.id)).toBe(keyed)
    const on = world.must(both, updateUsageRules, { id: service.id, atLeastOneKey: true })
    expect(on.result).toEqual({ becameKeyless: 0, endedKeyless: 1 })
    expect(world.get('application', bare.id).keyless).toBe(false)
  })

  it('A12: rules left out stay; other rules read no application', () => {
    const service = aService()
    const world = new World().put('service', service)
    const input = { id: service.id, ipFilter: 'required', keyLimit: 2 } as const
    expect(updateUsageRules.needs(input, ada, (text) => text).applications).toEqual({
      many: 'application',
      where: { id: [] },
    })
    world.must(planner, updateUsageRules, input)
    expect(world.get('service', service.id).usageRules).toEqual({
      ...defaultUsageRules,
      ipFilter: 'required',
      keyLimit: 2,
    })
    for (const keyLimit of [0, 101, 1.5]) {
      expect(world.give(planner, updateUsageRules, { id: service.id, keyLimit })).toMatchObject({ field: 'keyLimit' })
    }
    expect(world.give(actorOf(aMember({ sections: ['partners'] })), updateUsageRules, input)).toMatchObject({
      code: 'forbidden',
    })
  })

  it('A7: a keys limit below what an application holds takes no key away and gives none', () => {
    const service = aService({ pattern: 'app_id_key' })
    const application = anApplication(service, account, { keys: ['one-key', 'two-key', 'three-key'] })
    const world = new World().put('service', service).put('account', account).put('application', application)
    world.must(planner, updateUsageRules, { id: service.id, keyLimit: 1 })
    expect(world.get('application', application.id).keys).toHaveLength(3)
    expect(world.give(ada, createKey, { id: application.id })).toEqual({
      ok: false,
      code: 'key_limit',
      params: { limit: 1 },
    })
  })

  it('P3: alert levels are those of the table, in its order', () => {
    const service = aService()
    const world = new World().put('service', service)
    const { events } = world.must(planner, updateAlertLevels, { id: service.id, levels: [100, 50, 100] })
    expect(world.get('service', service.id).alertLevels).toEqual([50, 100])
    expect(events[0]?.changes?.[0]?.after).toEqual(['50', '100'])
    expect(world.give(planner, updateAlertLevels, { id: service.id, levels: [51 as 50] }).ok).toBe(false)
  })
})

describe('lifecycle', () => {
  const verbs = { suspend: suspendService, resume: resumeService, retire: retireService }
  const table = {
    live: { suspend: 'suspended', resume: undefined, retire: 'retired' },
    suspended: { suspend: undefined, resume: 'live', retire: 'retired' },
    retired: { suspend: undefined, resume: 'live', retire: undefined },
  } as const
  for (const state of serviceStates) {
    for (const verb of ['suspend', 'resume', 'retire'] as const) {
      const to = table[state][verb]
      it(`A2: ${verb} of a ${state} service: ${to ?? 'refused'}`, () => {
        const service = aService({ state })
        const world = new World().put('service', service)
        const outcome = world.give(planner, verbs[verb], { id: service.id })
        if (to === undefined) expect(outcome).toEqual({ ok: false, code: 'wrong_state', params: { state } })
        else {
          expect(outcome.ok && outcome.value.events[0]?.changes).toEqual([{ field: 'state', before: state, after: to }])
        }
        expect(world.get('service', service.id).state).toBe(to ?? state)
      })
    }
  }

  it('M3: only an admin deletes a service, and says so where applications go with it', () => {
    const service = aService()
    const other = aService({ name: 'Other' })
    const application = anApplication(service, account)
    const world = new World().put('service', service, other).put('application', application)
    expect(world.give(planner, deleteService, { id: service.id })).toEqual({
      ok: false,
      code: 'forbidden',
      params: { admin: true },
    })
    expect(world.give(ada, deleteService, { id: service.id })).toEqual({
      ok: false,
      code: 'in_use',
      params: { count: 1 },
    })
    const change = world.must(ada, deleteService, { id: service.id, withApplications: true })
    expect(change.result).toEqual({ applications: 1 })
    expect(change.events.map(({ code }) => code)).toEqual(['service.deleted', 'application.deleted'])
    expect(world.all('service')).toEqual([other])
    expect(world.all('application')).toEqual([])
  })

  it('T9: a deleted service leaves the lists of members, so that a list of it alone opens nothing', () => {
    const service = aService()
    const only = aMember({ name: 'Only', sections: ['partners'], serviceAccess: [service.id] })
    const both = aMember({ name: 'Both', serviceAccess: [ulidOf('other'), service.id] })
    const every = aMember({ name: 'Every' })
    const own = anAdmin({ serviceAccess: [service.id] })
    const world = new World().put('service', service).put('member', only, both, every, own)
    world.must(ada, deleteService, { id: service.id })
    expect(world.get('member', only.id).serviceAccess).toEqual([])
    expect(world.get('member', both.id).serviceAccess).toEqual([ulidOf('other')])
    expect(world.get('member', every.id)).toBe(every)
    // M3: nobody changes their own rights, not even so.
    expect(world.get('member', own.id)).toBe(own)
    expect(denial(actorOf(world.get('member', only.id)), 'application.view')).toMatchObject({ code: 'forbidden' })
    // Control: with the stale list the question for any service would have passed.
    expect(denial(actorOf(only), 'application.view')).toBeUndefined()
  })
})
