/** The palette's one search: names, ids, and exact secrets, which are digested here and never logged. */

import { accessTokenPrefix, isToken, serviceTokenPrefix } from '../../../shared/domain/token-format.ts'
import type { Hit } from '../../../shared/protocol/queries.ts'
import { searchAccounts } from './accounts.ts'
import { applicationRows, searchApplications } from './applications.ts'
import { allOf, may, named, type QueryContext, rightsHolder, withinServices } from './context.ts'

/** Most hits of one kind. */
const most = 5

export async function findHits(context: QueryContext, { text }: { text: string }): Promise<readonly Hit[]> {
  const wanted = text.trim()
  if (wanted === '') return []
  if (isToken(accessTokenPrefix, wanted)) return accessTokenHits(context, { digest: context.digest(wanted) }, true)
  if (isToken(serviceTokenPrefix, wanted)) return serviceTokenHits(context, context.digest(wanted))
  const [name] = named(wanted)
  if (name === undefined) return []
  const hits = await Promise.all([
    serviceHits(context, name),
    applicationHits(context, wanted),
    accountHits(context, wanted),
    accessTokenHits(context, name, false),
    memberHits(context, name),
  ])
  return hits.flat()
}

async function serviceHits(context: QueryContext, name: Record<string, unknown>): Promise<Hit[]> {
  if (!may(context, 'service.view')) return []
  const services = await context.store.find('service', {
    selector: allOf([...withinServices(context, 'id'), name]),
    limit: most,
  })
  return services.map((service) => ({
    collection: 'service',
    id: service.id,
    name: service.name,
    detail: service.systemName,
    serviceId: service.id,
    bySecret: false,
  }))
}

async function serviceTokenHits(context: QueryContext, digest: string): Promise<Hit[]> {
  if (!may(context, 'service.view')) return []
  // Services are few: their tokens are looked through.
  const services = await context.store.find('service', { selector: allOf(withinServices(context, 'id')) })
  return services
    .filter(({ tokens }) => tokens.some((token) => token.digest === digest))
    .map((service) => ({
      collection: 'service',
      id: service.id,
      name: service.name,
      detail: service.systemName,
      serviceId: service.id,
      bySecret: true,
    }))
}

async function accessTokenHits(
  context: QueryContext,
  condition: Record<string, unknown>,
  bySecret: boolean,
): Promise<Hit[]> {
  // T12: by name one finds one's own; by its secret an admin finds anybody's.
  const own = bySecret && may(context, 'accessToken.viewAll') ? [] : [{ ownerId: rightsHolder(context).id }]
  const tokens = await context.store.find('accessToken', { selector: allOf([...own, condition]), limit: most })
  return tokens.map((token) => ({
    collection: 'accessToken',
    id: token.id,
    name: token.name,
    detail: `${token.hintHead}…${token.hintTail}`,
    serviceId: '',
    bySecret,
  }))
}

async function applicationHits(context: QueryContext, text: string): Promise<Hit[]> {
  if (!may(context, 'application.view')) return []
  const { conditions, bySecret } = await searchApplications(context, withinServices(context, 'serviceId'), text)
  const found = await context.store.find('application', { selector: allOf(conditions), limit: most })
  return (await applicationRows(context, found)).map(({ id, name, accountName, appId, serviceId }) => ({
    collection: 'application',
    id,
    name,
    detail: appId === '' ? accountName : `${accountName} · ${appId}`,
    serviceId,
    bySecret,
  }))
}

async function accountHits(context: QueryContext, text: string): Promise<Hit[]> {
  if (!may(context, 'account.view')) return []
  const conditions = await searchAccounts(context, text)
  const accounts = await context.store.find('account', { selector: allOf(conditions), limit: most })
  return accounts.map((account) => ({
    collection: 'account',
    id: account.id,
    name: account.name,
    detail: account.developers[0]?.email ?? '',
    serviceId: '',
    bySecret: false,
  }))
}

async function memberHits(context: QueryContext, name: Record<string, unknown>): Promise<Hit[]> {
  if (!may(context, 'member.view')) return []
  const members = await context.store.find('member', { selector: name, limit: most })
  return members.map((member) => ({
    collection: 'member',
    id: member.id,
    name: member.name,
    detail: member.email,
    serviceId: '',
    bySecret: false,
  }))
}
