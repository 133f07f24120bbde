/** What a query handler may use, and the few things that every list shares. */
import type { Actor } from '../../../shared/domain/actor.ts'
import type { CollectionName, DocumentOf } from '../../../shared/domain/collections.ts'
import { type Instant, type Ulid, ulidSchema } from '../../../shared/domain/id.ts'
import type { Member } from '../../../shared/domain/member.ts'
import { RefusalError, refuse } from '../../../shared/domain/outcome.ts'
import { type Action, denial, servicesOf } from '../../../shared/domain/permission.ts'
import type { WorkspaceStore } from '../../store/workspace-store.ts'

export interface QueryContext {
  readonly store: WorkspaceStore
  readonly workspace: Ulid
  readonly actor: Actor
  /** ms UTC. */
  readonly now: Instant
  digest(text: string): string
  /** The newest event of this device's audit chain, as the engine knows it. */
  readonly audit: { readonly device: Ulid; readonly sequence: number }
}

/** Refuses by throwing where the actor may not do this. */
export function demand(context: QueryContext, action: Action, serviceId?: Ulid): void {
  const denied = denial(context.actor, action, serviceId)
  if (denied) throw new RefusalError(denied)
}

/** True where the actor may do this. */
export function may(context: QueryContext, action: Action, serviceId?: Ulid): boolean {
  return denial(context.actor, action, serviceId) === undefined
}

/** The member whose rights count: the person, the previewed member, or a token's owner. */
export function rightsHolder(context: QueryContext): Member {
  const { actor } = context
  if (actor.kind === 'member') return actor.member
  if (actor.kind === 'accessToken') return actor.owner
  throw new RefusalError(refuse('forbidden'))
}

/** T8: restricts a list to the services that the actor has access to; `field` holds the service's id. */
export function withinServices(context: QueryContext, field: string): Record<string, unknown>[] {
  const services = servicesOf(rightsHolder(context))
  return services === 'all' ? [] : [{ [field]: { $in: [...services] } }]
}

/** Every condition holds; an empty list holds always. */
export function allOf(conditions: readonly Record<string, unknown>[]): Record<string, unknown> {
  const [first] = conditions
  if (first === undefined) return {}
  return conditions.length === 1 ? first : { $and: [...conditions] }
}

/** A field contains the text, ignoring case. Empty text: no condition. */
export function contains(field: string, text: string): Record<string, unknown>[] {
  const wanted = text.trim()
  return wanted === '' ? [] : [{ [field]: { $regex: wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), $options: 'i' } }]
}

/** A record's own id, as its page copies it: found by it alone. Other text: no condition. */
export function byId(text: string): Record<string, unknown>[] {
  const id = text.trim().toUpperCase()
  return ulidSchema.safeParse(id).success ? [{ id }] : []
}

/** A name contains the text, or the text is the record's id. Empty text: no condition. */
export function named(text: string): Record<string, unknown>[] {
  const conditions = [...contains('name', text), ...byId(text)]
  return conditions.length < 2 ? conditions : [{ $or: conditions }]
}

/** The document, or a refusal `not_found`. */
export async function must<C extends CollectionName>(
  context: QueryContext,
  collection: C,
  id: Ulid,
): Promise<DocumentOf<C>> {
  const document = await context.store.get(collection, id)
  if (document === undefined) throw new RefusalError(refuse('not_found'))
  return document
}
