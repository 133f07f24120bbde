/** Metrics, plans and limits of a service in a file (P1, P2): by the commands of the console, with the file's own ids. */
import type { Change } from './command.ts'
import type { Ulid } from './id.ts'
import { accept, type Outcome, type Refusal, refuse } from './outcome.ts'
import { createMetric, createPlan, setDefaultPlan, setLimit, updateMetric, updatePlan } from './plan.ts'
import type { Metric, Service, Plan as ServicePlan } from './service-schema.ts'
import { systemNameFrom } from './text.ts'
import { isOurs, type Plan, type Planned, partId } from './transfer-plan.ts'
import { invalid } from './transfer-refusal.ts'
import type { ServiceRow } from './transfer-schema.ts'

type MetricRow = NonNullable<ServiceRow['metrics']>[number]
type PlanRow = NonNullable<ServiceRow['plans']>[number]
type LimitRow = NonNullable<PlanRow['limits']>[number]
export type Mapped = NonNullable<Planned<Service>['mapped']>[number][]

/** The service that a command leaves, or the one before it where it changes nothing. */
export function serviceAfter(outcome: Outcome<Change<unknown>>, before: Service): Outcome<Service> {
  if (!outcome.ok) return outcome
  const write = outcome.value.writes.find(({ collection }) => collection === 'service')
  return accept(write?.collection === 'service' && write.after !== undefined ? write.after : before)
}

/** A refusal of a command, at its place in the row. */
export function under(prefix: string, refusal: Refusal): Refusal {
  return { ...refusal, field: refusal.field === undefined ? prefix : `${prefix}.${refusal.field}` }
}

/** The id of a part, unless another part of the document has it: then a fresh one. */
export function freeId(wanted: string | undefined, existing: readonly { readonly id: Ulid }[], plan: Plan): Ulid {
  return existing.some(({ id }) => id === wanted) ? partId(undefined, plan.context) : partId(wanted, plan.context)
}

function remember(plan: Plan, service: Service, field: string, from: string | undefined, to: Ulid, mapped: Mapped) {
  if (from === undefined) return
  plan.parts.set(`${service.id}/${field.split('.')[0]}/${from}`, to)
  if (from !== to) mapped.push({ field, from, to })
}

/** The metric that a reference means: its id in the file, our id, or its system name. */
function metricOf(plan: Plan, service: Service, reference: string): Metric | undefined {
  const id = plan.parts.get(`${service.id}/metrics/${reference}`) ?? reference
  return service.metrics.find((metric) => metric.id === id || metric.systemName === reference)
}

/** The plan that a reference means: its id in the file, our id, its system name, or its name where one has it. */
export function planOf(plan: Plan, service: Service, reference: string): ServicePlan | undefined {
  const id = plan.parts.get(`${service.id}/plans/${reference}`) ?? reference
  const found = service.plans.find((each) => each.id === id || each.systemName === reference)
  if (found !== undefined) return found
  const named = service.plans.filter(({ name }) => name === reference)
  return named.length === 1 ? named[0] : undefined
}

/** Adds and renames metrics; a method may stand before its metric. */
export function withMetrics(
  plan: Plan,
  service: Service,
  rows: readonly MetricRow[],
  mapped: Mapped,
): Outcome<Service> {
  let current = service
  const done = new Set<Ulid>()
  const inOrder = [...rows.entries()].sort(
    ([, a], [, b]) => Number(a.parent !== undefined) - Number(b.parent !== undefined),
  )
  // In the file's order where that works, so that a list comes back as it was.
  const steps = parentsComeFirst(rows) ? rows.entries() : inOrder
  for (const [at, row] of steps) {
    const field = `metrics.${at}`
    const held =
      current.metrics.find(({ id }) => id === row.id) ??
      current.metrics.find(({ systemName }) => systemName === row.systemName)
    if (held !== undefined && done.has(held.id))
      return refuse('taken', { value: row.systemName }, `${field}.systemName`)
    const next = held === undefined ? addedMetric(plan, current, row) : changedMetric(plan, current, held, row)
    if (!next.ok) return under(field, next)
    current = next.value.service
    done.add(next.value.id)
    remember(plan, current, field, row.id, next.value.id, mapped)
  }
  return accept(current)
}

function parentsComeFirst(rows: readonly MetricRow[]): boolean {
  const seen = new Set<string>()
  return rows.every((row) => {
    if (row.parent !== undefined && !seen.has(row.parent)) return false
    seen.add(row.systemName)
    if (row.id !== undefined) seen.add(row.id)
    return true
  })
}

type WithId = { readonly service: Service; readonly id: Ulid }

function addedMetric(plan: Plan, service: Service, row: MetricRow): Outcome<WithId> {
  const parent = row.parent === undefined ? undefined : metricOf(plan, service, row.parent)
  if (row.parent !== undefined && parent === undefined) return refuse('not_found', {}, 'parent')
  if (parent?.parentId !== undefined) return invalid('nested_method', 'parent')
  const { systemName, name = systemName, unit = 'hit' } = row
  const input = { serviceId: service.id, systemName, name, unit, parentId: parent?.id }
  const after = serviceAfter(createMetric.decide({ service }, input, plan.context), service)
  if (!after.ok) return after
  const id = freeId(row.id, service.metrics, plan)
  const metrics = after.value.metrics.map((metric) => (metric.systemName === systemName ? { ...metric, id } : metric))
  return accept({ service: { ...after.value, metrics }, id })
}

function changedMetric(plan: Plan, service: Service, held: Metric, row: MetricRow): Outcome<WithId> {
  if (held.systemName !== row.systemName) return invalid('fixed', 'systemName')
  if (row.parent !== undefined && metricOf(plan, service, row.parent)?.id !== held.parentId) {
    return invalid('fixed', 'parent')
  }
  const input = { serviceId: service.id, metricId: held.id, name: row.name, unit: row.unit }
  const after = serviceAfter(updateMetric.decide({ service }, input, plan.context), service)
  return after.ok ? accept({ service: after.value, id: held.id }) : after
}

/** Adds and changes plans with their limits; a limit that the file does not name stays. */
export function withPlans(plan: Plan, service: Service, rows: readonly PlanRow[], mapped: Mapped): Outcome<Service> {
  let current = service
  const done = new Set<Ulid>()
  for (const [at, row] of rows.entries()) {
    const field = `plans.${at}`
    const systemName = row.systemName ?? systemNameFrom(row.name)
    const held =
      current.plans.find(({ id }) => id === row.id) ?? current.plans.find((each) => each.systemName === systemName)
    if (held !== undefined && done.has(held.id)) return refuse('taken', { value: systemName }, `${field}.systemName`)
    const next = held === undefined ? addedPlan(plan, current, row) : changedPlan(plan, current, held, row)
    if (!next.ok) return under(field, next)
    const { id } = next.value
    done.add(id)
    const limited = withLimits(plan, next.value.service, id, row.limits ?? [])
    if (!limited.ok) return under(field, limited)
    current = limited.value
    remember(plan, current, field, row.id, id, mapped)
  }
  return accept(current)
}

function addedPlan(plan: Plan, service: Service, row: PlanRow): Outcome<WithId> {
  const { name, systemName, state = 'published' } = row
  const input = { serviceId: service.id, name, systemName, state }
  const after = serviceAfter(createPlan.decide({ service }, input, plan.context), service)
  if (!after.ok) return after
  const id = freeId(row.id, service.plans, plan)
  const plans = after.value.plans.map((each, at, all) => (at === all.length - 1 ? { ...each, id } : each))
  return accept({ service: { ...after.value, plans }, id })
}

function changedPlan(plan: Plan, service: Service, held: ServicePlan, row: PlanRow): Outcome<WithId> {
  if (row.systemName !== undefined && row.systemName !== held.systemName) return invalid('fixed', 'systemName')
  const input = { serviceId: service.id, planId: held.id, name: row.name, state: row.state }
  const after = serviceAfter(updatePlan.decide({ service }, input, plan.context), service)
  return after.ok ? accept({ service: after.value, id: held.id }) : after
}

function withLimits(plan: Plan, service: Service, planId: Ulid, rows: readonly LimitRow[]): Outcome<Service> {
  let current = service
  const done = new Set<string>()
  for (const [at, row] of rows.entries()) {
    const field = `limits.${at}`
    const metric = metricOf(plan, current, row.metric)
    if (metric === undefined) return refuse('not_found', {}, `${field}.metric`)
    // P2: one limit for a metric and a period; of two in one file none is the right one.
    const key = `${metric.id}/${row.period}`
    if (done.has(key)) return refuse('taken', { value: row.period }, `${field}.period`)
    done.add(key)
    const limits = current.plans.find(({ id }) => id === planId)?.limits ?? []
    const isThis = (limit: { metricId: Ulid; period: string }) =>
      limit.metricId === metric.id && limit.period === row.period
    const isNew = !limits.some(isThis)
    const input = { serviceId: service.id, planId, metricId: metric.id, period: row.period, value: row.value }
    const after = serviceAfter(setLimit.decide({ service: current }, input, plan.context), current)
    if (!after.ok) return under(field, after)
    current = after.value
    if (!isNew || !isOurs(row.id)) continue
    const id = freeId(row.id, limits, plan)
    const plans = current.plans.map((each) =>
      each.id === planId
        ? { ...each, limits: each.limits.map((limit) => (isThis(limit) ? { ...limit, id } : limit)) }
        : each,
    )
    current = { ...current, plans }
  }
  return accept(current)
}

/** P1: the plan of new applications that name none. */
export function withDefaultPlan(plan: Plan, service: Service, reference: string): Outcome<Service> {
  const chosen = planOf(plan, service, reference)
  if (chosen === undefined) return refuse('not_found', {}, 'defaultPlan')
  const input = { serviceId: service.id, planId: chosen.id }
  return serviceAfter(setDefaultPlan.decide({ service }, input, plan.context), service)
}
