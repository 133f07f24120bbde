/**
 * Cases for `authorize`, from a table of faults: each fault changes a call that passes, and names the check it fails
 * and the code. With several faults in one call the one whose check comes first must be the answer. The table knows
 * the order of the rules; it does not know the function.
 */
import type { Pattern } from '../../shared/domain/service-schema.ts'
import type { AuthorizeExpect, AuthorizeGiven, Case } from './format.ts'

export const vectorNow = Date.UTC(2026, 10, 22, 12)
const hour = 3_600_000

/** D1–D10. */
const order = [
  'service',
  'identifiers',
  'application',
  'key',
  'redirect_uri',
  'application_state',
  'service_state',
  'ip',
  'referrer',
  'limits',
]

interface Fault {
  readonly name: string
  readonly rule: string
  readonly check: string
  readonly code: string
  readonly patterns?: readonly Pattern[]
  /** Faults of one group change the same thing and cannot stand together. */
  readonly group?: string
  readonly apply: (given: AuthorizeGiven) => AuthorizeGiven
}

function call(change: Partial<AuthorizeGiven['call']>) {
  return (given: AuthorizeGiven): AuthorizeGiven => ({ ...given, call: { ...given.call, ...change } })
}
function service(change: Partial<AuthorizeGiven['service']>) {
  return (given: AuthorizeGiven): AuthorizeGiven => ({ ...given, service: { ...given.service, ...change } })
}
function rules(change: AuthorizeGiven['service']['usageRules']) {
  return (given: AuthorizeGiven): AuthorizeGiven => ({
    ...given,
    service: { ...given.service, usageRules: { ...given.service.usageRules, ...change } },
  })
}
function application(change: Partial<AuthorizeGiven['application']>) {
  return (given: AuthorizeGiven): AuthorizeGiven => ({ ...given, application: { ...given.application, ...change } })
}
function both(...changes: readonly Fault['apply'][]): Fault['apply'] {
  return (given) => changes.reduce((changed, apply) => apply(changed), given)
}

const serviceId = '01JD00000000000000PAYMENTS'
const serviceToken = 'service-token-of-payments'
const userKey = '0a1b2c3d4e5f60718293a4b5c6d7e8f9'
const appId = '1a2b3c4d'
const appKey = 'f9e8d7c6b5a493827160f5e4d3c2b1a0'
const clientSecret = 'client-secret-of-checkout'
const redirect = 'https://checkout.example/callback'

/** A call that passes, of each pattern: everything that could be asked for is there and right. */
export function passing(pattern: Pattern): AuthorizeGiven {
  return {
    now: vectorNow,
    service: {
      id: serviceId,
      pattern,
      state: 'live',
      usageRules: { ipFilter: 'on', referrerFilter: 'on' },
      tokens: [{ text: serviceToken, endsAt: 0 }],
      metrics: [{ name: 'hits' }, { name: 'search', parent: 'hits' }, { name: 'orders' }],
      limits: [
        { metric: 'hits', period: 'day', value: 100 },
        { metric: 'search', period: 'hour', value: 10 },
      ],
    },
    application: {
      state: 'live',
      account: 'approved',
      ...(pattern === 'api_key' ? { userKey } : { appId }),
      keys: pattern === 'app_id_key' ? [{ text: appKey, endsAt: 0 }] : [],
      clientSecrets: pattern === 'oauth' ? [{ text: clientSecret, endsAt: 0 }] : [],
      redirectUrls: pattern === 'oauth' ? [redirect] : [],
      ipRanges: ['203.0.113.0/24'],
      referrers: ['*.example.com'],
      hasPlan: true,
    },
    used: { hits: 10, search: 1 },
    call: {
      serviceId,
      serviceToken,
      ...(pattern === 'api_key' ? { userKey } : { appId, appKey: pattern === 'oauth' ? clientSecret : appKey }),
      ...(pattern === 'oauth' ? { redirectUri: redirect } : {}),
      ip: '203.0.113.7',
      referrer: 'shop.example.com',
      usage: [['hits', '1']],
    },
  }
}

const identified: readonly Pattern[] = ['app_id_key', 'oauth']

const faults: readonly Fault[] = [
  // D1: service token and service.
  {
    name: 'no service token',
    rule: 'D1',
    check: 'service',
    code: 'provider_key_or_service_token_required',
    group: 'token',
    apply: call({ serviceToken: undefined }),
  },
  {
    name: 'a blank service token',
    rule: 'D1',
    check: 'service',
    code: 'provider_key_or_service_token_required',
    group: 'token',
    apply: call({ serviceToken: '  ' }),
  },
  {
    name: 'no service id',
    rule: 'D1',
    check: 'service',
    code: 'service_id_missing',
    group: 'token',
    apply: call({ serviceId: undefined }),
  },
  {
    name: 'a wrong service token',
    rule: 'S2',
    check: 'service',
    code: 'service_token_invalid',
    group: 'token',
    apply: call({ serviceToken: 'service-token-of-payment' }),
  },
  {
    name: 'a service token of another service id',
    rule: 'S2',
    check: 'service',
    code: 'service_token_invalid',
    group: 'token',
    apply: call({ serviceId: '01JD000000000000000000RDER' }),
  },
  {
    name: 'a service token whose overlap has just ended',
    rule: 'S4',
    check: 'service',
    code: 'service_token_invalid',
    group: 'token',
    apply: service({
      tokens: [
        { text: serviceToken, endsAt: vectorNow },
        { text: 'its successor', endsAt: 0 },
      ],
    }),
  },
  {
    name: 'trust but an unknown service',
    rule: 'D1',
    check: 'service',
    code: 'service_id_invalid',
    group: 'token',
    apply: call({ serviceToken: undefined, trusted: true, serviceId: '01JD000000000000000000RDER' }),
  },
  // D2.
  {
    name: 'a user key beside the App ID',
    rule: 'D2',
    check: 'identifiers',
    code: 'authentication_error',
    patterns: identified,
    group: 'both',
    apply: (given) => call({ userKey, appId: given.call.appId ?? appId })(given),
  },
  {
    name: 'an App ID beside the user key',
    rule: 'D2',
    check: 'identifiers',
    code: 'authentication_error',
    patterns: ['api_key'],
    group: 'both',
    apply: (given) => call({ appId, userKey: given.call.userKey ?? userKey })(given),
  },
  {
    name: 'a client id beside the user key',
    rule: 'D2',
    check: 'identifiers',
    code: 'authentication_error',
    patterns: ['api_key'],
    group: 'both',
    apply: (given) => call({ clientId: appId, userKey: given.call.userKey ?? userKey })(given),
  },
  // D3.
  {
    name: 'a wrong user key',
    rule: 'A6',
    check: 'application',
    code: 'user_key_invalid',
    patterns: ['api_key'],
    group: 'id',
    apply: call({ userKey: userKey.replace('0', '1') }),
  },
  {
    name: 'a user key in capitals',
    rule: 'A6',
    check: 'application',
    code: 'user_key_invalid',
    patterns: ['api_key'],
    group: 'id',
    apply: call({ userKey: userKey.toUpperCase() }),
  },
  {
    name: 'a user key with a space after it',
    rule: 'A6',
    check: 'application',
    code: 'user_key_invalid',
    patterns: ['api_key'],
    group: 'id',
    apply: call({ userKey: `${userKey} ` }),
  },
  {
    name: 'no user key',
    rule: 'D3',
    check: 'application',
    code: 'user_key_invalid',
    patterns: ['api_key'],
    group: 'id',
    apply: call({ userKey: undefined }),
  },
  {
    name: 'a regenerated user key',
    rule: 'A6',
    check: 'application',
    code: 'user_key_invalid',
    patterns: ['api_key'],
    group: 'id',
    apply: application({ userKey: 'ffffffffffffffffffffffffffffffff' }),
  },
  {
    name: 'an App ID instead of the user key',
    rule: 'A1',
    check: 'application',
    code: 'user_key_invalid',
    patterns: ['api_key'],
    group: 'id',
    apply: both(application({ appId }), call({ userKey: undefined, appId })),
  },
  {
    name: 'a wrong App ID',
    rule: 'A7',
    check: 'application',
    code: 'application_not_found',
    patterns: identified,
    group: 'id',
    apply: call({ appId: '1a2b3c4e' }),
  },
  {
    name: 'an App ID in capitals',
    rule: 'A7',
    check: 'application',
    code: 'application_not_found',
    patterns: identified,
    group: 'id',
    apply: call({ appId: '1A2B3C4D' }),
  },
  {
    name: 'no App ID',
    rule: 'D3',
    check: 'application',
    code: 'application_not_found',
    patterns: identified,
    group: 'id',
    apply: call({ appId: undefined }),
  },
  {
    name: 'a user key instead of the App ID',
    rule: 'A1',
    check: 'application',
    code: 'application_not_found',
    patterns: identified,
    group: 'id',
    apply: both(application({ userKey }), call({ appId: undefined, userKey })),
  },
  {
    name: 'the name of a prototype as App ID',
    rule: 'D3',
    check: 'application',
    code: 'application_not_found',
    patterns: identified,
    group: 'id',
    apply: call({ appId: '__proto__' }),
  },
  // D4.
  {
    name: 'a wrong key',
    rule: 'D4',
    check: 'key',
    code: 'application_key_invalid',
    patterns: identified,
    group: 'key',
    apply: call({ appKey: 'not-the-key-of-checkout' }),
  },
  {
    name: 'a key in capitals',
    rule: 'D4',
    check: 'key',
    code: 'application_key_invalid',
    patterns: ['app_id_key'],
    group: 'key',
    apply: call({ appKey: appKey.toUpperCase() }),
  },
  {
    name: 'no key',
    rule: 'D4',
    check: 'key',
    code: 'application_key_invalid',
    patterns: ['app_id_key'],
    group: 'key',
    apply: call({ appKey: undefined }),
  },
  {
    name: 'an empty key',
    rule: 'D4',
    check: 'key',
    code: 'application_key_invalid',
    patterns: identified,
    group: 'key',
    apply: call({ appKey: '' }),
  },
  {
    name: 'a key that has just expired',
    rule: 'A7',
    check: 'key',
    code: 'application_key_invalid',
    patterns: ['app_id_key'],
    group: 'key',
    apply: application({ keys: [{ text: appKey, endsAt: vectorNow }] }),
  },
  {
    name: 'only an expired key, keyless allowed',
    rule: 'A8',
    check: 'key',
    code: 'application_key_invalid',
    patterns: ['app_id_key'],
    group: 'key',
    apply: both(
      rules({ atLeastOneKey: false }),
      application({ keys: [{ text: appKey, endsAt: vectorNow - 1 }] }),
      call({ appKey: undefined }),
    ),
  },
  {
    name: 'no key at all where one is wanted',
    rule: 'A8',
    check: 'key',
    code: 'application_key_invalid',
    patterns: ['app_id_key'],
    group: 'key',
    apply: both(rules({ atLeastOneKey: true }), application({ keys: [] })),
  },
  {
    name: 'no key given beside others, keyless allowed',
    rule: 'A8',
    check: 'key',
    code: 'application_key_invalid',
    patterns: ['app_id_key'],
    group: 'key',
    apply: both(rules({ atLeastOneKey: false }), call({ appKey: undefined })),
  },
  {
    name: 'a client secret whose overlap has ended',
    rule: 'A9',
    check: 'key',
    code: 'application_key_invalid',
    patterns: ['oauth'],
    group: 'key',
    apply: application({
      clientSecrets: [
        { text: clientSecret, endsAt: vectorNow },
        { text: 'its successor', endsAt: 0 },
      ],
    }),
  },
  {
    name: 'a client secret, the application has none',
    rule: 'A9',
    check: 'key',
    code: 'application_key_invalid',
    patterns: ['oauth'],
    group: 'key',
    apply: application({ clientSecrets: [] }),
  },
  {
    name: 'OAuth asked of another pattern',
    rule: 'A9',
    check: 'key',
    code: 'oauth_not_enabled',
    patterns: ['api_key', 'app_id_key'],
    group: 'key',
    apply: call({ oauth: true }),
  },
  // D5.
  {
    name: 'another redirect address',
    rule: 'A9',
    check: 'redirect_uri',
    code: 'redirect_uri_invalid',
    patterns: ['oauth'],
    group: 'redirect',
    apply: call({ redirectUri: `${redirect}/` }),
  },
  {
    name: 'a redirect address in capitals',
    rule: 'D5',
    check: 'redirect_uri',
    code: 'redirect_uri_invalid',
    patterns: ['oauth'],
    group: 'redirect',
    apply: call({ redirectUri: redirect.toUpperCase() }),
  },
  {
    name: 'a redirect address, the application has none',
    rule: 'D5',
    check: 'redirect_uri',
    code: 'redirect_uri_invalid',
    patterns: ['oauth'],
    group: 'redirect',
    apply: application({ redirectUrls: [] }),
  },
  // D6.
  {
    name: 'a suspended application',
    rule: 'A5',
    check: 'application_state',
    code: 'application_not_active',
    group: 'state',
    apply: application({ state: 'suspended' }),
  },
  {
    name: 'a pending application',
    rule: 'A5',
    check: 'application_state',
    code: 'application_not_active',
    group: 'state',
    apply: application({ state: 'pending' }),
  },
  {
    name: 'a suspended account',
    rule: 'D6',
    check: 'application_state',
    code: 'application_not_active',
    group: 'state',
    apply: application({ account: 'suspended' }),
  },
  {
    name: 'a rejected account',
    rule: 'D6',
    check: 'application_state',
    code: 'application_not_active',
    group: 'state',
    apply: application({ account: 'rejected' }),
  },
  // D7.
  {
    name: 'a suspended service',
    rule: 'D7',
    check: 'service_state',
    code: 'service_not_active',
    group: 'serviceState',
    apply: service({ state: 'suspended' }),
  },
  {
    name: 'a retired service',
    rule: 'A2',
    check: 'service_state',
    code: 'service_not_active',
    group: 'serviceState',
    apply: service({ state: 'retired' }),
  },
  // D8.
  {
    name: 'an address outside the list',
    rule: 'A11',
    check: 'ip',
    code: 'ip_not_allowed',
    group: 'ip',
    apply: call({ ip: '203.0.114.7' }),
  },
  { name: 'no address', rule: 'A11', check: 'ip', code: 'ip_not_allowed', group: 'ip', apply: call({ ip: undefined }) },
  {
    name: 'text that is no address',
    rule: 'A11',
    check: 'ip',
    code: 'ip_not_allowed',
    group: 'ip',
    apply: call({ ip: '203.0.113.7, 198.51.100.1' }),
  },
  {
    name: 'the IP filter required and no list',
    rule: 'A12',
    check: 'ip',
    code: 'ip_not_allowed',
    group: 'ip',
    apply: both(rules({ ipFilter: 'required' }), application({ ipRanges: [] })),
  },
  {
    name: "an address outside the key's list",
    rule: 'A11',
    check: 'ip',
    code: 'ip_not_allowed',
    patterns: ['app_id_key'],
    group: 'ip',
    apply: (given) =>
      application({ keys: given.application.keys.map((key) => ({ ...key, ipRanges: ['203.0.113.128/25'] })) })(given),
  },
  // D9.
  {
    name: 'a referrer outside the list',
    rule: 'A11',
    check: 'referrer',
    code: 'referrer_not_allowed',
    group: 'referrer',
    apply: call({ referrer: 'shop.example.net' }),
  },
  {
    name: 'the bare domain of a wildcard',
    rule: 'A11',
    check: 'referrer',
    code: 'referrer_not_allowed',
    group: 'referrer',
    apply: call({ referrer: 'example.com' }),
  },
  {
    name: 'a longer name that ends alike',
    rule: 'A11',
    check: 'referrer',
    code: 'referrer_not_allowed',
    group: 'referrer',
    apply: call({ referrer: 'notexample.com' }),
  },
  {
    name: 'no referrer',
    rule: 'A11',
    check: 'referrer',
    code: 'referrer_not_allowed',
    group: 'referrer',
    apply: call({ referrer: undefined }),
  },
  {
    name: 'a star for a referrer',
    rule: 'A11',
    check: 'referrer',
    code: 'referrer_not_allowed',
    group: 'referrer',
    apply: call({ referrer: '*' }),
  },
  {
    name: 'the referrer filter required and no list',
    rule: 'A12',
    check: 'referrer',
    code: 'referrer_not_allowed',
    group: 'referrer',
    apply: both(rules({ referrerFilter: 'required' }), application({ referrers: [] })),
  },
  {
    name: "a referrer outside the key's list",
    rule: 'A11',
    check: 'referrer',
    code: 'referrer_not_allowed',
    patterns: ['app_id_key'],
    group: 'referrer',
    apply: (given) =>
      application({ keys: given.application.keys.map((key) => ({ ...key, referrers: ['pay.example.com'] })) })(given),
  },
  // D10.
  {
    name: 'an unknown metric',
    rule: 'P1',
    check: 'limits',
    code: 'metric_invalid',
    group: 'usage',
    apply: call({ usage: [['Hits', '1']] }),
  },
  {
    name: 'a metric named like a prototype',
    rule: 'D10',
    check: 'limits',
    code: 'metric_invalid',
    group: 'usage',
    apply: call({ usage: [['__proto__', '1']] }),
  },
  {
    name: 'a usage value below zero',
    rule: 'D10',
    check: 'limits',
    code: 'usage_value_invalid',
    group: 'usage',
    apply: call({ usage: [['hits', '-1']] }),
  },
  {
    name: 'an empty usage value',
    rule: 'D10',
    check: 'limits',
    code: 'usage_value_invalid',
    group: 'usage',
    apply: call({ usage: [['hits', '']] }),
  },
  {
    name: 'one more than the limit',
    rule: 'P2',
    check: 'limits',
    code: 'limits_exceeded',
    group: 'usage',
    apply: call({ usage: [['hits', '91']] }),
  },
  {
    name: "a method that exceeds its parent's limit",
    rule: 'P1',
    check: 'limits',
    code: 'limits_exceeded',
    group: 'usage',
    apply: (given) => ({ ...given, used: { hits: 100, search: 0 }, call: { ...given.call, usage: [['search', '1']] } }),
  },
  {
    name: 'a parent and its method, together too many',
    rule: 'P1',
    check: 'limits',
    code: 'limits_exceeded',
    group: 'usage',
    apply: (given) => ({
      ...given,
      used: { hits: 99, search: 0 },
      call: {
        ...given.call,
        usage: [
          ['hits', '1'],
          ['search', '1'],
        ],
      },
    }),
  },
  {
    name: 'no usage while a limit is exceeded',
    rule: 'P2',
    check: 'limits',
    code: 'limits_exceeded',
    group: 'usage',
    apply: (given) => ({ ...given, used: { hits: 0, search: 11 }, call: { ...given.call, usage: undefined } }),
  },
  {
    name: 'a set value above the limit',
    rule: 'P2',
    check: 'limits',
    code: 'limits_exceeded',
    group: 'usage',
    apply: call({ usage: [['hits', '#101']] }),
  },
  {
    name: 'a number beyond any counter',
    rule: 'D10',
    check: 'limits',
    code: 'limits_exceeded',
    group: 'usage',
    apply: call({ usage: [['hits', '99999999999999999999']] }),
  },
]

/** Changes after which the call still passes. */
const harmless: readonly (Omit<Fault, 'check' | 'code'> & { readonly check?: undefined })[] = [
  { name: 'nothing wrong', rule: 'D11', apply: (given) => given },
  {
    name: 'a service token in its overlap',
    rule: 'S4',
    apply: service({
      tokens: [
        { text: serviceToken, endsAt: vectorNow + hour },
        { text: 'its successor', endsAt: 0 },
      ],
    }),
  },
  {
    name: 'the successor of a service token',
    rule: 'S4',
    apply: service({
      tokens: [
        { text: 'the old one', endsAt: vectorNow + hour },
        { text: serviceToken, endsAt: 0 },
      ],
    }),
  },
  { name: 'trust instead of a service token', rule: 'A4', apply: call({ serviceToken: undefined, trusted: true }) },
  { name: 'a blank user key beside the App ID', rule: 'D2', patterns: identified, apply: call({ userKey: ' ' }) },
  { name: 'a blank App ID beside the user key', rule: 'D2', patterns: ['api_key'], apply: call({ appId: '' }) },
  {
    name: 'an App Key that the API key pattern does not ask for',
    rule: 'A1',
    patterns: ['api_key'],
    apply: call({ appKey: 'whatever' }),
  },
  {
    name: 'a client id for an App ID',
    rule: 'A9',
    patterns: ['oauth'],
    apply: call({ appId: undefined, clientId: appId, appKey: undefined, clientSecret }),
  },
  { name: 'OAuth asked of OAuth', rule: 'A9', patterns: ['oauth'], apply: call({ oauth: true }) },
  { name: 'no client secret', rule: 'A9', patterns: ['oauth'], apply: call({ appKey: undefined }) },
  { name: 'no redirect address', rule: 'D5', patterns: ['oauth'], apply: call({ redirectUri: undefined }) },
  { name: 'an empty redirect address', rule: 'D5', patterns: ['oauth'], apply: call({ redirectUri: '' }) },
  {
    name: 'a redirect address where no OAuth is',
    rule: 'D5',
    patterns: ['api_key', 'app_id_key'],
    apply: call({ redirectUri: 'https://elsewhere.example' }),
  },
  {
    name: 'a client secret in its overlap',
    rule: 'A9',
    patterns: ['oauth'],
    apply: application({
      clientSecrets: [
        { text: clientSecret, endsAt: vectorNow + 1 },
        { text: 'its successor', endsAt: 0 },
      ],
    }),
  },
  {
    name: 'a second key',
    rule: 'A7',
    patterns: ['app_id_key'],
    apply: application({
      keys: [
        { text: 'the first key', endsAt: 0 },
        { text: appKey, endsAt: 0 },
      ],
    }),
  },
  {
    name: 'a key that expires in a millisecond',
    rule: 'A7',
    patterns: ['app_id_key'],
    apply: application({ keys: [{ text: appKey, endsAt: vectorNow + 1 }] }),
  },
  { name: 'a key with spaces around', rule: 'D4', patterns: ['app_id_key'], apply: call({ appKey: ` ${appKey} ` }) },
  {
    name: 'keyless',
    rule: 'A8',
    patterns: ['app_id_key'],
    apply: both(rules({ atLeastOneKey: false }), application({ keys: [] }), call({ appKey: undefined })),
  },
  {
    name: 'keyless with a key that nobody checks',
    rule: 'A8',
    patterns: ['app_id_key'],
    apply: both(rules({ atLeastOneKey: false }), application({ keys: [] }), call({ appKey: 'whatever' })),
  },
  {
    name: 'a right key where keyless is allowed',
    rule: 'A8',
    patterns: ['app_id_key'],
    apply: rules({ atLeastOneKey: false }),
  },
  { name: 'IP filter off', rule: 'A12', apply: both(rules({ ipFilter: 'off' }), call({ ip: '192.0.2.1' })) },
  {
    name: 'IP filter on and no list',
    rule: 'A12',
    apply: both(application({ ipRanges: [] }), call({ ip: undefined })),
  },
  { name: 'IP filter required and a match', rule: 'A12', apply: rules({ ipFilter: 'required' }) },
  { name: 'an IPv4 address in IPv6 form', rule: 'A11', apply: call({ ip: '::ffff:203.0.113.9' }) },
  {
    name: 'an IPv6 range',
    rule: 'A11',
    apply: both(application({ ipRanges: ['2001:db8::/32'] }), call({ ip: '2001:db8:0:1::5' })),
  },
  {
    name: 'the second of two ranges',
    rule: 'A11',
    apply: both(application({ ipRanges: ['192.0.2.0/24', '203.0.113.0/24'] })),
  },
  {
    name: "an address in the application's and the key's list",
    rule: 'A11',
    patterns: ['app_id_key'],
    apply: (given) =>
      application({ keys: given.application.keys.map((key) => ({ ...key, ipRanges: ['203.0.113.0/25'] })) })(given),
  },
  {
    name: "IP filter required and only the key's list",
    rule: 'A12',
    patterns: ['app_id_key'],
    apply: (given) =>
      both(
        rules({ ipFilter: 'required' }),
        application({
          ipRanges: [],
          keys: given.application.keys.map((key) => ({ ...key, ipRanges: ['203.0.113.0/25'] })),
        }),
      )(given),
  },
  {
    name: 'referrer filter off',
    rule: 'A12',
    apply: both(rules({ referrerFilter: 'off' }), call({ referrer: 'elsewhere.example' })),
  },
  {
    name: 'referrer filter on and no list',
    rule: 'A12',
    apply: both(application({ referrers: [] }), call({ referrer: undefined })),
  },
  { name: 'a wildcard at any depth', rule: 'A11', apply: call({ referrer: 'a.b.c.example.com' }) },
  {
    name: 'a referrer as a whole address',
    rule: 'A11',
    apply: call({ referrer: 'https://shop.example.com:8443/cart?id=1' }),
  },
  { name: 'exactly the limit', rule: 'P2', apply: call({ usage: [['hits', '90']] }) },
  {
    name: 'a set value at the limit',
    rule: 'P2',
    apply: (given) => ({
      ...given,
      used: { hits: 500, search: 0 },
      call: { ...given.call, usage: [['hits', '#100']] },
    }),
  },
  {
    name: 'a limit of another metric exceeded',
    rule: 'P2',
    apply: (given) => ({ ...given, used: { hits: 0, search: 50 } }),
  },
  {
    name: 'a metric without a limit',
    rule: 'P2',
    apply: (given) => ({
      ...given,
      used: { hits: 500, search: 50 },
      call: { ...given.call, usage: [['orders', '1000']] },
    }),
  },
  {
    name: 'no usage, every limit just reached',
    rule: 'P2',
    apply: (given) => ({ ...given, used: { hits: 100, search: 10 }, call: { ...given.call, usage: undefined } }),
  },
  {
    name: 'a limit of zero and no usage',
    rule: 'P2',
    apply: (given) => ({
      ...service({ limits: [{ metric: 'hits', period: 'eternity', value: 0 }] })(given),
      used: {},
      call: { ...given.call, usage: undefined },
    }),
  },
  {
    name: 'no plan',
    rule: 'P1',
    apply: (given) => ({ ...application({ hasPlan: false })(given), used: { hits: 500 } }),
  },
  {
    name: 'usage of a method not counted on its parent where that is switched off',
    rule: 'P1',
    apply: (given) => ({
      ...given,
      used: { hits: 100, search: 0 },
      call: { ...given.call, flatUsage: true, usage: [['search', '1']] },
    }),
  },
]

function fits(item: { readonly patterns?: readonly Pattern[] }, pattern: Pattern): boolean {
  return item.patterns === undefined || item.patterns.includes(pattern)
}

type AuthorizeCase = Case<AuthorizeGiven, AuthorizeExpect>

/** JSON has no undefined: a field that is left out is absent. */
function asCase(rule: string, name: string, given: AuthorizeGiven, expect: AuthorizeExpect): AuthorizeCase {
  return JSON.parse(JSON.stringify({ rule, name, given, expect })) as AuthorizeCase
}

const dOf = (check: string) => `D${order.indexOf(check) + 1}`

export function authorizeCases(): AuthorizeCase[] {
  const cases: AuthorizeCase[] = []
  for (const pattern of ['api_key', 'app_id_key', 'oauth'] as const) {
    for (const change of harmless.filter((item) => fits(item, pattern))) {
      cases.push(
        asCase(change.rule, `${pattern}: ${change.name}`, change.apply(passing(pattern)), { authorized: true }),
      )
    }
    const here = faults.filter((item) => fits(item, pattern))
    for (const { rule, name, check, code, apply } of here) {
      cases.push(asCase(rule, `${pattern}: ${name}`, apply(passing(pattern)), { authorized: false, check, code }))
    }
    // One fault of each check against one of every later check, in turn, so that every pair of checks is there.
    const byCheck = order.map((check) => here.filter((fault) => fault.check === check))
    byCheck.forEach((earlier, at) => {
      byCheck.slice(at + 1).forEach((later, turn) => {
        for (const round of [0, 1]) {
          const first = earlier[(turn + round * 3) % earlier.length]
          const second = later[(at + round * 2) % later.length]
          if (
            first === undefined ||
            second === undefined ||
            (first.group !== undefined && first.group === second.group)
          )
            continue
          // The later fault is applied first: what the earlier one changes must not be undone.
          const given = first.apply(second.apply(passing(pattern)))
          cases.push(
            asCase(dOf(first.check), `${pattern}: ${first.name} and ${second.name} (${round + 1})`, given, {
              authorized: false,
              check: first.check,
              code: first.code,
            }),
          )
        }
      })
    })
  }
  return cases
}
