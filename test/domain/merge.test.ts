import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccessToken } from '../../shared/domain/access-token-schema.ts'
import type { Application, ApplicationKey } from '../../shared/domain/application-schema.ts'
import { authorize } from '../../shared/domain/authorize.ts'
import { collectionSchemas } from '../../shared/domain/collections.ts'
import type { Member } from '../../shared/domain/member.ts'
import { merge } from '../../shared/domain/merge.ts'
import { revokedAt } from '../../shared/domain/merge-list.ts'
import { filterSet, type Rule, same, set } from '../../shared/domain/merge-rule.ts'
import { defaultUsageRules } from '../../shared/domain/service.ts'
import type { Service } from '../../shared/domain/service-schema.ts'
import { applyChange, createSnapshot } from '../../shared/domain/snapshot.ts'
import {
  aClientSecret,
  anAccessToken,
  anAccount,
  anAdmin,
  anApplication,
  anApplicationKey,
  aService,
  aServiceToken,
  aUserKey,
  digest,
  noon,
  serviceTokenText,
  ulidOf,
} from './fixtures.ts'

const service = aService({
  pattern: 'app_id_key',
  usageRules: { ...defaultUsageRules, atLeastOneKey: false, ipFilter: 'on', referrerFilter: 'on' },
})
const account = anAccount()
const texts = ['first-key-text', 'second-key-text', 'third-key-text', 'fourth-key-text']
const ranges = ['10.0.0.0/8', '192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24']
const domains = ['a.example', 'b.example', 'c.example']

function applicationWith(fields: Partial<Application>): Application {
  return { ...anApplication(service, account, { keys: [] }), ...fields }
}

function keyOf(text: string, fields: Partial<ApplicationKey> = {}): ApplicationKey {
  return anApplicationKey(applicationWith({}).id, text, fields)
}

const ends = fc.constantFrom(0, noon + 1000, noon + 2000, noon + 3000)
const keyArb = fc
  .record({
    text: fc.constantFrom(...texts),
    expiresAt: ends,
    ipRanges: fc.subarray(ranges),
    referrers: fc.subarray(domains),
  })
  .map(({ text, ...fields }) => keyOf(text, fields))
const keysArb = fc.uniqueArray(keyArb, { selector: ({ id }) => id, maxLength: 4 })

/** The security fields of an application, at random. */
const applicationArb = fc
  .record({
    state: fc.constantFrom('live' as const, 'pending' as const, 'suspended' as const),
    keys: keysArb,
    ipRanges: fc.subarray(ranges),
    referrers: fc.subarray(domains),
    redirectUrls: fc.subarray(['https://a.example', 'https://b.example', 'https://c.example']),
  })
  .map((fields) => applicationWith({ ...fields, keyless: fields.keys.length === 0 }))

const memberArb = fc
  .record({
    role: fc.constantFrom('admin' as const, 'member' as const),
    state: fc.constantFrom('invited' as const, 'active' as const, 'suspended' as const),
    sections: fc.subarray(['partners', 'plans', 'monitoring', 'finance', 'settings'] as const),
    serviceAccess: fc.oneof(fc.constant('all' as const), fc.subarray(['s1', 's2', 's3', 's4'].map(ulidOf))),
  })
  .map((fields): Member => ({ ...anAdmin({ name: 'Some One' }), ...fields, sections: [...fields.sections] }))

const tokenArb = fc
  .record({
    scopes: fc.subarray(['account_management', 'finance', 'stats'] as const, { minLength: 1 }),
    permission: fc.constantFrom('ro' as const, 'rw' as const),
    expiresAt: ends,
  })
  .map((fields): AccessToken => ({ ...anAccessToken(anAdmin()), ...fields, scopes: [...fields.scopes] }))

const rulesArb = fc.record({
  keyLimit: fc.integer({ min: 1, max: 9 }),
  atLeastOneKey: fc.boolean(),
  customKeys: fc.boolean(),
  approvalRequired: fc.boolean(),
  developersMayRegenerate: fc.boolean(),
  developersMayManageKeys: fc.boolean(),
  ipFilter: fc.constantFrom('off' as const, 'on' as const, 'required' as const),
  referrerFilter: fc.constantFrom('off' as const, 'on' as const, 'required' as const),
})
const metrics = ['hits', 'search'].map((name) => ({ id: ulidOf(`metric/${name}`), systemName: name, name, unit: '' }))
const limitsArb = fc
  .uniqueArray(
    fc.record({
      metric: fc.constantFrom('hits', 'search'),
      period: fc.constantFrom('day' as const, 'month' as const),
      value: fc.integer({ min: 0, max: 9 }),
    }),
    { selector: ({ metric, period }) => `${metric}/${period}`, maxLength: 4 },
  )
  .map((list) =>
    list.map(({ metric, period, value }) => ({
      id: ulidOf(`limit/${metric}/${period}`),
      metricId: ulidOf(`metric/${metric}`),
      period,
      value,
    })),
  )
const serviceArb = fc
  .record({
    state: fc.constantFrom('live' as const, 'suspended' as const, 'retired' as const),
    usageRules: rulesArb,
    limits: limitsArb,
  })
  .map(
    ({ limits, ...fields }): Service => ({
      ...service,
      metrics,
      ...fields,
      plans: [{ id: ulidOf('plan'), name: 'Basic', systemName: 'basic', state: 'published', limits }],
      defaultPlanId: ulidOf('plan'),
    }),
  )

function sorted(list: readonly string[] | 'all'): unknown {
  return list === 'all' ? list : [...list].sort()
}

/** What decides about security in a document, without order. Keys that a merge revoked are as good as gone. */
const securityOf = {
  application: (document: Application | undefined) =>
    document && {
      state: document.state,
      keys: Object.fromEntries(
        document.keys
          .filter(({ expiresAt }) => expiresAt !== revokedAt)
          .map((key) => [key.id, [key.expiresAt, sorted(key.ipRanges), sorted(key.referrers)]])
          .sort(),
      ),
      keyless: document.keys.length === 0,
      ipRanges: sorted(document.ipRanges),
      referrers: sorted(document.referrers),
      redirectUrls: sorted(document.redirectUrls),
    },
  member: (document: Member | undefined) =>
    document && {
      role: document.role,
      state: document.state,
      sections: sorted(document.sections),
      serviceAccess: sorted(document.serviceAccess),
    },
  accessToken: (document: AccessToken | undefined) =>
    document && {
      scopes: sorted(document.scopes),
      permission: document.permission,
      expiresAt: document.expiresAt,
    },
  service: (document: Service | undefined) =>
    document && {
      state: document.state,
      usageRules: document.usageRules,
      limits: Object.fromEntries(
        document.plans
          .flatMap(({ limits }) => limits.map((limit) => [`${limit.metricId}/${limit.period}`, limit.value]))
          .sort(),
      ),
    },
}

interface Subject<D> {
  readonly name: string
  readonly arbitrary: fc.Arbitrary<D>
  readonly merge: (base: D, mine: D | undefined, theirs: D | undefined) => D | undefined
  readonly security: (document: D | undefined) => unknown
}

const subjects: readonly Subject<unknown>[] = [
  {
    name: 'application',
    arbitrary: applicationArb,
    merge: (base, mine, theirs) => merge('application', base, mine, theirs).result,
    security: securityOf.application,
  } satisfies Subject<Application> as Subject<unknown>,
  {
    name: 'member',
    arbitrary: memberArb,
    merge: (base, mine, theirs) => merge('member', base, mine, theirs).result,
    security: securityOf.member,
  } satisfies Subject<Member> as Subject<unknown>,
  {
    name: 'accessToken',
    arbitrary: tokenArb,
    merge: (base, mine, theirs) => merge('accessToken', base, mine, theirs).result,
    security: securityOf.accessToken,
  } satisfies Subject<AccessToken> as Subject<unknown>,
  {
    name: 'service',
    arbitrary: serviceArb,
    merge: (base, mine, theirs) => merge('service', base, mine, theirs).result,
    security: securityOf.service,
  } satisfies Subject<Service> as Subject<unknown>,
]

type Law = (subject: Subject<unknown>, base: unknown, x: unknown, y: unknown, z: unknown) => void

const laws: Readonly<Record<'idempotent' | 'commutative' | 'associative' | 'deterministic', Law>> = {
  idempotent: ({ merge, security }, base, x) => {
    // A token without scopes, say, cannot come in; what comes in equal on both sides comes out.
    expect(security(merge(base, x, x))).toEqual(security(narrowed(merge, base, x)))
  },
  commutative: ({ merge, security }, base, x, y) => {
    expect(security(merge(base, x, y))).toEqual(security(merge(base, y, x)))
  },
  associative: ({ merge, security }, base, x, y, z) => {
    expect(security(merge(base, merge(base, x, y), z))).toEqual(security(merge(base, x, merge(base, y, z))))
  },
  deterministic: ({ merge }, base, x, y) => {
    expect(merge(base, x, y)).toEqual(merge(structuredClone(base), structuredClone(x), structuredClone(y)))
  },
}

/** What of an edit a merge with the base itself lets through: an access token only narrows (T13). */
function narrowed(mergeTwo: Subject<unknown>['merge'], base: unknown, x: unknown): unknown {
  return mergeTwo(base, x, base)
}

const numRuns = 800

describe.each(subjects)('merge of $name', (subject) => {
  const sides = fc.tuple(subject.arbitrary, subject.arbitrary, subject.arbitrary, subject.arbitrary)
  // Sides near the base meet the interesting cases more often than independent ones.
  const near = sides.chain(([base, x, y, z]) =>
    fc.tuple(fc.constant(base), fc.constantFrom(base, x), fc.constantFrom(base, x, y), fc.constantFrom(base, y, z)),
  )
  it.each(Object.entries(laws))('G1, G2: is %s on security fields', (_name, law) => {
    fc.assert(
      fc.property(fc.oneof(sides, near), ([base, x, y, z]) => law(subject, base, x, y, z)),
      { numRuns },
    )
  })

  it('G2, T7: deleted wins over every edit', () => {
    fc.assert(
      fc.property(sides, ([base, x]) => {
        expect(subject.merge(base, undefined, x)).toBeUndefined()
        expect(subject.merge(base, x, undefined)).toBeUndefined()
      }),
    )
  })

  it('G1: an unchanged side changes nothing', () => {
    fc.assert(
      fc.property(sides, ([base, x]) => {
        expect(subject.merge(base, base, narrowed(subject.merge, base, x))).toEqual(narrowed(subject.merge, base, x))
      }),
    )
  })

  it('G1: a control: a merge in which the later one wins is not commutative', () => {
    const broken = { ...subject, merge: (_base: unknown, mine: unknown) => mine }
    expect(() =>
      fc.assert(
        fc.property(sides, ([base, x, y, z]) => laws.commutative(broken, base, x, y, z)),
        { numRuns },
      ),
    ).toThrow()
  })
})

/** Every credential that could be tried, from every address: the set of calls that an application lets pass. */
function admitted(application: Application | undefined): Set<string> {
  const passing = new Set<string>()
  const snapshot = createSnapshot()
  applyChange(snapshot, { collection: 'service', id: service.id, document: service })
  if (application) applyChange(snapshot, { collection: 'application', id: application.id, document: application })
  const { appId } = applicationWith({})
  for (const appKey of [undefined, ...texts]) {
    for (const ip of ['10.1.1.1', '192.0.2.1', '203.0.113.1', '8.8.8.8']) {
      for (const referrer of ['a.example', 'b.example', 'other.example']) {
        const call = { serviceId: service.id, serviceToken: serviceTokenText(), appId, appKey, ip, referrer }
        if (authorize(snapshot, call, noon, { digest }).authorized)
          passing.add(`${appKey ?? 'no key'} ${ip} ${referrer}`)
      }
    }
  }
  return passing
}

describe('merge never opens', () => {
  /** Edits that only restrict: what they take away must stay away. */
  const restricted = (base: Application) =>
    fc
      .record({
        keys: fc.subarray(base.keys, { minLength: Math.min(1, base.keys.length) }),
        ipRanges: fc.subarray(base.ipRanges, { minLength: Math.min(1, base.ipRanges.length) }),
        referrers: fc.subarray(base.referrers, { minLength: Math.min(1, base.referrers.length) }),
        state: fc.constantFrom(base.state, 'suspended' as const),
        expires: fc.boolean(),
      })
      .map(({ expires, ...fields }) => ({
        ...base,
        ...fields,
        keys: expires
          ? fields.keys.map((key) => ({ ...key, expiresAt: Math.min(key.expiresAt || noon, noon) }))
          : fields.keys,
      }))
  // Live, with keys, and lists of two or three: where two restrictions can leave nothing.
  const open = fc
    .tuple(
      applicationArb,
      fc.uniqueArray(keyArb, { selector: ({ id }) => id, minLength: 1, maxLength: 2 }),
      fc.subarray(ranges, { minLength: 2, maxLength: 3 }),
      fc.subarray(domains, { minLength: 0, maxLength: 2 }),
    )
    .map(
      ([base, keys, ipRanges, referrers]): Application => ({
        ...base,
        state: 'live',
        keyless: false,
        keys,
        ipRanges,
        referrers,
      }),
    )
  const scenario = fc
    .oneof(applicationArb, open, open)
    .chain((base) => fc.tuple(fc.constant(base), restricted(base), restricted(base)))

  const neverWider = (
    mergeTwo: (base: Application, mine: Application, theirs: Application) => Application | undefined,
  ) =>
    fc.assert(
      fc.property(scenario, ([base, mine, theirs]) => {
        const [ofMine, ofTheirs] = [admitted(mine), admitted(theirs)]
        for (const call of admitted(mergeTwo(base, mine, theirs))) {
          expect(ofMine.has(call) && ofTheirs.has(call), call).toBe(true)
        }
      }),
      { numRuns: 400 },
    )

  it('G5, A8: what either side restricts stays restricted: no call passes that a side would refuse', () => {
    neverWider((base, mine, theirs) => merge('application', base, mine, theirs).result)
  })

  it('G5: a control: removing on both sides without an entry for nobody opens to everybody', () => {
    const broken = (base: Application, mine: Application, theirs: Application) => {
      const { result } = merge('application', base, mine, theirs)
      const sides = { base: base.ipRanges, mine: mine.ipRanges, theirs: theirs.ipRanges }
      return result && { ...result, ipRanges: [...(set as Rule<readonly string[]>)(sides).result] }
    }
    expect(() => neverWider(broken)).toThrow()
  })

  it('A8: two sides that delete the two keys do not make an application keyless', () => {
    const [one, two] = [keyOf('first-key-text'), keyOf('second-key-text')]
    const base = applicationWith({ keys: [one, two] })
    const { result } = merge('application', base, { ...base, keys: [one] }, { ...base, keys: [two] })
    expect(result?.keys.map(({ id, expiresAt }) => [id, expiresAt])).toEqual([
      [one.id, revokedAt],
      [two.id, revokedAt],
    ])
    expect(admitted(result).size).toBe(0)
  })

  it('A8: keyless on one side and untouched on the other is keyless', () => {
    const base = applicationWith({ keys: [keyOf('first-key-text')] })
    const used = { ...base, keys: base.keys.map((key) => ({ ...key, lastUsedAt: noon })) }
    const { result } = merge('application', base, { ...base, keys: [], keyless: true }, used)
    expect(result).toMatchObject({ keys: [], keyless: true })
  })

  it('G5: an entry for nobody goes where a real one comes', () => {
    const rule = filterSet('nobody')
    expect(rule({ base: ['nobody'], mine: ['a'], theirs: ['nobody', 'b'] }).result).toEqual(['a', 'b'])
  })
})

describe('merge of keys and secrets', () => {
  const application = applicationWith({ keys: [keyOf('first-key-text')] })
  const added = (text: string, fields: Partial<ApplicationKey> = {}) => ({
    ...application,
    keys: [...application.keys, keyOf(text, fields)],
  })

  it('A7, G7: keys made on both sides stay', () => {
    const { result, losses } = merge('application', application, added('second-key-text'), added('third-key-text'))
    expect(result?.keys.map(({ digest }) => digest)).toEqual(
      ['first-key-text', 'third-key-text', 'second-key-text'].map(digest),
    )
    expect(losses).toEqual([])
  })

  it('A7, G7: keys over the limit: the later ones go, and are told', () => {
    const mine = { ...application, keys: [...application.keys, keyOf('second-key-text'), keyOf('fourth-key-text')] }
    const { result, losses } = merge('application', application, mine, added('third-key-text'), { keyLimit: 3 })
    expect(result?.keys.map(({ digest }) => digest)).toEqual(
      ['first-key-text', 'third-key-text', 'second-key-text'].map(digest),
    )
    expect(losses).toMatchObject([{ field: `keys.${keyOf('fourth-key-text').id}`, reason: 'limit' }])
  })

  it('A7, G7: expired keys do not count against the limit', () => {
    const base = applicationWith({ keys: [keyOf('first-key-text', { expiresAt: noon - 1 })] })
    const mine = { ...base, keys: [...base.keys, keyOf('second-key-text')] }
    const theirs = { ...base, keys: [...base.keys, keyOf('third-key-text')] }
    const options = { keyLimit: 2, now: noon }
    expect(merge('application', base, mine, theirs, options).result?.keys).toHaveLength(3)
  })

  it('A7: of two keys equal ignoring case the accepted one stays', () => {
    const mine = added('SECOND-key-text', { id: ulidOf('mine') })
    const { result, losses } = merge('application', application, mine, added('second-key-text'))
    expect(result?.keys).toHaveLength(2)
    expect(losses).toMatchObject([{ field: `keys.${ulidOf('mine')}`, reason: 'taken' }])
  })

  it('G7: removing a key wins over editing it, which is told', () => {
    const [key] = application.keys
    const edited = { ...application, keys: application.keys.map((each) => ({ ...each, label: 'Build' })) }
    const { result, losses } = merge('application', application, { ...application, keys: [] }, edited)
    expect(result?.keys).toEqual([])
    expect(losses).toMatchObject([{ field: `keys.${key?.id}`, reason: 'removed', theirs: 'Build' }])
  })

  it('A6, G8: of two regenerations the first accepted stays, the second is told without its secret', () => {
    const base = anApplication(aService(), account)
    const regenerated = (text: string) => ({ ...base, userKey: aUserKey(base.id, text), userKeyDigest: digest(text) })
    const [mine, theirs] = [regenerated('my-new-user-key-text'), regenerated('their-new-user-key-text')]
    const { result, losses } = merge('application', base, mine, theirs)
    expect(result).toMatchObject({ userKeyDigest: theirs.userKeyDigest, userKey: theirs.userKey })
    expect(losses).toMatchObject([{ field: 'userKey', reason: 'second_regeneration' }])
    expect(JSON.stringify(losses)).not.toContain(mine.userKeyDigest)
    expect(merge('application', base, mine, base).result?.userKeyDigest).toBe(mine.userKeyDigest)
  })

  it('S4, G8: of two rotations the first accepted stays, the old token ends with the earlier', () => {
    const rotated = (text: string, endsAt: number): Service => ({
      ...service,
      tokens: [
        ...service.tokens.map((token) => ({ ...token, endsAt })),
        aServiceToken(service.id, text, { id: ulidOf(text) }),
      ],
    })
    const mine = rotated(serviceTokenText('mine'), noon + 1000)
    const { result, losses } = merge('service', service, mine, rotated(serviceTokenText('theirs'), noon + 9000))
    expect(result?.tokens.map(({ id, endsAt }) => [id, endsAt])).toEqual([
      [service.tokens[0]?.id, noon + 1000],
      [ulidOf(serviceTokenText('theirs')), 0],
    ])
    expect(losses.map(({ reason }) => reason)).toContain('second_regeneration')
    expect(JSON.stringify(losses)).not.toContain(digest(serviceTokenText('mine')))
  })

  it('A9, G8: never two client secrets without an end', () => {
    const base = anApplication(aService({ pattern: 'oauth' }), account)
    const rotated = (text: string) => ({ ...base, clientSecrets: [aClientSecret(base.id, text)] })
    const { result } = merge('application', base, rotated('my-client-secret'), rotated('their-client-secret'))
    expect(result?.clientSecrets.map(({ digest }) => digest)).toEqual([digest('their-client-secret')])
  })
})

describe('merge of limits', () => {
  const limited = (value?: number): Service => ({
    ...service,
    metrics,
    plans: [
      {
        id: ulidOf('plan'),
        name: 'Basic',
        systemName: 'basic',
        state: 'published',
        limits:
          value === undefined
            ? []
            : [{ id: ulidOf('limit'), metricId: metrics[0]?.id ?? '', period: 'day' as const, value }],
      },
    ],
    defaultPlanId: ulidOf('plan'),
  })
  const merged = (base?: number, mine?: number, theirs?: number) =>
    merge('service', limited(base), limited(mine), limited(theirs)).result?.plans[0]?.limits[0]?.value

  it('G6, P2: the lower of two changes; raised only where the other side left it', () => {
    expect(merged(100, 50, 70)).toBe(50)
    expect(merged(100, 150, 70)).toBe(70)
    expect(merged(100, 150, 100)).toBe(150)
    expect(merged(100, 150, 200)).toBe(150)
  })
  it('G6, P2: a limit lifted on one side and changed on the other stays', () => {
    expect(merged(100, undefined, 70)).toBe(70)
    expect(merged(100, undefined, 100)).toBeUndefined()
    expect(merged(undefined, 5, 9)).toBe(5)
  })
  it('P1: a metric that a merged limit needs stays', () => {
    const mine = { ...limited(), metrics: metrics.slice(1) }
    const { result } = merge('service', limited(), mine, limited(7))
    expect(result?.metrics.map(({ systemName }) => systemName).sort()).toEqual(['hits', 'search'])
  })
})

describe('merge of usage rules', () => {
  const ruled = (usageRules: Partial<Service['usageRules']>): Service => ({
    ...service,
    usageRules: { ...defaultUsageRules, ...usageRules },
  })
  it.each([
    ['keyLimit', 5, 9, 7, 7],
    ['keyLimit', 5, 2, 7, 2],
    ['ipFilter', 'on', 'off', 'required', 'required'],
    ['referrerFilter', 'off', 'on', 'required', 'required'],
  ] as const)('G6: %s %s, %s against %s: %s', (field, base, mine, theirs, wanted) => {
    const one = merge('service', ruled({ [field]: base }), ruled({ [field]: mine }), ruled({ [field]: theirs }))
    const other = merge('service', ruled({ [field]: base }), ruled({ [field]: theirs }), ruled({ [field]: mine }))
    expect(one.result?.usageRules[field]).toBe(wanted)
    expect(other.result?.usageRules[field]).toBe(wanted)
    expect(one.losses).toMatchObject([{ field: `usageRules.${field}`, base, mine, theirs, result: wanted }])
  })
})

describe('what loses is told', () => {
  const scalar = fc.constantFrom('A', 'B', 'C')
  const edits = fc.record({
    name: scalar,
    description: scalar,
    state: fc.constantFrom('live' as const, 'suspended' as const),
  })

  it('G9: every edit that is not in the result is told with base, mine, theirs and result', () => {
    fc.assert(
      fc.property(edits, edits, edits, (b, m, t) => {
        const [base, mine, theirs] = [b, m, t].map((fields) => applicationWith(fields)) as [
          Application,
          Application,
          Application,
        ]
        const { result, losses } = merge('application', base, mine, theirs)
        for (const field of ['name', 'description', 'state'] as const) {
          const lost = [mine, theirs].some((side) => side[field] !== base[field] && side[field] !== result?.[field])
          const told = losses.find((loss) => loss.field === field)
          expect(told !== undefined, field).toBe(lost)
          if (told === undefined) continue
          expect(told).toMatchObject({
            base: base[field],
            mine: mine[field],
            theirs: theirs[field],
            result: result?.[field],
          })
        }
      }),
    )
  })

  it('G9: a metric that stays because a limit needs it, and a default plan that goes, are told', () => {
    const hits = aService().metrics[0]
    const base = aService()
    const search = { id: ulidOf('search'), systemName: 'search', name: 'Search', unit: 'hit' }
    const [plan] = base.plans
    if (hits === undefined || plan === undefined) throw new Error('The fixture has a metric and a plan.')
    const spare = { ...plan, id: ulidOf('spare'), systemName: 'spare', name: 'Spare' }
    const both = { ...base, metrics: [hits, search], plans: [plan, spare] }
    const limit = { id: ulidOf('limit'), metricId: search.id, period: 'day' as const, value: 5 }
    const limited = { ...both, plans: [{ ...plan, limits: [limit] }, spare] }
    const kept = merge('service', both, { ...both, metrics: [hits] }, limited)
    expect(kept.result?.metrics.map(({ id }) => id)).toContain(search.id)
    expect(kept.losses).toEqual([
      {
        field: `metrics.${search.id}`,
        base: 'Search',
        mine: undefined,
        theirs: 'Search',
        result: 'Search',
        reason: 'needed',
      },
    ])
    const gone = merge('service', both, { ...both, defaultPlanId: spare.id }, { ...both, plans: [plan] })
    expect(gone.result?.defaultPlanId).toBeUndefined()
    expect(gone.losses).toMatchObject([{ field: 'defaultPlanId', mine: spare.id, reason: 'removed' }])
  })

  it('G9: nothing is told where nothing is lost', () => {
    fc.assert(
      fc.property(applicationArb, applicationArb, (base, x) => {
        expect(merge('application', base, x, base).losses).toEqual([])
        expect(merge('application', base, base, x).losses).toEqual([])
        expect(merge('application', base, x, x).losses).toEqual([])
      }),
    )
  })
})

describe('the merged document', () => {
  it('G1: is theirs itself, or follows it by one revision as my command', () => {
    const base = applicationWith({ name: 'A' })
    const theirs = { ...base, rev: 5, name: 'B', updatedBy: `member:${ulidOf('them')}` }
    const mine = { ...base, rev: 2, description: 'mine', updatedBy: `member:${ulidOf('me')}` }
    expect(merge('application', base, base, theirs).result).toBe(theirs)
    const { result } = merge('application', base, mine, theirs)
    expect(result).toMatchObject({ rev: 6, updatedBy: mine.updatedBy, command: { baseRev: 5 } })
  })

  it('G1: fits its schema', () => {
    fc.assert(
      fc.property(applicationArb, applicationArb, applicationArb, (base, mine, theirs) => {
        const { result } = merge('application', base, mine, theirs)
        expect(collectionSchemas.application.safeParse(result).success).toBe(true)
      }),
    )
    fc.assert(
      fc.property(serviceArb, serviceArb, serviceArb, (base, mine, theirs) => {
        const { result } = merge('service', base, mine, theirs)
        expect(collectionSchemas.service.safeParse(result).success).toBe(true)
      }),
    )
  })

  it('G1: equality looks through the order of fields and past absent ones', () => {
    expect(same({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1, d: undefined })).toBe(true)
    expect(same([1, 2], [2, 1])).toBe(false)
    expect(same({ a: 1 }, { a: 1, b: 2 })).toBe(false)
    expect(same([], {})).toBe(false)
  })
})
