import * as z from 'zod'
import { envelopeShape } from './document.ts'
import { ulidSchema } from './id.ts'
import { emailSchema, nameSchema } from './text.ts'

/** M1. */
export const roles = ['admin', 'member'] as const
export type Role = (typeof roles)[number]

/** M1: what a member may hold. */
export const sections = ['partners', 'plans', 'monitoring', 'finance', 'settings'] as const
export type Section = (typeof sections)[number]

/** M6. */
export const memberStates = ['invited', 'active', 'suspended'] as const
export type MemberState = (typeof memberStates)[number]

/** M2: `all` is all current and future services; a list may be empty, which is none. */
export const serviceAccessSchema = z.union([z.literal('all'), z.array(ulidSchema).max(1000)])
export type ServiceAccess = z.infer<typeof serviceAccessSchema>

export const memberSchema = z.strictObject({
  ...envelopeShape,
  name: nameSchema,
  email: emailSchema,
  role: z.enum(roles),
  state: z.enum(memberStates),
  sections: z.array(z.enum(sections)),
  serviceAccess: serviceAccessSchema,
})
export type Member = z.infer<typeof memberSchema>
