/** The first page's figures, each within what the actor may see. */
import type { CollectionName } from '../../../shared/domain/collections.ts'
import type { Overview } from '../../../shared/protocol/queries.ts'
import { accessTokenRows, countTokens, filterConditions } from './access-tokens.ts'
import { auditRow, eventOrder, visibleEvents } from './audit.ts'
import { allOf, may, type QueryContext, rightsHolder, withinServices } from './context.ts'

export async function readOverview(context: QueryContext): Promise<Overview> {
  const own = { ownerId: rightsHolder(context).id }
  const count = (visible: boolean, collection: CollectionName, field?: string) =>
    visible
      ? context.store.count(collection, allOf(field === undefined ? [] : withinServices(context, field)))
      : Promise.resolve(0)
  const [services, accounts, applications, members, tokens, expiring, recent] = await Promise.all([
    count(may(context, 'service.view'), 'service', 'id'),
    count(may(context, 'account.view'), 'account'),
    count(may(context, 'application.view'), 'application', 'serviceId'),
    count(may(context, 'member.view'), 'member'),
    countTokens(context, [own]),
    context.store.find('accessToken', {
      selector: allOf([own, filterConditions(context.now).expiring]),
      sort: { field: 'expiresAt', direction: 'asc' },
      limit: 5,
    }),
    may(context, 'audit.view')
      ? context.store.find('auditEvent', {
          selector: allOf(visibleEvents(context)),
          sort: eventOrder('desc'),
          limit: 8,
        })
      : [],
  ])
  return {
    services,
    accounts,
    applications,
    members,
    tokens,
    expiring: await accessTokenRows(context, expiring),
    recent: recent.map(auditRow),
  }
}
