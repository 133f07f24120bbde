/** Accounts: the organisations whose developers call the API. Only an approved one's applications pass (A15). */
import * as z from 'zod'
import type { Account, AccountState, Developer } from './account-schema.ts'
import {
  type Change,
  type Context,
  defineCommand,
  differences,
  edited,
  many,
  newEnvelope,
  newId,
  one,
} from './command.ts'
import { type Instant, ulidSchema } from './id.ts'
import { accept, type Outcome, refuse } from './outcome.ts'
import { denial } from './permission.ts'
import { descriptionSchema, emailSchema, nameSchema } from './text.ts'

/** What the schema of an account takes. */
const maxDevelopers = 200

const developerInput = z.strictObject({ name: nameSchema, email: emailSchema })

function aboutAccount(account: Account) {
  return { objectCollection: 'account', objectId: account.id, objectName: account.name }
}

function replaced<R>(
  before: Account,
  fields: Partial<Account>,
  code: string,
  context: Context,
  result: R,
): Outcome<Change<R>> {
  const after = edited(before, fields, context)
  const changes = differences(before, after)
  if (changes.length === 0) return accept({ writes: [], events: [], result })
  return accept({
    writes: [{ collection: 'account', before, after }],
    events: [{ code, ...aboutAccount(after), changes }],
    result,
  })
}

/** Makes an account, approved unless asked otherwise, with its first developer where one is given. Refusals: `forbidden`. */
export const createAccount = defineCommand({
  name: 'account.create',
  input: z.strictObject({
    name: nameSchema,
    note: descriptionSchema.default(''),
    state: z.enum(['pending', 'approved']).default('approved'),
    developer: developerInput.optional(),
  }),
  needs: () => ({}),
  decide(_documents, input, context) {
    const denied = denial(context.actor, 'account.edit')
    if (denied) return denied
    const { developer, ...fields } = input
    const account: Account = {
      ...newEnvelope(context),
      ...fields,
      developers: developer === undefined ? [] : [{ id: newId(context), ...developer }],
      createdAt: context.now,
    }
    return accept({
      writes: [{ collection: 'account', after: account }],
      events: [
        {
          code: 'account.created',
          ...aboutAccount(account),
          changes: [{ field: 'state', before: null, after: account.state }],
        },
      ],
      result: { id: account.id, developerId: account.developers[0]?.id },
    })
  },
})

/** Changes name and note. Refusals: `forbidden`, `not_found`. */
export const updateAccount = defineCommand({
  name: 'account.update',
  input: z.strictObject({ id: ulidSchema, name: nameSchema.optional(), note: descriptionSchema.optional() }),
  needs: (input) => ({ account: one('account', input.id) }),
  decide({ account }, input, context) {
    const denied = denial(context.actor, 'account.edit')
    if (denied) return denied
    if (!account) return refuse('not_found')
    const fields = { name: input.name ?? account.name, note: input.note ?? account.note }
    return replaced(account, fields, 'account.updated', context, undefined)
  },
})

/** Which state follows which: one line a command. */
export const accountTransitions = {
  approve: { from: ['pending', 'rejected'], to: 'approved', code: 'account.approved' },
  reject: { from: ['pending'], to: 'rejected', code: 'account.rejected' },
  suspend: { from: ['approved'], to: 'suspended', code: 'account.suspended' },
  resume: { from: ['suspended'], to: 'approved', code: 'account.resumed' },
} as const satisfies Record<string, { from: readonly AccountState[]; to: AccountState; code: string }>

function transitionCommand<const Verb extends keyof typeof accountTransitions>(verb: Verb) {
  const { from, to, code } = accountTransitions[verb]
  return defineCommand({
    name: `account.${verb}`,
    input: z.strictObject({ id: ulidSchema }),
    needs: (input) => ({ account: one('account', input.id) }),
    decide({ account }, _input, context) {
      const denied = denial(context.actor, 'account.edit')
      if (denied) return denied
      if (!account) return refuse('not_found')
      if (!(from as readonly AccountState[]).includes(account.state)) {
        return refuse('wrong_state', { state: account.state })
      }
      return replaced(account, { state: to }, code, context, undefined)
    },
  })
}

/** pending or rejected → approved. Refusals: `forbidden`, `not_found`, `wrong_state` {state}. */
export const approveAccount = transitionCommand('approve')
/** pending → rejected. Refusals: as approve. */
export const rejectAccount = transitionCommand('reject')
/** approved → suspended: none of its applications passes, whatever their own state. Refusals: as approve. */
export const suspendAccount = transitionCommand('suspend')
/** suspended → approved: its applications pass again, each by its own state. Refusals: as approve. */
export const resumeAccount = transitionCommand('resume')

/**
 * Deletes an account and, in the same change, its applications with their credentials. Result: how many went with it.
 * Refusals: `forbidden` {admin}, `not_found`.
 */
export const deleteAccount = defineCommand({
  name: 'account.delete',
  input: z.strictObject({ id: ulidSchema }),
  needs: (input) => ({
    account: one('account', input.id),
    applications: many('application', { accountId: input.id }),
  }),
  decide({ account, applications }, _input, context) {
    const denied = denial(context.actor, 'account.delete')
    if (denied) return denied
    if (!account) return refuse('not_found')
    return accept({
      writes: [
        { collection: 'account', before: account },
        ...applications.map((application) => ({ collection: 'application' as const, before: application })),
      ],
      events: [
        { code: 'account.deleted', ...aboutAccount(account) },
        ...applications.map((application) => ({
          code: 'application.deleted',
          objectCollection: 'application',
          objectId: application.id,
          objectName: application.name,
          serviceId: application.serviceId,
        })),
      ],
      result: { applications: applications.length },
    })
  },
})

/** E-mail addresses tell the developers of an account apart, whatever their case. */
function emailTaken(account: Account, email: string, except?: string): boolean {
  const folded = email.toLowerCase()
  return account.developers.some(({ id, email }) => id !== except && email.toLowerCase() === folded)
}

/**
 * Adds a developer (A15). Refusals: `forbidden`, `not_found`, `too_many` {max}, `taken` (field `email`).
 */
export const addDeveloper = defineCommand({
  name: 'account.addDeveloper',
  input: z.strictObject({ id: ulidSchema, ...developerInput.shape }),
  needs: (input) => ({ account: one('account', input.id) }),
  decide({ account }, { id: _id, ...fields }, context) {
    const denied = denial(context.actor, 'account.edit')
    if (denied) return denied
    if (!account) return refuse('not_found')
    if (account.developers.length >= maxDevelopers) return refuse('too_many', { max: maxDevelopers })
    if (emailTaken(account, fields.email)) return refuse('taken', { value: fields.email }, 'email')
    const developer: Developer = { id: newId(context), ...fields }
    const after = edited(account, { developers: [...account.developers, developer] }, context)
    return accept({
      writes: [{ collection: 'account', before: account, after }],
      events: [
        {
          code: 'account.developerAdded',
          ...aboutAccount(account),
          changes: [{ field: 'developer', before: null, after: developer.name }],
        },
      ],
      result: { developerId: developer.id },
    })
  },
})

/** Changes a developer's name and e-mail (A15). Refusals: `forbidden`, `not_found`, `taken` (field `email`). */
export const updateDeveloper = defineCommand({
  name: 'account.updateDeveloper',
  input: z.strictObject({
    id: ulidSchema,
    developerId: ulidSchema,
    name: nameSchema.optional(),
    email: emailSchema.optional(),
  }),
  needs: (input) => ({ account: one('account', input.id) }),
  decide({ account }, input, context) {
    const denied = denial(context.actor, 'account.edit')
    if (denied) return denied
    const developer = account?.developers.find(({ id }) => id === input.developerId)
    if (!account || !developer) return refuse('not_found')
    if (input.email !== undefined && emailTaken(account, input.email, developer.id)) {
      return refuse('taken', { value: input.email }, 'email')
    }
    const renewed = { ...developer, name: input.name ?? developer.name, email: input.email ?? developer.email }
    const changes = differences(developer, renewed, 'developer.')
    if (changes.length === 0) return accept({ writes: [], events: [], result: undefined })
    const developers = account.developers.map((each) => (each.id === developer.id ? renewed : each))
    return accept({
      writes: [{ collection: 'account', before: account, after: edited(account, { developers }, context) }],
      events: [{ code: 'account.developerUpdated', ...aboutAccount(account), changes }],
      result: undefined,
    })
  },
})

/** Removes a developer: they may nothing from then on (A15). Refusals: `forbidden`, `not_found`. */
export const removeDeveloper = defineCommand({
  name: 'account.removeDeveloper',
  input: z.strictObject({ id: ulidSchema, developerId: ulidSchema }),
  needs: (input) => ({ account: one('account', input.id) }),
  decide({ account }, input, context) {
    const denied = denial(context.actor, 'account.edit')
    if (denied) return denied
    const developer = account?.developers.find(({ id }) => id === input.developerId)
    if (!account || !developer) return refuse('not_found')
    const developers = account.developers.filter((each) => each.id !== developer.id)
    return accept({
      writes: [{ collection: 'account', before: account, after: edited(account, { developers }, context) }],
      events: [
        {
          code: 'account.developerRemoved',
          ...aboutAccount(account),
          changes: [{ field: 'developer', before: developer.name, after: null }],
        },
      ],
      result: undefined,
    })
  },
})

/** An account as lists and its own page show it. */
export interface AccountView {
  readonly id: string
  readonly name: string
  readonly state: AccountState
  readonly note: string
  readonly developers: readonly Developer[]
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

export function viewAccount({ id, name, state, note, developers, createdAt, updatedAt }: Account): AccountView {
  return { id, name, state, note, developers, createdAt, updatedAt }
}
