import * as z from 'zod'
import { envelopeShape } from './document.ts'
import { nameSchema } from './text.ts'

/** A workspace: one API provider. There is exactly one document of this kind in each store. */
export const workspaceSchema = z.strictObject({
  ...envelopeShape,
  name: nameSchema,
  /** True for the separate workspace that is filled with invented data and never syncs. */
  sample: z.boolean(),
})
export type Workspace = z.infer<typeof workspaceSchema>
