/** What a service counts and allows: metrics with methods (P1), plans, limits by calendar period (P2). */
import * as z from 'zod'
import type { AuditChange } from './audit.ts'
import { type Change, type Context, defineCommand, differences, edited, many, newId, one } from './command.ts'
import { type Ulid, ulidSchema } from './id.ts'
import { accept, type Outcome, type Refusal, refuse } from './outcome.ts'
import { denial } from './permission.ts'
import { aboutService } from './service.ts'
import { type Limit, type Metric, type Plan, periods, planStates, type Service } from './service-schema.ts'
import { nameSchema, systemNameFrom, systemNameSchema, textSchema } from './text.ts'

/** What the schema of a service takes. */
const most = { metrics: 500, plans: 200, limits: 500 } as const

const serviceId = ulidSchema

/** The service where the actor may edit it. Refusals: `forbidden`, `not_found`. */
function editable(service: Service | undefined, id: Ulid, context: Context): Outcome<Service> {
  const denied = denial(context.actor, 'service.edit', id)
  if (denied) return denied
  return service ? accept(service) : refuse('not_found')
}

function changed<R>(
  service: Service,
  fields: Partial<Service>,
  code: string,
  changes: readonly AuditChange[],
  context: Context,
  result: R,
): Outcome<Change<R>> {
  if (changes.length === 0) return accept({ writes: [], events: [], result })
  return accept({
    writes: [{ collection: 'service', before: service, after: edited(service, fields, context) }],
    events: [{ code, ...aboutService(service), changes }],
    result,
  })
}

/** The system name of a new thing: given or derived, and not among those there are. */
function systemNameOf(
  input: { readonly name: string; readonly systemName?: string | undefined },
  others: readonly { readonly systemName: string }[],
): Outcome<string> {
  const systemName = input.systemName ?? systemNameFrom(input.name)
  if (systemName === '') return refuse('required', {}, 'systemName')
  if (others.some((other) => other.systemName === systemName)) {
    return refuse('taken', { value: systemName }, 'systemName')
  }
  return accept(systemName)
}

/**
 * Adds a metric, or a method below one: a method's usage counts on its metric too (P1).
 * Refusals: `forbidden`, `not_found` (field `parentId`: no metric, or itself a method), `too_many` {max}, `taken` and
 * `required` (field `systemName`).
 */
export const createMetric = defineCommand({
  name: 'metric.create',
  input: z.strictObject({
    serviceId,
    name: nameSchema,
    /** What gateways report; derived from the name where left out, fixed from then on. */
    systemName: systemNameSchema.optional(),
    unit: textSchema(64).trim().default('hit'),
    parentId: ulidSchema.optional(),
  }),
  needs: (input) => ({ service: one('service', input.serviceId) }),
  decide(documents, input, context) {
    const found = editable(documents.service, input.serviceId, context)
    if (!found.ok) return found
    const service = found.value
    if (service.metrics.length >= most.metrics) return refuse('too_many', { max: most.metrics })
    const parent = service.metrics.find(({ id }) => id === input.parentId)
    if (input.parentId !== undefined && parent?.parentId !== undefined) return refuse('not_found', {}, 'parentId')
    if (input.parentId !== undefined && parent === undefined) return refuse('not_found', {}, 'parentId')
    const systemName = systemNameOf(input, service.metrics)
    if (!systemName.ok) return systemName
    const metric: Metric = {
      id: newId(context),
      systemName: systemName.value,
      name: input.name,
      unit: input.unit,
      ...(input.parentId === undefined ? {} : { parentId: input.parentId }),
    }
    return changed(
      service,
      { metrics: [...service.metrics, metric] },
      'metric.created',
      [
        { field: 'metric', before: null, after: metric.systemName },
        ...(parent === undefined ? [] : [{ field: 'parent', before: null, after: parent.systemName }]),
      ],
      context,
      { metricId: metric.id },
    )
  },
})

/** Changes name and unit of a metric or method (P1). Refusals: `forbidden`, `not_found`. */
export const updateMetric = defineCommand({
  name: 'metric.update',
  input: z.strictObject({
    serviceId,
    metricId: ulidSchema,
    name: nameSchema.optional(),
    unit: textSchema(64).trim().optional(),
  }),
  needs: (input) => ({ service: one('service', input.serviceId) }),
  decide(documents, input, context) {
    const found = editable(documents.service, input.serviceId, context)
    if (!found.ok) return found
    const service = found.value
    const metric = service.metrics.find(({ id }) => id === input.metricId)
    if (!metric) return refuse('not_found')
    const renewed = { ...metric, name: input.name ?? metric.name, unit: input.unit ?? metric.unit }
    const metrics = service.metrics.map((each) => (each.id === metric.id ? renewed : each))
    const changes = differences(metric, renewed, `metric.${metric.systemName}.`)
    return changed(service, { metrics }, 'metric.updated', changes, context, undefined)
  },
})

/**
 * Deletes a metric or method (P1). The service's first metric (`hits`) stays. One with methods or limits goes only with
 * them, in the same change, where that is asked for.
 * Refusals: `forbidden`, `not_found`, `required` {metric} for the first metric, `in_use` {count} of methods and limits.
 */
export const deleteMetric = defineCommand({
  name: 'metric.delete',
  input: z.strictObject({ serviceId, metricId: ulidSchema, withDependents: z.boolean().default(false) }),
  needs: (input) => ({ service: one('service', input.serviceId) }),
  decide(documents, input, context) {
    const found = editable(documents.service, input.serviceId, context)
    if (!found.ok) return found
    const service = found.value
    const metric = service.metrics.find(({ id }) => id === input.metricId)
    if (!metric) return refuse('not_found')
    if (service.metrics[0] === metric) return refuse('required', { metric: metric.systemName })
    const gone = new Set([
      metric.id,
      ...service.metrics.filter(({ parentId }) => parentId === metric.id).map(({ id }) => id),
    ])
    const limits = service.plans.flatMap((plan) => plan.limits).filter(({ metricId }) => gone.has(metricId)).length
    const count = gone.size - 1 + limits
    if (count > 0 && !input.withDependents) return refuse('in_use', { count })
    return changed(
      service,
      {
        metrics: service.metrics.filter(({ id }) => !gone.has(id)),
        plans: service.plans.map((plan) => ({
          ...plan,
          limits: plan.limits.filter(({ metricId }) => !gone.has(metricId)),
        })),
      },
      'metric.deleted',
      [
        { field: 'metric', before: metric.systemName, after: null },
        ...(gone.size > 1 ? [{ field: 'methods', before: gone.size - 1, after: 0 }] : []),
        ...(limits > 0 ? [{ field: 'limits', before: limits, after: 0 }] : []),
      ],
      context,
      { methods: gone.size - 1, limits },
    )
  },
})

/**
 * Adds a plan, empty or with the limits of another (P1, P2).
 * Refusals: `forbidden`, `not_found` (field `copyOf`), `too_many` {max}, `taken` and `required` (field `systemName`).
 */
export const createPlan = defineCommand({
  name: 'plan.create',
  input: z.strictObject({
    serviceId,
    name: nameSchema,
    systemName: systemNameSchema.optional(),
    state: z.enum(planStates).default('hidden'),
    copyOf: ulidSchema.optional(),
  }),
  needs: (input) => ({ service: one('service', input.serviceId) }),
  decide(documents, input, context) {
    const found = editable(documents.service, input.serviceId, context)
    if (!found.ok) return found
    const service = found.value
    if (service.plans.length >= most.plans) return refuse('too_many', { max: most.plans })
    const source = service.plans.find(({ id }) => id === input.copyOf)
    if (input.copyOf !== undefined && source === undefined) return refuse('not_found', {}, 'copyOf')
    const systemName = systemNameOf(input, service.plans)
    if (!systemName.ok) return systemName
    const plan: Plan = {
      id: newId(context),
      name: input.name,
      systemName: systemName.value,
      state: input.state,
      limits: (source?.limits ?? []).map((limit) => ({ ...limit, id: newId(context) })),
    }
    return changed(
      service,
      { plans: [...service.plans, plan] },
      'plan.created',
      [
        { field: 'plan', before: null, after: plan.name },
        { field: 'limits', before: null, after: plan.limits.length },
      ],
      context,
      { planId: plan.id },
    )
  },
})

/** Changes a plan's name and state (P1). Refusals: `forbidden`, `not_found`. */
export const updatePlan = defineCommand({
  name: 'plan.update',
  input: z.strictObject({
    serviceId,
    planId: ulidSchema,
    name: nameSchema.optional(),
    state: z.enum(planStates).optional(),
  }),
  needs: (input) => ({ service: one('service', input.serviceId) }),
  decide(documents, input, context) {
    const found = editable(documents.service, input.serviceId, context)
    if (!found.ok) return found
    const service = found.value
    const plan = service.plans.find(({ id }) => id === input.planId)
    if (!plan) return refuse('not_found')
    const renewed = { ...plan, name: input.name ?? plan.name, state: input.state ?? plan.state }
    const changes = differences(plan, renewed, `plan.${plan.systemName}.`)
    return changed(service, { plans: withPlan(service, renewed) }, 'plan.updated', changes, context, undefined)
  },
})

function withPlan(service: Service, plan: Plan): Plan[] {
  return service.plans.map((each) => (each.id === plan.id ? plan : each))
}

/**
 * Deletes a plan without applications (P1); where it was the default, there is none from then on.
 * Refusals: `forbidden`, `not_found`, `in_use` {count} of applications.
 */
export const deletePlan = defineCommand({
  name: 'plan.delete',
  input: z.strictObject({ serviceId, planId: ulidSchema }),
  needs: (input) => ({
    service: one('service', input.serviceId),
    applications: many('application', { planId: input.planId }),
  }),
  decide(documents, input, context) {
    const found = editable(documents.service, input.serviceId, context)
    if (!found.ok) return found
    const service = found.value
    const plan = service.plans.find(({ id }) => id === input.planId)
    if (!plan) return refuse('not_found')
    if (documents.applications.length > 0) return refuse('in_use', { count: documents.applications.length })
    const plans = service.plans.filter(({ id }) => id !== plan.id)
    return withDefault(
      service,
      service.defaultPlanId === plan.id ? undefined : service.defaultPlanId,
      { plans },
      'plan.deleted',
      [{ field: 'plan', before: plan.name, after: null }],
      context,
    )
  },
})

/** A service with another default plan, or none: an optional field is left out, never undefined. */
function withDefault(
  service: Service,
  defaultPlanId: Ulid | undefined,
  fields: Partial<Service>,
  code: string,
  changes: readonly AuditChange[],
  context: Context,
): Outcome<Change<undefined>> {
  const { defaultPlanId: _old, ...after } = edited(service, fields, context)
  return accept({
    writes: [
      {
        collection: 'service',
        before: service,
        after: defaultPlanId === undefined ? after : { ...after, defaultPlanId },
      },
    ],
    events: [{ code, ...aboutService(service), changes }],
    result: undefined,
  })
}

/**
 * Chooses the plan of new applications that name none, or no plan with `null` (P1).
 * Refusals: `forbidden`, `not_found`, `not_found` (field `planId`).
 */
export const setDefaultPlan = defineCommand({
  name: 'plan.setDefault',
  input: z.strictObject({ serviceId, planId: ulidSchema.nullable() }),
  needs: (input) => ({ service: one('service', input.serviceId) }),
  decide(documents, input, context) {
    const found = editable(documents.service, input.serviceId, context)
    if (!found.ok) return found
    const service = found.value
    const nameOf = (wanted: Ulid | null | undefined) => service.plans.find(({ id }) => id === wanted)?.name ?? null
    if (input.planId !== null && nameOf(input.planId) === null) return refuse('not_found', {}, 'planId')
    const planId = input.planId ?? undefined
    if (planId === service.defaultPlanId) return accept({ writes: [], events: [], result: undefined })
    const change = { field: 'defaultPlan', before: nameOf(service.defaultPlanId), after: nameOf(planId) }
    return withDefault(service, planId, {}, 'plan.defaultChanged', [change], context)
  },
})

/** The plan and metric that a limit is about. Refusals: `not_found` (fields `planId`, `metricId`). */
function limitTarget(
  service: Service,
  input: { readonly planId: Ulid; readonly metricId: Ulid },
): { readonly plan: Plan; readonly metric: Metric } | Refusal {
  const plan = service.plans.find(({ id }) => id === input.planId)
  if (!plan) return refuse('not_found', {}, 'planId')
  const metric = service.metrics.find(({ id }) => id === input.metricId)
  return metric ? { plan, metric } : refuse('not_found', {}, 'metricId')
}

/**
 * Sets how much of a metric a plan allows in a calendar period, UTC (P2): one limit for each metric and period; 0 allows
 * nothing. Refusals: `forbidden`, `not_found`, `not_found` (fields `planId`, `metricId`), `too_many` {max}.
 */
export const setLimit = defineCommand({
  name: 'plan.setLimit',
  input: z.strictObject({
    serviceId,
    planId: ulidSchema,
    metricId: ulidSchema,
    period: z.enum(periods),
    value: z.int().min(0),
  }),
  needs: (input) => ({ service: one('service', input.serviceId) }),
  decide(documents, input, context) {
    const found = editable(documents.service, input.serviceId, context)
    if (!found.ok) return found
    const service = found.value
    const target = limitTarget(service, input)
    if ('ok' in target) return target
    const { plan, metric } = target
    const same = (limit: Limit) => limit.metricId === metric.id && limit.period === input.period
    const old = plan.limits.find(same)
    if (!old && plan.limits.length >= most.limits) return refuse('too_many', { max: most.limits })
    const { metricId, period, value } = input
    const limit: Limit = { id: old?.id ?? newId(context), metricId, period, value }
    const limits = old ? plan.limits.map((each) => (same(each) ? limit : each)) : [...plan.limits, limit]
    const field = `plan.${plan.systemName}.${metric.systemName}.${period}`
    const changes = old?.value === value ? [] : [{ field, before: old?.value ?? null, after: value }]
    const plans = withPlan(service, { ...plan, limits })
    return changed(service, { plans }, 'plan.limitSet', changes, context, { limitId: limit.id })
  },
})

/** Takes a limit away: the plan allows any amount in that period (P2). Refusals: `forbidden`, `not_found`. */
export const deleteLimit = defineCommand({
  name: 'plan.deleteLimit',
  input: z.strictObject({ serviceId, planId: ulidSchema, limitId: ulidSchema }),
  needs: (input) => ({ service: one('service', input.serviceId) }),
  decide(documents, input, context) {
    const found = editable(documents.service, input.serviceId, context)
    if (!found.ok) return found
    const service = found.value
    const plan = service.plans.find(({ id }) => id === input.planId)
    const limit = plan?.limits.find(({ id }) => id === input.limitId)
    if (!plan || !limit) return refuse('not_found')
    const metric = service.metrics.find(({ id }) => id === limit.metricId)
    const limits = plan.limits.filter(({ id }) => id !== limit.id)
    const field = `plan.${plan.systemName}.${metric?.systemName ?? ''}.${limit.period}`
    const changes = [{ field, before: limit.value, after: null }]
    return changed(
      service,
      { plans: withPlan(service, { ...plan, limits }) },
      'plan.limitDeleted',
      changes,
      context,
      undefined,
    )
  },
})
