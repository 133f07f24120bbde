/** How procedures are made: refusals travel as plain data in `error.data.refusal`, and no error carries a stack. */
import { initTRPC, TRPCError } from '@trpc/server'
import * as z from 'zod'
import type { Command, Needs } from '../domain/command.ts'
import { type Refusal, type RefusalCode, RefusalError, refusalCodes, refuse } from '../domain/outcome.ts'
import type { BridgeContext, SealedLocation } from './console-session.ts'
import type { Query } from './query.ts'

const trpcCodeOf: Partial<Record<RefusalCode, TRPCError['code']>> = {
  forbidden: 'FORBIDDEN',
  preview_read_only: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  taken: 'CONFLICT',
  try_later: 'TOO_MANY_REQUESTS',
  locked: 'UNAUTHORIZED',
  wrong_passphrase: 'UNAUTHORIZED',
  store_failed: 'INTERNAL_SERVER_ERROR',
}

/** A zod failure as a refusal: the first issue, its field, and its message where that is a refusal code. */
export function refusalOfIssues(error: z.ZodError): Refusal {
  const issue = error.issues[0]
  if (issue === undefined) return refuse('invalid')
  if (issue.code === 'unrecognized_keys') return refuse('unknown_field', {}, issue.keys[0])
  const known = (refusalCodes as readonly string[]).includes(issue.message)
  const code = known ? (issue.message as RefusalCode) : 'invalid'
  const max = issue.code === 'too_big' ? { max: Number(issue.maximum) } : {}
  const min = issue.code === 'too_small' ? { min: Number(issue.minimum) } : {}
  return refuse(code, { ...max, ...min }, issue.path.join('.') || undefined)
}

export const t = initTRPC.context<BridgeContext>().create({
  // The same shape in development and production: no stack leaves the process.
  isDev: false,
  errorFormatter({ shape, error }) {
    const cause = error.cause
    const refusal =
      cause instanceof RefusalError
        ? cause.refusal
        : cause instanceof z.ZodError
          ? refusalOfIssues(cause)
          : error.code === 'INTERNAL_SERVER_ERROR'
            ? refuse('store_failed')
            : undefined
    return {
      ...shape,
      message: refusal?.code ?? shape.message,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, refusal },
    }
  },
})

/** A `RefusalError` becomes a tRPC error of the right code; anything else stays an internal error. */
export const procedure = t.procedure.use(async ({ next }) => {
  const outcome = await next()
  if (!outcome.ok && outcome.error.cause instanceof RefusalError) {
    const code = trpcCodeOf[outcome.error.cause.refusal.code] ?? 'BAD_REQUEST'
    throw new TRPCError({ code, message: outcome.error.cause.refusal.code, cause: outcome.error.cause })
  }
  return outcome
})

/** A procedure that runs a command. */
export function command<S extends z.ZodType, N extends Needs, R>(definition: Command<string, S, N, R>) {
  return procedure
    .input(definition.input)
    .mutation(({ ctx, input }) =>
      ctx.session.run<R>(definition as unknown as Command<string, z.ZodType, Needs, R>, input),
    )
}

/** A procedure that answers a query. */
export function query<S extends z.ZodType, Output>(definition: Query<string, S, Output>) {
  return procedure.input(definition.input).query(({ ctx, input }) => ctx.session.ask<Output>(definition, input))
}

/** A procedure that runs a reveal command and opens what it names. */
export function openSecret<S extends z.ZodType, N extends Needs>(definition: Command<string, S, N, SealedLocation>) {
  return procedure.input(definition.input).mutation(async ({ ctx, input }) => ({
    secret: await ctx.session.openSecret(
      definition as unknown as Command<string, z.ZodType, Needs, SealedLocation>,
      input,
    ),
  }))
}
