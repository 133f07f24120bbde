import { describe, expect, it } from 'vitest'
import type { Account } from '../../shared/domain/account-schema.ts'
import type { Actor } from '../../shared/domain/actor.ts'
import type { Application } from '../../shared/domain/application-schema.ts'
import { applicationSchema } from '../../shared/domain/application-schema.ts'
import { userKeyAad } from '../../shared/domain/credential.ts'
import { judge } from '../../shared/domain/judge.ts'
import type { Member } from '../../shared/domain/member.ts'
import { Secret } from '../../shared/domain/secret.ts'
import { defaultUsageRules } from '../../shared/domain/service.ts'
import type { Service } from '../../shared/domain/service-schema.ts'
import { beginPlan, finishPlan, type Plan, parseRow, type Verdict } from '../../shared/domain/transfer-plan.ts'
import { planAccount } from '../../shared/domain/transfer-plan-account.ts'
import { knowApplications, planApplication, prepareApplication } from '../../shared/domain/transfer-plan-application.ts'
import { planMember } from '../../shared/domain/transfer-plan-member.ts'
import { planService } from '../../shared/domain/transfer-plan-service.ts'
import {
  aContext,
  actorOf,
  aMember,
  anAccount,
  anAdmin,
  anApplication,
  aService,
  digest,
  noon,
  open,
  serviceTokenText,
  ulidOf,
  workspaceId,
} from './fixtures.ts'

const ada = anAdmin()

interface Held {
  readonly services?: readonly Service[]
  readonly accounts?: readonly Account[]
  readonly applications?: readonly Application[]
  readonly members?: readonly Member[]
  readonly by?: Actor
}

interface File {
  readonly services?: readonly unknown[]
  readonly accounts?: readonly unknown[]
  readonly applications?: readonly unknown[]
  readonly members?: readonly unknown[]
}

function begin({
  services = [],
  accounts = [],
  applications = [],
  members = [ada],
  by = actorOf(ada),
}: Held = {}): Plan {
  const servicesInUse = new Set(applications.map(({ serviceId }) => serviceId))
  const begun = beginPlan({ services, accounts, members, servicesInUse }, () => undefined, aContext(by))
  if (!begun.ok) throw new Error(begun.code)
  knowApplications(begun.value, applications)
  return begun.value
}

/** Plans a file over what is held: the verdicts, and the plan to look into. */
function over(held: Held, file: File): { plan: Plan; verdicts: Verdict[] } {
  const plan = begin(held)
  const raw = (rows: readonly unknown[] = []) => rows.map((value, index) => ({ value, index, line: index + 1 }))
  const verdicts = [
    ...raw(file.services).map((row) => planService(plan, parseRow('service', row))),
    ...raw(file.accounts).map((row) => planAccount(plan, parseRow('account', row))),
    ...raw(file.applications).map((row) =>
      planApplication(plan, prepareApplication(plan, parseRow('application', row))),
    ),
    ...raw(file.members).map((row) => planMember(plan, parseRow('member', row))),
  ]
  return { plan, verdicts }
}

function outcomes(held: Held, file: File) {
  return over(held, file).verdicts.map(({ action, refusal }) =>
    refusal === undefined ? action : [refusal.code, refusal.field ?? ''].join(' ').trim(),
  )
}

const appIdService = aService({ name: 'Search', pattern: 'app_id_key' })
const payments = aService()
const acme = anAccount()
const key = (letter: string) => letter.repeat(32)

describe('the judge of what an import writes', () => {
  /** Judges every write of a plan as a push by whoever planned it. */
  function verdictsOf(plan: Plan, by: Actor) {
    const finished = finishPlan(plan, { id: workspaceId, name: 'Acme APIs' })
    const service = (id: string) => [...plan.services.all()].find((each) => each.id === id)
    const account = (id: string) => [...plan.accounts.all()].find((each) => each.id === id)
    return finished.writes.map(({ collection, before, after }) => {
      const { serviceId = '', accountId = '' } = after as Partial<Application>
      return judge(by, collection, before as never, after as never, {
        workspace: workspaceId,
        now: noon,
        service: service(serviceId),
        account: account(accountId),
        otherActiveAdmins: 1,
        digest,
      })
    })
  }

  it('J4: applies rows as they were elsewhere: used, ending, suspended, of another pattern', () => {
    const file = {
      services: [
        {
          name: 'Search',
          systemName: 'search',
          pattern: 'app_id_key',
          state: 'suspended',
          tokens: [key('1'), { value: key('2'), endsAt: noon + 1 }],
        },
        { name: 'Sign-in', systemName: 'sign-in', pattern: 'oauth' },
      ],
      accounts: [{ name: 'Closed', state: 'suspended', developers: [{ name: 'Dev', email: 'dev@closed.example' }] }],
      applications: [
        {
          service: 'search',
          account: 'Closed',
          name: 'A',
          appId: 'app-a',
          state: 'suspended',
          lastUsedAt: noon - 9,
          keys: [
            { value: key('k'), lastUsedAt: noon - 9 },
            { value: key('l'), expiresAt: noon - 1 },
          ],
        },
        {
          service: 'sign-in',
          account: 'Closed',
          name: 'B',
          redirectUrls: ['https://app.example/back'],
          clientSecrets: [key('s'), { value: key('t'), endsAt: noon + 1 }],
        },
      ],
      members: [
        { name: 'Mo', email: 'mo@acme.example', state: 'active', role: 'admin' },
        { name: 'Su', email: 'su@acme.example', state: 'suspended' },
      ],
    }
    const { plan, verdicts } = over({}, file)
    expect(verdicts.map(({ action }) => action)).toEqual(Array.from({ length: 7 }, () => 'make'))
    expect(verdictsOf(plan, actorOf(ada))).toEqual(Array.from({ length: 7 }, () => ({ verdict: 'applied' })))
    // The control: a member may not import, so their push of the same is refused.
    const mina = aMember({ sections: ['partners', 'plans', 'settings'] })
    expect(verdictsOf(plan, actorOf(mina)).map(({ verdict }) => verdict)).not.toContain('applied')
  })

  it('J4: applies what an import adds to what is there', () => {
    const [held, partner] = [anApplication(appIdService, acme), { ...acme, state: 'suspended' as const }]
    const file = {
      services: [
        {
          name: appIdService.name,
          systemName: appIdService.systemName,
          tokens: [{ value: key('2'), endsAt: noon + 1 }],
        },
      ],
      applications: [
        {
          id: held.id,
          service: appIdService.systemName,
          account: acme.name,
          name: held.name,
          keys: [{ value: key('k'), lastUsedAt: noon - 9 }],
        },
      ],
    }
    const { plan, verdicts } = over({ services: [appIdService], accounts: [partner], applications: [held] }, file)
    expect(verdicts.map(({ action }) => action)).toEqual(['change', 'change'])
    expect(verdictsOf(plan, actorOf(ada))).toEqual([{ verdict: 'applied' }, { verdict: 'applied' }])
  })
})

describe('who may', () => {
  it('M1, M5: only an admin, and not in preview', () => {
    const mina = aMember({ sections: ['partners', 'plans', 'settings'] })
    const stock = { services: [], accounts: [], members: [ada], servicesInUse: new Set<string>() }
    const asked = (actor: Actor) => beginPlan(stock, () => undefined, aContext(actor))
    expect(asked(actorOf(ada)).ok).toBe(true)
    expect(asked(actorOf(mina))).toMatchObject({ code: 'forbidden', params: { admin: true } })
    expect(asked({ kind: 'member', member: ada, previewedBy: ada })).toMatchObject({ code: 'preview_read_only' })
    expect(asked({ kind: 'developer', id: ulidOf('d'), accountId: acme.id, name: 'D' })).toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('services', () => {
  it('S1: a service without a token gets one; S2: a token is of one service', () => {
    const { plan, verdicts } = over({}, { services: [{ name: 'A' }, { name: 'B', tokens: [key('t')] }] })
    expect(verdicts.map(({ action, issued }) => [action, issued])).toEqual([
      ['make', 1],
      ['make', 0],
    ])
    for (const service of plan.services.all()) expect(service.tokens).toHaveLength(1)
    expect(outcomes({ services: [payments] }, { services: [{ name: 'C', tokens: [serviceTokenText()] }] })).toEqual([
      'taken tokens.0.value',
    ])
    expect(
      outcomes(
        {},
        {
          services: [
            { name: 'A', tokens: [key('t')] },
            { name: 'B', tokens: [key('t')] },
          ],
        },
      ),
    ).toEqual(['make', 'taken tokens.0.value'])
  })

  it('S4: never more than two tokens in force, and one without an end', () => {
    const row = { name: payments.name, systemName: payments.systemName }
    const held = { services: [payments] }
    const ending = { value: key('a'), endsAt: noon + 1000 }
    expect(outcomes(held, { services: [{ ...row, tokens: [ending] }] })).toEqual(['change'])
    expect(outcomes(held, { services: [{ ...row, tokens: [key('a')] }] })).toEqual(['rotation_under_way tokens'])
    expect(outcomes({}, { services: [{ name: 'New', tokens: [key('a'), key('b')] }] })).toEqual([
      'rotation_under_way tokens',
    ])
    // S1: one that ends is never the only one.
    const { plan, verdicts } = over({}, { services: [{ name: 'New', tokens: [ending] }] })
    expect(verdicts).toMatchObject([{ action: 'make', issued: 1 }])
    expect([...plan.services.all()].map(({ tokens }) => tokens.map(({ endsAt }) => endsAt))).toEqual([[noon + 1000, 0]])
    expect(outcomes(held, { services: [{ ...row, tokens: [key('a'), key('b')] }] })).toEqual(['too_many tokens'])
  })

  it('A2: the pattern of a service with applications stays, and so does *at least one key* (A8)', () => {
    const row = { name: payments.name, systemName: payments.systemName }
    const used = { services: [payments], accounts: [acme], applications: [anApplication(payments, acme)] }
    expect(outcomes(used, { services: [{ ...row, pattern: 'oauth' }] })).toEqual(['pattern_locked pattern'])
    expect(outcomes(used, { services: [{ ...row, usageRules: { atLeastOneKey: false } }] })).toEqual([
      'in_use usageRules.atLeastOneKey',
    ])
    expect(outcomes({ services: [payments] }, { services: [{ ...row, pattern: 'oauth' }] })).toEqual(['change'])
  })

  it('P1: methods stand one level below metrics, wherever they stand in the list', () => {
    const metrics = [{ systemName: 'refunds', parent: 'hits' }, { systemName: 'hits' }]
    const { plan, verdicts } = over({}, { services: [{ name: 'A', metrics }] })
    expect(verdicts[0]?.action).toBe('make')
    const [service] = plan.services.all()
    const hits = service?.metrics.find(({ systemName }) => systemName === 'hits')
    expect(service?.metrics.find(({ systemName }) => systemName === 'refunds')?.parentId).toBe(hits?.id)
    const deeper = [...metrics, { systemName: 'partial', parent: 'refunds' }]
    expect(outcomes({}, { services: [{ name: 'A', metrics: deeper }] })).toEqual(['invalid metrics.2.parent'])
    expect(outcomes({}, { services: [{ name: 'A', metrics: [{ systemName: 'x', parent: 'none' }] }] })).toEqual([
      'not_found metrics.0.parent',
    ])
  })

  it('P2: one limit for a metric and a period; a limit that the file does not name stays', () => {
    const limits = [
      { metric: 'hits', period: 'day', value: 5 },
      { metric: 'hits', period: 'day', value: 6 },
    ]
    expect(outcomes({}, { services: [{ name: 'A', plans: [{ name: 'P', limits }] }] })).toEqual([
      'taken plans.0.limits.1.period',
    ])
    const first = over({}, { services: [{ name: 'A', plans: [{ name: 'P', limits: limits.slice(0, 1) }] }] })
    const services = [...first.plan.services.all()]
    const again = over(
      { services },
      {
        services: [{ name: 'A', plans: [{ name: 'P', limits: [{ metric: 'hits', period: 'minute', value: 1 }] }] }],
      },
    )
    expect([...again.plan.services.all()][0]?.plans[0]?.limits.map(({ period, value }) => [period, value])).toEqual([
      ['day', 5],
      ['minute', 1],
    ])
  })

  it('refuses two rows for one service, and a system name that is taken', () => {
    expect(
      outcomes(
        { services: [payments] },
        {
          services: [
            { name: 'P', systemName: payments.systemName },
            { id: payments.id, name: 'P' },
          ],
        },
      ),
    ).toEqual(['change', 'taken id'])
    expect(
      outcomes(
        {},
        {
          services: [
            { name: 'A', systemName: 'a' },
            { name: 'B', systemName: 'a' },
          ],
        },
      ),
    ).toEqual(['make', 'taken systemName'])
  })
})

describe('accounts', () => {
  it('A15: developers of one account are told apart by e-mail, whatever its case', () => {
    const developers = [
      { name: 'A', email: 'a@acme.example' },
      { name: 'B', email: 'A@Acme.example' },
    ]
    expect(outcomes({}, { accounts: [{ name: 'Z', developers }] })).toEqual(['taken developers.1.email'])
  })

  it('states of one that is there change by the transitions of the console; a new one comes as it was', () => {
    expect(outcomes({ accounts: [acme] }, { accounts: [{ name: 'Acme', state: 'suspended' }] })).toEqual(['change'])
    expect(outcomes({ accounts: [acme] }, { accounts: [{ name: 'Acme', state: 'pending' }] })).toEqual([
      'wrong_state state',
    ])
    expect(outcomes({}, { accounts: [{ name: 'Acme', state: 'suspended' }] })).toEqual(['make'])
  })

  it('two of one name are a question, unless the ids answer it', () => {
    const twin = anAccount({ id: ulidOf('twin') })
    const held = { accounts: [acme, twin], services: [payments] }
    expect(outcomes(held, { accounts: [{ name: 'Acme' }] })).toEqual(['invalid name'])
    expect(outcomes(held, { accounts: [{ id: twin.id, name: 'Acme' }] })).toEqual(['same'])
    expect(
      outcomes(
        {},
        {
          accounts: [
            { id: 1, name: 'Acme' },
            { id: 2, name: 'Acme' },
          ],
        },
      ),
    ).toEqual(['make', 'make'])
    expect(outcomes({}, { accounts: [{ name: 'Acme' }, { name: 'Acme' }] })).toEqual(['make', 'taken name'])
    expect(outcomes(held, { applications: [{ name: 'X', service: 'payments-api', account: 'Acme' }] })).toEqual([
      'invalid account',
    ])
  })
})

describe('applications', () => {
  const held = { services: [payments, appIdService], accounts: [acme] }
  const row = { service: 'search', account: 'Acme', name: 'Kiosk' }
  const keyRow = { service: 'payments-api', account: 'Acme', name: 'Till' }

  it('A6, A7: existing credentials come in as they are, digested and sealed', () => {
    const { plan, verdicts } = over(held, {
      applications: [
        { ...keyRow, id: 17, userKey: 'in-the.field+1=' },
        { ...row, appId: 'kiosk-1', keys: [{ value: key('k'), label: 'Old', expiresAt: '2027-01-01' }] },
      ],
    })
    expect(verdicts.map(({ action, issued, sourceId }) => [action, issued, sourceId])).toEqual([
      ['make', 0, '17'],
      ['make', 0, ''],
    ])
    const [till, kiosk] = [...plan.applications.all()]
    expect(till?.userKeyDigest).toBe(digest('in-the.field+1='))
    expect(open(till?.userKey?.sealed ?? '', userKeyAad(till?.id ?? ''))).toBe('in-the.field+1=')
    expect(kiosk).toMatchObject({ appId: 'kiosk-1', keys: [{ label: 'Old', expiresAt: Date.UTC(2027, 0, 1) }] })
    expect(kiosk?.keys[0]?.digest).toBe(digest(key('k')))
    for (const application of plan.applications.all())
      expect(applicationSchema.safeParse(application).success).toBe(true)
    expect(JSON.stringify([verdicts, finishPlan(plan, { id: ulidOf('workspace'), name: 'W' })])).not.toContain('in-the')
  })

  it('A13: user keys and App IDs are unique in their service, in the store and in the file, and not beyond it', () => {
    const there = anApplication(payments, acme, { userKey: 'taken-key' })
    const other = aService({ name: 'Other' })
    const world = { ...held, services: [...held.services, other], applications: [there] }
    expect(outcomes(world, { applications: [{ ...keyRow, id: ulidOf('x'), userKey: 'taken-key' }] })).toEqual([
      'change',
    ])
    expect(outcomes(world, { applications: [{ ...keyRow, service: 'other', userKey: 'taken-key' }] })).toEqual(['make'])
    const twice = [
      { ...keyRow, userKey: 'k1' },
      { ...keyRow, name: 'Two', userKey: 'k1' },
    ]
    expect(outcomes(held, { applications: twice })).toEqual(['make', 'taken userKey'])
    const ids = [
      { ...row, appId: 'same' },
      { ...row, name: 'Two', appId: 'same' },
    ]
    expect(outcomes(held, { applications: ids })).toEqual(['make', 'taken appId'])
  })

  it('A13: an application cannot take the key of another', () => {
    const one = anApplication(payments, acme, { name: 'One', userKey: 'one' })
    const two = anApplication(payments, acme, { name: 'Two', userKey: 'two' })
    const rows = [{ ...keyRow, id: one.id, name: 'One', userKey: 'two' }]
    expect(outcomes({ ...held, applications: [one, two] }, { applications: rows })).toEqual(['taken userKey'])
  })

  it('A7: no more usable keys than the service allows, none twice ignoring case; expired ones do not count', () => {
    const keys = ['a', 'b', 'c', 'd', 'e'].map(key)
    expect(outcomes(held, { applications: [{ ...row, appId: 'five', keys }] })).toEqual(['make'])
    expect(outcomes(held, { applications: [{ ...row, appId: 'six0', keys: [...keys, key('f')] }] })).toEqual([
      'key_limit keys',
    ])
    const expired = { value: key('f'), expiresAt: noon - 1 }
    expect(outcomes(held, { applications: [{ ...row, appId: 'six1', keys: [...keys, expired] }] })).toEqual(['make'])
    expect(outcomes(held, { applications: [{ ...row, appId: 'case', keys: ['abcdef', 'ABCDEF'] }] })).toEqual([
      'taken keys.1.value',
    ])
    expect(outcomes(held, { applications: [{ ...row, appId: 'shor', keys: ['abcd'] }] })).toEqual([
      'too_short keys.0.value',
    ])
  })

  it('A7: the App ID never changes; keys are added to those there are and none is taken away', () => {
    const there = anApplication(appIdService, acme, { name: 'Kiosk', keys: [key('1')] })
    const world = { ...held, applications: [there] }
    expect(outcomes(world, { applications: [{ ...row, id: there.id, appId: 'another' }] })).toEqual(['invalid appId'])
    const { plan } = over(world, { applications: [{ ...row, appId: there.appId, keys: [key('2')] }] })
    expect(plan.applications.get(there.id)?.keys.map(({ digest }) => digest)).toEqual([
      digest(key('1')),
      digest(key('2')),
    ])
    expect(outcomes(world, { applications: [{ ...row, appId: there.appId, keys: [key('1')] }] })).toEqual(['same'])
  })

  it('A8: without keys one is made, or the application is keyless where the service allows that', () => {
    const keyless = aService({
      name: 'Open',
      pattern: 'app_id_key',
      usageRules: { ...defaultUsageRules, atLeastOneKey: false },
    })
    const { plan, verdicts } = over(
      { ...held, services: [...held.services, keyless] },
      {
        applications: [
          { ...row, appId: 'with' },
          { ...row, service: 'open', appId: 'without' },
        ],
      },
    )
    expect(verdicts.map(({ issued }) => issued)).toEqual([1, 0])
    expect([...plan.applications.all()].map(({ keys, keyless }) => [keys.length, keyless])).toEqual([
      [1, false],
      [0, true],
    ])
  })

  it('A1: credentials of another pattern alone are refused', () => {
    expect(outcomes(held, { applications: [{ ...row, userKey: 'abc' }] })).toEqual(['wrong_pattern userKey'])
    expect(outcomes(held, { applications: [{ ...keyRow, appId: 'abcd' }] })).toEqual(['wrong_pattern appId'])
    expect(outcomes(held, { applications: [{ ...keyRow, clientSecrets: [key('s')] }] })).toEqual([
      'wrong_pattern clientSecrets',
    ])
  })

  it('A11, A12: a list that the service does not look at is refused', () => {
    expect(outcomes(held, { applications: [{ ...keyRow, ipRanges: ['10.0.0.0/8'] }] })).toEqual(['filter_off ipRanges'])
    expect(outcomes(held, { applications: [{ ...keyRow, referrers: ['*.acme.example'] }] })).toEqual([
      'filter_off referrers',
    ])
  })

  it('A5: states change by the transitions of the console, live only in an approved account', () => {
    const suspended = anAccount({ name: 'Off', state: 'suspended' })
    const there = anApplication(payments, suspended, { name: 'Till', userKey: 'till', state: 'suspended' })
    const world = { ...held, accounts: [acme, suspended], applications: [there] }
    const till = { ...keyRow, account: 'Off', userKey: 'till' }
    expect(outcomes(world, { applications: [{ ...till, state: 'live' }] })).toEqual(['account_not_approved state'])
    expect(outcomes(world, { applications: [{ ...till, state: 'pending' }] })).toEqual(['wrong_state state'])
    expect(outcomes(world, { applications: [{ ...till, account: 'Acme' }] })).toEqual(['invalid account'])
  })

  it('P1: a plan is one of its service; the default one where none is named', () => {
    expect(outcomes(held, { applications: [{ ...keyRow, plan: 'gold' }] })).toEqual(['not_found plan'])
    const { plan } = over(held, { applications: [keyRow] })
    expect([...plan.applications.all()][0]?.planId).toBe(payments.defaultPlanId)
  })

  it('hangs on rows of the same file by their foreign ids, and on none that is refused', () => {
    const file = {
      services: [
        { id: 7, name: 'New' },
        { id: 8, name: ' ' },
      ],
      accounts: [{ id: 'org-1', name: 'Fresh' }],
      applications: [
        { service: 7, account: 'org-1', name: 'A' },
        { service: 8, account: 'org-1', name: 'B' },
      ],
    }
    expect(outcomes({}, file)).toEqual(['make', 'required name', 'make', 'make', 'not_found service'])
  })
})

describe('members', () => {
  const mina = aMember({ sections: ['partners'], serviceAccess: [] })
  const bob = anAdmin({ name: 'Bob Admin' })

  it('M3: nobody changes their own rights, and an active admin stays', () => {
    const own = { name: ada.name, email: ada.email, role: 'member' }
    expect(outcomes({ members: [ada, bob] }, { members: [own] })).toEqual(['own_rights'])
    expect(
      outcomes({ members: [ada] }, { members: [{ name: ada.name, email: ada.email, state: 'suspended' }] }),
    ).toEqual(['last_admin'])
    expect(
      outcomes({ members: [ada, bob] }, { members: [{ name: bob.name, email: bob.email, role: 'member' }] }),
    ).toEqual(['change'])
  })

  it('M3: of two admins suspended in one file the second stays', () => {
    const off = ({ name, email }: Member) => ({ name, email, state: 'suspended' })
    expect(outcomes({ members: [ada, bob] }, { members: [off(bob), off(ada)] })).toEqual(['change', 'last_admin'])
  })

  it('M2: service access names services that are there; e-mail tells members apart whatever its case', () => {
    const row = { name: 'New', email: 'new@example.com' }
    expect(outcomes({}, { members: [{ ...row, serviceAccess: ['nowhere'] }] })).toEqual(['not_found serviceAccess.0'])
    const { plan } = over({ services: [payments] }, { members: [{ ...row, serviceAccess: ['payments-api'] }] })
    expect([...plan.members.all()].at(-1)).toMatchObject({
      serviceAccess: [payments.id],
      state: 'invited',
      role: 'member',
    })
    expect(
      outcomes({ members: [ada, mina] }, { members: [{ name: mina.name, email: mina.email.toUpperCase() }] }),
    ).toEqual(['change'])
    expect(outcomes({}, { members: [row, { ...row, name: 'Two' }] })).toEqual(['make', 'taken email'])
  })
})

describe('the change', () => {
  it('U1: has one event of counts and one an object, and no secret in any', () => {
    const secret = new Secret(key('z')).reveal()
    const { plan } = over(
      { services: [appIdService], accounts: [acme] },
      {
        applications: [{ service: 'search', account: 'Acme', name: 'A', appId: 'aaaa', keys: [secret] }],
        members: [{ name: 'M', email: 'm@example.com', role: 'admin' }],
      },
    )
    const { writes, events } = finishPlan(plan, { id: ulidOf('workspace'), name: 'W' })
    expect(writes.map(({ collection }) => collection)).toEqual(['application', 'member'])
    expect(events.map(({ code }) => code)).toEqual(['workspace.imported', 'application.imported', 'member.imported'])
    expect(events[0]?.changes).toEqual([
      { field: 'applications.made', before: null, after: 1 },
      { field: 'members.made', before: null, after: 1 },
    ])
    expect(events[2]?.changes).toContainEqual({ field: 'role', before: null, after: 'admin' })
    expect(JSON.stringify([writes, events])).not.toContain(secret)
  })

  it('U1: above a thousand objects there is one event a service instead', () => {
    const applications = Array.from({ length: 1001 }, (_, at) => ({
      service: 'search',
      account: 'Acme',
      name: `A${at}`,
    }))
    const { plan } = over({ services: [appIdService], accounts: [acme] }, { applications })
    const { writes, events } = finishPlan(plan, { id: ulidOf('workspace'), name: 'W' })
    expect(writes).toHaveLength(1001)
    expect(events.map(({ code }) => code)).toEqual(['workspace.imported', 'service.applicationsImported'])
  })
})
