import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Actor, auditActorOf, authorOf } from '../../shared/domain/actor.ts'
import { type AuditEvent, auditHash, firstPreviousHash } from '../../shared/domain/audit.ts'
import type { CollectionName, DocumentOf } from '../../shared/domain/collections.ts'
import type { Change, Write } from '../../shared/domain/command.ts'
import { commands } from '../../shared/domain/commands.ts'
import { envelopeFields } from '../../shared/domain/document.ts'
import { type JudgeContext, judge } from '../../shared/domain/judge.ts'
import { fieldRules } from '../../shared/domain/judge-fields.ts'
import { merge } from '../../shared/domain/merge.ts'
import type { Outcome } from '../../shared/domain/outcome.ts'
import { defaultUsageRules } from '../../shared/domain/service.ts'
import { impactFingerprint, patternImpact } from '../../shared/domain/service-pattern.ts'
import {
  actorOf,
  aDeveloper,
  aMember,
  anAccessToken,
  anAccount,
  anAdmin,
  anApplication,
  anEnvelope,
  aService,
  digest,
  noon,
  throughToken,
  ulidOf,
  World,
  workspaceId,
} from './fixtures.ts'

/** With a metric beside the first, and a plan that nobody is on. */
function withSpare(service: ReturnType<typeof aService>) {
  const spare = {
    id: ulidOf(`spare/${service.id}`),
    name: 'Spare',
    systemName: 'spare',
    state: 'hidden' as const,
    limits: [],
  }
  const metric = { id: ulidOf(`search/${service.id}`), systemName: 'search', name: 'Search', unit: 'hit' }
  return { ...service, plans: [...service.plans, spare], metrics: [...service.metrics, metric] }
}

/** A workspace with something of everything, and everybody who may give a command. */
function aWorld(): { world: World; actors: readonly Actor[] } {
  const admin = anAdmin()
  const second = anAdmin({ name: 'Bea Admin' })
  const partners = aMember({ name: 'Pia', sections: ['partners', 'plans', 'monitoring'] })
  const plans = aMember({ name: 'Paul', sections: ['plans'] })
  const services = (['api_key', 'app_id_key', 'oauth'] as const).map((pattern) =>
    withSpare(aService({ name: `Service ${pattern.replaceAll('_', '-')}`, pattern })),
  )
  const open = aService({
    name: 'Open service',
    pattern: 'app_id_key',
    usageRules: { ...defaultUsageRules, atLeastOneKey: false, ipFilter: 'on', referrerFilter: 'required', keyLimit: 2 },
  })
  const account = anAccount()
  const token = anAccessToken(admin)
  const pending = anAccount({ name: 'Pending', state: 'pending' })
  const world = new World()
    .put('workspace', { ...anEnvelope(workspaceId), name: 'Acme APIs', sample: false })
    .put(
      'member',
      admin,
      second,
      partners,
      plans,
      aMember({ name: 'Ivy', state: 'invited' }),
      aMember({ name: 'Sam', state: 'suspended' }),
    )
    .put('accessToken', token, anAccessToken(partners))
    .put('service', ...services, open, withSpare(aService({ name: 'Closed service', state: 'suspended' })))
    .put('account', account, pending, anAccount({ name: 'Closed', state: 'suspended' }))
    .put(
      'application',
      ...[...services, open].flatMap((service) => [
        anApplication(service, account),
        anApplication(service, account, { name: 'Batch', state: 'pending' }),
        anApplication(service, account, { name: 'Old', state: 'suspended' }),
        anApplication(service, pending, { name: 'Waiting', state: 'pending' }),
      ]),
    )
  const actors = [
    actorOf(admin),
    actorOf(second),
    actorOf(partners),
    actorOf(plans),
    throughToken(token, admin),
    aDeveloper(account),
  ]
  return { world, actors }
}

/** Chooses by numbers that fast-check gives, so that a failure shrinks. */
class Choice {
  #at = 0
  readonly #picks: readonly number[]
  constructor(picks: readonly number[]) {
    this.#picks = picks
  }
  number(below: number): number {
    const pick = this.#picks[this.#at % this.#picks.length] ?? 0
    this.#at += 1
    return pick % below
  }
  of<T>(list: readonly T[]): T {
    const chosen = list[this.number(list.length)]
    if (chosen === undefined) throw new Error('nothing to choose from')
    return chosen
  }
  bool(): boolean {
    return this.number(2) === 1
  }
}

const overlaps = ['now', '1h', '24h', '7d'] as const
const names = ['Alpha', 'Beta', 'Gamma']

/** An input for each command that writes, from what is there. */
const inputs: Readonly<Record<string, (world: World, choice: Choice) => object>> = {
  'workspace.rename': (_world, choice) => ({ id: workspaceId, name: choice.of(names) }),
  'member.invite': (_world, choice) => ({
    name: choice.of(names),
    email: `p${choice.number(50)}@example.com`,
    role: choice.of(['admin', 'member'] as const),
    sections: ['plans'],
  }),
  'member.update': (world, choice) => ({ id: choice.of(world.all('member')).id, name: choice.of(names) }),
  'member.updateRights': (world, choice) => ({
    id: choice.of(world.all('member')).id,
    role: choice.of(['admin', 'member'] as const),
    sections: choice.bool() ? ['finance'] : [],
    serviceAccess: choice.bool() ? 'all' : [],
  }),
  ...Object.fromEntries(
    ['activate', 'suspend', 'resume', 'delete'].map((verb) => [
      `member.${verb}`,
      (world: World, choice: Choice) => ({ id: choice.of(world.all('member')).id }),
    ]),
  ),
  'accessToken.create': (_world, choice) => ({
    name: choice.of(names),
    scopes: choice.bool() ? ['account_management'] : ['account_management', 'stats'],
    permission: choice.of(['ro', 'rw'] as const),
    expiry: choice.bool() ? { days: 30 } : 'never',
  }),
  'accessToken.update': (world, choice) => ({
    id: choice.of(world.all('accessToken')).id,
    name: choice.of(names),
    ...(choice.bool() ? { permission: 'ro' } : {}),
    ...(choice.bool() ? { scopes: ['account_management'] } : {}),
  }),
  'accessToken.rotate': (world, choice) => ({
    id: choice.of(world.all('accessToken')).id,
    overlap: choice.of(overlaps),
  }),
  'accessToken.delete': (world, choice) => ({ id: choice.of(world.all('accessToken')).id }),
  'service.create': (_world, choice) => ({
    name: `New ${choice.number(30)}`,
    pattern: choice.of(['api_key', 'app_id_key', 'oauth'] as const),
  }),
  'service.update': (world, choice) => ({ id: service(world, choice), name: choice.of(names), description: 'x' }),
  'service.updateIntegration': (world, choice) => ({
    id: service(world, choice),
    credentialsLocation: choice.of(['query', 'headers', 'basic'] as const),
    parameterNames: { userKey: choice.of(['user_key', 'key', 'APP_ID']) },
  }),
  'service.updateUsageRules': (world, choice) => ({
    id: service(world, choice),
    keyLimit: 1 + choice.number(6),
    ...(choice.bool() ? { atLeastOneKey: choice.bool() } : {}),
    ipFilter: choice.of(['off', 'on', 'required'] as const),
  }),
  'service.updateAlertLevels': (world, choice) => ({
    id: service(world, choice),
    levels: choice.bool() ? [50, 100] : [],
  }),
  'service.changePattern': (world, choice) => {
    const changed = world.get('service', service(world, choice))
    const pattern = choice.of(['api_key', 'app_id_key', 'oauth'] as const)
    const applications = world.all('application').filter(({ serviceId }) => serviceId === changed.id)
    const impact = patternImpact(changed, applications, pattern, world.now)
    const expectedImpact = { count: impact.count, fingerprint: impactFingerprint(impact, digest) }
    return { id: changed.id, pattern, acceptImpact: true, expectedImpact }
  },
  'service.migrate': (world, choice) => ({
    id: service(world, choice),
    pattern: choice.of(['api_key', 'app_id_key', 'oauth'] as const),
    name: `Migrated ${choice.number(99)}`,
  }),
  ...Object.fromEntries(
    ['suspend', 'resume', 'retire'].map((verb) => [
      `service.${verb}`,
      (world: World, choice: Choice) => ({ id: service(world, choice) }),
    ]),
  ),
  'service.delete': (world, choice) => ({ id: service(world, choice), withApplications: choice.bool() }),
  'service.rotateToken': (world, choice) => ({ id: service(world, choice), overlap: choice.of(overlaps) }),
  'metric.create': (world, choice) => ({
    serviceId: service(world, choice),
    name: `Metric ${choice.number(9)}`,
    unit: 'hit',
  }),
  'metric.update': (world, choice) => {
    const { id, metrics } = world.get('service', service(world, choice))
    return { serviceId: id, metricId: choice.of(metrics).id, name: choice.of(names) }
  },
  'metric.delete': (world, choice) => {
    const { id, metrics } = world.get('service', service(world, choice))
    return { serviceId: id, metricId: choice.of(metrics).id, withDependents: choice.bool() }
  },
  'plan.create': (world, choice) => ({ serviceId: service(world, choice), name: `Plan ${choice.number(9)}` }),
  'plan.update': (world, choice) => ({ ...plan(world, choice), name: choice.of(names), state: 'hidden' }),
  'plan.delete': plan,
  'plan.setDefault': plan,
  'plan.setLimit': (world, choice) => {
    const chosen = plan(world, choice)
    const { metrics } = world.get('service', chosen.serviceId)
    return {
      ...chosen,
      metricId: choice.of(metrics).id,
      period: choice.of(['day', 'month'] as const),
      value: choice.number(9),
    }
  },
  'account.create': (_world, choice) => ({
    name: choice.of(names),
    state: choice.of(['pending', 'approved'] as const),
    developer: { name: 'Dee', email: 'dee@example.com' },
  }),
  'account.update': (world, choice) => ({ id: choice.of(world.all('account')).id, name: choice.of(names) }),
  ...Object.fromEntries(
    ['approve', 'reject', 'suspend', 'resume', 'delete'].map((verb) => [
      `account.${verb}`,
      (world: World, choice: Choice) => ({ id: choice.of(world.all('account')).id }),
    ]),
  ),
  'account.addDeveloper': (world, choice) => ({
    id: choice.of(world.all('account')).id,
    name: choice.of(names),
    email: `d${choice.number(9)}@example.com`,
  }),
  'application.create': (world, choice) => ({
    accountId: choice.of(world.all('account')).id,
    serviceId: service(world, choice),
    name: choice.of(names),
    accept: choice.bool(),
    withKey: choice.bool(),
  }),
  'application.update': (world, choice) => ({ id: application(world, choice), name: choice.of(names) }),
  ...Object.fromEntries(
    ['accept', 'suspend', 'resume', 'delete', 'regenerateUserKey'].map((verb) => [
      `application.${verb}`,
      (world: World, choice: Choice) => ({ id: application(world, choice) }),
    ]),
  ),
  'application.rotateClientSecret': (world, choice) => ({
    id: application(world, choice),
    overlap: choice.of(overlaps),
  }),
  'application.updateRedirectUrls': (world, choice) => ({
    id: application(world, choice),
    redirectUrls: choice.bool() ? ['https://a.example/cb'] : [],
  }),
  'application.createKey': (world, choice) => ({
    id: application(world, choice),
    label: choice.of(names),
    expiry: choice.bool() ? { days: 7 } : 'never',
  }),
  'application.rollKey': (world, choice) => ({ ...key(world, choice), overlap: choice.of(overlaps) }),
  'application.updateKey': (world, choice) => ({ ...key(world, choice), label: 'Renamed', expiry: { days: 90 } }),
  'application.deleteKey': key,
  'application.updateFilters': (world, choice) => ({
    id: application(world, choice),
    ipRanges: choice.bool() ? ['10.1.2.3/8', '2001:DB8::/32'] : [],
    referrers: choice.bool() ? ['*.Example.com'] : [],
  }),
  'application.updateKeyFilters': (world, choice) => ({
    ...key(world, choice),
    ipRanges: choice.bool() ? ['192.0.2.1'] : [],
  }),
}

function service(world: World, choice: Choice): string {
  return choice.of(world.all('service')).id
}
function plan(world: World, choice: Choice) {
  const { id, plans } = choice.of(world.all('service').filter(({ plans }) => plans.length > 0))
  return { serviceId: id, planId: choice.of(plans).id }
}
function application(world: World, choice: Choice): string {
  return choice.of(world.all('application')).id
}
function key(world: World, choice: Choice) {
  const { id, keys } = choice.of(world.all('application').filter(({ keys }) => keys.length > 0))
  return { id, keyId: choice.of(keys).id }
}

/** What the judge is told, from the documents as they stand after the whole group of writes. */
function contextFor(world: World, write: Write): JudgeContext {
  const document = (write.after ?? write.before) as unknown as Record<string, unknown> & { id: string }
  const others = world.all(write.collection).filter(({ id }) => id !== document.id) as unknown as Record<
    string,
    unknown
  >[]
  return {
    workspace: workspaceId,
    now: world.now,
    service: world.find('service', String(document.serviceId ?? '')),
    account: world.find('account', String(document.accountId ?? '')),
    otherActiveAdmins: world
      .all('member')
      .filter(({ id, role, state }) => id !== document.id && role === 'admin' && state === 'active').length,
    isTaken: (field, value) =>
      others.some(
        (other) =>
          other.serviceId === document.serviceId &&
          (typeof other[field] === 'string' ? other[field].toLowerCase() : other[field]) === value.toLowerCase(),
      ),
    isPlanInUse: (planId) => world.all('application').some((application) => application.planId === planId),
    digest,
  }
}

function judged(actor: Actor, world: World, { collection, before, after }: Write) {
  const write = { collection, before, after } as Write
  return judge(actor, collection as CollectionName, before as never, after as never, contextFor(world, write))
}

interface Given {
  readonly actor: Actor
  readonly name: string
  readonly writes: readonly Write[]
}

/** Gives random commands by random people; an actor whose member changed acts as they are now. */
function play(
  steps: readonly { readonly command: string; readonly actor: number; readonly picks: readonly number[] }[],
  seen: (given: Given, world: World) => void,
) {
  const { world, actors } = aWorld()
  for (const { command: name, actor: who, picks } of steps) {
    world.now += 60_000 * (1 + ((picks[0] ?? 0) % 600))
    const actor = renewed(actors[who % actors.length] as Actor, world)
    const command = commands.get(name)
    const make = inputs[name]
    if (actor === undefined || command === undefined || make === undefined) continue
    let input: object
    try {
      input = make(world, new Choice(picks))
    } catch {
      continue // Nothing of the kind is left.
    }
    const outcome = world.give(actor, command, input) as Outcome<Change<unknown>>
    if (outcome.ok) seen({ actor, name, writes: outcome.value.writes }, world)
  }
}

function renewed(actor: Actor, world: World): Actor | undefined {
  if (actor.kind === 'member') {
    const member = world.find('member', actor.member.id)
    return member && { kind: 'member', member }
  }
  if (actor.kind === 'accessToken') {
    const [token, owner] = [world.find('accessToken', actor.token.id), world.find('member', actor.owner.id)]
    return token && owner && { kind: 'accessToken', token, owner }
  }
  return actor
}

const steps = fc.array(
  fc.record({
    command: fc.constantFrom(...Object.keys(inputs)),
    actor: fc.nat(11),
    picks: fc.array(fc.nat(9999), { minLength: 8, maxLength: 8 }),
  }),
  { minLength: 5, maxLength: 40 },
)

describe('judge and commands', () => {
  it('J4: every write of every command that was accepted is applied', () => {
    fc.assert(
      fc.property(steps, (list) => {
        play(list, ({ actor, name, writes }, world) => {
          for (const write of writes) {
            expect(judged(actor, world, write), `${name} → ${write.collection}`).toEqual({ verdict: 'applied' })
          }
        })
      }),
      { numRuns: 400 },
    )
  })

  it.each(Object.keys(inputs))('J4: %s comes to pass, and its writes are applied', (command) => {
    let met = 0
    for (let turn = 0; turn < 600 && met < 5; turn++) {
      const picks = Array.from({ length: 8 }, (_, at) => Number.parseInt(digest(`${turn}/${at}`).slice(0, 6), 16))
      play([{ command, actor: turn, picks }], ({ actor, writes }, world) => {
        for (const write of writes) {
          expect(judged(actor, world, write)).toEqual({ verdict: 'applied' })
          met += 1
        }
      })
    }
    // The property above would be empty of what never came to pass.
    expect(met).toBeGreaterThan(0)
  })

  it('J4: every command that writes one document has an input here', () => {
    const elsewhere = /Many$|\.reveal|^account\.(updateDeveloper|removeDeveloper)$|^plan\.deleteLimit$/
    expect([...commands.keys()].filter((name) => !(name in inputs) && !elsewhere.test(name))).toEqual([])
  })

  it('J4: whoever may not give the command may not push its write', () => {
    const stranger = actorOf(aMember({ name: 'Stranger', serviceAccess: [] }))
    fc.assert(
      fc.property(steps, (list) => {
        play(list, ({ name, writes }, world) => {
          for (const write of writes) {
            const after = write.after && { ...write.after, updatedBy: authorOf(stranger) }
            const verdict = judged(stranger, world, { ...write, after } as Write)
            // Everybody makes access tokens for themselves, and nobody for others; a stranger has no scope.
            expect(verdict.verdict, name).not.toBe('applied')
          }
        })
      }),
      { numRuns: 60 },
    )
  })

  it('J3: a fixed field changed beside a permitted write is refused, and named', () => {
    const fixed: Readonly<Partial<Record<CollectionName, readonly string[]>>> = {
      workspace: ['sample'],
      accessToken: ['ownerId', 'digest', 'hintHead', 'hintTail', 'createdAt', 'lastUsedAt', 'lastUsedIp'],
      service: ['systemName', 'createdAt', 'migratedFrom'],
      account: ['createdAt'],
      application: ['accountId', 'serviceId', 'createdAt', 'lastUsedAt', 'migratedFrom'],
    }
    let met = 0
    fc.assert(
      fc.property(steps, fc.nat(), (list, pick) => {
        play(list, ({ actor, writes }, world) => {
          for (const write of writes) {
            if (write.before === undefined || write.after === undefined) continue
            const fields = fixed[write.collection] ?? []
            const field = fields[pick % fields.length]
            if (field === undefined) continue
            // Only the mutation differs from what stands, so that it is the first field at fault.
            const before = write.before as unknown as Record<string, unknown>
            const mutated = mutation(before[field], field)
            if (mutated === before[field]) continue
            const envelope = Object.fromEntries(envelopeFields.map((name) => [name, (write.after as never)[name]]))
            const after = { ...before, ...envelope, [field]: mutated }
            const verdict = judged(actor, world, { ...write, after } as unknown as Write)
            expect(verdict).toMatchObject({ verdict: 'denied', field })
            met += 1
          }
        })
      }),
      { numRuns: 100 },
    )
    expect(met).toBeGreaterThan(50)
  })

  it('J3: what is kept of a secret is not touched, whoever writes and whatever else they may', () => {
    const kept = ['digest', 'foldedDigest', 'sealed', 'hintTail', 'createdAt', 'lastUsedAt']
    const lists = { service: ['tokens'], application: ['userKey', 'keys', 'clientSecrets'] }
    const met = new Set<string>()
    fc.assert(
      fc.property(steps, (list) => {
        play(list, ({ actor, writes }, world) => {
          for (const write of writes) {
            if (write.before === undefined || write.after === undefined) continue
            for (const field of lists[write.collection as keyof typeof lists] ?? []) {
              const held = (write.before as unknown as Record<string, unknown>)[field]
              for (const secret of [held].flat() as (Record<string, unknown> | undefined)[]) {
                for (const leaf of kept.filter((name) => secret !== undefined && name in secret)) {
                  const touched = { ...secret, [leaf]: mutation(secret?.[leaf], leaf) }
                  const value = Array.isArray(held) ? held.map((each) => (each === secret ? touched : each)) : touched
                  const envelope = Object.fromEntries(
                    envelopeFields.map((name) => [name, (write.after as never)[name]]),
                  )
                  const after = { ...write.before, ...envelope, [field]: value }
                  const { verdict } = judged(actor, world, { ...write, after } as unknown as Write)
                  expect(verdict, `${field}.${leaf}`).not.toBe('applied')
                  met.add(`${field}.${leaf}`)
                }
              }
            }
          }
        })
      }),
      { numRuns: 60 },
    )
    expect([...met].map((name) => name.split('.')[0])).toEqual(
      expect.arrayContaining(['tokens', 'userKey', 'keys', 'clientSecrets']),
    )
  })

  it('J2: a field that no schema knows is refused, and named', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom('isAdmin', 'constructor', 'toString', 'roles', '$where'), (list, field) => {
        play(list, ({ actor, writes }, world) => {
          for (const write of writes) {
            if (write.after === undefined) continue
            const after = { ...write.after, [field]: true }
            const verdict = judged(actor, world, { ...write, after } as unknown as Write)
            expect(verdict).toMatchObject({ verdict: 'invalid', code: 'unknown_field', field })
          }
        })
      }),
      { numRuns: 30 },
    )
  })

  it('J1: a base that is not the current document is a conflict', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 2, max: 9 }), (list, shift) => {
        play(list, ({ actor, writes }, world) => {
          for (const write of writes) {
            if (write.after === undefined) continue
            const after = { ...write.after, rev: write.after.rev + shift }
            expect(judged(actor, world, { ...write, after } as Write)).toMatchObject({
              verdict: 'conflict',
              field: 'rev',
            })
          }
        })
      }),
      { numRuns: 30 },
    )
  })

  it('J5: a merge of two permitted writes is applied, or refused with a reason', () => {
    const service = aService({ pattern: 'app_id_key' })
    const account = anAccount()
    const base = anApplication(service, account, { keys: ['first-key-text', 'second-key-text'] })
    const actor = actorOf(anAdmin())
    const context = { workspace: workspaceId, now: noon, service, account, digest }
    const step = (fields: object) => ({ ...base, ...fields, rev: 2, updatedBy: authorOf(actor) })
    const [one, two] = base.keys
    const theirs = step({ keys: [one], name: 'Theirs' })
    const renamed = merge('application', base, step({ description: 'Mine' }), theirs).result
    expect(judge(actor, 'application', theirs, renamed, context)).toEqual({ verdict: 'applied' })
    // A8: both deleted one of two keys: the second deletion would take the last.
    const emptied = merge('application', base, step({ keys: [two] }), theirs).result
    expect(judge(actor, 'application', theirs, emptied, context)).toMatchObject({ code: 'last_key', field: 'keys' })
  })
})

function mutation(value: unknown, field: string): unknown {
  if (/Id$|^migratedFrom$/.test(field)) return ulidOf('elsewhere')
  if (field === 'digest') return 'd'.repeat(64)
  // Still of the form that the schema wants: it is the rule that must notice.
  if (field === 'sealed') return `${String(value).startsWith('A') ? 'B' : 'A'}${String(value).slice(1)}`
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (field === 'lastUsedIp') return '192.0.2.1'
  return typeof value === 'string' ? value.split('').reverse().join('') : value
}

describe('judge of audit events', () => {
  const actor = actorOf(anAdmin())
  const event = (fields: Partial<AuditEvent> = {}): AuditEvent => {
    const made = {
      ...anEnvelope(ulidOf('event')),
      updatedBy: authorOf(actor),
      device: ulidOf('device'),
      sequence: 1,
      at: noon,
      channel: 'console' as const,
      ...auditActorOf(actor),
      code: 'service.updated',
      objectCollection: 'service',
      objectId: ulidOf('service'),
      objectName: 'Payments',
      serviceId: '' as const,
      changes: [],
      previousHash: firstPreviousHash,
      ...fields,
    }
    return { hash: auditHash(made, digest), ...made }
  }
  const context: JudgeContext = { workspace: workspaceId, now: noon, digest, previousEvent: 'first' }
  const verdict = (after: AuditEvent, before?: AuditEvent) => judge(actor, 'auditEvent', before, after, context)

  it('U1: an event that follows and says truly who is applied', () => {
    expect(verdict(event())).toEqual({ verdict: 'applied' })
  })
  it('U1: in the name of another, out of order, or with another hash it is refused', () => {
    expect(verdict(event({ actorName: 'Somebody' }))).toMatchObject({ verdict: 'denied', field: 'actorName' })
    expect(verdict(event({ actorId: ulidOf('other') }))).toMatchObject({ verdict: 'denied', field: 'actorId' })
    expect(verdict(event({ sequence: 2 }))).toMatchObject({ verdict: 'invalid', field: 'sequence' })
    expect(verdict(event({ previousHash: 'a'.repeat(64) }))).toMatchObject({
      verdict: 'invalid',
      field: 'previousHash',
    })
    expect(verdict({ ...event(), objectName: 'Edited' })).toMatchObject({ verdict: 'invalid', field: 'hash' })
  })
  it('U1: append-only: no field changes, none goes, for the program neither', () => {
    const before = event()
    const command = { ...before.command, baseRev: 1 }
    for (const field of Object.keys(fieldRules.auditEvent)) {
      const value = before[field as keyof AuditEvent]
      const other =
        typeof value === 'number' ? value + 1 : field === 'changes' ? [{ field: 'x', before: 1, after: 2 }] : undefined
      if (other === undefined) continue
      const after = { ...before, rev: 2, command, [field]: other } as AuditEvent
      expect(verdict(after, before)).toMatchObject({ verdict: 'denied', field })
    }
    for (const who of [actor, { kind: 'system' } as const]) {
      expect(judge(who, 'auditEvent', before, undefined, context)).toMatchObject({ verdict: 'denied' })
    }
  })
})

describe('judge of what is new', () => {
  const founder = actorOf(anAdmin())
  const account = anAccount()
  const service = aService()
  const partner = actorOf(aMember({ name: 'Pia', sections: ['partners'] }))
  const context: JudgeContext = { workspace: workspaceId, now: noon, service, account, digest, otherActiveAdmins: 1 }
  function made<C extends CollectionName>(
    actor: Actor,
    collection: C,
    after: DocumentOf<C>,
    more: Partial<JudgeContext> = {},
  ) {
    const row = { ...after, rev: 1, updatedBy: authorOf(actor), command: { ...after.command, baseRev: 0 } }
    return judge(actor, collection, undefined, row, { ...context, ...more })
  }

  it('A13: an identifier that is taken', () => {
    const application = anApplication(service, account)
    expect(made(partner, 'application', application)).toEqual({ verdict: 'applied' })
    const isTaken = (field: string, value: string) => field === 'userKeyDigest' && value === application.userKeyDigest
    expect(made(partner, 'application', application, { isTaken })).toMatchObject({
      code: 'taken',
      field: 'userKeyDigest',
    })
  })
  it('S1, S4: a service without a lasting token, or with two', () => {
    const [token] = service.tokens
    if (token === undefined) throw new Error('The fixture has a token.')
    const second = { ...token, id: ulidOf('second token'), digest: 'c'.repeat(64) }
    expect(made(founder, 'service', { ...service, tokens: [token, { ...second, endsAt: noon + 1 }] })).toEqual({
      verdict: 'applied',
    })
    expect(made(founder, 'service', { ...service, tokens: [{ ...token, endsAt: noon + 1 }] })).toMatchObject({
      code: 'required',
      field: 'tokens',
    })
    expect(made(founder, 'service', { ...service, tokens: [token, second] })).toMatchObject({
      code: 'rotation_under_way',
      field: 'tokens',
    })
  })
  it('A9, A11: what is made by hand was never used, leads nowhere odd, and has filters where they count', () => {
    const oauth = aService({ pattern: 'oauth', name: 'Sign-in' })
    const application = anApplication(oauth, account)
    const there = { service: oauth }
    const odd = { ...application, redirectUrls: ['javascript:alert(1)'] }
    expect(made(founder, 'application', odd, there)).toMatchObject({ code: 'invalid_url', field: 'redirectUrls' })
    const keyed = aService({ pattern: 'app_id_key', name: 'Keyed' })
    const [key] = anApplication(keyed, account).keys
    if (key === undefined) throw new Error('The fixture has a key.')
    for (const [field, value] of [
      ['lastUsedAt', noon],
      ['ipRanges', ['192.0.2.0/24']],
    ] as const) {
      const touched = { ...anApplication(keyed, account), keys: [{ ...key, [field]: value }] }
      expect(made(partner, 'application', touched, { service: keyed })).toMatchObject({ field: `keys.${field}` })
    }
  })
  it('A1: a credential of another pattern', () => {
    const other = aService({ pattern: 'app_id_key', id: service.id })
    const foreign = { ...anApplication(other, account), userKeyDigest: '' }
    expect(made(partner, 'application', foreign)).toMatchObject({ code: 'wrong_pattern', field: 'keys' })
  })
  it('A6: a digest beside another key', () => {
    const application = { ...anApplication(service, account), userKeyDigest: 'e'.repeat(64) }
    expect(made(partner, 'application', application)).toMatchObject({ verdict: 'invalid', field: 'userKeyDigest' })
  })
  it('A5: an account that is not approved, a service that is not there', () => {
    const application = anApplication(service, account)
    expect(made(partner, 'application', application, { account: { ...account, state: 'pending' } })).toMatchObject({
      code: 'account_not_approved',
    })
    expect(made(partner, 'application', application, { service: undefined })).toMatchObject({ field: 'serviceId' })
  })
  it('A7: more keys than the limit', () => {
    const other = aService({ pattern: 'app_id_key', usageRules: { ...defaultUsageRules, keyLimit: 1 } })
    const application = anApplication(other, account, { keys: ['first-key-text', 'second-key-text'] })
    expect(made(partner, 'application', application, { service: other })).toMatchObject({
      code: 'key_limit',
      field: 'keys',
    })
  })
  it('A8: no key where one is wanted', () => {
    const other = aService({ pattern: 'app_id_key' })
    const application = anApplication(other, account, { keys: [] })
    expect(made(partner, 'application', application, { service: other })).toMatchObject({
      code: 'last_key',
      field: 'keys',
    })
  })
  it('T4, T14: a token for another, or with more than one holds', () => {
    const owner = aMember({ name: 'Pia', sections: ['partners'] })
    const actor = actorOf(owner)
    expect(made(actor, 'accessToken', anAccessToken(owner))).toEqual({ verdict: 'applied' })
    expect(made(actor, 'accessToken', anAccessToken(anAdmin()))).toMatchObject({ verdict: 'denied', field: 'ownerId' })
    expect(made(actor, 'accessToken', anAccessToken(owner, { scopes: ['finance'] }))).toMatchObject({ field: 'scopes' })
    const narrow = throughToken(
      anAccessToken(owner, { permission: 'rw', scopes: ['account_management'] }),
      anAdmin({ id: owner.id }),
    )
    expect(
      made(narrow, 'accessToken', anAccessToken(owner, { scopes: ['account_management', 'stats'] })),
    ).toMatchObject({
      code: 'scope_not_allowed',
    })
  })
  it('M3: a member makes neither members nor services', () => {
    expect(made(partner, 'member', aMember({ state: 'invited' }))).toMatchObject({ verdict: 'denied' })
    expect(made(partner, 'service', service)).toMatchObject({ verdict: 'denied' })
    expect(made(actorOf(anAdmin()), 'service', service)).toEqual({ verdict: 'applied' })
  })
  it('P1, P2: a service whose parts do not fit each other', () => {
    const admin = actorOf(anAdmin())
    const [metric] = service.metrics
    if (metric === undefined) throw new Error('no metric')
    const lost = { id: ulidOf('limit'), metricId: ulidOf('lost'), period: 'day' as const, value: 1 }
    const withLimits = (...limits: (typeof lost)[]) => ({
      ...service,
      plans: service.plans.map((plan) => ({ ...plan, limits })),
    })
    expect(made(admin, 'service', withLimits(lost))).toMatchObject({ code: 'not_found', field: 'plans.limits' })
    const limit = { ...lost, metricId: metric.id }
    expect(made(admin, 'service', withLimits(limit, { ...limit, id: ulidOf('twin') }))).toMatchObject({ code: 'taken' })
    const circle = { ...service, metrics: [{ ...metric, parentId: metric.id }] }
    expect(made(admin, 'service', circle)).toMatchObject({ field: 'metrics.parentId' })
    const names = { ...service, parameterNames: { ...service.parameterNames, appKey: 'APP_ID' } }
    expect(made(admin, 'service', names)).toMatchObject({ code: 'taken', field: 'parameterNames' })
  })
})
