import { describe, expect, it } from 'vitest'
import {
  createMetric,
  createPlan,
  deleteLimit,
  deleteMetric,
  deletePlan,
  setDefaultPlan,
  setLimit,
  updateMetric,
  updatePlan,
} from '../../shared/domain/plan.ts'
import { actorOf, aMember, anAccount, anApplication, aService, ulidOf, World } from './fixtures.ts'

const planner = actorOf(aMember({ sections: ['plans'] }))
const service = aService()
const serviceId = service.id
const hits = service.metrics[0]?.id ?? ''
const basic = service.plans[0]?.id ?? ''
const aWorld = () => new World().put('service', service)

describe('metrics', () => {
  it('P1: a metric, and methods below it, one level deep, with names of their own', () => {
    const world = aWorld()
    const { result, events } = world.must(planner, createMetric, { serviceId, name: 'Search calls', parentId: hits })
    expect(world.get('service', serviceId).metrics[1]).toEqual({
      id: result.metricId,
      systemName: 'search-calls',
      name: 'Search calls',
      unit: 'hit',
      parentId: hits,
    })
    expect(events[0]).toEqual({
      code: 'metric.created',
      objectCollection: 'service',
      objectId: serviceId,
      objectName: 'Payments API',
      serviceId,
      changes: [
        { field: 'metric', before: null, after: 'search-calls' },
        { field: 'parent', before: null, after: 'hits' },
      ],
    })
    const give = (more: object) => world.give(planner, createMetric, { serviceId, name: 'X', ...more })
    expect(give({ parentId: result.metricId })).toMatchObject({ code: 'not_found', field: 'parentId' })
    expect(give({ parentId: ulidOf('nowhere') })).toMatchObject({ code: 'not_found', field: 'parentId' })
    expect(give({ name: 'Hits' })).toMatchObject({ code: 'taken', field: 'systemName', params: { value: 'hits' } })
    expect(give({ name: '검색' })).toMatchObject({ code: 'required', field: 'systemName' })
    expect(give({ name: '검색', systemName: 'kr_search' }).ok).toBe(true)
    world.must(planner, updateMetric, { serviceId, metricId: result.metricId, unit: 'query' })
    expect(world.get('service', serviceId).metrics[1]).toMatchObject({ unit: 'query', systemName: 'search-calls' })
  })

  it('P1: the first metric stays; one with methods or limits goes only with them', () => {
    const world = aWorld()
    expect(world.give(planner, deleteMetric, { serviceId, metricId: hits, withDependents: true })).toEqual({
      ok: false,
      code: 'required',
      params: { metric: 'hits' },
    })
    const { metricId } = world.must(planner, createMetric, { serviceId, name: 'Maps' }).result
    const method = world.must(planner, createMetric, { serviceId, name: 'Tiles', parentId: metricId }).result.metricId
    world.must(planner, setLimit, { serviceId, planId: basic, metricId: method, period: 'day', value: 5 })
    expect(world.give(planner, deleteMetric, { serviceId, metricId })).toEqual({
      ok: false,
      code: 'in_use',
      params: { count: 2 },
    })
    const change = world.must(planner, deleteMetric, { serviceId, metricId, withDependents: true })
    expect(change.result).toEqual({ methods: 1, limits: 1 })
    expect(world.get('service', serviceId)).toMatchObject({ metrics: service.metrics, plans: service.plans })
  })

  it('M2: only with the plans section and access to the service', () => {
    const world = aWorld()
    const input = { serviceId, name: 'X' }
    expect(world.give(actorOf(aMember({ sections: ['partners'] })), createMetric, input)).toMatchObject({
      code: 'forbidden',
      params: { section: 'plans' },
    })
    expect(world.give(actorOf(aMember({ sections: ['plans'], serviceAccess: [] })), createMetric, input)).toMatchObject(
      { code: 'forbidden', params: { service: serviceId } },
    )
  })
})

describe('plans and limits', () => {
  it('P1: plans are made, copied with their limits, renamed, published', () => {
    const world = aWorld()
    world.must(planner, setLimit, { serviceId, planId: basic, metricId: hits, period: 'minute', value: 60 })
    const { planId } = world.must(planner, createPlan, { serviceId, name: 'Gold', copyOf: basic }).result
    const [source, copy] = world.get('service', serviceId).plans
    expect(copy).toMatchObject({
      id: planId,
      systemName: 'gold',
      state: 'hidden',
      limits: [{ metricId: hits, period: 'minute', value: 60 }],
    })
    expect(copy?.limits[0]?.id).not.toBe(source?.limits[0]?.id)
    expect(world.give(planner, createPlan, { serviceId, name: 'Gold' })).toMatchObject({ code: 'taken' })
    const { events } = world.must(planner, updatePlan, { serviceId, planId, name: 'Gold+', state: 'published' })
    expect(events[0]?.changes).toEqual([
      { field: 'plan.gold.name', before: 'Gold', after: 'Gold+' },
      { field: 'plan.gold.state', before: 'hidden', after: 'published' },
    ])
  })

  it('P1: a plan with applications stays; a deleted default plan leaves none', () => {
    const world = aWorld()
    const application = anApplication(service, anAccount())
    world.put('application', application)
    expect(world.give(planner, deletePlan, { serviceId, planId: basic })).toEqual({
      ok: false,
      code: 'in_use',
      params: { count: 1 },
    })
    const empty = aWorld()
    empty.must(planner, deletePlan, { serviceId, planId: basic })
    expect(empty.get('service', serviceId)).toMatchObject({ plans: [] })
    expect('defaultPlanId' in empty.get('service', serviceId)).toBe(false)
  })

  it('P1: the default plan is chosen, or none', () => {
    const world = aWorld()
    const { planId } = world.must(planner, createPlan, { serviceId, name: 'Gold' }).result
    expect(world.must(planner, setDefaultPlan, { serviceId, planId }).events[0]?.changes).toEqual([
      { field: 'defaultPlan', before: 'Basic', after: 'Gold' },
    ])
    world.must(planner, setDefaultPlan, { serviceId, planId: null })
    expect('defaultPlanId' in world.get('service', serviceId)).toBe(false)
    expect(world.give(planner, setDefaultPlan, { serviceId, planId: ulidOf('nowhere') })).toMatchObject({
      code: 'not_found',
      field: 'planId',
    })
  })

  it('P2: one limit for each metric and period; setting it again changes it, deleting it frees', () => {
    const world = aWorld()
    const target = { serviceId, planId: basic, metricId: hits }
    const { limitId } = world.must(planner, setLimit, { ...target, period: 'day', value: 100 }).result
    world.must(planner, setLimit, { ...target, period: 'month', value: 0 })
    const again = world.must(planner, setLimit, { ...target, period: 'day', value: 50 })
    expect(again.result.limitId).toBe(limitId)
    expect(again.events[0]?.changes).toEqual([{ field: 'plan.basic.hits.day', before: 100, after: 50 }])
    expect(world.must(planner, setLimit, { ...target, period: 'day', value: 50 }).writes).toEqual([])
    expect(world.get('service', serviceId).plans[0]?.limits).toMatchObject([
      { id: limitId, period: 'day', value: 50 },
      { period: 'month', value: 0 },
    ])
    const { events } = world.must(planner, deleteLimit, { serviceId, planId: basic, limitId })
    expect(events[0]).toMatchObject({
      code: 'plan.limitDeleted',
      changes: [{ field: 'plan.basic.hits.day', before: 50, after: null }],
    })
    expect(world.get('service', serviceId).plans[0]?.limits).toHaveLength(1)
  })

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1e300])('P2: %d is no limit', (value) => {
    const input = { serviceId, planId: basic, metricId: hits, period: 'day', value } as const
    expect(aWorld().give(planner, setLimit, input)).toMatchObject({ ok: false, field: 'value' })
  })

  it('P2: not of another service’s metric or plan', () => {
    const input = { serviceId, planId: basic, metricId: ulidOf('nowhere'), period: 'day', value: 1 } as const
    expect(aWorld().give(planner, setLimit, input)).toMatchObject({ code: 'not_found', field: 'metricId' })
    expect(aWorld().give(planner, setLimit, { ...input, planId: ulidOf('nowhere') })).toMatchObject({
      code: 'not_found',
      field: 'planId',
    })
  })
})
