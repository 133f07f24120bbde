/**
 * The sample workspace: a believable organisation to explore, in a store of its own that never syncs.
 * The same shape each time (a seeded choice); its secrets are random like any other.
 */
import type { AccessToken } from '../../shared/domain/access-token-schema.ts'
import type { Account } from '../../shared/domain/account-schema.ts'
import type { Application, ApplicationKey } from '../../shared/domain/application-schema.ts'
import { type Change, type Context, newEnvelope, newId, type Write } from '../../shared/domain/command.ts'
import type { Member } from '../../shared/domain/member.ts'
import { Secret } from '../../shared/domain/secret.ts'
import { makeService } from '../../shared/domain/service.ts'
import type { Plan, Service } from '../../shared/domain/service-schema.ts'
import {
  accessTokenPrefix,
  clientSecretPrefix,
  keyHint,
  makeHex,
  makeToken,
  tokenHint,
} from '../../shared/domain/token-format.ts'
import type { Workspace } from '../../shared/domain/workspace.ts'
import { type Founding, foundWorkspace } from '../../shared/domain/workspace-commands.ts'
import { accountNames, applicationNames, keyLabels, people, services, tokens } from './names.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
const applicationCount = 200

export const sampleFounding: Founding = {
  workspaceName: 'Meridian Payments',
  memberName: people[0].name,
  memberEmail: people[0].email,
}

/** A small seeded generator (mulberry32): the sample's shape is the same on every computer. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length]
  if (item === undefined) throw new Error('The sample has an empty list.')
  return item
}

/** All the writes of the sample, with its founding admin first. */
export function createSample(context: Context): Change<{ workspace: Workspace; admin: Member }> {
  const founded = foundWorkspace(sampleFounding, true, context)
  const choose = seeded(20261122)
  const madeServices = services.map((service) => sampleService(service, context))
  const serviceIds = new Map(madeServices.map(({ systemName, id }) => [systemName, id]))
  const members = [founded.result.admin, ...people.slice(1).map((person) => sampleMember(person, serviceIds, context))]
  const accounts = accountNames.map((name, index) => sampleAccount(name, index, context))
  const approved = accounts.filter(({ state }) => state === 'approved')
  const applications = Array.from({ length: applicationCount }, (_, index) =>
    sampleApplication(
      index,
      pick(madeServices, choose(madeServices.length)),
      pick(approved, choose(approved.length)),
      choose,
      context,
    ),
  )
  const accessTokens = tokens.map((token) => sampleToken(token, pick(members, token.owner), context))
  const writes: Write[] = [
    ...members.slice(1).map((after): Write => ({ collection: 'member', after })),
    ...madeServices.map((after): Write => ({ collection: 'service', after })),
    ...accounts.map((after): Write => ({ collection: 'account', after })),
    ...applications.map((after): Write => ({ collection: 'application', after })),
    ...accessTokens.map((after): Write => ({ collection: 'accessToken', after })),
  ]
  const events = madeServices.map((service) => ({
    code: 'service.created',
    objectCollection: 'service',
    objectId: service.id,
    objectName: service.name,
    serviceId: service.id,
  }))
  return { ...founded, writes: [...founded.writes, ...writes], events: [...founded.events, ...events] }
}

function sampleService(wanted: (typeof services)[number], context: Context): Service {
  const { service } = makeService(
    { name: wanted.name, description: wanted.description, pattern: wanted.pattern },
    wanted.systemName,
    context,
  )
  const createdAt = context.now - wanted.ageDays * dayMs
  const metric = pick(service.metrics, 0)
  const plans: Plan[] = (['Starter', 'Growth', 'Scale', 'Enterprise'] as const).map((name, index) => ({
    id: newId(context),
    name,
    systemName: name.toLowerCase(),
    state: 'published',
    limits: [
      { id: newId(context), metricId: metric.id, period: 'minute', value: 60 * 10 ** Math.min(index, 2) },
      { id: newId(context), metricId: metric.id, period: 'day', value: 10_000 * 10 ** Math.min(index, 2) },
      ...(index === 3
        ? [{ id: newId(context), metricId: metric.id, period: 'month' as const, value: 30_000_000 }]
        : []),
    ],
  }))
  const method = { id: newId(context), systemName: 'create', name: 'Create', unit: 'hit', parentId: metric.id }
  return {
    ...service,
    state: wanted.state,
    createdAt,
    usageRules: { ...service.usageRules, ...('rules' in wanted ? wanted.rules : {}) },
    metrics: [...service.metrics, method],
    plans,
    defaultPlanId: pick(plans, 0).id,
    tokens: service.tokens.map((token) => ({
      ...token,
      createdAt,
      lastUsedAt: wanted.state === 'live' ? context.now - 3 * hourMs : 0,
    })),
  }
}

function sampleMember(
  person: (typeof people)[number],
  serviceIds: ReadonlyMap<string, string>,
  context: Context,
): Member {
  return {
    ...newEnvelope(context),
    name: person.name,
    email: person.email,
    role: person.role,
    state: person.state,
    sections: [...person.sections],
    serviceAccess:
      person.services === 'all' ? 'all' : person.services.flatMap((systemName) => serviceIds.get(systemName) ?? []),
  }
}

function sampleAccount(name: string, index: number, context: Context): Account {
  const domain = `${name.toLowerCase().replace(/[^a-z]+/g, '-')}.example`
  const states = { 17: 'pending', 25: 'pending', 31: 'suspended', 38: 'rejected' } as const
  return {
    ...newEnvelope(context),
    name,
    state: states[index as keyof typeof states] ?? 'approved',
    note: '',
    developers: [
      {
        id: newId(context),
        name: `${pick(['Alex', 'Kim', 'Noor', 'Sam'], index)} ${name.split(' ')[0]}`,
        email: `ops@${domain}`,
      },
    ],
    createdAt: context.now - (30 + index * 11) * dayMs,
  }
}

function sampleApplication(
  index: number,
  service: Service,
  account: Account,
  choose: (below: number) => number,
  context: Context,
): Application {
  const envelope = newEnvelope(context)
  const createdAt = Math.max(account.createdAt, service.createdAt) + choose(20) * dayMs
  const made = Math.min(createdAt, context.now - hourMs)
  const usedHours = choose(12) === 0 ? -1 : 1 + choose(400)
  const lastUsedAt = usedHours < 0 ? 0 : Math.max(made, context.now - usedHours * hourMs)
  const state = pick(
    ['live', 'live', 'live', 'live', 'live', 'live', 'live', 'pending', 'suspended', 'live'] as const,
    choose(10),
  )
  const round = Math.floor(index / applicationNames.length)
  const base: Application = {
    ...envelope,
    accountId: account.id,
    serviceId: service.id,
    planId: pick(service.plans, choose(service.plans.length)).id,
    name: `${pick(applicationNames, index)}${round === 0 ? '' : ` ${round + 1}`}`,
    description: '',
    state,
    createdAt: made,
    acceptedAt: state === 'pending' ? 0 : made,
    lastUsedAt: state === 'pending' ? 0 : lastUsedAt,
    userKeyDigest: '',
    appId: '',
    keys: [],
    clientSecrets: [],
    redirectUrls: [],
    ipRanges: [],
    referrers: [],
    keyless: false,
  }
  switch (service.pattern) {
    case 'api_key': {
      const value = makeHex(16, context.random)
      const digest = context.digest(value)
      const sealed = context.seal(new Secret(value), `application/${base.id}/userKey`)
      return {
        ...base,
        userKey: { digest, sealed, hintTail: keyHint(value), createdAt: made, lastUsedAt: base.lastUsedAt },
        userKeyDigest: digest,
      }
    }
    case 'app_id_key': {
      const keyless = !service.usageRules.atLeastOneKey && index % 9 === 0
      const count = keyless ? 0 : 1 + choose(4)
      const keys = Array.from({ length: count }, (_, key) => sampleKey(base, pick(keyLabels, key), context))
      const filtered = service.usageRules.ipFilter !== 'off' && index % 3 === 0
      return {
        ...base,
        appId: makeHex(4, context.random),
        keys,
        keyless,
        ...(filtered ? { ipRanges: ['10.20.0.0/16', '198.51.100.0/24', '2001:db8:44::/48'] } : {}),
        ...(filtered ? { referrers: ['*.shop.example', 'pay.shop.example'] } : {}),
      }
    }
    case 'oauth': {
      const secret = makeToken(clientSecretPrefix, context.random)
      const id = newId(context)
      return {
        ...base,
        appId: makeHex(4, context.random),
        clientSecrets: [
          {
            id,
            digest: context.digest(secret.reveal()),
            sealed: context.seal(secret, `application/${base.id}/clientSecret/${id}`),
            hintTail: tokenHint(clientSecretPrefix, secret).tail,
            createdAt: made,
            endsAt: 0,
            lastUsedAt: base.lastUsedAt,
          },
        ],
        redirectUrls: ['https://app.example/callback'],
      }
    }
  }
}

function sampleKey(application: Application, label: string, context: Context): ApplicationKey {
  const id = newId(context)
  const value = makeHex(16, context.random)
  return {
    id,
    label,
    digest: context.digest(value),
    foldedDigest: context.digest(value.toLowerCase()),
    sealed: context.seal(new Secret(value), `application/${application.id}/key/${id}`),
    hintTail: keyHint(value),
    createdAt: application.createdAt,
    lastUsedAt: application.lastUsedAt,
    expiresAt: label === 'Production, previous' ? context.now + 6 * dayMs : 0,
    ipRanges: [],
    referrers: [],
  }
}

function sampleToken(token: (typeof tokens)[number], owner: Member, context: Context): AccessToken {
  const secret = makeToken(accessTokenPrefix, context.random)
  const hint = tokenHint(accessTokenPrefix, secret)
  return {
    ...newEnvelope(context),
    ownerId: owner.id,
    name: token.name,
    scopes: [...token.scopes],
    permission: token.permission,
    digest: context.digest(secret.reveal()),
    hintHead: hint.head,
    hintTail: hint.tail,
    createdAt: context.now - token.ageDays * dayMs,
    expiresAt: token.endsInDays === 0 ? 0 : context.now + token.endsInDays * dayMs,
    lastUsedAt: token.usedHours < 0 ? 0 : context.now - token.usedHours * hourMs,
  }
}
