/** Applications within the actor's services (T8, T9): found by name, App ID or exact key. */
import type * as z from 'zod'
import { viewApplication } from '../../../shared/domain/application.ts'
import type { Application } from '../../../shared/domain/application-schema.ts'
import type { Service } from '../../../shared/domain/service-schema.ts'
import {
  type ApplicationDetail,
  type ApplicationFilter,
  type ApplicationPage,
  type ApplicationRow,
  applicationFilters,
  type applicationList,
} from '../../../shared/protocol/application-queries.ts'
import { maxPage } from '../../../shared/protocol/query.ts'
import { allOf, byId, contains, demand, may, must, type QueryContext, withinServices } from './context.ts'

type Condition = Record<string, unknown>

/** What each filter card selects. */
const filterConditions: Readonly<Record<ApplicationFilter, Condition>> = {
  live: { state: 'live' },
  pending: { state: 'pending' },
  suspended: { state: 'suspended' },
  keyless: { keyless: true },
  neverUsed: { lastUsedAt: 0 },
}

/** A name or App ID contains the text, or it is the record's id; where none does, the text may be a key, which is looked for by its digest. */
export async function searchApplications(
  context: QueryContext,
  base: readonly Condition[],
  search: string,
): Promise<{ conditions: readonly Condition[]; bySecret: boolean }> {
  const wanted = search.trim()
  const [byName] = contains('name', wanted)
  const [byAppId] = contains('appId', wanted)
  if (!byName || !byAppId) return { conditions: base, bySecret: false }
  const byText = [...base, { $or: [byName, byAppId, ...byId(wanted)] }]
  // Keys have no spaces and at least 5 characters (A7); the shortest user keys (A6) are found by their index as well.
  if (/\s/.test(wanted) || (await context.store.count('application', allOf(byText))) > 0) {
    return { conditions: byText, bySecret: false }
  }
  const digest = context.digest(wanted)
  const byDigest: Condition[] = [{ userKeyDigest: digest }]
  if (wanted.length >= 5) {
    byDigest.push({ keys: { $elemMatch: { digest } } }, { clientSecrets: { $elemMatch: { digest } } })
  }
  // Keys have no index of their own: they are looked through once, not for each figure of the page.
  const owners = await context.store.find('application', {
    selector: allOf([...base, { $or: byDigest }]),
    limit: maxPage,
  })
  return { conditions: [{ id: { $in: owners.map(({ id }) => id) } }], bySecret: true }
}

export async function listApplications(
  context: QueryContext,
  input: z.output<typeof applicationList.input>,
): Promise<ApplicationPage> {
  demand(context, 'application.view', input.serviceId)
  const { serviceId, accountId, planId } = input
  const { conditions: base } = await searchApplications(
    context,
    [
      ...(serviceId === undefined ? withinServices(context, 'serviceId') : [{ serviceId }]),
      ...(accountId === undefined ? [] : [{ accountId }]),
      ...(planId === undefined ? [] : [{ planId }]),
    ],
    input.search,
  )
  const filtered = input.filter === undefined ? base : [...base, filterConditions[input.filter]]
  const [applications, total, all, counts] = await Promise.all([
    context.store.find('application', {
      selector: allOf(filtered),
      sort: { field: input.sort, direction: input.direction },
      skip: input.skip,
      limit: input.limit,
    }),
    context.store.count('application', allOf(filtered)),
    context.store.count('application', allOf(base)),
    Promise.all(
      applicationFilters.map(async (filter) => [
        filter,
        await context.store.count('application', allOf([...base, filterConditions[filter]])),
      ]),
    ),
  ])
  return {
    rows: await applicationRows(context, applications),
    total,
    all,
    counts: Object.fromEntries(counts) as Record<ApplicationFilter, number>,
  }
}

/** The rows of a window, with the names of what they hang on. */
export async function applicationRows(
  context: QueryContext,
  applications: readonly Application[],
): Promise<ApplicationRow[]> {
  const idsOf = (field: 'accountId' | 'serviceId') => [...new Set(applications.map((row) => row[field]))]
  const [accounts, services] = await Promise.all([
    context.store.find('account', { selector: { id: { $in: idsOf('accountId') } } }),
    context.store.find('service', { selector: { id: { $in: idsOf('serviceId') } } }),
  ])
  const accountNames = new Map(accounts.map(({ id, name }) => [id, name]))
  const serviceById = new Map(services.map((service) => [service.id, service]))
  return applications.flatMap((application) => {
    const service = serviceById.get(application.serviceId)
    if (service === undefined) return []
    return [applicationRow(application, service, accountNames.get(application.accountId) ?? '', context.now)]
  })
}

function applicationRow(application: Application, service: Service, accountName: string, now: number): ApplicationRow {
  const { id, name, accountId, serviceId, planId, state, appId, keyless, lastUsedAt, createdAt } = application
  return {
    id,
    name,
    accountId,
    accountName,
    serviceId,
    serviceName: service.name,
    pattern: service.pattern,
    planId,
    planName: service.plans.find((plan) => plan.id === planId)?.name ?? '',
    state,
    appId,
    userKeyTail: application.userKey?.hintTail ?? '',
    keys: application.keys.filter(({ expiresAt }) => expiresAt === 0 || expiresAt > now).length,
    keyLimit: service.usageRules.keyLimit,
    keyless,
    lastUsedAt,
    createdAt,
  }
}

export async function getApplication(context: QueryContext, { id }: { id: string }): Promise<ApplicationDetail> {
  // T9: who may see no application at all is told so, whether there is this one or not.
  demand(context, 'application.view')
  const application = await must(context, 'application', id)
  demand(context, 'application.view', application.serviceId)
  const [account, service] = await Promise.all([
    context.store.get('account', application.accountId),
    must(context, 'service', application.serviceId),
  ])
  const plan = service.plans.find(({ id: planId }) => planId === application.planId)
  const metricNames = new Map(service.metrics.map((metric) => [metric.id, metric.systemName]))
  return {
    ...viewApplication(application, context.now),
    accountName: account?.name ?? '',
    accountState: account?.state ?? 'rejected',
    serviceName: service.name,
    serviceState: service.state,
    pattern: service.pattern,
    usageRules: service.usageRules,
    parameterNames: service.parameterNames,
    credentialsLocation: service.credentialsLocation,
    planName: plan?.name ?? '',
    limits: (plan?.limits ?? []).map(({ metricId, period, value }) => ({
      metric: metricNames.get(metricId) ?? '',
      period,
      value,
    })),
    mayEdit: may(context, 'application.edit', application.serviceId),
  }
}
