/** Cases for the smaller rules. Each expectation is written down from the rule, or comes from a second implementation. */
import { crc32 } from 'node:zlib'
import type { Scope } from '../../shared/domain/access-token-schema.ts'
import type { Section } from '../../shared/domain/member.ts'
import type { Action } from '../../shared/domain/permission.ts'
import type { Period } from '../../shared/domain/service-schema.ts'
import type { Case } from './format.ts'

export interface PermissionGiven {
  readonly member: {
    readonly role: 'admin' | 'member'
    readonly state: 'invited' | 'active' | 'suspended'
    readonly sections: readonly Section[]
    readonly services: 'all' | 'this' | 'other' | 'none'
  }
  readonly preview?: boolean
  readonly token?: { readonly scopes: readonly Scope[]; readonly permission: 'ro' | 'rw' }
  readonly action: Action
}

/** The table of the rules in another form than the code's: section(s) → actions; r reads, w writes, s per service. */
const told: Readonly<
  Record<Action, readonly [who: 'anyone' | 'admin' | readonly Section[], flags: string, scope: Scope | '']>
> = {
  'workspace.view': ['anyone', 'r', ''],
  'workspace.edit': [['settings'], 'w', ''],
  'workspace.import': ['admin', 'w', ''],
  'workspace.export': ['admin', 'r', ''],
  'member.view': ['anyone', 'r', 'account_management'],
  'member.edit': ['admin', 'w', 'account_management'],
  'member.editOwn': ['anyone', 'w', ''],
  'service.view': [['partners', 'plans', 'monitoring'], 'rs', 'account_management'],
  'service.create': ['admin', 'w', 'account_management'],
  'service.delete': ['admin', 'ws', 'account_management'],
  'service.edit': [['plans'], 'ws', 'account_management'],
  'serviceToken.reveal': [['partners', 'plans', 'monitoring'], 'ws', 'account_management'],
  'serviceToken.rotate': [['plans'], 'ws', 'account_management'],
  'account.view': [['partners'], 'r', 'account_management'],
  'account.edit': [['partners'], 'w', 'account_management'],
  'account.delete': ['admin', 'w', 'account_management'],
  'application.view': [['partners'], 'rs', 'account_management'],
  'application.edit': [['partners'], 'ws', 'account_management'],
  'application.reveal': [['partners'], 'ws', 'account_management'],
  'application.test': [['partners', 'plans'], 'rs', ''],
  'accessToken.own': ['anyone', 'w', 'account_management'],
  'accessToken.viewAll': ['admin', 'r', 'account_management'],
  'accessToken.deleteAny': ['admin', 'w', 'account_management'],
  'audit.view': [['settings'], 'r', 'account_management'],
  'analytics.view': [['monitoring'], 'rs', 'stats'],
  'billing.view': [['finance'], 'r', 'finance'],
  'billing.edit': [['finance'], 'w', 'finance'],
}

const everySection: readonly Section[] = ['partners', 'plans', 'monitoring', 'finance', 'settings']
const scopeNeeds = { account_management: 'partners', finance: 'finance', stats: 'monitoring' } as const

function oracle({ member, preview, token, action }: PermissionGiven): boolean {
  const [who, flags, scope] = told[action]
  if (member.state !== 'active') return false
  if (preview && flags.includes('w')) return false
  if (token !== undefined) {
    if (scope === '' || !token.scopes.includes(scope)) return false
    if (member.role === 'member' && !member.sections.includes(scopeNeeds[scope])) return false
    if (token.permission === 'ro' && flags.includes('w')) return false
  }
  if (member.role === 'admin') return true
  if (who === 'admin') return false
  if (who !== 'anyone' && !who.some((section) => member.sections.includes(section))) return false
  return !flags.includes('s') || member.services === 'all' || member.services === 'this'
}

export function permissionCases(): Case<PermissionGiven, { readonly allowed: boolean }>[] {
  const actions = Object.keys(told) as Action[]
  const active = { role: 'member', state: 'active', services: 'all' } as const
  const kinds: readonly [rule: string, name: string, given: Omit<PermissionGiven, 'action'>][] = [
    ['M1', 'an admin', { member: { role: 'admin', state: 'active', sections: [], services: 'none' } }],
    ['M1', 'a member without sections', { member: { ...active, sections: [] } }],
    ...everySection.map((section): (typeof kinds)[number] => [
      'M1',
      `a member with ${section}`,
      { member: { ...active, sections: [section] } },
    ]),
    [
      'M2',
      'a member with every section and no service',
      { member: { ...active, sections: everySection, services: 'none' } },
    ],
    [
      'M2',
      'a member with every section and another service',
      { member: { ...active, sections: everySection, services: 'other' } },
    ],
    [
      'M2',
      'a member with every section and this service',
      { member: { ...active, sections: everySection, services: 'this' } },
    ],
    ['M6', 'a suspended admin', { member: { role: 'admin', state: 'suspended', sections: [], services: 'all' } }],
    ['M6', 'an invited admin', { member: { role: 'admin', state: 'invited', sections: [], services: 'all' } }],
    [
      'M5',
      'an admin who previews a member with every section',
      { preview: true, member: { ...active, sections: everySection } },
    ],
    [
      'T3',
      'a read-only token of an admin',
      {
        member: { role: 'admin', state: 'active', sections: [], services: 'all' },
        token: { scopes: ['account_management', 'finance', 'stats'], permission: 'ro' },
      },
    ],
    [
      'T2',
      'a token of an admin for statistics',
      {
        member: { role: 'admin', state: 'active', sections: [], services: 'all' },
        token: { scopes: ['stats'], permission: 'rw' },
      },
    ],
    [
      'T4',
      'a token whose owner lost the sections',
      {
        member: { ...active, sections: ['plans', 'settings'] },
        token: { scopes: ['account_management', 'finance', 'stats'], permission: 'rw' },
      },
    ],
    [
      'T4',
      'a token of a member with partners',
      { member: { ...active, sections: ['partners'] }, token: { scopes: ['account_management'], permission: 'rw' } },
    ],
    [
      'T9',
      'a token of a member with partners and no service',
      {
        member: { ...active, sections: ['partners'], services: 'none' },
        token: { scopes: ['account_management'], permission: 'rw' },
      },
    ],
    [
      'T10',
      'a token of a suspended admin',
      {
        member: { role: 'admin', state: 'suspended', sections: [], services: 'all' },
        token: { scopes: ['account_management'], permission: 'rw' },
      },
    ],
  ]
  return kinds.flatMap(([rule, name, given]) =>
    actions.map((action) => {
      const whole = { ...given, action }
      return { rule, name: `${name}: ${action}`, given: whole, expect: { allowed: oracle(whole) } }
    }),
  )
}

export interface TokenGiven {
  readonly prefix: 'lk_at_' | 'lk_st_' | 'lk_cs_'
  readonly text: string
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A token by zlib's CRC-32, in plain arithmetic. */
function tokenOf(prefix: string, random: string): string {
  let sum = crc32(prefix + random)
  let tail = ''
  for (let at = 0; at < 6; at++) {
    tail = base62[sum % 62] + tail
    sum = Math.floor(sum / 62)
  }
  return prefix + random + tail
}

export function tokenFormatCases(): Case<TokenGiven, { readonly valid: boolean }>[] {
  const randoms = ['0'.repeat(43), 'z'.repeat(43), 'Aa0Zz9mN4kQ7rT2vX5yB8cE1fH3jL6pS9uW0dG4iKoM']
  const cases: Case<TokenGiven, { readonly valid: boolean }>[] = []
  const add = (rule: string, name: string, prefix: TokenGiven['prefix'], text: string, valid: boolean) =>
    cases.push({ rule, name, given: { prefix, text }, expect: { valid } })
  for (const prefix of ['lk_at_', 'lk_st_', 'lk_cs_'] as const) {
    const rule = prefix === 'lk_at_' ? 'T11' : prefix === 'lk_st_' ? 'S1' : 'A9'
    for (const random of randoms) {
      const text = tokenOf(prefix, random)
      add(rule, `${prefix} whole (${random.slice(0, 4)}…)`, prefix, text, true)
      add(rule, `${prefix} one character short (${random.slice(0, 4)}…)`, prefix, text.slice(0, -1), false)
      add(rule, `${prefix} one character long (${random.slice(0, 4)}…)`, prefix, `${text}0`, false)
      add(rule, `${prefix} a space before (${random.slice(0, 4)}…)`, prefix, ` ${text}`.slice(0, text.length), false)
      add(
        rule,
        `${prefix} a character outside the alphabet (${random.slice(0, 4)}…)`,
        prefix,
        `${text.slice(0, 10)}-${text.slice(11)}`,
        false,
      )
      for (const at of [6, 27, 48, 49, 54]) {
        const other = text[at] === 'q' ? 'r' : 'q'
        add(
          rule,
          `${prefix} a typo at ${at} (${random.slice(0, 4)}…)`,
          prefix,
          text.slice(0, at) + other + text.slice(at + 1),
          false,
        )
      }
      const swapped = prefix === 'lk_at_' ? 'lk_st_' : 'lk_at_'
      add(rule, `${prefix} asked of ${swapped} (${random.slice(0, 4)}…)`, swapped, text, false)
    }
    // The checksum alone would pass these: the alphabet must not.
    add(rule, `${prefix} a right checksum over a hyphen`, prefix, tokenOf(prefix, `-${'0'.repeat(42)}`), false)
    add(rule, `${prefix} a right checksum over a space`, prefix, tokenOf(prefix, `${'0'.repeat(42)} `), false)
    add(rule, `${prefix} empty`, prefix, '', false)
  }
  return cases
}

export interface UsageExpect {
  readonly amount?: number
  readonly set?: boolean
}

export function usageCases(): Case<{ readonly value: string }, UsageExpect>[] {
  const good: readonly [string, number, boolean][] = [
    ['0', 0, false],
    ['1', 1, false],
    ['007', 7, false],
    ['42', 42, false],
    [' 3', 3, false],
    ['3 ', 3, false],
    ['  12  ', 12, false],
    ['#0', 0, true],
    ['#5', 5, true],
    [' #8 ', 8, true],
    ['#010', 10, true],
    ['9007199254740991', 9007199254740991, false],
    ['9007199254740992', 9007199254740991, false],
    ['#99999999999999999999999999', 9007199254740991, true],
  ]
  const bad = [
    '-1',
    '+1',
    '1.5',
    '1.0',
    '1e3',
    'abc',
    '',
    ' ',
    '#',
    '##3',
    '# 3',
    '#-1',
    '3#',
    '1 2',
    '0x10',
    '١',
    '1,000',
    '1_000',
    'NaN',
    'Infinity',
    '\t1',
    '1\n',
    'null',
    '-0',
  ]
  return [
    ...good.map(([value, amount, set]) => ({
      rule: 'D10',
      name: `usage ${JSON.stringify(value)}`,
      given: { value },
      expect: { amount, set },
    })),
    ...bad.map((value) => ({ rule: 'D10', name: `no usage ${JSON.stringify(value)}`, given: { value }, expect: {} })),
  ]
}

export interface FilterGiven {
  readonly kind: 'ip' | 'referrer'
  readonly list: readonly string[]
  readonly caller: string
}

export function filterCases(): Case<FilterGiven, { readonly passes: boolean }>[] {
  const rows: readonly [FilterGiven['kind'], readonly string[], caller: string, passes: boolean][] = [
    ['ip', ['10.0.0.0/8'], '10.0.0.0', true],
    ['ip', ['10.0.0.0/8'], '10.255.255.255', true],
    ['ip', ['10.0.0.0/8'], '11.0.0.0', false],
    ['ip', ['10.0.0.0/8'], '9.255.255.255', false],
    ['ip', ['192.0.2.1/32'], '192.0.2.1', true],
    ['ip', ['192.0.2.1/32'], '192.0.2.2', false],
    ['ip', ['192.0.2.0/25'], '192.0.2.127', true],
    ['ip', ['192.0.2.0/25'], '192.0.2.128', false],
    ['ip', ['192.0.2.0/31'], '192.0.2.1', true],
    ['ip', ['192.0.2.0/31'], '192.0.2.2', false],
    ['ip', ['0.0.0.0/0'], '8.8.8.8', true],
    ['ip', ['0.0.0.0/0'], '2001:db8::1', false],
    ['ip', ['::/0'], '2001:db8::1', true],
    ['ip', ['::/0'], '8.8.8.8', false],
    ['ip', ['2001:db8::/32'], '2001:db8:ffff::1', true],
    ['ip', ['2001:db8::/32'], '2001:db9::1', false],
    ['ip', ['2001:db8::/33'], '2001:db8:7fff::', true],
    ['ip', ['2001:db8::/33'], '2001:db8:8000::', false],
    ['ip', ['2001:db8::1/128'], '2001:DB8:0:0:0:0:0:1', true],
    ['ip', ['2001:db8::1/128'], '2001:db8::2', false],
    ['ip', ['192.0.2.0/24'], '::ffff:192.0.2.77', true],
    ['ip', ['192.0.2.0/24'], '::ffff:c000:24d', true],
    ['ip', ['192.0.2.0/24'], '::ffff:192.0.3.77', false],
    ['ip', ['192.0.2.0/24', '198.51.100.0/24'], '198.51.100.9', true],
    ['ip', ['192.0.2.0/24'], '', false],
    ['ip', ['192.0.2.0/24'], 'localhost', false],
    ['ip', ['192.0.2.0/24'], '192.0.2', false],
    ['ip', ['192.0.2.0/24'], '192.0.2.010', false],
    ['ip', ['192.0.2.0/24'], '192.0.2.256', false],
    ['ip', ['192.0.2.0/24'], '3221225985', false],
    ['ip', ['192.0.2.0/24'], '192.0.2.1:443', false],
    ['ip', ['fe80::/10'], 'fe80::1%eth0', false],
    ['ip', ['192.0.2.0/24'], '0xc0.0.2.1', false],
    ['referrer', ['example.com'], 'example.com', true],
    ['referrer', ['example.com'], 'EXAMPLE.com', true],
    ['referrer', ['example.com'], 'www.example.com', false],
    ['referrer', ['example.com'], 'example.com.', true],
    ['referrer', ['*.example.com'], 'www.example.com', true],
    ['referrer', ['*.example.com'], 'a.b.example.com', true],
    ['referrer', ['*.example.com'], 'example.com', false],
    ['referrer', ['*.example.com'], 'notexample.com', false],
    ['referrer', ['*.example.com'], '.example.com', false],
    ['referrer', ['*.example.com'], 'www.example.com.evil.example', false],
    ['referrer', ['example.com'], 'https://example.com/path?x=1', true],
    ['referrer', ['example.com'], 'http://example.com:8080/', true],
    ['referrer', ['example.com'], 'example.com:443', true],
    ['referrer', ['example.com'], 'https://example.com@evil.example/', false],
    ['referrer', ['example.com'], 'https://evil.example/example.com', false],
    ['referrer', ['example.com'], 'https://evil.example/#example.com', false],
    ['referrer', ['example.com'], 'ftp://example.com/', false],
    ['referrer', ['example.com'], 'javascript:example.com', false],
    ['referrer', ['example.com'], '', false],
    ['referrer', ['*'], 'anything.example', true],
    ['referrer', ['a.example', 'b.example'], 'b.example', true],
    ['referrer', ['a.example'], 'b.example', false],
    ['referrer', ['*.example.com'], 'https://shop.example.com', true],
    ['referrer', ['xn--bcher-kva.example'], 'bücher.example', true],
  ]
  return rows.map(([kind, list, caller, passes]) => ({
    rule: 'A11',
    name: `${kind} ${list.join(' ')} ← ${JSON.stringify(caller)}`,
    given: { kind, list, caller },
    expect: { passes },
  }))
}

export interface WindowGiven {
  readonly period: Period
  readonly at: string
}

export function windowCases(): Case<WindowGiven, { readonly start: string; readonly end: string | null }>[] {
  const rows: readonly [Period, at: string, start: string, end: string | null][] = [
    ['minute', '2026-11-22T12:34:56.789Z', '2026-11-22T12:34:00.000Z', '2026-11-22T12:35:00.000Z'],
    ['minute', '2026-12-31T23:59:59.999Z', '2026-12-31T23:59:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['hour', '2026-11-22T12:34:56.789Z', '2026-11-22T12:00:00.000Z', '2026-11-22T13:00:00.000Z'],
    ['hour', '2024-02-29T23:00:00.000Z', '2024-02-29T23:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['day', '2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['day', '2026-11-21T23:59:59.999Z', '2026-11-21T00:00:00.000Z', '2026-11-22T00:00:00.000Z'],
    ['day', '2024-02-28T23:59:59.999Z', '2024-02-28T00:00:00.000Z', '2024-02-29T00:00:00.000Z'],
    ['week', '2026-11-22T23:59:59.999Z', '2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['week', '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
    ['week', '2027-01-01T00:00:00.000Z', '2026-12-28T00:00:00.000Z', '2027-01-04T00:00:00.000Z'],
    ['week', '2024-02-29T12:00:00.000Z', '2024-02-26T00:00:00.000Z', '2024-03-04T00:00:00.000Z'],
    ['week', '1970-01-01T00:00:00.000Z', '1969-12-29T00:00:00.000Z', '1970-01-05T00:00:00.000Z'],
    ['month', '2024-02-29T23:59:59.999Z', '2024-02-01T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['month', '2023-02-28T23:59:59.999Z', '2023-02-01T00:00:00.000Z', '2023-03-01T00:00:00.000Z'],
    ['month', '2026-12-31T23:59:59.999Z', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['month', '2027-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z', '2027-02-01T00:00:00.000Z'],
    ['month', '2100-02-28T12:00:00.000Z', '2100-02-01T00:00:00.000Z', '2100-03-01T00:00:00.000Z'],
    ['month', '2000-02-29T12:00:00.000Z', '2000-02-01T00:00:00.000Z', '2000-03-01T00:00:00.000Z'],
    ['year', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['year', '2025-12-31T23:59:59.999Z', '2025-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
    ['year', '2024-02-29T00:00:00.000Z', '2024-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'],
    ['eternity', '2026-11-22T12:00:00.000Z', '1970-01-01T00:00:00.000Z', null],
  ]
  return rows.map(([period, at, start, end]) => ({
    rule: 'P2',
    name: `${period} of ${at}`,
    given: { period, at },
    expect: { start, end },
  }))
}

export interface MergeGiven {
  readonly collection: 'application' | 'service' | 'member' | 'accessToken' | 'account'
  /** What each side differs in from the fixture of its collection; `null` is a deleted document. */
  readonly base: Readonly<Record<string, unknown>>
  readonly mine: Readonly<Record<string, unknown>> | null
  readonly theirs: Readonly<Record<string, unknown>> | null
}

/** What must be in the result (`null`: deleted), and the fields and reasons of what is journalled. */
export interface MergeExpect {
  readonly result: Readonly<Record<string, unknown>> | null
  readonly losses: readonly (readonly [field: string, reason: string])[]
}

export function mergeCases(): Case<MergeGiven, MergeExpect>[] {
  type Row = readonly [
    rule: string,
    name: string,
    collection: MergeGiven['collection'],
    base: object,
    mine: object | null,
    theirs: object | null,
    result: object | null,
    losses?: MergeExpect['losses'],
  ]
  const rows: Row[] = [
    [
      'G1',
      'different fields both stay',
      'application',
      { name: 'A', description: '' },
      { name: 'B' },
      { description: 'x' },
      { name: 'B', description: 'x' },
    ],
    [
      'G1',
      'the same plain field: the accepted one stays',
      'application',
      { name: 'A' },
      { name: 'B' },
      { name: 'C' },
      { name: 'C' },
      [['name', 'same_field']],
    ],
    ['G1', 'the same edit twice is one', 'application', { name: 'A' }, { name: 'B' }, { name: 'B' }, { name: 'B' }],
    [
      'G2',
      'suspended against a new name',
      'application',
      { state: 'live', name: 'A' },
      { name: 'B' },
      { state: 'suspended' },
      { state: 'suspended', name: 'B' },
    ],
    [
      'G2',
      'suspended here, live there',
      'application',
      { state: 'live' },
      { state: 'suspended' },
      {},
      { state: 'suspended' },
    ],
    [
      'G2',
      'accepted here, suspended there',
      'application',
      { state: 'pending' },
      { state: 'live' },
      { state: 'suspended' },
      { state: 'suspended' },
      [['state', 'more_restrictive']],
    ],
    [
      'G2',
      'suspended here, accepted there',
      'application',
      { state: 'pending' },
      { state: 'suspended' },
      { state: 'live' },
      { state: 'suspended' },
      [['state', 'more_restrictive']],
    ],
    [
      'G2',
      'resumed from a base that was suspended',
      'application',
      { state: 'suspended' },
      { state: 'live' },
      {},
      { state: 'live' },
    ],
    [
      'G2',
      'deleted here, edited there',
      'application',
      { name: 'A' },
      null,
      { name: 'B' },
      null,
      [['name', 'deleted']],
    ],
    [
      'G2',
      'edited here, deleted there',
      'application',
      { name: 'A' },
      { name: 'B' },
      null,
      null,
      [['name', 'deleted']],
    ],
    ['G2', 'deleted on both sides', 'application', { name: 'A' }, null, null, null],
    [
      'G2',
      'service retired here, suspended there',
      'service',
      { state: 'live' },
      { state: 'retired' },
      { state: 'suspended' },
      { state: 'retired' },
      [['state', 'more_restrictive']],
    ],
    [
      'G2',
      'account suspended here, approved there',
      'account',
      { state: 'pending' },
      { state: 'suspended' },
      { state: 'approved' },
      { state: 'suspended' },
      [['state', 'more_restrictive']],
    ],
    [
      'G2',
      'member suspended here, activated there',
      'member',
      { state: 'invited' },
      { state: 'suspended' },
      { state: 'active' },
      { state: 'suspended' },
      [['state', 'more_restrictive']],
    ],
    [
      'G3',
      'demoted here, renamed there',
      'member',
      { role: 'admin', name: 'A' },
      { role: 'member' },
      { name: 'B' },
      { role: 'member', name: 'B' },
    ],
    [
      'G4',
      'sections added on both sides',
      'member',
      { sections: ['plans'] },
      { sections: ['plans', 'partners'] },
      { sections: ['plans', 'finance'] },
      { sections: ['partners', 'plans', 'finance'] },
    ],
    [
      'G4',
      'a section removed and another added',
      'member',
      { sections: ['partners', 'plans'] },
      { sections: ['plans'] },
      { sections: ['partners', 'plans', 'finance'] },
      { sections: ['plans', 'finance'] },
    ],
    [
      'G4',
      'each side removes another section',
      'member',
      { sections: ['partners', 'plans'] },
      { sections: ['plans'] },
      { sections: ['partners'] },
      { sections: [] },
    ],
    [
      'G4',
      'all services against a list',
      'member',
      { serviceAccess: [] },
      { serviceAccess: 'all' },
      { serviceAccess: ['01JD00000000000000PAYMENTS'] },
      { serviceAccess: ['01JD00000000000000PAYMENTS'] },
      [['serviceAccess', 'more_restrictive']],
    ],
    [
      'G4',
      'all services narrowed to two lists',
      'member',
      { serviceAccess: 'all' },
      { serviceAccess: ['01JD00000000000000000000AA', '01JD00000000000000000000BB'] },
      { serviceAccess: ['01JD00000000000000000000BB', '01JD00000000000000000000CC'] },
      { serviceAccess: ['01JD00000000000000000000BB'] },
      [['serviceAccess', 'more_restrictive']],
    ],
    [
      'G5',
      'ranges added on both sides',
      'application',
      { ipRanges: [] },
      { ipRanges: ['10.0.0.0/8'] },
      { ipRanges: ['192.0.2.0/24'] },
      { ipRanges: ['10.0.0.0/8', '192.0.2.0/24'] },
    ],
    [
      'G5',
      'two sides remove between them all ranges: nobody passes, not everybody',
      'application',
      { ipRanges: ['10.0.0.0/8', '192.0.2.0/24'] },
      { ipRanges: ['10.0.0.0/8'] },
      { ipRanges: ['192.0.2.0/24'] },
      { ipRanges: ['0.0.0.0/32'] },
    ],
    [
      'G5',
      'a filter lifted here and narrowed there',
      'application',
      { referrers: ['a.example', 'b.example'] },
      { referrers: [] },
      { referrers: ['a.example'] },
      { referrers: ['a.example'] },
      [['referrers', 'more_restrictive']],
    ],
    [
      'G5',
      'a filter lifted from a base that had it',
      'application',
      { referrers: ['a.example'] },
      { referrers: [] },
      {},
      { referrers: [] },
    ],
    [
      'G6',
      'the earlier expiry of a token',
      'accessToken',
      { expiresAt: 0 },
      { expiresAt: 2000000000000 },
      { expiresAt: 1900000000000 },
      { expiresAt: 1900000000000 },
      [['expiresAt', 'more_restrictive']],
    ],
    [
      'G6',
      'scopes narrowed on both sides',
      'accessToken',
      { scopes: ['account_management', 'finance', 'stats'] },
      { scopes: ['account_management', 'finance'] },
      { scopes: ['finance', 'stats'] },
      { scopes: ['finance'] },
    ],
    [
      'G6',
      'no scope left: no token',
      'accessToken',
      { scopes: ['account_management', 'finance'] },
      { scopes: ['finance'] },
      { scopes: ['account_management'] },
      null,
      [['scopes', 'deleted']],
    ],
    [
      'G6',
      'permission narrowed here, renamed there',
      'accessToken',
      { permission: 'rw', name: 'A' },
      { permission: 'ro' },
      { name: 'B' },
      { permission: 'ro', name: 'B' },
    ],
    [
      'G6',
      'permission is never widened',
      'accessToken',
      { permission: 'ro' },
      { permission: 'rw' },
      {},
      { permission: 'ro' },
      [['permission', 'more_restrictive']],
    ],
    [
      'T7',
      'deleted wins over a new name',
      'accessToken',
      { name: 'A' },
      null,
      { name: 'B' },
      null,
      [['name', 'deleted']],
    ],
  ]
  return rows.map(([rule, name, collection, base, mine, theirs, result, losses = []]) => ({
    rule,
    name: `${collection}: ${name}`,
    given: { collection, base, mine, theirs } as MergeGiven,
    expect: { result, losses } as MergeExpect,
  }))
}
