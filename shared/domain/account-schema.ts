import * as z from 'zod'
import { envelopeShape } from './document.ts'
import { instantSchema, ulidSchema } from './id.ts'
import { descriptionSchema, emailSchema, nameSchema } from './text.ts'

export const accountStates = ['pending', 'approved', 'rejected', 'suspended'] as const
export type AccountState = (typeof accountStates)[number]

/** A15: a person of an account, who calls the API. */
export const developerSchema = z.strictObject({
  id: ulidSchema,
  name: nameSchema,
  email: emailSchema,
})
export type Developer = z.infer<typeof developerSchema>

export const accountSchema = z.strictObject({
  ...envelopeShape,
  /** The organisation's name. */
  name: nameSchema,
  state: z.enum(accountStates),
  note: descriptionSchema,
  developers: z.array(developerSchema).max(200),
  createdAt: instantSchema,
})
export type Account = z.infer<typeof accountSchema>
