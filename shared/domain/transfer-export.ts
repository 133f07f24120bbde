/** Documents as rows of an exchange file (docs/import-export.md). What is empty or never happened is left out. */
import type { AccessToken } from './access-token-schema.ts'
import type { Account } from './account-schema.ts'
import type { Application } from './application-schema.ts'
import { applicationKeyAad, clientSecretAad, userKeyAad } from './credential.ts'
import type { Instant } from './id.ts'
import type { Member } from './member.ts'
import { serviceTokenAad } from './service.ts'
import type { Service } from './service-schema.ts'
import { writeInstant } from './transfer-schema.ts'

/** Turns a sealed copy of the vault into one of the file; undefined where secrets stay behind. */
export type Carry = (sealed: string, aad: string) => string | undefined

type Row = Readonly<Record<string, unknown>>

/** Leaves out undefined fields and empty lists. */
function row(fields: Row): Row {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  )
}

/** 0 is never. */
function instant(at: Instant): string | number | undefined {
  return at === 0 ? undefined : writeInstant(at)
}

export function serviceRow(service: Service, carry: Carry): Row {
  const { alertLevels } = service
  const metricNames = new Map(service.metrics.map(({ id, systemName }) => [id, systemName]))
  const { id, name, systemName, description, state, pattern, credentialsLocation, parameterNames } = service
  const fields = row({
    id,
    name,
    systemName,
    description: description === '' ? undefined : description,
    state,
    pattern,
    credentialsLocation,
    parameterNames,
    errorStatuses: service.errorStatuses,
    usageRules: service.usageRules,
    tokens: service.tokens.map((token) =>
      row({
        id: token.id,
        sealed: carry(token.sealed, serviceTokenAad(id, token.id)),
        createdAt: instant(token.createdAt),
        endsAt: instant(token.endsAt),
        lastUsedAt: instant(token.lastUsedAt),
      }),
    ),
    metrics: service.metrics.map((metric) =>
      row({
        id: metric.id,
        systemName: metric.systemName,
        name: metric.name,
        unit: metric.unit,
        parent: metric.parentId && metricNames.get(metric.parentId),
      }),
    ),
    defaultPlan: service.defaultPlanId,
    createdAt: instant(service.createdAt),
    migratedFrom: service.migratedFrom,
    migratedTo: service.migratedTo,
  })
  // Empty lists say that there is none; left out, a new service would get its first plan and every alert.
  return { ...fields, plans: service.plans.map((plan) => planRow(plan, metricNames)), alertLevels }
}

function planRow(plan: Service['plans'][number], metricNames: ReadonlyMap<string, string>): Row {
  return row({
    id: plan.id,
    name: plan.name,
    systemName: plan.systemName,
    state: plan.state,
    limits: plan.limits.map(({ id, metricId, period, value }) => ({
      id,
      metric: metricNames.get(metricId) ?? metricId,
      period,
      value,
    })),
  })
}

export function accountRow({ id, name, state, note, developers, createdAt }: Account): Row {
  return row({
    id,
    name,
    state,
    note: note === '' ? undefined : note,
    developers: developers.map(({ id, name, email }) => ({ id, name, email })),
    createdAt: instant(createdAt),
  })
}

export function applicationRow(application: Application, carry: Carry): Row {
  const { id, userKey } = application
  return row({
    id,
    service: application.serviceId,
    account: application.accountId,
    plan: application.planId,
    name: application.name,
    description: application.description === '' ? undefined : application.description,
    state: application.state,
    createdAt: instant(application.createdAt),
    acceptedAt: instant(application.acceptedAt),
    lastUsedAt: instant(application.lastUsedAt),
    userKey:
      userKey &&
      row({
        sealed: carry(userKey.sealed, userKeyAad(id)),
        createdAt: instant(userKey.createdAt),
        lastUsedAt: instant(userKey.lastUsedAt),
      }),
    appId: application.appId === '' ? undefined : application.appId,
    keys: application.keys.map((key) =>
      row({
        id: key.id,
        sealed: carry(key.sealed, applicationKeyAad(id, key.id)),
        label: key.label === '' ? undefined : key.label,
        createdAt: instant(key.createdAt),
        lastUsedAt: instant(key.lastUsedAt),
        expiresAt: instant(key.expiresAt),
        ipRanges: key.ipRanges,
        referrers: key.referrers,
      }),
    ),
    clientSecrets: application.clientSecrets.map((secret) =>
      row({
        id: secret.id,
        sealed: carry(secret.sealed, clientSecretAad(id, secret.id)),
        createdAt: instant(secret.createdAt),
        endsAt: instant(secret.endsAt),
        lastUsedAt: instant(secret.lastUsedAt),
      }),
    ),
    redirectUrls: application.redirectUrls,
    ipRanges: application.ipRanges,
    referrers: application.referrers,
    migratedFrom: application.migratedFrom,
  })
}

export function memberRow({ id, name, email, role, state, sections, serviceAccess }: Member): Row {
  // Empty lists of rights say something here.
  return { id, name, email, role, state, sections, serviceAccess }
}

/** T6: what there is of an access token; its secret is nowhere. */
export function accessTokenRow(token: AccessToken): Row {
  const { id, ownerId, name, scopes, permission, createdAt, expiresAt, lastUsedAt } = token
  return row({
    id,
    owner: ownerId,
    name,
    scopes,
    permission,
    createdAt: instant(createdAt),
    expiresAt: instant(expiresAt),
    lastUsedAt: instant(lastUsedAt),
  })
}
