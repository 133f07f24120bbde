/** A service's authentication pattern: what a change would break, the change, and the migration that breaks nothing (A1, A2). */
import * as z from 'zod'
import { makeApplication } from './application.ts'
import { aboutApplication, editedApplication } from './application-access.ts'
import type { Application, ApplicationState } from './application-schema.ts'
import type { AuditDraft } from './audit.ts'
import {
  type Context,
  defineCommand,
  edited,
  linked,
  many,
  newEnvelope,
  newId,
  type OneTimeSecret,
  one,
  type Write,
} from './command.ts'
import { holdsCredentials, isKeyless, makeAppId, usableKeys, validClientSecrets } from './credential.ts'
import { type Instant, type Ulid, ulidSchema } from './id.ts'
import { accept, refuse } from './outcome.ts'
import { denial } from './permission.ts'
import { aboutService, makeServiceToken } from './service.ts'
import { type Metric, type Pattern, type Plan, patterns, type Service } from './service-schema.ts'
import { nameSchema, systemNameFrom, systemNameSchema } from './text.ts'

/** What a change of pattern does to one application. */
export interface ApplicationImpact {
  readonly id: Ulid
  readonly name: string
  readonly accountId: Ulid
  readonly state: ApplicationState
  /** How many usable credentials stop being accepted. */
  readonly stops: number
  /** True where calls with the App ID alone pass today and no longer will. */
  readonly stopsKeyless: boolean
  /** True where its App ID alone will do (A8). */
  readonly becomesKeyless: boolean
  /** True where it holds credentials of the new pattern from an earlier time: they will be accepted again. */
  readonly regains: boolean
}

export interface PatternImpact {
  readonly target: Pattern
  /** Applications that lose or open something, in order of their ids. */
  readonly applications: readonly ApplicationImpact[]
  readonly count: number
  readonly becomeKeyless: number
}

function usableCredentials(application: Application, pattern: Pattern, now: Instant): number {
  switch (pattern) {
    case 'api_key':
      return application.userKey === undefined ? 0 : 1
    case 'app_id_key':
      return usableKeys(application, now).length
    case 'oauth':
      return validClientSecrets(application, now).length
  }
}

/** What changing the pattern of a service to `target` at `now` would break or open, application by application (A2). */
export function patternImpact(
  service: Pick<Service, 'pattern' | 'usageRules'>,
  applications: readonly Application[],
  target: Pattern,
  now: Instant,
): PatternImpact {
  const changed = { pattern: target, usageRules: service.usageRules }
  const impacts = applications
    .map((application): ApplicationImpact => {
      const { id, name, accountId, state } = application
      const keyless = isKeyless(service, application)
      return {
        id,
        name,
        accountId,
        state,
        stops: target === service.pattern ? 0 : usableCredentials(application, service.pattern, now),
        stopsKeyless: keyless && target !== service.pattern,
        becomesKeyless: !keyless && isKeyless(changed, application),
        regains: target !== service.pattern && holdsCredentials(application, target, now),
      }
    })
    .filter(
      ({ stops, stopsKeyless, becomesKeyless, regains }) => stops > 0 || stopsKeyless || becomesKeyless || regains,
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    target,
    applications: impacts,
    count: impacts.length,
    becomeKeyless: impacts.filter(({ becomesKeyless }) => becomesKeyless).length,
  }
}

/** A fingerprint of an impact: what a dialog showed and what happens are the same thing. 64 hexadecimal characters. */
export function impactFingerprint(impact: PatternImpact, digest: (text: string) => string): string {
  const lines = impact.applications.map((each) => [
    each.id,
    each.stops,
    each.stopsKeyless,
    each.becomesKeyless,
    each.regains,
  ])
  return digest(JSON.stringify([impact.target, lines]))
}

/**
 * Changes the authentication pattern (A1, A2). Free while no application holds credentials; else only with the impact
 * accepted as it was shown. Credentials of the old pattern are no longer accepted, and stay in the documents, so that
 * changing back restores them. Applications get the identifier of the new pattern, never its secrets: those are issued
 * one by one (regenerate, create key, rotate).
 * Refusals: `forbidden` (without `plans` or `partners`), `not_found`, `already` {pattern}, `pattern_locked` {count, changed}: `changed` says that an
 * impact was accepted, but another one than there is now.
 */
export const changePattern = defineCommand({
  name: 'service.changePattern',
  input: z.strictObject({
    id: ulidSchema,
    pattern: z.enum(patterns),
    acceptImpact: z.boolean().default(false),
    /** What the dialog showed. */
    expectedImpact: z
      .strictObject({ count: z.int().min(0), fingerprint: z.string().regex(/^[0-9a-f]{64}$/, 'invalid') })
      .optional(),
  }),
  needs: (input) => ({
    service: one('service', input.id),
    applications: many('application', { serviceId: input.id }),
  }),
  decide({ service, applications }, input, context) {
    // Whoever cannot see the applications cannot see what breaks: their device would find none, and no lock.
    const denied =
      denial(context.actor, 'service.edit', input.id) ?? denial(context.actor, 'application.edit', input.id)
    if (denied) return denied
    if (!service) return refuse('not_found')
    const { pattern } = input
    if (pattern === service.pattern) return refuse('already', { pattern }, 'pattern')
    const impact = patternImpact(service, applications, pattern, context.now)
    if (impact.count > 0) {
      const expected = input.acceptImpact ? input.expectedImpact : undefined
      const fingerprint = impactFingerprint(impact, context.digest)
      if (expected?.count !== impact.count || expected.fingerprint !== fingerprint) {
        return refuse('pattern_locked', { count: impact.count, changed: expected !== undefined })
      }
    }
    const after = edited(service, { pattern }, context)
    const takenAppIds = new Set(applications.map(({ appId }) => appId))
    const writes: Write[] = [{ collection: 'service', before: service, after }]
    const events: AuditDraft[] = [
      {
        code: 'service.patternChanged',
        ...aboutService(service),
        changes: [
          { field: 'pattern', before: service.pattern, after: pattern },
          { field: 'applicationsConcerned', before: null, after: impact.count },
          { field: 'becomeKeyless', before: null, after: impact.becomeKeyless },
        ],
      },
    ]
    for (const application of applications) {
      const appId =
        pattern === 'api_key' ? application.appId : identifierFor(application, pattern, takenAppIds, context)
      const renewed = editedApplication(application, after, { appId }, context)
      if (renewed.appId === application.appId && renewed.keyless === application.keyless) continue
      writes.push({ collection: 'application', before: application, after: renewed })
      if (renewed.keyless !== application.keyless) {
        events.push({
          code: renewed.keyless ? 'application.becameKeyless' : 'application.endedKeyless',
          ...aboutApplication(renewed),
          changes: [{ field: 'keyless', before: application.keyless, after: renewed.keyless }],
        })
      }
    }
    return accept({ writes, events, result: { count: impact.count, becomeKeyless: impact.becomeKeyless } })
  },
})

/** An identifier once given never changes (A7); a first one is made as the pattern makes it. */
function identifierFor(application: Application, pattern: Pattern, taken: Set<string>, context: Context): string {
  if (application.appId !== '') return application.appId
  const appId = pattern === 'oauth' ? application.id : makeAppId(context, taken)
  taken.add(appId)
  return appId
}

/** One line of a migration's mapping: hand it to the developers with the new credentials. */
export interface MigratedApplication {
  readonly from: Ulid
  readonly to: Ulid
  readonly name: string
  readonly accountId: Ulid
  /** App ID or client id in the new service; empty for the API key pattern. */
  readonly appId: string
  /** How many keys had filters of their own, which the new credential does not carry. */
  readonly droppedKeyFilters: number
}

/** Metrics and plans with ids of their own, and which plan became which. */
function copiedPlans(service: Service, context: Context) {
  const metricIds = new Map(service.metrics.map(({ id }) => [id, newId(context)]))
  const planIds = new Map(service.plans.map(({ id }) => [id, newId(context)]))
  const renamed = (ids: ReadonlyMap<Ulid, Ulid>, id: Ulid) => ids.get(id) ?? id
  const metrics = service.metrics.map(
    (metric): Metric => ({
      ...metric,
      id: renamed(metricIds, metric.id),
      ...(metric.parentId === undefined ? {} : { parentId: renamed(metricIds, metric.parentId) }),
    }),
  )
  const plans = service.plans.map(
    (plan): Plan => ({
      ...plan,
      id: renamed(planIds, plan.id),
      limits: plan.limits.map((limit) => ({
        ...limit,
        id: newId(context),
        metricId: renamed(metricIds, limit.metricId),
      })),
    }),
  )
  return { metrics, plans, planIds }
}

/**
 * Makes a new service of another pattern beside the old one (A2): its settings, metrics, plans and limits copied, a
 * service token of its own, and every application copied with new credentials of the new pattern. The old service
 * keeps working until it is retired. Result: the mapping; `reveals`: the new credentials, one an application.
 * Statistics of the new service begin with it. Refusals: `forbidden` {admin}, `not_found`, `already` (field `pattern`:
 * the service has it; else the service was migrated before and its successor is there), `wrong_state` {state} for a
 * retired service, `taken` and `required` (field `systemName`).
 */
export const migrateService = defineCommand({
  name: 'service.migrate',
  input: z.strictObject({
    id: ulidSchema,
    pattern: z.enum(patterns),
    name: nameSchema,
    /** Derived from the name where left out. */
    systemName: systemNameSchema.optional(),
  }),
  needs: (input) => ({
    service: one('service', input.id),
    applications: many('application', { serviceId: input.id }),
    sameName: many('service', { systemName: input.systemName ?? systemNameFrom(input.name) }),
    successors: linked('service', 'service', 'migratedTo'),
  }),
  decide({ service, applications, sameName, successors }, input, context) {
    const denied = denial(context.actor, 'service.create')
    if (denied) return denied
    if (!service) return refuse('not_found')
    const { pattern } = input
    if (pattern === service.pattern) return refuse('already', { pattern }, 'pattern')
    if (service.state === 'retired') return refuse('wrong_state', { state: service.state })
    if (successors.length > 0) return refuse('already', { successor: successors[0]?.name ?? '' })
    const systemName = input.systemName ?? systemNameFrom(input.name)
    if (systemName === '') return refuse('required', {}, 'systemName')
    if (sameName.length > 0) return refuse('taken', { value: systemName }, 'systemName')

    const { metrics, plans, planIds } = copiedPlans(service, context)
    const { migratedTo: _none, defaultPlanId, ...settings } = service
    const newPlan = (id: Ulid | undefined) => (id === undefined ? undefined : planIds.get(id))
    const envelope = newEnvelope(context)
    const plan = newPlan(defaultPlanId)
    const successor: Service = {
      ...settings,
      ...envelope,
      name: input.name,
      systemName,
      pattern,
      state: 'live',
      tokens: [makeServiceToken(envelope.id, context).token],
      metrics,
      plans,
      ...(plan === undefined ? {} : { defaultPlanId: plan }),
      createdAt: context.now,
      migratedFrom: service.id,
    }
    const outgoing = edited(service, { migratedTo: successor.id }, context)
    const writes: Write[] = [
      { collection: 'service', after: successor },
      { collection: 'service', before: service, after: outgoing },
    ]
    const events: AuditDraft[] = [
      {
        code: 'service.created',
        ...aboutService(successor),
        changes: [{ field: 'pattern', before: null, after: pattern }],
      },
      {
        code: 'service.migrated',
        ...aboutService(service),
        changes: [{ field: 'migratedTo', before: null, after: successor.name }],
      },
    ]
    const reveals: OneTimeSecret[] = []
    const mapping: MigratedApplication[] = []
    const takenAppIds = new Set<string>()
    for (const old of applications) {
      const { name, description, accountId, state, ipRanges, referrers, redirectUrls } = old
      const fields = { name, description, accountId, state, ipRanges, referrers, redirectUrls }
      const made = makeApplication(
        { ...fields, planId: newPlan(old.planId), withKey: true, migratedFrom: old.id },
        successor,
        context,
        takenAppIds,
      )
      takenAppIds.add(made.application.appId)
      writes.push({ collection: 'application', after: made.application })
      events.push({
        code: 'application.created',
        ...aboutApplication(made.application),
        changes: [{ field: 'migratedFrom', before: null, after: service.name }],
      })
      reveals.push(...made.reveals)
      mapping.push({
        from: old.id,
        to: made.application.id,
        name,
        accountId,
        appId: made.application.appId,
        droppedKeyFilters: old.keys.filter((key) => key.ipRanges.length + key.referrers.length > 0).length,
      })
    }
    return accept({ writes, events, result: { serviceId: successor.id, applications: mapping }, reveals })
  },
})
