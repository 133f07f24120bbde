/**
 * What decisions are made from: digests → grants, in memory, kept up to date document by document (spec/sync.md, The
 * endpoint). It holds what `authorize` reads and nothing else: no names, no sealed copies, one string per identifier.
 */
import type { Account } from './account-schema.ts'
import type { Application, ApplicationState } from './application-schema.ts'
import { ipMatcher } from './filter.ts'
import type { Instant, Ulid } from './id.ts'
import { createPackedGrants, type PackedGrants } from './packed-grants.ts'
import type { FilterMode, Limit, Pattern, Service, ServiceState } from './service-schema.ts'
import { type MetricTree, metricTree } from './usage.ts'

/** A key or client secret of an application; `endsAt` 0: never. */
export interface KeyGrant {
  readonly id: Ulid
  readonly digest: string
  readonly endsAt: Instant
  readonly ipRanges: readonly string[]
  readonly referrers: readonly string[]
}

/** An application, as decisions need it. */
export interface ApplicationGrant {
  readonly id: Ulid
  readonly serviceId: Ulid
  readonly accountId: Ulid
  readonly planId: Ulid | undefined
  readonly state: ApplicationState
  readonly userKeyDigest: string
  readonly appId: string
  /** App keys. */
  readonly keys: readonly KeyGrant[]
  readonly clientSecrets: readonly KeyGrant[]
  readonly redirectUrls: readonly string[]
  readonly ipRanges: readonly string[]
  readonly referrers: readonly string[]
}

/** The settings of a service, as decisions need them. */
export interface ServiceSettings {
  readonly state: ServiceState
  readonly pattern: Pattern
  readonly tokens: readonly { readonly digest: string; readonly endsAt: Instant }[]
  readonly keylessAllowed: boolean
  readonly ipFilter: FilterMode
  readonly referrerFilter: FilterMode
  readonly metrics: MetricTree
  /** Limits by plan. */
  readonly limits: ReadonlyMap<Ulid, readonly Limit[]>
}

/** A service with its applications by identifier. `settings` is absent until the service's own document arrives. */
export interface ServiceGrants {
  readonly id: Ulid
  settings: ServiceSettings | undefined
  readonly byUserKey: PackedGrants
  readonly byAppId: PackedGrants
}

export interface Snapshot {
  /** Sequence of the last document applied; every answer can carry it. */
  seq: number
  readonly services: Map<Ulid, ServiceGrants>
  readonly applications: Map<Ulid, ApplicationGrant>
  /** Accounts that are not approved: none of their applications passes. */
  readonly blockedAccounts: Set<Ulid>
  /** Ids that many applications name, each held once. */
  readonly sharedIds: Map<Ulid, Ulid>
  /** IP lists made ready for many calls, at the first call that needs them. */
  readonly ipMatchers: WeakMap<readonly string[], (address: string) => boolean>
}

/** True where the address is in one of the ranges of a list that this snapshot holds. */
export function inRanges(snapshot: Snapshot, ranges: readonly string[], address: string): boolean {
  let matches = snapshot.ipMatchers.get(ranges)
  if (matches === undefined) {
    matches = ipMatcher(ranges)
    snapshot.ipMatchers.set(ranges, matches)
  }
  return matches(address)
}

/** An empty snapshot. */
export function createSnapshot(): Snapshot {
  return {
    seq: 0,
    services: new Map(),
    applications: new Map(),
    blockedAccounts: new Set(),
    sharedIds: new Map(),
    ipMatchers: new WeakMap(),
  }
}

/** What a snapshot is fed with; other collections do not matter to decisions. */
export type SnapshotChange =
  | { readonly collection: 'service'; readonly id: Ulid; readonly document: Service | undefined }
  | { readonly collection: 'application'; readonly id: Ulid; readonly document: Application | undefined }
  | { readonly collection: 'account'; readonly id: Ulid; readonly document: Account | undefined }

/**
 * Applies one changed document, or a deletion (`document` undefined). Changes may come in any order among documents:
 * an application before its service waits for it. The next decision sees the change.
 */
export function applyChange(snapshot: Snapshot, change: SnapshotChange, seq: number = snapshot.seq): void {
  switch (change.collection) {
    case 'service':
      applyService(snapshot, change.id, change.document)
      break
    case 'application':
      applyApplication(snapshot, change.id, change.document)
      break
    case 'account':
      // D6: a deleted account opens nothing: its applications may be told of later than it is.
      if (change.document?.state === 'approved') {
        snapshot.blockedAccounts.delete(change.id)
      } else {
        snapshot.blockedAccounts.add(change.id)
      }
      break
  }
  snapshot.seq = Math.max(snapshot.seq, seq)
}

function grantsOf(snapshot: Snapshot, serviceId: Ulid): ServiceGrants {
  let grants = snapshot.services.get(serviceId)
  if (grants === undefined) {
    grants = {
      id: serviceId,
      settings: undefined,
      byUserKey: createPackedGrants('userKeyDigest'),
      byAppId: createPackedGrants('appId'),
    }
    snapshot.services.set(serviceId, grants)
  }
  return grants
}

function dropIfEmpty(snapshot: Snapshot, grants: ServiceGrants): void {
  if (grants.settings === undefined && grants.byUserKey.size === 0 && grants.byAppId.size === 0) {
    snapshot.services.delete(grants.id)
  }
}

function applyService(snapshot: Snapshot, id: Ulid, service: Service | undefined): void {
  const grants = grantsOf(snapshot, id)
  grants.settings = service === undefined ? undefined : settingsOf(service)
  dropIfEmpty(snapshot, grants)
}

function settingsOf(service: Service): ServiceSettings {
  return {
    state: service.state,
    pattern: service.pattern,
    tokens: service.tokens.map(({ digest, endsAt }) => ({ digest, endsAt })),
    keylessAllowed: !service.usageRules.atLeastOneKey,
    ipFilter: service.usageRules.ipFilter,
    referrerFilter: service.usageRules.referrerFilter,
    metrics: metricTree(service.metrics),
    limits: new Map(service.plans.map((plan) => [plan.id, plan.limits])),
  }
}

// One empty list for all: of 100,000 applications most have neither keys nor filters.
const none: readonly never[] = Object.freeze([])

function lean<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? none : list
}

/** The one copy of an id that this snapshot holds: documents come with a copy each. */
function shared(snapshot: Snapshot, id: Ulid): Ulid {
  const held = snapshot.sharedIds.get(id)
  if (held === undefined) snapshot.sharedIds.set(id, id)
  return held ?? id
}

function applyApplication(snapshot: Snapshot, id: Ulid, application: Application | undefined): void {
  const before = snapshot.applications.get(id)
  if (before !== undefined) {
    const grants = grantsOf(snapshot, before.serviceId)
    // Another application may have taken the identifier over meanwhile: its entry stays.
    if (grants.byUserKey.get(before.userKeyDigest) === before) grants.byUserKey.delete(before.userKeyDigest)
    if (grants.byAppId.get(before.appId) === before) grants.byAppId.delete(before.appId)
    snapshot.applications.delete(id)
    dropIfEmpty(snapshot, grants)
  }
  if (application === undefined) return
  const grant: ApplicationGrant = {
    id,
    serviceId: shared(snapshot, application.serviceId),
    accountId: shared(snapshot, application.accountId),
    planId: application.planId === undefined ? undefined : shared(snapshot, application.planId),
    state: application.state,
    userKeyDigest: application.userKeyDigest,
    appId: application.appId,
    keys: lean(application.keys.map(keyGrantOf)),
    clientSecrets: lean(
      application.clientSecrets.map(({ id, digest, endsAt }) => ({
        id,
        digest,
        endsAt,
        ipRanges: none,
        referrers: none,
      })),
    ),
    redirectUrls: lean(application.redirectUrls),
    ipRanges: lean(application.ipRanges),
    referrers: lean(application.referrers),
  }
  snapshot.applications.set(id, grant)
  const grants = grantsOf(snapshot, application.serviceId)
  if (grant.userKeyDigest !== '') grants.byUserKey.set(grant)
  if (grant.appId !== '') grants.byAppId.set(grant)
}

function keyGrantOf(key: Application['keys'][number]): KeyGrant {
  return {
    id: key.id,
    digest: key.digest,
    endsAt: key.expiresAt,
    ipRanges: lean(key.ipRanges),
    referrers: lean(key.referrers),
  }
}
