import type { BridgeSocket } from './bridge-socket.ts'
import { type BridgeLimits, bridgeLimits, closeCodes } from './limits.ts'

/** tRPC's own name for the first frame of a connection: `{"method":"connectionParams","data":{…}}`. */
const method = 'connectionParams'

/**
 * Reads the first frame of a new connection: the parameters its client sent, or undefined when the text is anything
 * else. Values that are no strings are dropped.
 */
export function readFirstFrame(text: string): Readonly<Record<string, string>> | undefined {
  if (text.length > 4096) return undefined
  try {
    const frame = JSON.parse(text) as { method?: unknown; data?: unknown } | null
    if (frame?.method !== method) return undefined
    const entries = Object.entries((frame.data ?? {}) as Record<string, unknown>)
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return undefined
  }
}

/**
 * Waits for the first frame and hands its parameters to `admit`, which serves the connection and returns true, or
 * returns false to have it closed as refused. Nothing but this frame is looked at before, so that an unproven
 * connection never reaches the router. No frame in time closes the connection too.
 */
export function awaitFirstFrame(
  socket: BridgeSocket,
  admit: (parameters: Readonly<Record<string, string>>) => boolean,
  limits: BridgeLimits = bridgeLimits,
): void {
  const late = setTimeout(() => socket.close(closeCodes.silent, 'no first frame'), limits.firstFrameWithinMs)
  socket.once('close', () => clearTimeout(late))
  socket.once('message', (frame: Buffer) => {
    clearTimeout(late)
    const parameters = readFirstFrame(frame.toString())
    if (!parameters || !admit(parameters)) socket.close(closeCodes.refused, 'not a session of this host')
  })
}
