/** Members (M1–M3, M6): invited, given rights and moved between states by the commands of the console. */
import { type Change, edited, newEnvelope } from './command.ts'
import type { Ulid } from './id.ts'
import type { Member, ServiceAccess } from './member.ts'
import {
  activateMember,
  inviteMember,
  resumeMember,
  suspendMember,
  updateMember,
  updateMemberRights,
} from './member-commands.ts'
import { accept, type Outcome, refuse } from './outcome.ts'
import type { Service } from './service-schema.ts'
import { isOurs, judgeRow, type Parsed, type Plan, type Planned, resolve, type Verdict } from './transfer-plan.ts'
import type { MemberRow } from './transfer-schema.ts'

export function planMember(plan: Plan, parsed: Parsed<'member'>): Verdict {
  return judgeRow(plan, 'member', plan.members, parsed, (row, claim) => {
    const folded = row.email.toLowerCase()
    const byId = isOurs(row.id) ? plan.members.stored(row.id) : undefined
    const byEmail = [...plan.members.all()].find(
      ({ id, email }) => email.toLowerCase() === folded && plan.members.stored(id) !== undefined,
    )
    const found = byId ?? byEmail
    const claimed = claim(found)
    if (!claimed.ok) return claimed
    const access = accessOf(plan, row)
    if (!access.ok) return access
    return found === undefined
      ? invited(plan, row, access.value, claimed.value)
      : changed(plan, row, access.value, found)
  })
}

/** The services that a row names, as ids. */
function accessOf(plan: Plan, row: MemberRow): Outcome<ServiceAccess | undefined> {
  if (row.serviceAccess === undefined || row.serviceAccess === 'all') return accept(row.serviceAccess)
  const ids = new Set<Ulid>()
  for (const [at, reference] of row.serviceAccess.entries()) {
    const service = resolveService(plan, reference, `serviceAccess.${at}`)
    if (!service.ok) return service
    ids.add(service.value.id)
  }
  return accept([...ids])
}

/** A service by its id in the file, our id, its system name, or its name. */
export function resolveService(plan: Plan, reference: string, field: string): Outcome<Service> {
  return resolve(plan.services, reference, field, (systemName) => {
    for (const service of plan.services.all()) if (service.systemName === systemName) return service
    return undefined
  })
}

function servicesNamed(plan: Plan, access: ServiceAccess | undefined): Service[] {
  if (access === undefined || access === 'all') return []
  return access.flatMap((id) => plan.services.get(id) ?? [])
}

function memberOf(outcome: Outcome<Change<unknown>>, before: Member): Outcome<Member> {
  if (!outcome.ok) return outcome
  const write = outcome.value.writes[0]
  return accept(write?.collection === 'member' && write.after !== undefined ? write.after : before)
}

function invited(plan: Plan, row: MemberRow, access: ServiceAccess | undefined, id: Ulid): Outcome<Planned<Member>> {
  const { context } = plan
  const input = inviteMember.input.parse({
    name: row.name,
    email: row.email,
    role: row.role,
    sections: row.sections,
    serviceAccess: access,
  })
  const documents = { members: [...plan.members.all()], services: servicesNamed(plan, access) }
  const outcome = inviteMember.decide(documents, input, context)
  if (!outcome.ok) return outcome
  const [write] = outcome.value.writes
  if (write?.collection !== 'member' || write.after === undefined) return refuse('invalid')
  return accept({ after: { ...write.after, ...newEnvelope(context, id), state: row.state ?? 'invited' }, issued: 0 })
}

function changed(
  plan: Plan,
  row: MemberRow,
  access: ServiceAccess | undefined,
  found: Member,
): Outcome<Planned<Member>> {
  const { context } = plan
  const members = [...plan.members.all()]
  const renamed = memberOf(
    updateMember.decide({ members }, { id: found.id, name: row.name, email: row.email }, context),
    found,
  )
  if (!renamed.ok) return renamed
  const righted = withRights(plan, row, access, renamed.value, members)
  if (!righted.ok) return righted
  const moved = withState(row, righted.value, members, plan)
  if (!moved.ok) return moved
  const { name, email, role, state, sections, serviceAccess } = moved.value
  return accept({ after: edited(found, { name, email, role, state, sections, serviceAccess }, context), issued: 0 })
}

/** Only where rights differ: a row about oneself that changes nothing is no change of one's own rights (M3). */
function withRights(
  plan: Plan,
  row: MemberRow,
  access: ServiceAccess | undefined,
  member: Member,
  members: readonly Member[],
): Outcome<Member> {
  const wanted = updateMemberRights.input.parse({
    id: member.id,
    role: row.role,
    sections: row.sections,
    serviceAccess: access,
  })
  const differs =
    (wanted.role !== undefined && wanted.role !== member.role) ||
    (wanted.sections !== undefined && !sameSet(wanted.sections, member.sections)) ||
    (wanted.serviceAccess !== undefined && !sameAccess(wanted.serviceAccess, member.serviceAccess))
  if (!differs) return accept(member)
  const documents = {
    member,
    admins: members.filter(({ role }) => role === 'admin'),
    services: servicesNamed(plan, access),
  }
  return memberOf(updateMemberRights.decide(documents, wanted, plan.context), member)
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item))
}

function sameAccess(a: ServiceAccess, b: ServiceAccess): boolean {
  return a === 'all' || b === 'all' ? a === b : sameSet(a, b)
}

function withState(row: MemberRow, member: Member, members: readonly Member[], plan: Plan): Outcome<Member> {
  if (row.state === undefined || row.state === member.state) return accept(member)
  const input = { id: member.id }
  const move = `${member.state}>${row.state}`
  if (move === 'invited>active') return memberOf(activateMember.decide({ member }, input, plan.context), member)
  if (move === 'suspended>active') return memberOf(resumeMember.decide({ member }, input, plan.context), member)
  if (move === 'active>suspended') {
    const admins = members.filter(({ role }) => role === 'admin').map((each) => (each.id === member.id ? member : each))
    return memberOf(suspendMember.decide({ member, admins }, input, plan.context), member)
  }
  return refuse('wrong_state', { state: member.state }, 'state')
}
