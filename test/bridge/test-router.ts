/** A small router with one of everything the bridge must carry, so that the transports are tried without the console. */
import { initTRPC, tracked } from '@trpc/server'
import * as z from 'zod'

export interface TestContext {
  /** How many subscriptions of this connection are running. */
  running: number
}

const t = initTRPC.context<TestContext>().create({ isDev: true })

export const testRouter = t.router({
  greet: t.procedure
    .input(z.strictObject({ name: z.string().min(1).max(20) }))
    .query(({ input }) => `Hello ${input.name}`),
  fail: t.procedure.query((): string => {
    throw new Error('the passphrase is hunter2')
  }),
  large: t.procedure.input(z.number()).query(({ input }) => 'x'.repeat(input)),
  never: t.procedure.query(() => new Promise<string>(() => {})),
  /** Counts up from after the last event, for ever. */
  count: t.procedure.input(z.object({ lastEventId: z.string().nullish() }).optional()).subscription(async function* ({
    input,
    ctx,
    signal,
  }) {
    ctx.running += 1
    try {
      for (let next = Number(input?.lastEventId ?? 0) + 1; !signal?.aborted; next += 1) {
        yield tracked(String(next), next)
        await new Promise((later) => setTimeout(later, 2))
      }
    } finally {
      ctx.running -= 1
    }
  }),
})

export type TestRouter = typeof testRouter
