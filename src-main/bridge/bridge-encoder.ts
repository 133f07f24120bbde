import type { BridgeLimits } from './limits.ts'

interface Call {
  readonly id?: unknown
  readonly method?: unknown
}

interface Answer {
  readonly id?: unknown
  readonly result?: { readonly type?: string }
  readonly error?: { readonly code?: number; readonly message?: string; readonly data?: Record<string, unknown> }
}

/** JSON-RPC's code of an error that no rule foresaw; tRPC gives it as INTERNAL_SERVER_ERROR. */
const internalError = -32603

/**
 * JSON text both ways for one connection. Reading, it refuses a frame with more calls than allowed and counts the calls
 * that are not finished (`onOverload` when they are too many). Writing, it takes out what must not leave the process:
 * stacks, and the message of an error that no rule foresaw, which may quote anything, a secret included.
 */
export function bridgeEncoder(limits: BridgeLimits, onOverload: () => void) {
  /** Method by id of every call that is not finished. */
  const open = new Map<unknown, unknown>()

  return {
    decode(frame: string | ArrayBuffer | Uint8Array): unknown {
      if (typeof frame !== 'string') throw new Error('Frames are JSON text')
      const message: unknown = JSON.parse(frame)
      const calls = Array.isArray(message) ? message : [message]
      if (calls.length > limits.callsPerFrame) throw new Error(`More than ${limits.callsPerFrame} calls in one frame`)
      for (const call of calls as Call[]) {
        if (call && typeof call === 'object' && call.method !== 'subscription.stop') open.set(call.id, call.method)
      }
      if (open.size > limits.openCalls) {
        onOverload()
        throw new Error(`More than ${limits.openCalls} calls are open`)
      }
      return message
    },

    encode(message: unknown): string {
      const answer = message as Answer
      const goesOn = answer.result !== undefined && open.get(answer.id) === 'subscription'
      if (!goesOn || answer.result?.type === 'stopped') open.delete(answer.id)
      return JSON.stringify(answer.error ? { ...answer, error: withoutInside(answer.error) } : answer)
    },
  }
}

function withoutInside(error: NonNullable<Answer['error']>): NonNullable<Answer['error']> {
  const { stack: _stack, ...kept } = error.data ?? {}
  // A refusal's message is its code, which is ours to tell.
  const unforeseen = error.code === internalError && kept.refusal === undefined
  return { ...error, message: unforeseen ? 'Internal error' : (error.message ?? ''), data: kept }
}
