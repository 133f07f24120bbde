/** Services of a file (S1, S2, A1–A3, A12): settings and lifecycle by the commands of the console, tokens as they are. */
import * as z from 'zod'
import { edited, newEnvelope } from './command.ts'
import type { Ulid } from './id.ts'
import { accept, type Outcome, type Refusal, refuse } from './outcome.ts'
import { hasTwoEndless } from './rotation.ts'
import { Secret } from './secret.ts'
import { createService, makeServiceToken, serviceTokenAad, updateService, validServiceTokens } from './service.ts'
import { type Service, type ServiceToken, serviceSchema } from './service-schema.ts'
import {
  resumeService,
  retireService,
  serviceTransitions,
  suspendService,
  updateAlertLevels,
  updateIntegration,
  updateUsageRules,
} from './service-settings.ts'
import { systemNameFrom } from './text.ts'
import { isToken, serviceTokenPrefix } from './token-format.ts'
import { isOurs, judgeRow, type Parsed, type Plan, type Planned, type Verdict } from './transfer-plan.ts'
import { importedServiceToken, secretOf } from './transfer-plan-credential.ts'
import { freeId, type Mapped, serviceAfter, withDefaultPlan, withMetrics, withPlans } from './transfer-plan-metrics.ts'
import { invalid, refusalOfRow } from './transfer-refusal.ts'
import type { ServiceRow } from './transfer-schema.ts'

/**
 * A service token of ours or of another system: 8 to 255 printable ASCII characters without space. One that begins
 * like ours must be ours to the last character, so that a typo is caught here and not at the gateway (T11).
 */
const serviceTokenInput = z
  .string()
  .min(8, 'too_short')
  .max(255, 'too_long')
  .regex(/^[\x21-\x7e]*$/, 'invalid')
  .refine((text) => !text.startsWith(serviceTokenPrefix) || isToken(serviceTokenPrefix, text), 'invalid')
  .transform((text) => new Secret(text))

/** Most characters of a service's document (spec/sync.md, Limits: 256 KB). */
const maxDocument = 262_144

export function planService(plan: Plan, parsed: Parsed<'service'>): Verdict {
  return judgeRow(plan, 'service', plan.services, parsed, (row, claim) => {
    const found = foundService(plan, row)
    const claimed = claim(found)
    return claimed.ok ? planned(plan, row, claimed.value, found) : claimed
  })
}

/** By our id, else by the system name, among what is stored. */
function foundService(plan: Plan, row: ServiceRow): Service | undefined {
  const byId = isOurs(row.id) ? plan.services.stored(row.id) : undefined
  if (byId !== undefined) return byId
  const systemName = row.systemName ?? systemNameFrom(row.name)
  return servicesWith(plan, systemName).find(({ id }) => plan.services.stored(id) !== undefined)
}

function servicesWith(plan: Plan, systemName: string): Service[] {
  return [...plan.services.all()].filter((service) => service.systemName === systemName)
}

function planned(plan: Plan, row: ServiceRow, id: Ulid, found: Service | undefined): Outcome<Planned<Service>> {
  const { context } = plan
  const started = found === undefined ? made(plan, row, id) : named(plan, row, found)
  if (!started.ok) return started
  const mapped: Mapped = []
  const steps: readonly ((service: Service) => Outcome<Service>)[] = [
    (service) => withSettings(plan, row, service, found),
    (service) => withMetrics(plan, service, row.metrics ?? [], mapped),
    (service) => withPlans(plan, service, row.plans ?? [], mapped),
    (service) => (row.defaultPlan === undefined ? accept(service) : withDefaultPlan(plan, service, row.defaultPlan)),
    (service) => (row.state === undefined ? accept(service) : moved(plan, row.state, service, found)),
  ]
  let current = started.value
  for (const step of steps) {
    const next = step(current)
    if (!next.ok) return next
    current = next.value
  }
  const tokens = mergedTokens(plan, row, id, current.tokens)
  if (!tokens.ok) return tokens
  const content = { ...current, ...migrations(plan, row), tokens: tokens.value.tokens }
  const envelope = found === undefined ? newEnvelope(context, id) : edited(found, {}, context)
  const { rev, updatedAt, updatedBy, schema, command, workspace } = envelope
  const after: Service = { ...content, id, rev, updatedAt, updatedBy, schema, command, workspace }
  const whole = serviceSchema.safeParse(after)
  if (!whole.success) return refusalOfRow(whole.error, after)
  if (JSON.stringify(after).length > maxDocument) return refuse('too_long', { max: maxDocument })
  for (const { digest } of after.tokens) plan.tokenOwners.set(digest, id)
  return accept({ after, issued: tokens.value.issued, mapped })
}

/** What a service starts with by hand (S1, P1, A3), without what the row brings along itself. */
function made(plan: Plan, row: ServiceRow, id: Ulid): Outcome<Service> {
  const { name, systemName, description = '', pattern = 'api_key' } = row
  const services = servicesWith(plan, systemName ?? systemNameFrom(name))
  const outcome = createService.decide({ services }, { name, systemName, description, pattern }, plan.context)
  if (!outcome.ok) return outcome
  const [write] = outcome.value.writes
  if (write?.collection !== 'service' || write.after === undefined) return refuse('invalid')
  const { defaultPlanId, ...service } = write.after
  return accept({
    ...service,
    id,
    ...(row.plans === undefined && defaultPlanId !== undefined ? { defaultPlanId } : {}),
    plans: row.plans === undefined ? service.plans : [],
    metrics: row.metrics === undefined ? service.metrics : [],
    tokens: [],
    createdAt: row.createdAt ?? plan.context.now,
  })
}

function named(plan: Plan, row: ServiceRow, found: Service): Outcome<Service> {
  if (row.systemName !== undefined && row.systemName !== found.systemName) return invalid('fixed', 'systemName')
  // A2: a change of pattern breaks credentials; it has a dialog of its own, which lists them.
  const changesPattern = row.pattern !== undefined && row.pattern !== found.pattern
  if (changesPattern && plan.servicesInUse.has(found.id)) return refuse('pattern_locked', {}, 'pattern')
  const input = { id: found.id, name: row.name, description: row.description }
  const after = serviceAfter(updateService.decide({ service: found }, input, plan.context), found)
  return after.ok ? accept({ ...after.value, pattern: row.pattern ?? found.pattern }) : after
}

function withSettings(plan: Plan, row: ServiceRow, service: Service, found: Service | undefined): Outcome<Service> {
  const { context } = plan
  const { id } = service
  const { credentialsLocation, parameterNames, errorStatuses, usageRules = {}, alertLevels } = row
  const atLeastOneKey = usageRules.atLeastOneKey ?? service.usageRules.atLeastOneKey
  // A8: it marks applications keyless or not, which is for a screen that says so.
  if (atLeastOneKey !== service.usageRules.atLeastOneKey && found && plan.servicesInUse.has(found.id)) {
    return refuse('in_use', {}, 'usageRules.atLeastOneKey')
  }
  const integrated = serviceAfter(
    updateIntegration.decide({ service }, { id, credentialsLocation, parameterNames, errorStatuses }, context),
    service,
  )
  if (!integrated.ok) return integrated
  const ruled = serviceAfter(
    updateUsageRules.decide({ service: integrated.value, applications: [] }, { id, ...usageRules }, context),
    integrated.value,
  )
  if (!ruled.ok || alertLevels === undefined) return ruled
  const levels = updateAlertLevels.input.parse({ id, levels: alertLevels })
  return serviceAfter(updateAlertLevels.decide({ service: ruled.value }, levels, context), ruled.value)
}

const verbs = { suspend: suspendService, resume: resumeService, retire: retireService }

function moved(plan: Plan, state: Service['state'], service: Service, found: Service | undefined): Outcome<Service> {
  if (service.state === state) return accept(service)
  // A new one comes in the state that it had.
  if (found === undefined) return accept({ ...service, state })
  for (const [verb, { from, to }] of Object.entries(serviceTransitions)) {
    if (to !== state || !(from as readonly string[]).includes(service.state)) continue
    const command = verbs[verb as keyof typeof verbs]
    return serviceAfter(command.decide({ service }, { id: service.id }, plan.context), service)
  }
  return refuse('wrong_state', { state: service.state }, 'state')
}

/** The other sides of a migration: a mapped id, or ours as it is, which may be of a service that is no more. */
function migrations(plan: Plan, row: ServiceRow): Partial<Pick<Service, 'migratedFrom' | 'migratedTo'>> {
  const idOf = (reference: string | undefined) => {
    if (reference === undefined) return undefined
    return plan.services.mapped(reference) ?? (isOurs(reference) ? reference : undefined)
  }
  const [from, to] = [idOf(row.migratedFrom), idOf(row.migratedTo)]
  return { ...(from === undefined ? {} : { migratedFrom: from }), ...(to === undefined ? {} : { migratedTo: to }) }
}

/** S1, S2, S4: never none, at most two in force, each of one service. */
function mergedTokens(
  plan: Plan,
  row: ServiceRow,
  serviceId: Ulid,
  existing: readonly ServiceToken[],
): Outcome<{ tokens: ServiceToken[]; issued: number }> {
  const { context } = plan
  const added: ServiceToken[] = []
  let issued = 0
  for (const [at, token] of (row.tokens ?? []).entries()) {
    const judged = judgedToken(plan, row, token, `tokens.${at}`)
    if (!judged.ok) return judged
    const secret = judged.value
    const id = freeId(token.id, [...existing, ...added], plan)
    if (secret === undefined) {
      if (existing.some((held) => held.id === token.id)) continue
      const { token: fresh } = makeServiceToken(serviceId, context)
      added.push({ ...fresh, endsAt: token.endsAt ?? 0 })
      issued += 1
      continue
    }
    const digest = context.digest(secret.reveal())
    if (existing.some((held) => held.digest === digest)) continue
    const owner = plan.tokenOwners.get(digest)
    if ((owner !== undefined && owner !== serviceId) || added.some((each) => each.digest === digest)) {
      return refuse('taken', {}, `tokens.${at}.value`)
    }
    added.push(importedServiceToken(serviceId, id, token, secret, context))
  }
  // S1: the one that stays, beside those that end.
  if (![...existing, ...added].some(({ endsAt }) => endsAt === 0)) {
    added.push(makeServiceToken(serviceId, context).token)
    issued += 1
  }
  if (added.length === 0) return accept({ tokens: [...existing], issued })
  const tokens = [...validServiceTokens({ tokens: [...existing] }, context.now), ...added]
  if (tokens.length > 2) return refuse('too_many', { max: 2 }, 'tokens')
  return hasTwoEndless(tokens) ? refuse('rotation_under_way', {}, 'tokens') : accept({ tokens, issued })
}

function judgedToken(
  plan: Plan,
  row: ServiceRow,
  token: NonNullable<ServiceRow['tokens']>[number],
  field: string,
): Outcome<Secret | undefined> | Refusal {
  return secretOf(plan, token, serviceTokenInput, serviceTokenAad(row.id ?? '', token.id ?? ''), field)
}
