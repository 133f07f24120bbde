/** Members: invited by an admin, with a role, sections and service access; never without an active admin (M1–M3, M6). */
import * as z from 'zod'
import { type Actor, personOf } from './actor.ts'
import { type Change, type Context, defineCommand, differences, edited, many, newEnvelope, one } from './command.ts'
import { type Instant, type Ulid, ulidSchema } from './id.ts'
import {
  type Member,
  type MemberState,
  type Role,
  roles,
  type Section,
  type ServiceAccess,
  sections,
  serviceAccessSchema,
} from './member.ts'
import { accept, type Outcome, type Refusal, refuse } from './outcome.ts'
import { denial } from './permission.ts'
import { emailSchema, nameSchema } from './text.ts'

const sectionsInput = z
  .array(z.enum(sections))
  .max(100, 'too_many')
  .transform((list) => sections.filter((section) => list.includes(section)))

const serviceAccessInput = serviceAccessSchema.transform((access) => (access === 'all' ? access : [...new Set(access)]))

function aboutMember(member: Member) {
  return { objectCollection: 'member', objectId: member.id, objectName: member.name }
}

/** The services that a list names, so that a right is never given over one that is not there. */
function namedServices(access: ServiceAccess | undefined) {
  return many('service', { id: access === undefined || access === 'all' ? [] : access })
}

function accessRefusal(access: ServiceAccess | undefined, services: readonly unknown[]): Refusal | undefined {
  if (access === undefined || access === 'all' || services.length === access.length) return undefined
  return refuse('not_found', {}, 'serviceAccess')
}

/** E-mail addresses tell members apart, whatever their case. */
function emailTaken(members: readonly Member[], email: string, except?: Ulid): boolean {
  const folded = email.toLowerCase()
  return members.some((member) => member.id !== except && member.email.toLowerCase() === folded)
}

/** M3: true where nobody active would be left to administer. `admins`: all members of role admin. */
function isLastActiveAdmin(member: Member, admins: readonly Member[]): boolean {
  if (member.role !== 'admin' || member.state !== 'active') return false
  return !admins.some((admin) => admin.id !== member.id && admin.role === 'admin' && admin.state === 'active')
}

const allAdmins = many('member', { role: 'admin' })

/** The person behind the actor, where there is one at the console. */
function isOwn(actor: Actor, id: Ulid): boolean {
  return actor.kind === 'member' && actor.member.id === id
}

/** One member replaced, with its event; nothing where nothing differs. */
function replaced(before: Member, fields: Partial<Member>, code: string, context: Context): Outcome<Change<undefined>> {
  const after = edited(before, fields, context)
  const changes = differences(before, after)
  if (changes.length === 0) return accept({ writes: [], events: [], result: undefined })
  return accept({
    writes: [{ collection: 'member', before, after }],
    events: [{ code, ...aboutMember(after), changes }],
    result: undefined,
  })
}

/**
 * Invites a person (M1, M2, M6): no sections and no services unless they are given.
 * Refusals: `forbidden` {admin}, `taken` (field `email`), `not_found` (field `serviceAccess`).
 */
export const inviteMember = defineCommand({
  name: 'member.invite',
  input: z.strictObject({
    name: nameSchema,
    email: emailSchema,
    role: z.enum(roles).default('member'),
    sections: sectionsInput.default([]),
    serviceAccess: serviceAccessInput.default([]),
  }),
  needs: (input) => ({ members: many('member'), services: namedServices(input.serviceAccess) }),
  decide({ members, services }, input, context) {
    const denied = denial(context.actor, 'member.edit')
    if (denied) return denied
    if (emailTaken(members, input.email)) return refuse('taken', { value: input.email }, 'email')
    const unknown = accessRefusal(input.serviceAccess, services)
    if (unknown) return unknown
    const member: Member = { ...newEnvelope(context), ...input, state: 'invited' }
    return accept({
      writes: [{ collection: 'member', after: member }],
      events: [
        {
          code: 'member.invited',
          ...aboutMember(member),
          changes: [
            { field: 'role', before: null, after: member.role },
            { field: 'sections', before: null, after: member.sections },
            { field: 'serviceAccess', before: null, after: member.serviceAccess },
          ],
        },
      ],
      result: { id: member.id },
    })
  },
})

/**
 * Changes name and e-mail: one's own at the console, anybody's for an admin.
 * Refusals: `forbidden`, `not_found`, `taken` (field `email`).
 */
export const updateMember = defineCommand({
  name: 'member.update',
  input: z.strictObject({ id: ulidSchema, name: nameSchema.optional(), email: emailSchema.optional() }),
  needs: () => ({ members: many('member') }),
  decide({ members }, input, context) {
    const denied = denial(context.actor, isOwn(context.actor, input.id) ? 'member.editOwn' : 'member.edit')
    if (denied) return denied
    const member = members.find(({ id }) => id === input.id)
    if (!member) return refuse('not_found')
    if (input.email !== undefined && emailTaken(members, input.email, member.id)) {
      return refuse('taken', { value: input.email }, 'email')
    }
    return replaced(
      member,
      { name: input.name ?? member.name, email: input.email ?? member.email },
      'member.updated',
      context,
    )
  },
})

/**
 * Changes role, sections and service access (M1–M3): an admin, never one's own.
 * Refusals: `forbidden` {admin}, `not_found`, `own_rights`, `last_admin` (field `role`), `not_found` (field `serviceAccess`).
 */
export const updateMemberRights = defineCommand({
  name: 'member.updateRights',
  input: z.strictObject({
    id: ulidSchema,
    role: z.enum(roles).optional(),
    sections: sectionsInput.optional(),
    serviceAccess: serviceAccessInput.optional(),
  }),
  needs: (input) => ({
    member: one('member', input.id),
    admins: allAdmins,
    services: namedServices(input.serviceAccess),
  }),
  decide({ member, admins, services }, input, context) {
    const denied = denial(context.actor, 'member.edit')
    if (denied) return denied
    if (!member) return refuse('not_found')
    if (personOf(context.actor) === member.id) return refuse('own_rights')
    if (input.role === 'member' && isLastActiveAdmin(member, admins)) return refuse('last_admin', {}, 'role')
    const unknown = accessRefusal(input.serviceAccess, services)
    if (unknown) return unknown
    return replaced(
      member,
      {
        role: input.role ?? member.role,
        sections: input.sections ?? member.sections,
        serviceAccess: input.serviceAccess ?? member.serviceAccess,
      },
      'member.rightsChanged',
      context,
    )
  },
})

/**
 * An invited person has arrived: invited → active (M6). By the person, an admin, or the program that enrols a device.
 * Refusals: `forbidden`, `not_found`, `wrong_state` {state}.
 */
export const activateMember = defineCommand({
  name: 'member.activate',
  input: z.strictObject({ id: ulidSchema }),
  needs: (input) => ({ member: one('member', input.id) }),
  decide({ member }, input, context) {
    const { actor } = context
    const arriving = actor.kind === 'member' && isOwn(actor, input.id) && actor.previewedBy === undefined
    const denied = arriving ? undefined : denial(actor, 'member.edit')
    if (denied) return denied
    if (!member) return refuse('not_found')
    if (member.state !== 'invited') return refuse('wrong_state', { state: member.state })
    return replaced(member, { state: 'active' }, 'member.activated', context)
  },
})

/**
 * Suspends an active member: from then on neither sessions nor access tokens of theirs are good for anything (M6, T10).
 * Refusals: `forbidden` {admin}, `not_found`, `wrong_state` {state}, `last_admin`, `own_rights`: nobody locks themselves
 * out (M3).
 */
export const suspendMember = defineCommand({
  name: 'member.suspend',
  input: z.strictObject({ id: ulidSchema }),
  needs: (input) => ({ member: one('member', input.id), admins: allAdmins }),
  decide({ member, admins }, _input, context) {
    const denied = denial(context.actor, 'member.edit')
    if (denied) return denied
    if (!member) return refuse('not_found')
    if (member.state !== 'active') return refuse('wrong_state', { state: member.state })
    if (isLastActiveAdmin(member, admins)) return refuse('last_admin')
    if (personOf(context.actor) === member.id) return refuse('own_rights')
    return replaced(member, { state: 'suspended' }, 'member.suspended', context)
  },
})

/** Lets a suspended member in again (M6). Refusals: `forbidden` {admin}, `not_found`, `wrong_state` {state}. */
export const resumeMember = defineCommand({
  name: 'member.resume',
  input: z.strictObject({ id: ulidSchema }),
  needs: (input) => ({ member: one('member', input.id) }),
  decide({ member }, _input, context) {
    const denied = denial(context.actor, 'member.edit')
    if (denied) return denied
    if (!member) return refuse('not_found')
    if (member.state !== 'suspended') return refuse('wrong_state', { state: member.state })
    return replaced(member, { state: 'active' }, 'member.resumed', context)
  },
})

/**
 * Deletes a member and, in the same change, their access tokens (M3, T10). Result: how many tokens went with them.
 * Refusals: `forbidden` {admin}, `not_found`, `last_admin`, `own_rights`.
 */
export const deleteMember = defineCommand({
  name: 'member.delete',
  input: z.strictObject({ id: ulidSchema }),
  needs: (input) => ({
    member: one('member', input.id),
    admins: allAdmins,
    tokens: many('accessToken', { ownerId: input.id }),
  }),
  decide({ member, admins, tokens }, _input, context) {
    const denied = denial(context.actor, 'member.edit')
    if (denied) return denied
    if (!member) return refuse('not_found')
    if (isLastActiveAdmin(member, admins)) return refuse('last_admin')
    if (personOf(context.actor) === member.id) return refuse('own_rights')
    return accept({
      writes: [
        { collection: 'member', before: member },
        ...tokens.map((token) => ({ collection: 'accessToken' as const, before: token })),
      ],
      events: [
        { code: 'member.deleted', ...aboutMember(member) },
        ...tokens.map((token) => ({
          code: 'accessToken.deleted',
          objectCollection: 'accessToken',
          objectId: token.id,
          objectName: token.name,
        })),
      ],
      result: { tokens: tokens.length },
    })
  },
})

/** A member as lists and their own page show them. */
export interface MemberView {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly state: MemberState
  readonly sections: readonly Section[]
  readonly serviceAccess: ServiceAccess
  readonly updatedAt: Instant
}

export function viewMember({ id, name, email, role, state, sections, serviceAccess, updatedAt }: Member): MemberView {
  return { id, name, email, role, state, sections, serviceAccess, updatedAt }
}
