/**
 * How fast a decision is, as a ratio to the least that any answer costs: the digests of the call's secrets and the
 * look-ups of what they name. `npm run bench -- authorize`; `--write` keeps the table in docs/benchmarks/authorize.md.
 */
import { hash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Application } from '../../shared/domain/application-schema.ts'
import { type AuthorizeCall, authorize } from '../../shared/domain/authorize.ts'
import { type Pattern, patterns } from '../../shared/domain/service-schema.ts'
import { applyChange, createSnapshot, type Snapshot } from '../../shared/domain/snapshot.ts'
import { anAccount, aService, noon, serviceTokenText } from '../domain/fixtures.ts'

const sizes = [1_000, 10_000, 100_000] as const
const callsARound = 20_000
const rounds = 16

function digest(text: string): string {
  return hash('sha256', text)
}

/** A pseudo-random sequence that repeats, so that every run asks for the same applications. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state
  }
}

interface Bare {
  readonly services: Map<string, Map<string, { readonly digest: string }>>
  readonly tokens: Map<string, string>
}

interface Load {
  readonly snapshot: Snapshot
  readonly bare: Bare
  readonly calls: readonly AuthorizeCall[]
}

const account = anAccount()
const ulidTail = (at: number) => at.toString().padStart(12, '0')

/** A workspace of so many applications in one service, and calls for them in random order. */
function load(pattern: Pattern, size: number): Load {
  const service = aService({ name: `Service ${pattern}`, pattern })
  const limited = { ...service.plans[0], limits: [limit(service.metrics[0]?.id ?? '')] }
  const snapshot = createSnapshot()
  applyChange(snapshot, {
    collection: 'service',
    id: service.id,
    document: { ...service, plans: [limited as (typeof service.plans)[number]] },
  })
  const bare: Bare = { services: new Map([[service.id, new Map()]]), tokens: new Map() }
  bare.tokens.set(digest(serviceTokenText(service.name)), service.id)
  for (let at = 0; at < size; at++) {
    const application = lean(pattern, service.id, service.defaultPlanId ?? '', at)
    applyChange(snapshot, { collection: 'application', id: application.id, document: application })
    const identifier = pattern === 'api_key' ? application.userKeyDigest : application.appId
    bare.services.get(service.id)?.set(identifier, { digest: secretDigest(application) })
  }
  const next = sequence(size)
  const calls = Array.from({ length: callsARound }, () => callFor(pattern, service.id, service.name, next() % size))
  return { snapshot, bare, calls }
}

function limit(metricId: string) {
  return { id: `01J0000000000000000000LIMT`, metricId, period: 'day' as const, value: 1_000_000 }
}

function secretDigest(application: Application): string {
  return application.keys[0]?.digest ?? application.clientSecrets[0]?.digest ?? application.userKeyDigest
}

function lean(pattern: Pattern, serviceId: string, planId: string, at: number): Application {
  const id = `01JBENCH00A0A0${ulidTail(at)}`
  const secret = {
    id,
    digest: digest(`secret-of-application-${at}`),
    sealed: 'c2VhbGVk',
    hintTail: '',
    createdAt: noon,
    lastUsedAt: 0,
  }
  return {
    id,
    workspace: account.workspace,
    rev: 1,
    updatedAt: noon,
    updatedBy: 'system',
    schema: 1,
    command: account.command,
    accountId: account.id,
    serviceId,
    planId,
    name: `Application ${at}`,
    description: '',
    state: 'live',
    createdAt: noon,
    acceptedAt: noon,
    lastUsedAt: 0,
    ...(pattern === 'api_key' ? { userKey: secret } : {}),
    userKeyDigest: pattern === 'api_key' ? secret.digest : '',
    appId: pattern === 'api_key' ? '' : `app-${at}`,
    keys:
      pattern === 'app_id_key'
        ? [{ ...secret, label: '', foldedDigest: secret.digest, expiresAt: 0, ipRanges: [], referrers: [] }]
        : [],
    clientSecrets: pattern === 'oauth' ? [{ ...secret, endsAt: 0 }] : [],
    redirectUrls: [],
    ipRanges: [],
    referrers: [],
    keyless: false,
  }
}

function callFor(pattern: Pattern, serviceId: string, serviceName: string, at: number): AuthorizeCall {
  const common = { serviceId, serviceToken: serviceTokenText(serviceName), usage: [['hits', '1']] as const }
  if (pattern === 'api_key') return { ...common, userKey: `secret-of-application-${at}` }
  return { ...common, appId: `app-${at}`, appKey: `secret-of-application-${at}` }
}

/** The least: is the token the service's, is the identifier known, is the secret its own? */
function decideBare(bare: Bare, call: AuthorizeCall): boolean {
  if (bare.tokens.get(digest(call.serviceToken ?? '')) !== call.serviceId) return false
  const applications = bare.services.get(call.serviceId ?? '')
  if (call.userKey !== undefined) return applications?.get(digest(call.userKey)) !== undefined
  return applications?.get(call.appId ?? '')?.digest === digest(call.appKey ?? '')
}

/** Nanoseconds a call. Throws where an answer is not yes: a fast refusal would flatter. */
function timed(calls: readonly AuthorizeCall[], decide: (call: AuthorizeCall) => boolean): number {
  // Processor time: what other processes take of the machine is not the decision's.
  const start = process.cpuUsage()
  let allowed = 0
  for (const call of calls) if (decide(call)) allowed += 1
  const { user, system } = process.cpuUsage(start)
  if (allowed !== calls.length) throw new Error(`${calls.length - allowed} of ${calls.length} calls were refused`)
  return ((user + system) * 1000) / calls.length
}

/** The lower quartile: what a round costs when nothing else is in its way. */
function quiet(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 2] ?? Number.NaN
}

interface Row {
  readonly pattern: Pattern
  readonly size: number
  readonly bare: number
  readonly decision: number
  /** Bare time over decision time: 1 is as fast as the least. */
  readonly ratio: number
}

const context = { digest, current: () => 12 }

function measure(pattern: Pattern): Row[] {
  // All sizes are alive at once and take turns, so that a slow moment of the machine falls on each of them.
  const loads = sizes.map((size) => ({
    size,
    ...load(pattern, size),
    bares: [] as number[],
    decisions: [] as number[],
  }))
  for (let round = -3; round < rounds; round++) {
    for (const { bare, snapshot, calls, bares, decisions } of loads) {
      const least = timed(calls, (call) => decideBare(bare, call))
      const whole = timed(calls, (call) => authorize(snapshot, call, noon, context).authorized)
      if (round < 0) continue
      bares.push(least)
      decisions.push(whole)
    }
  }
  return loads.map(({ size, bares, decisions }) => ({
    pattern,
    size,
    bare: quiet(bares),
    decision: quiet(decisions),
    ratio: quiet(bares) / quiet(decisions),
  }))
}

const rows = patterns.flatMap(measure)
const lines = [
  '| pattern | applications | decisions a second | µs a decision | µs bare | ratio (bar ≥ 0.5) | growth from 1k (bar ≤ 1.3) | growth of bare |',
  '|---|---|---|---|---|---|---|---|',
  ...rows.map((row) => {
    const first = rows.find((other) => other.pattern === row.pattern && other.size === sizes[0])
    const growth = row.decision / (first?.decision ?? Number.NaN)
    const bareGrowth = row.bare / (first?.bare ?? Number.NaN)
    return `| ${row.pattern} | ${row.size.toLocaleString('en')} | ${Math.round(1e9 / row.decision).toLocaleString('en')} | ${(row.decision / 1000).toFixed(2)} | ${(row.bare / 1000).toFixed(2)} | ${row.ratio.toFixed(2)} | ${growth.toFixed(2)} | ${bareGrowth.toFixed(2)} |`
  }),
]
console.log(lines.join('\n'))

if (process.argv.includes('--write')) {
  const path = join(import.meta.dirname, '..', '..', 'docs', 'benchmarks', 'authorize.md')
  writeFileSync(
    path,
    [
      '# Decisions a second',
      '',
      '`npm run bench -- authorize` prints this table; `npm run bench -- authorize --write` keeps it here.',
      '',
      'Each call carries a service token, the credentials of the pattern and `usage[hits]=1` against a daily limit, for an',
      'application taken at random. *Bare* is the least that any answer costs: SHA-256 of the same secrets and a look-up of',
      'what they name in a `Map`. Processor time, lower quartile of the rounds.',
      '',
      ...lines,
      '',
      `Node ${process.version}, ${process.arch}; ${rounds} rounds of ${callsARound.toLocaleString('en')} calls, one thread.`,
      '',
    ].join('\n'),
  )
}
