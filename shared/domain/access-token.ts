/** Access tokens: made by a person for themselves (T1–T14). */
import * as z from 'zod'
import { type AccessToken, type Scope, scopes, type TokenPermission, tokenPermissions } from './access-token-schema.ts'
import type { Actor } from './actor.ts'
import { type Change, type Context, defineCommand, differences, edited, newEnvelope, one } from './command.ts'
import { type Instant, instantSchema, ulidSchema } from './id.ts'
import type { Member } from './member.ts'
import { accept, type Outcome, type Refusal, refuse } from './outcome.ts'
import { denial, isUsable, scopesOf } from './permission.ts'
import { endAfterOverlap, overlapSchema } from './rotation.ts'
import type { Secret } from './secret.ts'
import { nameSchema } from './text.ts'
import { accessTokenPrefix, makeToken, tokenHint } from './token-format.ts'

/** T10: the offered lifetimes in days; 30 is the default. */
export const lifetimeDays = [7, 30, 60, 90] as const
export const defaultLifetimeDays = 30
const dayMs = 86_400_000

/** T10: days from now, an instant, or never. */
export const expirySchema = z.union([
  z.strictObject({ days: z.literal(lifetimeDays) }),
  z.strictObject({ at: instantSchema }),
  z.literal('never'),
])
export type Expiry = z.output<typeof expirySchema>

/** The instant (ms UTC) at which a token made now expires; 0 for never. */
export function expiryInstant(expiry: Expiry, now: Instant): Instant {
  if (expiry === 'never') return 0
  return 'days' in expiry ? now + expiry.days * dayMs : expiry.at
}

const scopesSchema = z
  .array(z.enum(scopes))
  .min(1, 'required')
  .transform((list) => scopes.filter((scope) => list.includes(scope)))

export const createAccessTokenSchema = z.strictObject({
  name: nameSchema,
  scopes: scopesSchema,
  permission: z.enum(tokenPermissions),
  expiry: expirySchema,
})

/** T12, T13: the person whose own tokens a command is about. */
function ownerOf(actor: Actor): Member | undefined {
  if (actor.kind === 'member') return actor.member
  if (actor.kind === 'accessToken') return actor.owner
  return undefined
}

/** T4, T14: the scopes and the permission that the actor could give to a new token. */
export function grantable(actor: Actor): { scopes: readonly Scope[]; permission: TokenPermission } {
  const owner = ownerOf(actor)
  if (owner === undefined) return { scopes: [], permission: 'ro' }
  const held = scopesOf(owner)
  if (actor.kind !== 'accessToken') return { scopes: held, permission: 'rw' }
  return { scopes: held.filter((scope) => actor.token.scopes.includes(scope)), permission: actor.token.permission }
}

function makeAccessToken(
  fields: Pick<AccessToken, 'ownerId' | 'name' | 'scopes' | 'permission' | 'expiresAt'>,
  context: Context,
): { document: AccessToken; secret: Secret } {
  const secret = makeToken(accessTokenPrefix, context.random)
  const hint = tokenHint(accessTokenPrefix, secret)
  const document: AccessToken = {
    ...newEnvelope(context),
    ...fields,
    digest: context.digest(secret.reveal()),
    hintHead: hint.head,
    hintTail: hint.tail,
    createdAt: context.now,
    lastUsedAt: 0,
  }
  return { document, secret }
}

/**
 * Makes an access token for the actor (T2–T6, T10, T11, T14). The secret leaves once, in `reveals`.
 * Refusals: `forbidden`, `preview_read_only`, `read_only_token`, `scope_not_allowed` (field `scopes`),
 * `widening` (field `permission`), `in_past` (field `expiry`).
 */
export const createAccessToken = defineCommand({
  name: 'accessToken.create',
  input: createAccessTokenSchema,
  needs: () => ({}),
  decide(_documents, input, context) {
    const denied = denial(context.actor, 'accessToken.own')
    if (denied) return denied
    const owner = ownerOf(context.actor)
    if (owner === undefined) return refuse('forbidden')
    const grant = grantable(context.actor)
    const excess = input.scopes.find((scope) => !grant.scopes.includes(scope))
    if (excess !== undefined) return refuse('scope_not_allowed', { scope: excess }, 'scopes')
    if (input.permission === 'rw' && grant.permission === 'ro') return refuse('widening', {}, 'permission')
    const expiresAt = expiryInstant(input.expiry, context.now)
    if (input.expiry !== 'never' && expiresAt <= context.now) return refuse('in_past', {}, 'expiry')
    const { document, secret } = makeAccessToken(
      { ownerId: owner.id, name: input.name, scopes: input.scopes, permission: input.permission, expiresAt },
      context,
    )
    return accept({
      writes: [{ collection: 'accessToken', after: document }],
      events: [
        {
          code: 'accessToken.created',
          objectCollection: 'accessToken',
          objectId: document.id,
          objectName: document.name,
          changes: [
            { field: 'scopes', before: null, after: document.scopes },
            { field: 'permission', before: null, after: document.permission },
            { field: 'expiresAt', before: null, after: document.expiresAt },
          ],
        },
      ],
      result: { id: document.id },
      reveals: [{ kind: 'accessToken', objectId: document.id, objectName: document.name, secret }],
    })
  },
})

/** T12: only the owner edits or rotates. */
function ownTokenDenial(token: AccessToken | undefined, context: Context): Refusal | undefined {
  const denied = denial(context.actor, 'accessToken.own')
  if (denied) return denied
  if (token === undefined || token.ownerId !== ownerOf(context.actor)?.id) return refuse('not_found')
  return undefined
}

/**
 * Renames or narrows an access token (T13). Refusals: as ownership, `widening` (field `scopes` or `permission`),
 * `required` where no scope would be left.
 */
export const updateAccessToken = defineCommand({
  name: 'accessToken.update',
  input: z.strictObject({
    id: ulidSchema,
    name: nameSchema.optional(),
    scopes: scopesSchema.optional(),
    permission: z.enum(tokenPermissions).optional(),
  }),
  needs: (input) => ({ token: one('accessToken', input.id) }),
  decide({ token }, input, context) {
    const denied = ownTokenDenial(token, context)
    if (denied || !token) return denied ?? refuse('not_found')
    const added = input.scopes?.find((scope) => !token.scopes.includes(scope))
    if (added !== undefined) return refuse('widening', { scope: added }, 'scopes')
    if (input.permission === 'rw' && token.permission === 'ro') return refuse('widening', {}, 'permission')
    const after = edited(
      token,
      {
        name: input.name ?? token.name,
        scopes: input.scopes ?? token.scopes,
        permission: input.permission ?? token.permission,
      },
      context,
    )
    const changes = differences(token, after)
    if (changes.length === 0) return accept({ writes: [], events: [], result: undefined })
    return accept({
      writes: [{ collection: 'accessToken', before: token, after }],
      events: [
        {
          code: 'accessToken.updated',
          objectCollection: 'accessToken',
          objectId: token.id,
          objectName: after.name,
          changes,
        },
      ],
      result: undefined,
    })
  },
})

/** T7, T12: one's own goes, or, for an admin, anybody's. */
export function deletedAccessToken(token: AccessToken | undefined, context: Context): Outcome<Change<undefined>> {
  const own = token !== undefined && token.ownerId === ownerOf(context.actor)?.id
  const denied = denial(context.actor, own ? 'accessToken.own' : 'accessToken.deleteAny')
  // The same answer for another's and for none, so that ids of others cannot be probed.
  if (denied) return denied.params.admin ? refuse('not_found') : denied
  if (token === undefined) return refuse('not_found')
  return accept({
    writes: [{ collection: 'accessToken', before: token }],
    events: [
      { code: 'accessToken.deleted', objectCollection: 'accessToken', objectId: token.id, objectName: token.name },
    ],
    result: undefined,
  })
}

/** Deletes an access token, one's own or, for an admin, anybody's (T7, T12). Refusals: `forbidden`, `not_found`. */
export const deleteAccessToken = defineCommand({
  name: 'accessToken.delete',
  input: z.strictObject({ id: ulidSchema }),
  needs: (input) => ({ token: one('accessToken', input.id) }),
  decide: ({ token }, _input, context) => deletedAccessToken(token, context),
})

/**
 * Makes a successor with the same rights; the old one dies after the overlap (T13). The successor lives as long from
 * now as the old one was made to live. Rights that the owner has lost since are not handed on (T4).
 * Refusals: as ownership, `wrong_state` where the token is expired or already rotated, `scope_not_allowed`.
 */
export const rotateAccessToken = defineCommand({
  name: 'accessToken.rotate',
  input: z.strictObject({ id: ulidSchema, overlap: overlapSchema }),
  needs: (input) => ({ token: one('accessToken', input.id) }),
  decide({ token }, input, context) {
    const denied = ownTokenDenial(token, context)
    const owner = ownerOf(context.actor)
    if (denied || !token || !owner) return denied ?? refuse('not_found')
    if (token.rotatedTo !== undefined) return refuse('rotation_under_way')
    if (!isUsable(token, owner, context.now)) return refuse('wrong_state', { state: 'expired' })
    const grant = grantable(context.actor)
    const kept = token.scopes.filter((scope) => grant.scopes.includes(scope))
    if (kept.length === 0) return refuse('scope_not_allowed', { scope: token.scopes[0] ?? '' })
    const { document, secret } = makeAccessToken(
      {
        ownerId: token.ownerId,
        name: token.name,
        scopes: kept,
        permission: grant.permission === 'ro' ? 'ro' : token.permission,
        expiresAt: token.expiresAt === 0 ? 0 : context.now + (token.expiresAt - token.createdAt),
      },
      context,
    )
    const old = edited(
      token,
      { expiresAt: endAfterOverlap(context.now, input.overlap, token.expiresAt), rotatedTo: document.id },
      context,
    )
    return accept({
      writes: [
        { collection: 'accessToken', before: token, after: old },
        { collection: 'accessToken', after: document },
      ],
      events: [
        {
          code: 'accessToken.rotated',
          objectCollection: 'accessToken',
          objectId: token.id,
          objectName: token.name,
          changes: [{ field: 'expiresAt', before: token.expiresAt, after: old.expiresAt }],
        },
      ],
      result: { id: document.id },
      reveals: [{ kind: 'accessToken', objectId: document.id, objectName: document.name, secret }],
    })
  },
})

/** T10: how a token stands at `now`. `expiring`: within 14 days. */
export type AccessTokenStanding = 'active' | 'expiring' | 'expired'
export const expiringWithinMs = 14 * dayMs

export function accessTokenStanding(token: Pick<AccessToken, 'expiresAt'>, now: Instant): AccessTokenStanding {
  if (token.expiresAt === 0) return 'active'
  if (token.expiresAt <= now) return 'expired'
  return token.expiresAt - now <= expiringWithinMs ? 'expiring' : 'active'
}

/** What may be seen of a token (T12): everything but secret and digest. */
export interface AccessTokenView {
  readonly id: string
  readonly ownerId: string
  readonly name: string
  readonly hintHead: string
  readonly hintTail: string
  readonly scopes: readonly Scope[]
  readonly permission: TokenPermission
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly lastUsedAt: Instant
  readonly rotatedTo: string | undefined
  readonly standing: AccessTokenStanding
}

export function viewAccessToken(token: AccessToken, now: Instant): AccessTokenView {
  const { id, ownerId, name, hintHead, hintTail, permission, createdAt, expiresAt, lastUsedAt, rotatedTo } = token
  return {
    id,
    ownerId,
    name,
    hintHead,
    hintTail,
    permission,
    createdAt,
    expiresAt,
    lastUsedAt,
    rotatedTo,
    scopes: token.scopes,
    standing: accessTokenStanding(token, now),
  }
}
