/** Cases for `judge`: who writes which change of which document, and the verdict that the rules give. */
import type { Case } from './format.ts'

/** Who writes; see `actorNamed` in judge-world.ts. */
export type ActorName =
  | 'admin'
  | 'otherAdmin'
  | 'partners'
  | 'plans'
  | 'settings'
  | 'none'
  | 'elsewhere'
  | 'suspendedAdmin'
  | 'previewing'
  | 'readOnlyToken'
  | 'adminToken'
  | 'developer'
  | 'strangeDeveloper'
  | 'system'

export interface JudgeGiven {
  readonly actor: ActorName
  readonly collection: 'workspace' | 'member' | 'accessToken' | 'service' | 'account' | 'application'
  /** What the document as it stands differs in from the fixture. */
  readonly before?: Readonly<Record<string, unknown>>
  /** What the row changes; `null` is a deletion. */
  readonly change: Readonly<Record<string, unknown>> | null
  /** The row's envelope, where it is not what a command would have made. */
  readonly envelope?: Readonly<Record<string, unknown>>
  readonly otherActiveAdmins?: number
  readonly usageRules?: Readonly<Record<string, unknown>>
  readonly taken?: readonly string[]
}

export interface JudgeExpect {
  readonly verdict: 'applied' | 'conflict' | 'denied' | 'invalid' | 'stale-schema'
  readonly code?: string
  readonly field?: string
}

type Row = readonly [rule: string, name: string, given: JudgeGiven, expect: JudgeExpect]
const applied = { verdict: 'applied' } as const
const denied = (field: string | undefined, code = 'forbidden') => ({
  verdict: 'denied' as const,
  code,
  ...(field === undefined ? {} : { field }),
})
const invalid = (field: string, code = 'invalid') => ({ verdict: 'invalid' as const, code, field })

/** A service token beside the fixture's. */
const ending = {
  id: '01JD00000000000000000T0KEN',
  digest: 'b'.repeat(64),
  sealed: 'sealed',
  hintTail: 'beef',
  createdAt: 1700000000000,
  lastUsedAt: 0,
} as const

const rows: readonly Row[] = [
  // Envelope.
  [
    'J1',
    'another revision than the next',
    { actor: 'admin', collection: 'service', change: { name: 'B' }, envelope: { rev: 3 } },
    { verdict: 'conflict', code: 'invalid', field: 'rev' },
  ],
  [
    'J1',
    'the same revision',
    { actor: 'admin', collection: 'service', change: { name: 'B' }, envelope: { rev: 1 } },
    { verdict: 'conflict', code: 'invalid', field: 'rev' },
  ],
  [
    'J1',
    'another workspace',
    {
      actor: 'admin',
      collection: 'service',
      change: { name: 'B' },
      envelope: { workspace: '01JD000000000000000000THER' },
    },
    denied('workspace'),
  ],
  [
    'J1',
    "another's name as author",
    { actor: 'plans', collection: 'service', change: { name: 'B' }, envelope: { updatedBy: 'system' } },
    denied('updatedBy'),
  ],
  [
    'J1',
    'another id',
    { actor: 'admin', collection: 'service', change: { name: 'B' }, envelope: { id: '01JD000000000000000000THER' } },
    denied('id'),
  ],
  [
    'J1',
    'an older shape',
    { actor: 'admin', collection: 'service', change: { name: 'B' }, envelope: { schema: 2 } },
    { verdict: 'stale-schema', code: 'invalid', field: 'schema' },
  ],
  [
    'J1',
    'a revision without an edit',
    { actor: 'admin', collection: 'service', change: {} },
    invalid('rev', 'already'),
  ],
  [
    'J2',
    'an unknown field',
    { actor: 'admin', collection: 'service', change: { isAdmin: true } },
    invalid('isAdmin', 'unknown_field'),
  ],
  [
    'J2',
    'a name that is too long',
    { actor: 'admin', collection: 'service', change: { name: 'x'.repeat(256) } },
    invalid('name', 'too_long'),
  ],
  [
    'J2',
    'a name with NUL',
    { actor: 'admin', collection: 'service', change: { name: 'a\u0000b' } },
    invalid('name', 'malformed_text'),
  ],
  ['J2', 'no name', { actor: 'admin', collection: 'service', change: { name: '' } }, invalid('name', 'required')],
  // Services.
  [
    'M1',
    'a member with plans renames a service',
    { actor: 'plans', collection: 'service', change: { name: 'B' } },
    applied,
  ],
  [
    'M1',
    'a member with partners renames a service',
    { actor: 'partners', collection: 'service', change: { name: 'B' } },
    denied('name'),
  ],
  [
    'M2',
    'a member with plans elsewhere renames a service',
    { actor: 'elsewhere', collection: 'service', change: { name: 'B' } },
    denied('name'),
  ],
  [
    'M3',
    'a member with plans deletes a service',
    { actor: 'plans', collection: 'service', change: null },
    denied(undefined),
  ],
  ['M3', 'an admin deletes a service', { actor: 'admin', collection: 'service', change: null }, applied],
  [
    'A2',
    'a change of pattern by whoever cannot see the applications',
    { actor: 'plans', collection: 'service', change: { pattern: 'oauth' } },
    denied('pattern'),
  ],
  [
    'A2',
    "an admin's change of pattern",
    { actor: 'admin', collection: 'service', change: { pattern: 'oauth' } },
    applied,
  ],
  [
    'A8',
    'at least one key, given up by whoever cannot see the applications',
    { actor: 'plans', collection: 'service', change: { 'usageRules.atLeastOneKey': false } },
    denied('usageRules'),
  ],
  [
    'A12',
    'another usage rule by whoever holds plans',
    { actor: 'plans', collection: 'service', change: { 'usageRules.keyLimit': 3 } },
    applied,
  ],
  [
    'M5',
    'an admin who previews a member',
    { actor: 'previewing', collection: 'service', change: { name: 'B' } },
    denied('name', 'preview_read_only'),
  ],
  [
    'T3',
    'a read-only token',
    { actor: 'readOnlyToken', collection: 'service', change: { name: 'B' } },
    denied('name', 'read_only_token'),
  ],
  ['T4', "an admin's token", { actor: 'adminToken', collection: 'service', change: { name: 'B' } }, applied],
  [
    'S1',
    'a service without a token',
    { actor: 'admin', collection: 'service', change: { tokens: [] } },
    invalid('tokens'),
  ],
  [
    'S2',
    'the digest of a service token',
    { actor: 'admin', collection: 'service', change: { 'tokens.0.digest': 'a'.repeat(64) } },
    denied('tokens.digest'),
  ],
  [
    'S4',
    'the end of a service token comes nearer',
    {
      actor: 'plans',
      collection: 'service',
      before: { 'tokens.1': { ...ending, endsAt: 1900000000000 } },
      change: { 'tokens.1.endsAt': 1890000000000 },
    },
    applied,
  ],
  [
    'S1',
    'the one service token without an end gets one',
    { actor: 'plans', collection: 'service', change: { 'tokens.0.endsAt': 1900000000000 } },
    invalid('tokens', 'required'),
  ],
  [
    'S4',
    'a second service token without an end',
    { actor: 'plans', collection: 'service', change: { 'tokens.1': { ...ending, endsAt: 0 } } },
    invalid('tokens', 'rotation_under_way'),
  ],
  [
    'A2',
    'whereto a service was migrated, by a member with plans',
    { actor: 'plans', collection: 'service', change: { migratedTo: '01JD000000000000000000THER' } },
    denied('migratedTo'),
  ],
  [
    'J2',
    'text that no store keeps, deep in a list',
    { actor: 'admin', collection: 'service', change: { 'metrics.0.unit': 'hit\u0000' } },
    invalid('metrics.unit', 'malformed_text'),
  ],
  [
    'J2',
    'a lone surrogate',
    { actor: 'admin', collection: 'service', change: { description: 'half \ud83d' } },
    invalid('description', 'malformed_text'),
  ],
  [
    'S4',
    'the end of a service token goes away',
    {
      actor: 'plans',
      collection: 'service',
      before: { 'tokens.0.endsAt': 1900000000000 },
      change: { 'tokens.0.endsAt': 0 },
    },
    denied('tokens.endsAt', 'widening'),
  ],
  [
    'S4',
    'a member with partners ends a service token',
    { actor: 'partners', collection: 'service', change: { 'tokens.0.endsAt': 1900000000000 } },
    denied('tokens'),
  ],
  [
    'J3',
    'when a service was made',
    { actor: 'admin', collection: 'service', change: { createdAt: 5 } },
    denied('createdAt'),
  ],
  [
    'P1',
    'a default plan that is not there',
    { actor: 'plans', collection: 'service', change: { defaultPlanId: '01JD000000000000000000THER' } },
    invalid('defaultPlanId', 'not_found'),
  ],
  [
    'J3',
    'another system name',
    { actor: 'admin', collection: 'service', change: { systemName: 'orders' } },
    denied('systemName'),
  ],
  // Members.
  [
    'M3',
    'an admin gives a section',
    { actor: 'admin', collection: 'member', change: { sections: ['plans'] } },
    applied,
  ],
  [
    'M3',
    'a member gives themselves a section',
    { actor: 'none', collection: 'member', change: { sections: ['plans'] } },
    denied('sections'),
  ],
  [
    'M3',
    'a member makes themselves an admin',
    { actor: 'none', collection: 'member', change: { role: 'admin' } },
    denied('role'),
  ],
  [
    'M3',
    'an admin demotes themselves',
    { actor: 'admin', collection: 'member', before: { self: true }, change: { role: 'member' }, otherActiveAdmins: 2 },
    denied('role', 'own_rights'),
  ],
  [
    'M3',
    'an admin narrows their own services through a token',
    {
      actor: 'adminToken',
      collection: 'member',
      before: { self: true },
      change: { serviceAccess: [] },
      otherActiveAdmins: 2,
    },
    denied('serviceAccess', 'own_rights'),
  ],
  [
    'M3',
    'the last active admin is demoted by one who is suspended meanwhile',
    {
      actor: 'otherAdmin',
      collection: 'member',
      before: { role: 'admin' },
      change: { role: 'member' },
      otherActiveAdmins: 0,
    },
    denied('role', 'last_admin'),
  ],
  [
    'M3',
    'the last active admin is suspended',
    {
      actor: 'admin',
      collection: 'member',
      before: { role: 'admin' },
      change: { state: 'suspended' },
      otherActiveAdmins: 0,
    },
    denied('state', 'last_admin'),
  ],
  [
    'M3',
    'the last active admin is deleted',
    { actor: 'admin', collection: 'member', before: { role: 'admin' }, change: null, otherActiveAdmins: 0 },
    denied(undefined, 'last_admin'),
  ],
  [
    'M3',
    'an admin demotes another of three',
    {
      actor: 'admin',
      collection: 'member',
      before: { role: 'admin' },
      change: { role: 'member' },
      otherActiveAdmins: 1,
    },
    applied,
  ],
  [
    'M3',
    'a suspended admin may be deleted though none is left beside',
    {
      actor: 'admin',
      collection: 'member',
      before: { role: 'admin', state: 'suspended' },
      change: null,
      otherActiveAdmins: 0,
    },
    applied,
  ],
  [
    'M6',
    'a suspended admin changes nothing',
    { actor: 'suspendedAdmin', collection: 'member', change: { sections: ['plans'] } },
    denied('sections'),
  ],
  [
    'M6',
    'suspended is not invited again',
    { actor: 'admin', collection: 'member', before: { state: 'suspended' }, change: { state: 'invited' } },
    invalid('state', 'wrong_state'),
  ],
  [
    'M1',
    'a member changes their own name',
    { actor: 'none', collection: 'member', before: { self: true }, change: { name: 'New Name' } },
    applied,
  ],
  [
    'M1',
    "a member changes another's name",
    { actor: 'none', collection: 'member', change: { name: 'New Name' } },
    denied('name'),
  ],
  // Access tokens: the fixture's is the admin's.
  ['T13', 'a new name', { actor: 'admin', collection: 'accessToken', change: { name: 'B' } }, applied],
  [
    'T13',
    'fewer scopes',
    {
      actor: 'admin',
      collection: 'accessToken',
      before: { scopes: ['account_management', 'stats'] },
      change: { scopes: ['stats'] },
    },
    applied,
  ],
  [
    'T13',
    'one more scope',
    { actor: 'admin', collection: 'accessToken', change: { scopes: ['account_management', 'stats'] } },
    denied('scopes', 'widening'),
  ],
  [
    'T13',
    'another scope',
    { actor: 'admin', collection: 'accessToken', change: { scopes: ['stats'] } },
    denied('scopes', 'widening'),
  ],
  [
    'T13',
    'write permission',
    { actor: 'admin', collection: 'accessToken', before: { permission: 'ro' }, change: { permission: 'rw' } },
    denied('permission', 'widening'),
  ],
  ['T13', 'read only', { actor: 'admin', collection: 'accessToken', change: { permission: 'ro' } }, applied],
  [
    'T13',
    'a later end',
    {
      actor: 'admin',
      collection: 'accessToken',
      before: { expiresAt: 1900000000000 },
      change: { expiresAt: 1900000000001 },
    },
    denied('expiresAt', 'widening'),
  ],
  [
    'T13',
    'no end',
    { actor: 'admin', collection: 'accessToken', before: { expiresAt: 1900000000000 }, change: { expiresAt: 0 } },
    denied('expiresAt', 'widening'),
  ],
  [
    'T13',
    'an earlier end',
    {
      actor: 'admin',
      collection: 'accessToken',
      before: { expiresAt: 1900000000000 },
      change: { expiresAt: 1899999999999 },
    },
    applied,
  ],
  [
    'T11',
    'another digest',
    { actor: 'admin', collection: 'accessToken', change: { digest: 'b'.repeat(64) } },
    denied('digest'),
  ],
  [
    'T12',
    "another's token, edited by an admin",
    { actor: 'otherAdmin', collection: 'accessToken', change: { name: 'B' } },
    invalid('name', 'not_found'),
  ],
  [
    'T12',
    "another's token, deleted by an admin",
    { actor: 'otherAdmin', collection: 'accessToken', change: null },
    applied,
  ],
  [
    'T12',
    "another's token, deleted by a member",
    { actor: 'partners', collection: 'accessToken', change: null },
    denied(undefined),
  ],
  [
    'T12',
    'another owner',
    { actor: 'admin', collection: 'accessToken', change: { ownerId: '01JD000000000000000000THER' } },
    denied('ownerId'),
  ],
  [
    'J3',
    'when a token was last used',
    { actor: 'admin', collection: 'accessToken', change: { lastUsedAt: 5 } },
    denied('lastUsedAt'),
  ],
  [
    'J3',
    'when a token was last used, by the program',
    { actor: 'system', collection: 'accessToken', change: { lastUsedAt: 5 } },
    applied,
  ],
  // Applications: the fixture's is of the App ID pattern, with one key.
  [
    'M1',
    'a member with partners renames an application',
    { actor: 'partners', collection: 'application', change: { name: 'B' } },
    applied,
  ],
  [
    'M1',
    'a member with plans renames an application',
    { actor: 'plans', collection: 'application', change: { name: 'B' } },
    denied('name'),
  ],
  [
    'M2',
    'a member with partners elsewhere',
    { actor: 'elsewhere', collection: 'application', change: { name: 'B' } },
    denied('name'),
  ],
  ['A5', 'suspended', { actor: 'partners', collection: 'application', change: { state: 'suspended' } }, applied],
  [
    'A5',
    'live, pending again',
    { actor: 'partners', collection: 'application', change: { state: 'pending' } },
    invalid('state', 'wrong_state'),
  ],
  [
    'A5',
    'accepted',
    {
      actor: 'partners',
      collection: 'application',
      before: { state: 'pending', acceptedAt: 0 },
      change: { state: 'live', acceptedAt: 1795348800000 },
    },
    applied,
  ],
  [
    'A7',
    'another App ID',
    { actor: 'admin', collection: 'application', change: { appId: 'other-id' } },
    denied('appId'),
  ],
  [
    'A7',
    'the digest of a key',
    { actor: 'admin', collection: 'application', change: { 'keys.0.digest': 'c'.repeat(64) } },
    denied('keys.digest'),
  ],
  [
    'A7',
    'a label of a key',
    { actor: 'partners', collection: 'application', change: { 'keys.0.label': 'Build' } },
    applied,
  ],
  [
    'A8',
    'the last key',
    { actor: 'partners', collection: 'application', change: { keys: [] } },
    invalid('keys', 'last_key'),
  ],
  [
    'A8',
    'the last key where keyless is allowed',
    {
      actor: 'partners',
      collection: 'application',
      change: { keys: [], keyless: true },
      usageRules: { atLeastOneKey: false },
    },
    applied,
  ],
  [
    'A8',
    'keyless without saying so',
    { actor: 'partners', collection: 'application', change: { keys: [] }, usageRules: { atLeastOneKey: false } },
    invalid('keyless'),
  ],
  [
    'A8',
    'keyless said of an application with a key',
    { actor: 'partners', collection: 'application', change: { keyless: true }, usageRules: { atLeastOneKey: false } },
    invalid('keyless'),
  ],
  [
    'A11',
    'a range',
    {
      actor: 'partners',
      collection: 'application',
      change: { ipRanges: ['10.0.0.0/8'] },
      usageRules: { ipFilter: 'on' },
    },
    applied,
  ],
  [
    'A11',
    'a range that is not canonical',
    {
      actor: 'partners',
      collection: 'application',
      change: { ipRanges: ['10.1.2.3/8'] },
      usageRules: { ipFilter: 'on' },
    },
    invalid('ipRanges', 'invalid_range'),
  ],
  [
    'A12',
    'a range that nobody looks at',
    { actor: 'partners', collection: 'application', change: { ipRanges: ['10.0.0.0/8'] } },
    invalid('ipRanges', 'filter_off'),
  ],
  [
    'A11',
    'a domain',
    {
      actor: 'partners',
      collection: 'application',
      change: { referrers: ['*.example.com'] },
      usageRules: { referrerFilter: 'required' },
    },
    applied,
  ],
  [
    'A11',
    'a domain with a path',
    {
      actor: 'partners',
      collection: 'application',
      change: { referrers: ['example.com/x'] },
      usageRules: { referrerFilter: 'on' },
    },
    invalid('referrers', 'invalid_domain'),
  ],
  [
    'A15',
    'a developer labels a key',
    { actor: 'developer', collection: 'application', change: { 'keys.0.label': 'Build' } },
    applied,
  ],
  [
    'A15',
    'a developer labels a key where they may not',
    {
      actor: 'developer',
      collection: 'application',
      change: { 'keys.0.label': 'Build' },
      usageRules: { developersMayManageKeys: false },
    },
    denied('keys', 'developers_may_not'),
  ],
  [
    'A15',
    'a developer renames an application',
    { actor: 'developer', collection: 'application', change: { name: 'B' } },
    denied('name'),
  ],
  [
    'A15',
    'a developer of another account',
    { actor: 'strangeDeveloper', collection: 'application', change: { 'keys.0.label': 'Build' } },
    invalid('keys', 'not_found'),
  ],
  [
    'A15',
    'a developer resumes an application',
    { actor: 'developer', collection: 'application', before: { state: 'suspended' }, change: { state: 'live' } },
    denied('state'),
  ],
  [
    'A15',
    "a developer widens a key's ranges",
    {
      actor: 'developer',
      collection: 'application',
      before: { 'keys.0.ipRanges': ['10.0.0.0/8'] },
      change: { 'keys.0.ipRanges': [] },
    },
    denied('keys.ipRanges'),
  ],
  [
    'J3',
    'another account',
    { actor: 'admin', collection: 'application', change: { accountId: '01JD000000000000000000THER' } },
    denied('accountId'),
  ],
  [
    'J3',
    'another service',
    { actor: 'admin', collection: 'application', change: { serviceId: '01JD000000000000000000THER' } },
    denied('serviceId'),
  ],
  [
    'P1',
    'a plan that is not there',
    { actor: 'partners', collection: 'application', change: { planId: '01JD000000000000000000THER' } },
    invalid('planId', 'not_found'),
  ],
  // Accounts.
  [
    'M1',
    'a member with partners suspends an account',
    { actor: 'partners', collection: 'account', change: { state: 'suspended' } },
    applied,
  ],
  [
    'M1',
    'a member with plans suspends an account',
    { actor: 'plans', collection: 'account', change: { state: 'suspended' } },
    denied('state'),
  ],
  [
    'M1',
    'a member with partners deletes an account',
    { actor: 'partners', collection: 'account', change: null },
    denied(undefined),
  ],
  ['M1', 'an admin deletes an account', { actor: 'admin', collection: 'account', change: null }, applied],
  // The workspace.
  [
    'M1',
    'a member with settings renames the workspace',
    { actor: 'settings', collection: 'workspace', change: { name: 'B' } },
    applied,
  ],
  [
    'M1',
    'a member with partners renames the workspace',
    { actor: 'partners', collection: 'workspace', change: { name: 'B' } },
    denied('name'),
  ],
  [
    'J3',
    'a workspace becomes a sample',
    { actor: 'admin', collection: 'workspace', change: { sample: true } },
    denied('sample'),
  ],
  ['J3', 'a workspace is deleted', { actor: 'admin', collection: 'workspace', change: null }, denied(undefined)],
]

export function judgeCases(): Case<JudgeGiven, JudgeExpect>[] {
  return rows.map(([rule, name, given, expect]) => ({ rule, name: `${given.collection}: ${name}`, given, expect }))
}
