/** A service's settings: integration (A3), usage rules (A8, A11, A12), alerts (P3), lifecycle (A2) and its end (M3). */
import * as z from 'zod'
import { aboutApplication, editedApplication } from './application-access.ts'
import type { AuditDraft } from './audit.ts'
import { type Change, type Context, defineCommand, differences, edited, many, one, type Write } from './command.ts'
import { ulidSchema } from './id.ts'
import { accept, type Outcome, type Refusal, refuse } from './outcome.ts'
import { denial } from './permission.ts'
import { aboutService } from './service.ts'
import { alertLevels, type Service, type ServiceState, serviceSchema, usageRulesSchema } from './service-schema.ts'

/** Without the keys whose value is undefined: a field that a form leaves out stays as it is. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}

/** One service replaced, with its event; nothing where nothing differs. */
export function replacedService<R>(
  before: Service,
  fields: Partial<Service>,
  code: string,
  context: Context,
  result: R,
): Outcome<Change<R>> {
  const after = edited(before, fields, context)
  const changes = differences(before, after)
  if (changes.length === 0) return accept({ writes: [], events: [], result })
  return accept({
    writes: [{ collection: 'service', before, after }],
    events: [{ code, ...aboutService(after), changes }],
    result,
  })
}

/** A3: header names ignore case, so the three must differ ignoring it. */
function namesRefusal(names: Service['parameterNames']): Refusal | undefined {
  const seen = new Set<string>()
  for (const [field, name] of Object.entries(names)) {
    if (seen.has(name.toLowerCase())) return refuse('taken', { value: name }, `parameterNames.${field}`)
    seen.add(name.toLowerCase())
  }
  return undefined
}

/**
 * Changes how gateways find credentials and answer without them (A3).
 * Refusals: `forbidden`, `not_found`, `taken` (field `parameterNames.…`).
 */
export const updateIntegration = defineCommand({
  name: 'service.updateIntegration',
  input: z.strictObject({
    id: ulidSchema,
    credentialsLocation: serviceSchema.shape.credentialsLocation.optional(),
    parameterNames: serviceSchema.shape.parameterNames.partial().optional(),
    errorStatuses: serviceSchema.shape.errorStatuses.partial().optional(),
  }),
  needs: (input) => ({ service: one('service', input.id) }),
  decide({ service }, input, context) {
    const denied = denial(context.actor, 'service.edit', input.id)
    if (denied) return denied
    if (!service) return refuse('not_found')
    const parameterNames = { ...service.parameterNames, ...given(input.parameterNames ?? {}) }
    const same = namesRefusal(parameterNames)
    if (same) return same
    return replacedService(
      service,
      {
        credentialsLocation: input.credentialsLocation ?? service.credentialsLocation,
        parameterNames,
        errorStatuses: { ...service.errorStatuses, ...given(input.errorStatuses ?? {}) },
      },
      'service.integrationChanged',
      context,
      undefined,
    )
  },
})

/**
 * Changes the usage rules (A12). Turning *at least one key* off or on marks applications keyless or not in the same
 * change (A8); give only the rules that change, since this one reads all applications. A keys limit below what
 * applications hold takes nothing away: they get no new key (A7). Result: how many applications became keyless and how
 * many ceased to be. Refusals: `forbidden` (for *at least one key* also without `partners`), `not_found`.
 */
export const updateUsageRules = defineCommand({
  name: 'service.updateUsageRules',
  input: z.strictObject({ id: ulidSchema, ...usageRulesSchema.partial().shape }),
  needs: (input) => ({
    service: one('service', input.id),
    applications: many('application', input.atLeastOneKey === undefined ? { id: [] } : { serviceId: input.id }),
  }),
  decide({ service, applications }, { id, ...rules }, context) {
    const denied = denial(context.actor, 'service.edit', id)
    if (denied) return denied
    if (!service) return refuse('not_found')
    const usageRules = { ...service.usageRules, ...given(rules) }
    // Whoever cannot see the applications cannot see what this opens: their device would find none to mark.
    const marks = usageRules.atLeastOneKey !== service.usageRules.atLeastOneKey
    const unseeing = marks ? denial(context.actor, 'application.edit', id) : undefined
    if (unseeing) return unseeing
    const writes: Write[] = []
    const events: AuditDraft[] = []
    let becameKeyless = 0
    for (const application of applications) {
      const after = editedApplication(application, { pattern: service.pattern, usageRules }, {}, context)
      if (after.keyless === application.keyless) continue
      if (after.keyless) becameKeyless += 1
      writes.push({ collection: 'application', before: application, after })
      events.push({
        code: after.keyless ? 'application.becameKeyless' : 'application.endedKeyless',
        ...aboutApplication(after),
        changes: [{ field: 'keyless', before: application.keyless, after: after.keyless }],
      })
    }
    const result = { becameKeyless, endedKeyless: writes.length - becameKeyless }
    const replaced = replacedService(service, { usageRules }, 'service.usageRulesChanged', context, result)
    if (!replaced.ok) return replaced
    return accept({
      writes: [...replaced.value.writes, ...writes],
      events: [...replaced.value.events, ...events],
      result,
    })
  },
})

/** Chooses the levels, in percent, at which usage is alerted (P3). Refusals: `forbidden`, `not_found`. */
export const updateAlertLevels = defineCommand({
  name: 'service.updateAlertLevels',
  input: z.strictObject({
    id: ulidSchema,
    levels: z
      .array(z.literal(alertLevels))
      .max(100, 'too_many')
      .transform((list) => alertLevels.filter((level) => list.includes(level))),
  }),
  needs: (input) => ({ service: one('service', input.id) }),
  decide({ service }, input, context) {
    const denied = denial(context.actor, 'service.edit', input.id)
    if (denied) return denied
    if (!service) return refuse('not_found')
    if (JSON.stringify(service.alertLevels) === JSON.stringify(input.levels)) {
      return accept({ writes: [], events: [], result: undefined })
    }
    const after = edited(service, { alertLevels: input.levels }, context)
    return accept({
      writes: [{ collection: 'service', before: service, after }],
      events: [
        {
          code: 'service.alertLevelsChanged',
          ...aboutService(service),
          changes: [{ field: 'alertLevels', before: service.alertLevels.map(String), after: input.levels.map(String) }],
        },
      ],
      result: undefined,
    })
  },
})

/** Which state follows which: one line a command. */
export const serviceTransitions = {
  suspend: { from: ['live'], to: 'suspended', code: 'service.suspended' },
  resume: { from: ['suspended', 'retired'], to: 'live', code: 'service.resumed' },
  retire: { from: ['live', 'suspended'], to: 'retired', code: 'service.retired' },
} as const satisfies Record<string, { from: readonly ServiceState[]; to: ServiceState; code: string }>

function transitionCommand<const Verb extends keyof typeof serviceTransitions>(verb: Verb) {
  const { from, to, code } = serviceTransitions[verb]
  return defineCommand({
    name: `service.${verb}`,
    input: z.strictObject({ id: ulidSchema }),
    needs: (input) => ({ service: one('service', input.id) }),
    decide({ service }, input, context) {
      const denied = denial(context.actor, 'service.edit', input.id)
      if (denied) return denied
      if (!service) return refuse('not_found')
      if (!(from as readonly ServiceState[]).includes(service.state)) {
        return refuse('wrong_state', { state: service.state })
      }
      return replacedService(service, { state: to }, code, context, undefined)
    },
  })
}

/** live → suspended: no call of the service passes. Refusals: `forbidden`, `not_found`, `wrong_state` {state}. */
export const suspendService = transitionCommand('suspend')
/** suspended or retired → live. Refusals: as suspend. */
export const resumeService = transitionCommand('resume')
/** live or suspended → retired: no call passes and no application is made any more (A2). Refusals: as suspend. */
export const retireService = transitionCommand('retire')

/**
 * Deletes a service (M3). Its applications go with it in the same change where that is asked for, and it leaves the
 * service lists of members, so that a list naming only it grants nothing (T9).
 * Refusals: `forbidden` {admin}, `not_found`, `in_use` {count} while it has applications.
 */
export const deleteService = defineCommand({
  name: 'service.delete',
  input: z.strictObject({ id: ulidSchema, withApplications: z.boolean().default(false) }),
  needs: (input) => ({
    service: one('service', input.id),
    applications: many('application', { serviceId: input.id }),
    members: many('member'),
  }),
  decide({ service, applications, members }, input, context) {
    const denied = denial(context.actor, 'service.delete', input.id)
    if (denied) return denied
    if (!service) return refuse('not_found')
    if (applications.length > 0 && !input.withApplications) return refuse('in_use', { count: applications.length })
    const writes: Write[] = [{ collection: 'service', before: service }]
    const events: AuditDraft[] = [{ code: 'service.deleted', ...aboutService(service) }]
    for (const application of applications) {
      writes.push({ collection: 'application', before: application })
      events.push({ code: 'application.deleted', ...aboutApplication(application) })
    }
    const { actor } = context
    const self = actor.kind === 'member' ? actor.member.id : actor.kind === 'accessToken' ? actor.owner.id : ''
    for (const member of members) {
      const { serviceAccess } = member
      // Nobody changes their own rights (M3); to the admin who deletes it the list says nothing.
      if (member.id === self) continue
      if (serviceAccess === 'all' || !serviceAccess.includes(service.id)) continue
      const after = edited(member, { serviceAccess: serviceAccess.filter((id) => id !== service.id) }, context)
      writes.push({ collection: 'member', before: member, after })
      events.push({
        code: 'member.rightsChanged',
        objectCollection: 'member',
        objectId: member.id,
        objectName: member.name,
        changes: [{ field: 'serviceAccess', before: serviceAccess, after: after.serviceAccess }],
      })
    }
    return accept({ writes, events, result: { applications: applications.length } })
  },
})
