/**
 * What one renderer may ask of the transport before it is cut off. Sizes in bytes, times in milliseconds.
 * They are generous for the console and small for the machine: the worst a page can do is lose its own connection,
 * after which it subscribes again from its last event.
 */
export interface BridgeLimits {
  /** Largest frame a renderer may send. An import sends its rows in pages, so that one frame stays small. */
  readonly frameBytes: number
  /** Most calls in one frame: tRPC batches what is asked in one turn of the event loop. */
  readonly callsPerFrame: number
  /** Most calls and subscriptions of one connection that are not finished. */
  readonly openCalls: number
  /** Most bytes waiting for a renderer that does not read. */
  readonly queuedBytes: number
  /** A connection that says nothing is asked for a sign of life after this long … */
  readonly pingAfterMs: number
  /** … and closed when none comes within this long. A machine that slept answers late, then reconnects. */
  readonly pongWithinMs: number
  /** The first frame of a connection must prove who is asking within this long. */
  readonly firstFrameWithinMs: number
}

export const bridgeLimits: BridgeLimits = Object.freeze({
  frameBytes: 1024 * 1024,
  callsPerFrame: 256,
  openCalls: 1024,
  queuedBytes: 16 * 1024 * 1024,
  pingAfterMs: 30_000,
  pongWithinMs: 10_000,
  firstFrameWithinMs: 5_000,
})

/** Why a connection was closed, as the WebSocket close code (4000–4999 are ours to give, RFC 6455 § 7.4.2). */
export const closeCodes = Object.freeze({
  /** The host stops. */
  goingAway: 1001,
  /** A frame over the cap (the code `ws` itself uses). */
  frameTooBig: 1009,
  /** More calls or more unread answers than one renderer may have. */
  overloaded: 1013,
  /** The first frame did not prove a session: a fresh address is needed, trying again is of no use. */
  refused: 4401,
  /** No first frame in time. */
  silent: 4408,
})
