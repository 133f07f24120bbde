/**
 * The one contract between a renderer and the main process: a tRPC router over a session that the main process gives.
 * Electron and the browser host serve the same router; tests call it in place. Every refusal travels as plain data in
 * `error.data.refusal`; no error carries a stack. A secret leaves only through `secret.take` and `secret.open`.
 */
import { initTRPC, TRPCError, tracked } from '@trpc/server'
import * as z from 'zod'
import { createAccessToken, deleteAccessToken, rotateAccessToken, updateAccessToken } from '../domain/access-token.ts'
import type { AnyCommand, Command, Needs } from '../domain/command.ts'
import { type Refusal, type RefusalCode, RefusalError, refusalCodes, refuse } from '../domain/outcome.ts'
import { createService, revealServiceToken, rotateServiceToken, updateService } from '../domain/service.ts'
import { renameWorkspace } from '../domain/workspace-commands.ts'
import {
  type ChangeNotice,
  type ConsoleStatus,
  createWorkspaceSchema,
  type RevealTicket,
  unlockSchema,
  workspaceIdSchema,
} from './console.ts'
import {
  accessTokenGet,
  accessTokenList,
  auditExport,
  auditList,
  auditVerify,
  find,
  overview,
  serviceGet,
  serviceList,
  serviceTokenList,
  tokenGrant,
} from './queries.ts'
import type { AnyQuery, Query } from './query.ts'

/** What a renderer's session can do. Every method refuses by throwing a `RefusalError`. */
export interface ConsoleSession {
  status(): Promise<ConsoleStatus>
  createWorkspace(input: z.output<typeof createWorkspaceSchema>): Promise<{ readonly reveals: readonly RevealTicket[] }>
  openSample(): Promise<void>
  openWorkspace(id: string): Promise<void>
  closeWorkspace(): Promise<void>
  deleteSample(): Promise<void>
  unlock(input: z.output<typeof unlockSchema>): Promise<void>
  lock(): Promise<void>
  /** Looks at the console as this member sees it, or stops (M5). */
  preview(memberId: string | undefined): Promise<void>
  /** Runs a command as the session's person: input already validated. */
  run<R>(
    command: Command<string, z.ZodType, Needs, R>,
    input: unknown,
  ): Promise<{ readonly result: R; readonly reveals: readonly RevealTicket[] }>
  ask<Output>(query: Query<string, z.ZodType, Output>, input: unknown): Promise<Output>
  /** Runs a reveal command and opens what it names; the only way to a stored secret. */
  openSecret(command: Command<string, z.ZodType, Needs, SealedLocation>, input: unknown): Promise<string>
  /** Gives a waiting secret away: a second call refuses with `gone`. */
  takeSecret(ticket: string): string
  /** Notices from after `since`; without it, from now on. Ends with the session. */
  changes(since: number | undefined, signal: AbortSignal | undefined): AsyncIterable<ChangeNotice>
}

/** Where a sealed copy is and what authenticates it. */
export interface SealedLocation {
  readonly sealed: string
  readonly aad: string
}

export interface BridgeContext {
  readonly session: ConsoleSession
}

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

const t = initTRPC.context<BridgeContext>().create({
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
const procedure = t.procedure.use(async ({ next }) => {
  const outcome = await next()
  if (!outcome.ok && outcome.error.cause instanceof RefusalError) {
    const code = trpcCodeOf[outcome.error.cause.refusal.code] ?? 'BAD_REQUEST'
    throw new TRPCError({ code, message: outcome.error.cause.refusal.code, cause: outcome.error.cause })
  }
  return outcome
})

function command<S extends z.ZodType, N extends Needs, R>(definition: Command<string, S, N, R>) {
  return procedure
    .input(definition.input)
    .mutation(({ ctx, input }) =>
      ctx.session.run<R>(definition as unknown as Command<string, z.ZodType, Needs, R>, input),
    )
}

function query<S extends z.ZodType, Output>(definition: Query<string, S, Output>) {
  return procedure.input(definition.input).query(({ ctx, input }) => ctx.session.ask<Output>(definition, input))
}

function openSecret<S extends z.ZodType, N extends Needs>(definition: Command<string, S, N, SealedLocation>) {
  return procedure.input(definition.input).mutation(async ({ ctx, input }) => ({
    secret: await ctx.session.openSecret(
      definition as unknown as Command<string, z.ZodType, Needs, SealedLocation>,
      input,
    ),
  }))
}

export const bridgeRouter = t.router({
  console: t.router({
    status: procedure.query(({ ctx }) => ctx.session.status()),
    createWorkspace: procedure
      .input(createWorkspaceSchema)
      .mutation(({ ctx, input }) => ctx.session.createWorkspace(input)),
    openSample: procedure.mutation(({ ctx }) => ctx.session.openSample()),
    openWorkspace: procedure.input(workspaceIdSchema).mutation(({ ctx, input }) => ctx.session.openWorkspace(input.id)),
    closeWorkspace: procedure.mutation(({ ctx }) => ctx.session.closeWorkspace()),
    deleteSample: procedure.mutation(({ ctx }) => ctx.session.deleteSample()),
    unlock: procedure.input(unlockSchema).mutation(({ ctx, input }) => ctx.session.unlock(input)),
    lock: procedure.mutation(({ ctx }) => ctx.session.lock()),
    preview: procedure
      .input(z.strictObject({ memberId: z.string().optional() }))
      .mutation(({ ctx, input }) => ctx.session.preview(input.memberId)),
    changes: procedure.input(z.object({ lastEventId: z.string().nullish() }).optional()).subscription(async function* ({
      ctx,
      input,
      signal,
    }) {
      const since = input?.lastEventId ? Number(input.lastEventId) : undefined
      for await (const notice of ctx.session.changes(since, signal)) yield tracked(String(notice.sequence), notice)
    }),
  }),
  secret: t.router({
    take: procedure
      .input(z.strictObject({ ticket: z.string().max(64) }))
      .mutation(({ ctx, input }) => ({ secret: ctx.session.takeSecret(input.ticket) })),
    serviceToken: openSecret(revealServiceToken),
  }),
  overview: query(overview),
  find: query(find),
  workspace: t.router({ rename: command(renameWorkspace) }),
  accessToken: t.router({
    grant: query(tokenGrant),
    list: query(accessTokenList),
    get: query(accessTokenGet),
    create: command(createAccessToken),
    update: command(updateAccessToken),
    delete: command(deleteAccessToken),
    rotate: command(rotateAccessToken),
  }),
  service: t.router({
    list: query(serviceList),
    get: query(serviceGet),
    create: command(createService),
    update: command(updateService),
    rotateToken: command(rotateServiceToken),
  }),
  serviceToken: t.router({ list: query(serviceTokenList) }),
  audit: t.router({ list: query(auditList), export: query(auditExport), verify: query(auditVerify) }),
})

export type BridgeRouter = typeof bridgeRouter
export type { AnyCommand, AnyQuery }
