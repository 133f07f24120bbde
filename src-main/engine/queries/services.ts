/** Services and their tokens, within the services that the actor has access to (T8, S3). */
import type * as z from 'zod'
import { validServiceTokens, viewService, viewServiceToken } from '../../../shared/domain/service.ts'
import { impactFingerprint, patternImpact } from '../../../shared/domain/service-pattern.ts'
import { type Service, type ServiceState, serviceStates } from '../../../shared/domain/service-schema.ts'
import { isToken, serviceTokenPrefix } from '../../../shared/domain/token-format.ts'
import type {
  FilterGaps,
  ServiceImpact,
  ServicePage,
  ServiceRow,
  ServiceTokenRow,
  serviceImpact,
  serviceList,
  serviceTokenList,
} from '../../../shared/protocol/queries.ts'
import type { Page } from '../../../shared/protocol/query.ts'
import { allOf, byId, contains, demand, may, must, type QueryContext, withinServices } from './context.ts'

async function serviceRow(context: QueryContext, service: Service): Promise<ServiceRow> {
  const applications = may(context, 'application.view', service.id)
    ? await context.store.count('application', { serviceId: service.id })
    : 0
  return { ...viewService(service, context.now), applications }
}

/** Names contain the text, or it is the record's id, or one of its service tokens, which is looked for by its digest. */
function searchCondition(context: QueryContext, search: string): Record<string, unknown>[] {
  const wanted = search.trim()
  if (isToken(serviceTokenPrefix, wanted)) return [{ tokens: { $elemMatch: { digest: context.digest(wanted) } } }]
  const [byName] = contains('name', wanted)
  const [bySystemName] = contains('systemName', wanted)
  return byName && bySystemName ? [{ $or: [byName, bySystemName, ...byId(wanted)] }] : []
}

export async function listServices(
  context: QueryContext,
  input: z.output<typeof serviceList.input>,
): Promise<ServicePage> {
  demand(context, 'service.view')
  const base = [
    ...withinServices(context, 'id'),
    ...searchCondition(context, input.search),
    ...(input.pattern === undefined ? [] : [{ pattern: input.pattern }]),
  ]
  const filtered = input.state === undefined ? base : [...base, { state: input.state }]
  const [services, total, all, counts] = await Promise.all([
    context.store.find('service', {
      selector: allOf(filtered),
      sort: { field: input.sort, direction: input.direction },
      skip: input.skip,
      limit: input.limit,
    }),
    context.store.count('service', allOf(filtered)),
    context.store.count('service', allOf(base)),
    Promise.all(
      serviceStates.map(async (state) => [state, await context.store.count('service', allOf([...base, { state }]))]),
    ),
  ])
  const rows = await Promise.all(services.map((service) => serviceRow(context, service)))
  return { rows, total, all, counts: Object.fromEntries(counts) as Record<ServiceState, number> }
}

export async function getService(context: QueryContext, { id }: { id: string }): Promise<ServiceRow> {
  demand(context, 'service.view', id)
  return serviceRow(context, await must(context, 'service', id))
}

export async function readImpact(
  context: QueryContext,
  { id, target }: z.output<typeof serviceImpact.input>,
): Promise<ServiceImpact> {
  demand(context, 'service.edit', id)
  // As the command: who sees no application is not told what would break.
  demand(context, 'application.view', id)
  const [service, applications] = await Promise.all([
    must(context, 'service', id),
    context.store.find('application', { selector: { serviceId: id } }),
  ])
  const impact = patternImpact(service, applications, target, context.now)
  return { ...impact, fingerprint: impactFingerprint(impact, context.digest) }
}

export async function countFilterGaps(context: QueryContext, { id }: { id: string }): Promise<FilterGaps> {
  demand(context, 'service.edit', id)
  demand(context, 'application.view', id)
  const applications = await context.store.find('application', { selector: { serviceId: id } })
  return {
    ipFilter: applications.filter(({ ipRanges }) => ipRanges.length === 0).length,
    referrerFilter: applications.filter(({ referrers }) => referrers.length === 0).length,
  }
}

export async function listServiceTokens(
  context: QueryContext,
  input: z.output<typeof serviceTokenList.input>,
): Promise<Page<ServiceTokenRow>> {
  // S3: whoever has access to no service sees an empty list here, not a refusal: it is part of one's own page.
  if (!may(context, 'service.view')) return { rows: [], total: 0 }
  const selector = allOf([...withinServices(context, 'id'), ...searchCondition(context, input.search)])
  const [services, total] = await Promise.all([
    context.store.find('service', {
      selector,
      sort: { field: input.sort, direction: input.direction },
      skip: input.skip,
      limit: input.limit,
    }),
    context.store.count('service', selector),
  ])
  const rows = services.flatMap((service) => {
    const valid = validServiceTokens(service, context.now)
    const token = valid.find(({ endsAt }) => endsAt === 0) ?? valid.at(-1) ?? service.tokens.at(-1)
    if (token === undefined) return []
    const ending = valid.find(({ id, endsAt }) => endsAt !== 0 && id !== token.id)
    return [
      {
        serviceId: service.id,
        serviceName: service.name,
        serviceState: service.state,
        token: viewServiceToken(token),
        ending: ending && viewServiceToken(ending),
        mayRotate: may(context, 'serviceToken.rotate', service.id),
      },
    ]
  })
  return { rows, total }
}
