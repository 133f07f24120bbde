/** Access tokens as their owner and admins see them (T5, T12): views only, found also by an exact secret. */
import type * as z from 'zod'
import { expiringWithinMs, grantable, viewAccessToken } from '../../../shared/domain/access-token.ts'
import type { AccessToken } from '../../../shared/domain/access-token-schema.ts'
import { RefusalError, refuse } from '../../../shared/domain/outcome.ts'
import { accessTokenPrefix, isToken } from '../../../shared/domain/token-format.ts'
import type {
  AccessTokenFilter,
  AccessTokenPage,
  AccessTokenRow,
  accessTokenList,
  TokenGrant,
} from '../../../shared/protocol/queries.ts'
import { allOf, demand, may, must, named, type QueryContext, rightsHolder } from './context.ts'

/** T5. */
export async function tokenGrantOf(context: QueryContext): Promise<TokenGrant> {
  const holder = rightsHolder(context)
  const admins = await context.store.find('member', {
    selector: { role: 'admin', state: 'active' },
    sort: { field: 'name', direction: 'asc' },
    limit: 5,
  })
  const access = holder.role === 'admin' ? 'all' : holder.serviceAccess
  const services =
    access === 'all'
      ? 'all'
      : (await context.store.find('service', { selector: { id: { $in: access } }, limit: 50 })).map(({ id, name }) => ({
          id,
          name,
        }))
  return { ...grantable(context.actor), services, admins: admins.map(({ name }) => name) }
}

/** What each filter card selects. */
export function filterConditions(now: number): Record<AccessTokenFilter, Record<string, unknown>> {
  return {
    active: { $or: [{ expiresAt: 0 }, { expiresAt: { $gt: now } }] },
    expiring: { expiresAt: { $gt: now, $lte: now + expiringWithinMs } },
    expired: { expiresAt: { $gt: 0, $lte: now } },
    neverUsed: { lastUsedAt: 0 },
  }
}

export async function countTokens(
  context: QueryContext,
  base: readonly Record<string, unknown>[],
): Promise<Record<AccessTokenFilter, number>> {
  const conditions = Object.entries(filterConditions(context.now))
  const counted = await Promise.all(
    conditions.map(
      async ([filter, condition]) =>
        [filter, await context.store.count('accessToken', allOf([...base, condition]))] as const,
    ),
  )
  return Object.fromEntries(counted) as Record<AccessTokenFilter, number>
}

export async function listAccessTokens(
  context: QueryContext,
  input: z.output<typeof accessTokenList.input>,
): Promise<AccessTokenPage> {
  const holder = rightsHolder(context)
  if (input.owner === 'all') demand(context, 'accessToken.viewAll')
  const search = input.search.trim()
  const base = [
    ...(input.owner === 'own' ? [{ ownerId: holder.id }] : []),
    ...(isToken(accessTokenPrefix, search) ? [{ digest: context.digest(search) }] : named(search)),
    ...(input.scope === undefined ? [] : [{ scopes: { $elemMatch: { $eq: input.scope } } }]),
  ]
  const filtered = input.filter === undefined ? base : [...base, filterConditions(context.now)[input.filter]]
  const [tokens, total, all, counts] = await Promise.all([
    context.store.find('accessToken', {
      selector: allOf(filtered),
      sort: { field: input.sort, direction: input.direction },
      skip: input.skip,
      limit: input.limit,
    }),
    context.store.count('accessToken', allOf(filtered)),
    context.store.count('accessToken', allOf(base)),
    countTokens(context, base),
  ])
  return { rows: await accessTokenRows(context, tokens), total, all, counts }
}

export async function accessTokenRows(
  context: QueryContext,
  tokens: readonly AccessToken[],
): Promise<AccessTokenRow[]> {
  const holder = rightsHolder(context)
  const owners = [...new Set(tokens.map(({ ownerId }) => ownerId))]
  const names = new Map(
    (await context.store.find('member', { selector: { id: { $in: owners } } })).map(({ id, name }) => [id, name]),
  )
  return tokens.map((token) => ({
    ...viewAccessToken(token, context.now),
    ownerName: names.get(token.ownerId) ?? '',
    own: token.ownerId === holder.id,
  }))
}

/** One's own, or anybody's for an admin; else `not_found`, so that ids of others cannot be probed. */
export async function getAccessToken(context: QueryContext, { id }: { id: string }): Promise<AccessTokenRow> {
  const token = await must(context, 'accessToken', id)
  if (token.ownerId !== rightsHolder(context).id && !may(context, 'accessToken.viewAll')) {
    throw new RefusalError(refuse('not_found'))
  }
  const [row] = await accessTokenRows(context, [token])
  if (row === undefined) throw new RefusalError(refuse('not_found'))
  return row
}
