/** Members as the console lists them, with the figures that rights depend on. */
import * as z from 'zod'
import { ulidSchema } from '../domain/id.ts'
import { memberStates, roles } from '../domain/member.ts'
import type { MemberView } from '../domain/member-commands.ts'
import { defineQuery, listShape, type Page } from './query.ts'

export interface MemberRow extends MemberView {
  /** How many access tokens follow this member's rights. */
  readonly tokens: number
  /** True for the person at the console: nobody changes their own rights (M3). */
  readonly self: boolean
  /** True for the only active admin left (M3). */
  readonly lastAdmin: boolean
}
export interface MemberPage extends Page<MemberRow> {
  readonly all: number
  readonly admins: number
}
export const memberList = defineQuery<MemberPage>()(
  'member.list',
  z.strictObject({
    ...listShape(['name', 'email']),
    role: z.enum(roles).optional(),
    state: z.enum(memberStates).optional(),
    /** Members with access to this service. */
    serviceId: ulidSchema.optional(),
  }),
)
export const memberGet = defineQuery<MemberRow>()('member.get', z.strictObject({ id: ulidSchema }))
