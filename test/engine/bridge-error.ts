/** What a renderer would be told: the refusal that the bridge's error formatter puts in the error's data. */
import { TRPCError } from '@trpc/server'
import * as z from 'zod'
import { type Refusal, RefusalError } from '../../shared/domain/outcome.ts'
import { refusalOfIssues } from '../../shared/protocol/procedure.ts'

export async function bridgeErrorOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : undefined
    if (cause instanceof RefusalError) return cause.refusal
    if (cause instanceof z.ZodError) return refusalOfIssues(cause)
    throw error
  }
  throw new Error('The call was accepted.')
}
