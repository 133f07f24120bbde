import * as z from 'zod'

/** What is tested, by ids only: a pasted credential never gets into the address. */
export const testSearch = z.object({
  service: z.string().optional().catch(undefined),
  application: z.string().optional().catch(undefined),
  key: z.string().optional().catch(undefined),
})
export type TestSearch = z.output<typeof testSearch>
