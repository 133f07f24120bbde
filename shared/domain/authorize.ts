/**
 * The decision whether a call may pass (domain rules, Decisions: order of checks; A4). One function for *Test
 * credentials* on a device and for gateways asking the endpoint. The first failing check is the answer.
 */
import { referrerAllowed } from './filter.ts'
import type { Instant, Ulid } from './id.ts'
import type { RefusalParam } from './outcome.ts'
import { fact, type PackedGrants } from './packed-grants.ts'
import {
  type ApplicationGrant,
  inRanges,
  type KeyGrant,
  type ServiceGrants,
  type ServiceSettings,
  type Snapshot,
} from './snapshot.ts'
import { type CurrentUsage, exceededLimit, readUsage, type Usage, type UsageInput } from './usage.ts'

/** Why a call may not pass; the names that 3scale's clients know. */
export const decisionCodes = [
  'provider_key_or_service_token_required',
  'service_id_missing',
  'service_id_invalid',
  'service_token_invalid',
  'authentication_error',
  'user_key_invalid',
  'application_not_found',
  'oauth_not_enabled',
  'application_key_invalid',
  'redirect_uri_invalid',
  'application_not_active',
  'service_not_active',
  'ip_not_allowed',
  'referrer_not_allowed',
  'metric_invalid',
  'usage_value_invalid',
  'limits_exceeded',
] as const
export type DecisionCode = (typeof decisionCodes)[number]

/** The checks in their order (D1–D10). */
export const checks = [
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
] as const
export type Check = (typeof checks)[number]

/** A call as a gateway or *Test credentials* describes it. Blank identifiers count as absent. */
export interface AuthorizeCall {
  readonly serviceId?: string | undefined
  readonly serviceToken?: string | undefined
  /** True where the caller is trusted without a service token: the console's own *Test credentials*. */
  readonly trusted?: boolean | undefined
  /** True where OAuth rules are asked for by name (`oauth_authorize`): any other pattern is then refused. */
  readonly oauth?: boolean | undefined
  readonly userKey?: string | undefined
  readonly appId?: string | undefined
  readonly appKey?: string | undefined
  /** OAuth's names for App ID and key; used where `appId` and `appKey` are left out. */
  readonly clientId?: string | undefined
  readonly clientSecret?: string | undefined
  readonly redirectUri?: string | undefined
  readonly ip?: string | undefined
  readonly referrer?: string | undefined
  readonly usage?: UsageInput | undefined
  /** Counts nothing on parent metrics. */
  readonly flatUsage?: boolean | undefined
}

/** What a decision needs from outside. */
export interface DecisionContext {
  /** SHA-256 of UTF-8 text as 64 lower-case hexadecimal characters. */
  digest(text: string): string
  /** What was used so far in a window; nothing where left out. */
  readonly current?: CurrentUsage
  /** Adds `steps` to the answer. */
  readonly explain?: boolean
}

export type StepOutcome = 'passed' | 'failed' | 'not_reached'

/** One line of *Test credentials*. */
export interface Step {
  readonly check: Check
  readonly outcome: StepOutcome
  readonly code?: DecisionCode
  readonly params: Readonly<Record<string, RefusalParam>>
}

interface Found {
  readonly serviceId: Ulid | undefined
  readonly application: ApplicationGrant | undefined
  /** The key or client secret that matched. */
  readonly keyId: Ulid | undefined
  /** The usage of the call by metric id, with what counts on parents. */
  readonly usage: Usage | undefined
  readonly steps: readonly Step[] | undefined
}

export interface Authorized extends Found {
  readonly authorized: true
  readonly check: undefined
  readonly code: undefined
  readonly params: undefined
}

export interface Denied extends Found {
  readonly authorized: false
  readonly check: Check
  readonly code: DecisionCode
  /** For a sentence; never a secret: of what was given at most its first four characters. */
  readonly params: Readonly<Record<string, RefusalParam>>
}

export type Decision = Authorized | Denied

/** A failed check before it is known what was found. */
interface Failure {
  readonly check: Check
  readonly code: DecisionCode
  readonly params: Readonly<Record<string, RefusalParam>>
}

/** What the checks leave behind for the answer and the steps. */
interface Trace {
  grants: ServiceGrants | undefined
  application: ApplicationGrant | undefined
  /** The key that matched, where more is asked of it than its id. */
  key: KeyGrant | undefined
  keyId: Ulid | undefined
  usage: Usage | undefined
}

/** The application that a call names: its place among the packed ones. What is packed is not read from the grant. */
interface Hit {
  readonly grants: PackedGrants
  readonly place: number
}

/**
 * Decides on a call at `now` (ms UTC).
 * @returns authorized with the application and the key that matched, or the first failing check with its code.
 */
export function authorize(snapshot: Snapshot, call: AuthorizeCall, now: Instant, context: DecisionContext): Decision {
  const trace: Trace = { grants: undefined, application: undefined, key: undefined, keyId: undefined, usage: undefined }
  const failure = firstFailure(snapshot, call, now, context, trace)
  // One shape for every answer, without spreads: half of a decision's time would go into them.
  const decision = {
    authorized: failure === undefined,
    check: failure?.check,
    code: failure?.code,
    params: failure?.params,
    serviceId: trace.grants?.id,
    application: undefined as ApplicationGrant | undefined,
    keyId: trace.keyId,
    usage: trace.usage,
    steps: context.explain ? stepsOf(trace, call, failure) : undefined,
  }
  // Not within the literal: V8 would look at the grant to learn its shape, and wait for memory that nobody asked for.
  decision.application = trace.application
  return decision as Decision
}

/** The order of checks. Each answers its failure or nothing. */
function firstFailure(
  snapshot: Snapshot,
  call: AuthorizeCall,
  now: Instant,
  context: DecisionContext,
  trace: Trace,
): Failure | undefined {
  const unknownService = checkService(snapshot, call, now, context, trace)
  if (unknownService !== undefined) return unknownService
  const settings = trace.grants?.settings
  if (trace.grants === undefined || settings === undefined) return fail('service', 'service_id_invalid')

  const userKey = present(call.userKey)
  const appId = present(call.appId) ?? present(call.clientId)
  if (userKey !== undefined && appId !== undefined) return fail('identifiers', 'authentication_error')

  const hit =
    settings.pattern === 'api_key'
      ? userKey && hitIn(trace.grants.byUserKey, context.digest(userKey))
      : appId && hitIn(trace.grants.byAppId, appId)
  if (!hit) return unknownApplication(settings, userKey, appId)
  trace.application = hit.grants.at(hit.place)

  return (
    checkKey(settings, hit, call, now, context, trace) ??
    checkRedirectUri(settings, hit, call) ??
    checkApplicationState(snapshot, hit) ??
    checkServiceState(settings) ??
    checkIp(snapshot, settings, hit, call, trace) ??
    checkReferrer(settings, hit, call, trace) ??
    checkLimits(settings, hit, call, now, context, trace)
  )
}

function hitIn(grants: PackedGrants, identifier: string): Hit | undefined {
  const place = grants.find(identifier)
  return place === -1 ? undefined : { grants, place }
}

const noParams = Object.freeze({})

function fail(check: Check, code: DecisionCode, params: Failure['params'] = noParams): Failure {
  return { check, code, params }
}

/** The text, or nothing where it is blank: forms and gateways send empty parameters for absent ones. */
function present(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text
}

/** What may be said of a credential that was given: first four characters, none of a short one. Never more. */
function hintOf(given: string | undefined): Failure['params'] {
  if (given === undefined) return { missing: true }
  return { hint: given.length < 12 ? '…' : `${given.slice(0, 4)}…` }
}

/** D1: service token and service belong together; the token is one of the service's, and its overlap still runs. */
function checkService(
  snapshot: Snapshot,
  call: AuthorizeCall,
  now: Instant,
  context: DecisionContext,
  trace: Trace,
): Failure | undefined {
  const serviceToken = present(call.serviceToken)
  const serviceId = present(call.serviceId)
  if (!call.trusted && serviceToken === undefined) return fail('service', 'provider_key_or_service_token_required')
  if (serviceId === undefined) return fail('service', 'service_id_missing')
  const grants = snapshot.services.get(serviceId)
  const tokens = grants?.settings?.tokens
  if (call.trusted) {
    if (tokens === undefined) return fail('service', 'service_id_invalid')
  } else {
    if (tokens === undefined || serviceToken === undefined) {
      return fail('service', 'service_token_invalid', hintOf(serviceToken))
    }
    if (matching(tokens, context.digest(serviceToken), now) === undefined) {
      return fail('service', 'service_token_invalid', hintOf(serviceToken))
    }
  }
  trace.grants = grants
  return undefined
}

/** The first of the secrets with this digest that has not ended (S4, A7, A9). */
function matching<T extends { readonly digest: string; readonly endsAt: Instant }>(
  secrets: readonly T[],
  digest: string,
  now: Instant,
): T | undefined {
  for (const secret of secrets) {
    if (secret.digest === digest && (secret.endsAt === 0 || now < secret.endsAt)) return secret
  }
  return undefined
}

/** D3: the application is found by the identifier of the service's pattern (A1), and by no other. */
function unknownApplication(
  settings: ServiceSettings,
  userKey: string | undefined,
  appId: string | undefined,
): Failure {
  return settings.pattern === 'api_key'
    ? fail('application', 'user_key_invalid', hintOf(userKey))
    : fail('application', 'application_not_found', hintOf(appId))
}

/** D4: the key rule of the pattern (A6–A9). */
function checkKey(
  settings: ServiceSettings,
  hit: Hit,
  call: AuthorizeCall,
  now: Instant,
  context: DecisionContext,
  trace: Trace,
): Failure | undefined {
  if (call.oauth && settings.pattern !== 'oauth') return fail('key', 'oauth_not_enabled')
  // The key rule of the API key pattern is the look-up itself (A6).
  if (settings.pattern === 'api_key') return undefined
  const given = (call.appKey ?? call.clientSecret)?.trim()
  if (settings.pattern === 'oauth') {
    // The caller has shown an access token elsewhere; a client secret is checked where one is given, even an empty one.
    if (given === undefined) return undefined
    if (given !== '') matchSecret(hit, 'clientSecrets', context.digest(given), now, trace)
  } else {
    // A8: keyless is an application without any key. One whose keys have all expired stays closed.
    if (settings.keylessAllowed && hit.grants.is(hit.place, fact.keyless)) return undefined
    if (given !== undefined && given !== '') matchSecret(hit, 'keys', context.digest(given), now, trace)
  }
  return trace.keyId === undefined ? fail('key', 'application_key_invalid', hintOf(given || undefined)) : undefined
}

/** Leaves behind the key or client secret with this digest that has not ended. */
function matchSecret(
  { grants, place }: Hit,
  kind: 'keys' | 'clientSecrets',
  digest: string,
  now: Instant,
  trace: Trace,
): void {
  if (grants.is(place, kind === 'keys' ? fact.oneKey : fact.oneSecret)) {
    // Nothing more is asked of this one: it never ends and has no filters.
    if (grants.isOnly(place, digest)) trace.keyId = grants.onlyId(place)
    return
  }
  trace.key = matching(grants.at(place)[kind], digest, now)
  trace.keyId = trace.key?.id
}

/** D5: a redirect address, where one is given, is one of the application's, byte for byte (A9). */
function checkRedirectUri(settings: ServiceSettings, hit: Hit, call: AuthorizeCall): Failure | undefined {
  if (settings.pattern !== 'oauth' || call.redirectUri === undefined || call.redirectUri === '') return undefined
  return hit.grants.at(hit.place).redirectUrls.includes(call.redirectUri)
    ? undefined
    : fail('redirect_uri', 'redirect_uri_invalid')
}

/** D6: only a live application passes (A5), and only one of an approved account. */
function checkApplicationState(snapshot: Snapshot, { grants, place }: Hit): Failure | undefined {
  if (!grants.is(place, fact.live)) {
    return fail('application_state', 'application_not_active', { state: grants.at(place).state })
  }
  if (snapshot.blockedAccounts.size > 0 && snapshot.blockedAccounts.has(grants.at(place).accountId)) {
    return fail('application_state', 'application_not_active', { account: true })
  }
  return undefined
}

/** D7: only a live service passes; a retired one no longer does (A2). */
function checkServiceState(settings: ServiceSettings): Failure | undefined {
  return settings.state === 'live' ? undefined : fail('service_state', 'service_not_active', { state: settings.state })
}

/** A filter list of the application, or nothing where it is empty. */
function ownList({ grants, place }: Hit, kind: 'ipRanges' | 'referrers'): readonly string[] | undefined {
  if (!grants.is(place, fact.filtered)) return undefined
  const list = grants.at(place)[kind]
  return list.length > 0 ? list : undefined
}

/** D8: the caller's address is in every list that is not empty; `required` wants one (A11, A12). */
function checkIp(
  snapshot: Snapshot,
  settings: ServiceSettings,
  hit: Hit,
  call: AuthorizeCall,
  trace: Trace,
): Failure | undefined {
  if (settings.ipFilter === 'off') return undefined
  const ofKey = trace.key?.ipRanges.length ? trace.key.ipRanges : undefined
  const ofApplication = ownList(hit, 'ipRanges')
  if (ofKey === undefined && ofApplication === undefined) {
    return settings.ipFilter === 'required' ? fail('ip', 'ip_not_allowed', { emptyList: true }) : undefined
  }
  const ip = present(call.ip)
  if (ip === undefined) return fail('ip', 'ip_not_allowed', { missing: true })
  if (ofApplication !== undefined && !inRanges(snapshot, ofApplication, ip)) {
    return fail('ip', 'ip_not_allowed', { list: 'application' })
  }
  if (ofKey !== undefined && !inRanges(snapshot, ofKey, ip)) return fail('ip', 'ip_not_allowed', { list: 'key' })
  return undefined
}

/** D9: the same for the referrer (A11, A12). */
function checkReferrer(settings: ServiceSettings, hit: Hit, call: AuthorizeCall, trace: Trace): Failure | undefined {
  if (settings.referrerFilter === 'off') return undefined
  const ofKey = trace.key?.referrers.length ? trace.key.referrers : undefined
  const ofApplication = ownList(hit, 'referrers')
  if (ofKey === undefined && ofApplication === undefined) {
    return settings.referrerFilter === 'required'
      ? fail('referrer', 'referrer_not_allowed', { emptyList: true })
      : undefined
  }
  const referrer = present(call.referrer)
  if (referrer === undefined) return fail('referrer', 'referrer_not_allowed', { missing: true })
  if (ofApplication !== undefined && !referrerAllowed(ofApplication, referrer)) {
    return fail('referrer', 'referrer_not_allowed', { list: 'application' })
  }
  if (ofKey !== undefined && !referrerAllowed(ofKey, referrer)) {
    return fail('referrer', 'referrer_not_allowed', { list: 'key' })
  }
  return undefined
}

function nothingUsed(): number {
  return 0
}

/** D10: metrics are known, values are values, and no limit of the plan would be exceeded (P1, P2). */
function checkLimits(
  settings: ServiceSettings,
  hit: Hit,
  call: AuthorizeCall,
  now: Instant,
  context: DecisionContext,
  trace: Trace,
): Failure | undefined {
  if (call.usage !== undefined && call.usage.length > 0) {
    const usage = readUsage(settings.metrics, call.usage, call.flatUsage)
    if ('fault' in usage) {
      return usage.fault === 'metric_invalid'
        ? fail('limits', 'metric_invalid', { metric: usage.metric.slice(0, 255) })
        : fail('limits', 'usage_value_invalid', { metric: usage.metric.slice(0, 255), missing: usage.empty })
    }
    trace.usage = usage
  }
  const planId = hit.grants.planId(hit.place)
  if (planId === undefined) return undefined
  const limits = settings.limits.get(planId)
  // A plan that the service does not have says nothing about limits: err to deny.
  if (limits === undefined) return fail('limits', 'limits_exceeded', { plan: 'unknown' })
  if (limits.length === 0) return undefined
  const exceeded = exceededLimit(limits, trace.usage, hit.grants.id(hit.place), context.current ?? nothingUsed, now)
  if (exceeded === undefined) return undefined
  const metric = settings.metrics.byId.get(exceeded.metricId)?.systemName ?? ''
  return fail('limits', 'limits_exceeded', { metric, period: exceeded.period, limit: exceeded.value })
}

/** Every check in order, for *Test credentials* (A4): passed before the failing one, not reached after it. */
function stepsOf(trace: Trace, call: AuthorizeCall, failure: Failure | undefined): Step[] {
  let reached = true
  return checks.map((check) => {
    if (!reached) return { check, outcome: 'not_reached', params: noParams }
    if (failure?.check === check) {
      reached = false
      return { check, outcome: 'failed', code: failure.code, params: failure.params }
    }
    return { check, outcome: 'passed', params: remarkOn(check, trace, call) }
  })
}

/** Why a check passed that had nothing to look at. */
function remarkOn(check: Check, trace: Trace, call: AuthorizeCall): Failure['params'] {
  const settings = trace.grants?.settings
  switch (check) {
    case 'key':
      if (trace.keyId !== undefined) return { keyId: trace.keyId }
      if (settings?.pattern === 'app_id_key') return { keyless: true }
      return noParams
    case 'redirect_uri':
      return settings?.pattern === 'oauth' && call.redirectUri ? noParams : { notAsked: true }
    case 'ip':
      return settings?.ipFilter === 'off' ? { off: true } : noParams
    case 'referrer':
      return settings?.referrerFilter === 'off' ? { off: true } : noParams
    default:
      return noParams
  }
}
