/** Members with what follows from them: their tokens, and whether the last-admin rule binds (M3). */
import type * as z from 'zod'
import type { Member } from '../../../shared/domain/member.ts'
import { viewMember } from '../../../shared/domain/member-commands.ts'
import { hasService } from '../../../shared/domain/permission.ts'
import type { MemberPage, MemberRow, memberList } from '../../../shared/protocol/member-queries.ts'
import { allOf, byId, contains, demand, must, type QueryContext, rightsHolder } from './context.ts'

const activeAdmins = { role: 'admin', state: 'active' }

async function memberRow(context: QueryContext, member: Member, admins: number): Promise<MemberRow> {
  return {
    ...viewMember(member),
    tokens: await context.store.count('accessToken', { ownerId: member.id }),
    self: member.id === rightsHolder(context).id,
    lastAdmin: admins === 1 && member.role === 'admin' && member.state === 'active',
  }
}

export async function listMembers(
  context: QueryContext,
  input: z.output<typeof memberList.input>,
): Promise<MemberPage> {
  demand(context, 'member.view')
  const [byName] = contains('name', input.search)
  const [byEmail] = contains('email', input.search)
  const selector = allOf([
    ...(byName && byEmail ? [{ $or: [byName, byEmail, ...byId(input.search)] }] : []),
    ...(input.role === undefined ? [] : [{ role: input.role }]),
    ...(input.state === undefined ? [] : [{ state: input.state }]),
  ])
  const [found, all, admins] = await Promise.all([
    // Members are few, and access to a service is a rule (M2), not a field: it is asked of each.
    context.store.find('member', { selector, sort: { field: input.sort, direction: input.direction } }),
    context.store.count('member'),
    context.store.count('member', activeAdmins),
  ])
  const { serviceId } = input
  const matching = serviceId === undefined ? found : found.filter((member) => hasService(member, serviceId))
  const window = matching.slice(input.skip, input.skip + input.limit)
  const rows = await Promise.all(window.map((member) => memberRow(context, member, admins)))
  return { rows, total: matching.length, all, admins }
}

export async function getMember(context: QueryContext, { id }: { id: string }): Promise<MemberRow> {
  demand(context, 'member.view')
  const member = await must(context, 'member', id)
  return memberRow(context, member, await context.store.count('member', activeAdmins))
}
