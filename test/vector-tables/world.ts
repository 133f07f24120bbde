/** Documents from what a vector gives, with real digests, as the store or the endpoint would hold them. */
import type { Application } from '../../shared/domain/application-schema.ts'
import { defaultUsageRules } from '../../shared/domain/service.ts'
import type { Service } from '../../shared/domain/service-schema.ts'
import { applyChange, createSnapshot, type Snapshot } from '../../shared/domain/snapshot.ts'
import type { CurrentUsage } from '../../shared/domain/usage.ts'
import {
  aClientSecret,
  anAccount,
  anApplication,
  anApplicationKey,
  aService,
  aServiceToken,
  aUserKey,
  digest,
  ulidOf,
} from '../domain/fixtures.ts'
import type { AuthorizeGiven } from './format.ts'

export function serviceOf(given: AuthorizeGiven['service']): Service {
  const metricId = (name: string) => ulidOf(`metric/${name}`)
  const plan = { id: ulidOf('plan'), name: 'Basic', systemName: 'basic', state: 'published' as const }
  return aService({
    id: given.id,
    pattern: given.pattern,
    state: given.state,
    usageRules: { ...defaultUsageRules, ...given.usageRules },
    tokens: given.tokens.map(({ text, endsAt }) => ({
      ...aServiceToken(given.id, 'lk_st_0000000000000000'),
      id: ulidOf(text),
      digest: digest(text),
      endsAt,
    })),
    metrics: given.metrics.map(({ name, parent }) => ({
      id: metricId(name),
      systemName: name,
      name,
      unit: 'hit',
      ...(parent === undefined ? {} : { parentId: metricId(parent) }),
    })),
    plans: [
      {
        ...plan,
        limits: given.limits.map(({ metric, period, value }) => ({
          id: ulidOf(`limit/${metric}/${period}`),
          metricId: metricId(metric),
          period,
          value,
        })),
      },
    ],
    defaultPlanId: plan.id,
  })
}

export function applicationOf(given: AuthorizeGiven['application'], service: Service): Application {
  const id = ulidOf('application')
  const { planId, userKey: _userKey, ...made } = anApplication(service, anAccount(), { id })
  return {
    ...made,
    ...(given.hasPlan && planId !== undefined ? { planId } : {}),
    state: given.state,
    ...(given.userKey === undefined ? {} : { userKey: aUserKey(id, given.userKey) }),
    userKeyDigest: given.userKey === undefined ? '' : digest(given.userKey),
    appId: given.appId ?? '',
    keys: given.keys.map(({ text, endsAt, ipRanges, referrers }) =>
      anApplicationKey(id, text, {
        expiresAt: endsAt,
        ipRanges: [...(ipRanges ?? [])],
        referrers: [...(referrers ?? [])],
      }),
    ),
    clientSecrets: given.clientSecrets.map(({ text, endsAt }) => aClientSecret(id, text, { endsAt })),
    redirectUrls: [...given.redirectUrls],
    ipRanges: [...given.ipRanges],
    referrers: [...given.referrers],
  }
}

export function snapshotOf(given: AuthorizeGiven): Snapshot {
  const snapshot = createSnapshot()
  const service = serviceOf(given.service)
  const account = anAccount({ state: given.application.account })
  const application = applicationOf(given.application, service)
  applyChange(snapshot, { collection: 'service', id: service.id, document: service })
  applyChange(snapshot, { collection: 'account', id: account.id, document: account })
  applyChange(snapshot, { collection: 'application', id: application.id, document: application })
  return snapshot
}

export function currentOf(given: AuthorizeGiven): CurrentUsage {
  const used = new Map(Object.entries(given.used).map(([metric, value]) => [ulidOf(`metric/${metric}`), value]))
  return (_applicationId, metricId) => used.get(metricId) ?? 0
}
