import { describe, expect, it } from 'vitest'
import {
  createService,
  revealServiceToken,
  rotateServiceToken,
  updateService,
  validServiceTokens,
  viewService,
} from '../../shared/domain/service.ts'
import { isToken, serviceTokenPrefix } from '../../shared/domain/token-format.ts'
import { foundWorkspace, renameWorkspace } from '../../shared/domain/workspace-commands.ts'
import {
  aContext,
  actorOf,
  aMember,
  anAdmin,
  aService,
  digest,
  noon,
  open,
  serviceTokenText,
  ulidOf,
  World,
  workspaceId,
} from './fixtures.ts'

const ada = actorOf(anAdmin())
const hour = 3_600_000

describe('services', () => {
  it('S1: a service is made with its token in one write; P1: with hits and a default plan', () => {
    const world = new World()
    const change = world.must(ada, createService, { name: 'Payments API', pattern: 'app_id_key' })
    expect(change.writes).toHaveLength(1)
    const service = world.get('service', change.result.id)
    expect(service).toMatchObject({
      systemName: 'payments-api',
      pattern: 'app_id_key',
      state: 'live',
      parameterNames: { userKey: 'user_key', appId: 'app_id', appKey: 'app_key' },
      usageRules: { keyLimit: 5, atLeastOneKey: true },
      metrics: [{ systemName: 'hits' }],
      defaultPlanId: service.plans[0]?.id,
      alertLevels: [50, 80, 90, 100, 120, 150, 200, 300],
    })
    expect(service.tokens).toHaveLength(1)
    const token = service.tokens[0]
    const text = open(token?.sealed ?? '', `service/${service.id}/token/${token?.id}`) ?? ''
    expect(isToken(serviceTokenPrefix, text)).toBe(true)
    expect(token?.digest).toBe(digest(text))
    expect(open(token?.sealed ?? '', `service/${ulidOf('other')}/token/${token?.id}`)).toBeUndefined()
  })

  it('M3: only an admin makes one; its system name is its own', () => {
    const world = new World().put('service', aService())
    expect(world.give(actorOf(aMember({ sections: ['plans'] })), createService, { name: 'X' })).toMatchObject({
      code: 'forbidden',
      params: { admin: true },
    })
    expect(world.give(ada, createService, { name: 'Payments API' })).toEqual({
      ok: false,
      code: 'taken',
      field: 'systemName',
      params: { value: 'payments-api' },
    })
    expect(world.give(ada, createService, { name: '결제' })).toMatchObject({ code: 'required', field: 'systemName' })
    expect(world.give(ada, createService, { name: '결제', systemName: 'pay' }).ok).toBe(true)
  })

  it('A1: name and description change for whoever holds plans and the service', () => {
    const service = aService()
    const world = new World().put('service', service)
    const planner = aMember({ sections: ['plans'], serviceAccess: [service.id] })
    const { events } = world.must(actorOf(planner), updateService, { id: service.id, description: 'Money' })
    expect(events[0]?.changes).toEqual([{ field: 'description', before: '', after: 'Money' }])
    expect(
      world.give(actorOf({ ...planner, serviceAccess: [] }), updateService, { id: service.id, name: 'X' }),
    ).toMatchObject({ code: 'forbidden', params: { service: service.id } })
  })

  it('S4: rotated with overlap by an admin or a member with plans, two valid at most', () => {
    const service = aService()
    const world = new World().put('service', service)
    const planner = actorOf(aMember({ sections: ['plans'] }))
    const { reveals } = world.must(planner, rotateServiceToken, { id: service.id, overlap: '1h' })
    const rotated = world.get('service', service.id)
    expect(rotated.tokens).toMatchObject([
      { id: service.tokens[0]?.id, endsAt: noon + hour },
      { digest: digest(reveals?.[0]?.secret.reveal() ?? ''), endsAt: 0 },
    ])
    expect(validServiceTokens(rotated, noon + hour - 1)).toHaveLength(2)
    expect(validServiceTokens(rotated, noon + hour)).toHaveLength(1)
    expect(world.give(planner, rotateServiceToken, { id: service.id, overlap: 'now' })).toEqual({
      ok: false,
      code: 'rotation_under_way',
      params: { until: noon + hour },
    })
    world.now = noon + hour
    world.must(planner, rotateServiceToken, { id: service.id, overlap: 'now' })
    expect(world.get('service', service.id).tokens).toHaveLength(1)
    const partner = actorOf(aMember({ sections: ['partners'] }))
    expect(world.give(partner, rotateServiceToken, { id: service.id, overlap: 'now' })).toMatchObject({
      code: 'forbidden',
    })
  })

  it('S3: whoever has access to the service reveals its token, and each time is an event', () => {
    const service = aService()
    const world = new World().put('service', service)
    const tokenId = service.tokens[0]?.id ?? ''
    for (const section of ['partners', 'plans', 'monitoring'] as const) {
      const member = aMember({ sections: [section], serviceAccess: [service.id] })
      const change = world.must(actorOf(member), revealServiceToken, { id: service.id, tokenId, purpose: 'copy' })
      expect(open(change.result.sealed, change.result.aad)).toBe(serviceTokenText())
      expect(change.events).toMatchObject([{ code: 'serviceToken.copied', serviceId: service.id }])
      expect(change.writes).toEqual([])
    }
    const stranger = actorOf(aMember({ sections: ['plans'], serviceAccess: [] }))
    expect(world.give(stranger, revealServiceToken, { id: service.id, tokenId, purpose: 'reveal' })).toMatchObject({
      code: 'forbidden',
    })
    expect(
      world.give(ada, revealServiceToken, { id: service.id, tokenId: ulidOf('nowhere'), purpose: 'reveal' }),
    ).toMatchObject({ code: 'not_found' })
  })

  it('S3: a view holds settings, metrics and plans, and neither digest nor sealed copy', () => {
    const service = aService()
    const view = viewService(service, noon)
    expect(view).toMatchObject({
      usageRules: service.usageRules,
      metrics: service.metrics,
      plans: service.plans,
      tokens: [{ id: service.tokens[0]?.id, hintTail: service.tokens[0]?.hintTail }],
    })
    const text = JSON.stringify(view)
    for (const secret of [service.tokens[0]?.digest, service.tokens[0]?.sealed]) expect(text).not.toContain(secret)
    expect(JSON.stringify(service)).toContain(service.tokens[0]?.sealed)
  })
})

describe('workspaces', () => {
  it('M1: a workspace begins with its first person as active admin', () => {
    const founding = { workspaceName: 'Acme APIs', memberName: 'Ada', memberEmail: 'ada@acme.example' }
    const { writes, events, result } = foundWorkspace(founding, false, aContext({ kind: 'system' }))
    expect(result.workspace).toMatchObject({ id: workspaceId, name: 'Acme APIs', sample: false })
    expect(result.admin).toMatchObject({ role: 'admin', state: 'active', serviceAccess: 'all' })
    expect(writes).toHaveLength(2)
    expect(events.map(({ code }) => code)).toEqual(['workspace.created', 'member.founded'])
    const world = new World().put('workspace', result.workspace)
    const settings = actorOf(aMember({ sections: ['settings'] }))
    world.must(settings, renameWorkspace, { id: workspaceId, name: 'Acme' })
    expect(world.get('workspace', workspaceId).name).toBe('Acme')
    expect(world.give(actorOf(aMember()), renameWorkspace, { id: workspaceId, name: 'X' })).toMatchObject({
      code: 'forbidden',
      params: { section: 'settings' },
    })
  })
})
