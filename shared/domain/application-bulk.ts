/**
 * The same step for many applications: one change, each application judged by itself. Those that may not or cannot
 * take the step are left as they are, with their refusal in the result; the others are written together.
 */
import * as z from 'zod'
import type { Account } from './account-schema.ts'
import { type ApplicationVerb, deletedApplication, movedApplication, updatedApplication } from './application.ts'
import { type Concerned, concerned } from './application-access.ts'
import type { Application } from './application-schema.ts'
import type { AuditDraft } from './audit.ts'
import { type Change, type Context, defineCommand, linked, many, type Write } from './command.ts'
import { type Ulid, ulidSchema } from './id.ts'
import { accept, type Outcome, type RefusalCode, type RefusalParam } from './outcome.ts'
import { denial } from './permission.ts'
import type { Service } from './service-schema.ts'

/** Most applications of one bulk command: what one push may carry (spec/sync.md). */
export const maxBulk = 500

export const bulkIds = z
  .array(ulidSchema)
  .min(1, 'required')
  .max(maxBulk, 'too_many')
  .transform((list) => [...new Set(list)])

/** What became of one application. */
export type BulkOutcome =
  | { readonly id: Ulid; readonly ok: true }
  | {
      readonly id: Ulid
      readonly ok: false
      readonly code: RefusalCode
      readonly params: Readonly<Record<string, RefusalParam>>
    }

export interface BulkResult {
  /** One an id, in the order of the input without doubles. */
  readonly outcomes: readonly BulkOutcome[]
  readonly done: number
}

/** Takes the step for each id: the changes of those that could, and what became of each. */
export function eachOf(ids: readonly Ulid[], step: (id: Ulid) => Outcome<Change<undefined>>): Change<BulkResult> {
  const writes: Write[] = []
  const events: AuditDraft[] = []
  const outcomes = ids.map((id): BulkOutcome => {
    const outcome = step(id)
    if (!outcome.ok) return { id, ok: false, code: outcome.code, params: outcome.params }
    writes.push(...outcome.value.writes)
    events.push(...outcome.value.events)
    return { id, ok: true }
  })
  return { writes, events, result: { outcomes, done: outcomes.filter(({ ok }) => ok).length } }
}

function bulkNeeds(ids: readonly Ulid[]) {
  return {
    applications: many('application', { id: ids }),
    services: linked('service', 'applications', 'serviceId'),
    accounts: linked('account', 'applications', 'accountId'),
  }
}

interface BulkDocuments {
  readonly applications: readonly Application[]
  readonly services: readonly Service[]
  readonly accounts: readonly Account[]
}

function inBulk(
  { applications, services, accounts }: BulkDocuments,
  ids: readonly Ulid[],
  context: Context,
  step: (found: Concerned) => Outcome<Change<undefined>>,
): Outcome<Change<BulkResult>> {
  const denied = denial(context.actor, 'application.edit')
  if (denied) return denied
  const byId = new Map(applications.map((application) => [application.id, application]))
  return accept(
    eachOf(ids, (id) => {
      const found = concerned({ application: byId.get(id), services, accounts }, 'application.edit', context)
      return found.ok ? step(found.value) : found
    }),
  )
}

function bulkTransition<const Verb extends ApplicationVerb>(verb: Verb) {
  return defineCommand({
    name: `application.${verb}Many`,
    input: z.strictObject({ ids: bulkIds }),
    needs: (input) => bulkNeeds(input.ids),
    decide: (documents, input, context) =>
      inBulk(documents, input.ids, context, (found) => movedApplication(verb, found, context)),
  })
}

/** Accepts those that are pending (A5). Refusals: `forbidden`; each its own in the result. */
export const acceptApplications = bulkTransition('accept')
/** Suspends those that are live (A5). Refusals: `forbidden`; each its own in the result. */
export const suspendApplications = bulkTransition('suspend')
/** Resumes those that are suspended (A5). Refusals: `forbidden`; each its own in the result. */
export const resumeApplications = bulkTransition('resume')

/** Deletes applications with all their credentials. Refusals: `forbidden`; each its own in the result. */
export const deleteApplications = defineCommand({
  name: 'application.deleteMany',
  input: z.strictObject({ ids: bulkIds }),
  needs: (input) => bulkNeeds(input.ids),
  decide: (documents, input, context) => inBulk(documents, input.ids, context, deletedApplication),
})

/** Puts applications of one service on another of its plans (P1). Refusals: `forbidden`; each its own in the result. */
export const changePlans = defineCommand({
  name: 'application.changePlanMany',
  input: z.strictObject({ ids: bulkIds, planId: ulidSchema }),
  needs: (input) => bulkNeeds(input.ids),
  decide: (documents, input, context) =>
    inBulk(documents, input.ids, context, (found) => updatedApplication(found, { planId: input.planId }, context)),
})
