/** What every command about an application begins and ends with: who may, which service's rules, one write, one event. */
import type { Account } from './account-schema.ts'
import type { Application } from './application-schema.ts'
import type { AuditChange } from './audit.ts'
import { type Change, type Context, differences, edited, linked, type OneTimeSecret, one } from './command.ts'
import { isKeyless } from './credential.ts'
import type { Ulid } from './id.ts'
import { accept, type Outcome, type Refusal, refuse } from './outcome.ts'
import { type Action, denial } from './permission.ts'
import type { Service, UsageRules } from './service-schema.ts'

/** The application with its service and account. */
export function applicationNeeds(id: Ulid) {
  return {
    application: one('application', id),
    services: linked('service', 'application', 'serviceId'),
    accounts: linked('account', 'application', 'accountId'),
  }
}

export interface ApplicationDocuments {
  readonly application: Application | undefined
  readonly services: readonly Service[]
  readonly accounts: readonly Account[]
}

/** The usage rules that let developers do something (A12, A15). */
export type DeveloperRule = keyof Pick<UsageRules, 'developersMayRegenerate' | 'developersMayManageKeys'>

export interface Concerned {
  readonly application: Application
  readonly service: Service
  readonly account: Account | undefined
}

/**
 * The application that a command is about, where the actor may.
 * @param developerRule the usage rule under which developers may too (A15); without it they may not.
 * Refusals: those of `denial`, `not_found`, `developers_may_not`.
 */
export function concerned(
  { application, services, accounts }: ApplicationDocuments,
  action: Action,
  context: Context,
  developerRule?: DeveloperRule,
): Outcome<Concerned> {
  const service = services.find(({ id }) => id === application?.serviceId)
  const account = accounts.find(({ id }) => id === application?.accountId)
  const { actor } = context
  const denied =
    actor.kind === 'developer'
      ? developerDenial(actor, application, service, account, developerRule)
      : denial(actor, action, application?.serviceId)
  if (denied) return denied
  if (!application || !service) return refuse('not_found')
  return accept({ application, service, account })
}

/** A15: developers of an approved account, for its own applications, as far as the service's usage rules permit. */
function developerDenial(
  developer: { readonly id: Ulid; readonly accountId: Ulid },
  application: Application | undefined,
  service: Service | undefined,
  account: Account | undefined,
  rule: DeveloperRule | undefined,
): Refusal | undefined {
  if (rule === undefined) return refuse('forbidden', { kind: 'developer' })
  // Of another account's application not even its being there is told.
  if (application?.accountId !== developer.accountId || !service) return refuse('not_found')
  if (!account?.developers.some(({ id }) => id === developer.id)) return refuse('forbidden', { kind: 'developer' })
  if (account.state !== 'approved') return refuse('account_not_approved', { state: account.state })
  return service.usageRules[rule] ? undefined : refuse('developers_may_not')
}

export function aboutApplication(application: Application) {
  return {
    objectCollection: 'application',
    objectId: application.id,
    objectName: application.name,
    serviceId: application.serviceId,
  }
}

/** The document with some fields replaced, and *keyless* as it follows from them (A8). */
export function editedApplication(
  application: Application,
  service: Pick<Service, 'pattern' | 'usageRules'>,
  fields: Partial<Application>,
  context: Context,
): Application {
  const keyless = isKeyless(service, { keys: fields.keys ?? application.keys })
  return edited(application, { ...fields, keyless }, context)
}

/**
 * One application replaced, with its event; nothing where nothing differs.
 * @param changes what the event tells, where the fields themselves would not tell it; a change of *keyless* is added.
 */
export function replacedApplication<R>(
  { application, service }: Pick<Concerned, 'application' | 'service'>,
  fields: Partial<Application>,
  code: string,
  context: Context,
  result: R,
  more: { readonly changes?: readonly AuditChange[]; readonly reveals?: readonly OneTimeSecret[] } = {},
): Outcome<Change<R>> {
  const after = editedApplication(application, service, fields, context)
  const differing = differences(application, after)
  if (differing.length === 0 && more.changes === undefined) return accept({ writes: [], events: [], result })
  const changes =
    more.changes === undefined ? differing : [...more.changes, ...differing.filter(({ field }) => field === 'keyless')]
  return accept({
    writes: [{ collection: 'application', before: application, after }],
    events: [{ code, ...aboutApplication(after), changes }],
    result,
    ...(more.reveals === undefined ? {} : { reveals: more.reveals }),
  })
}
