/** What the loopback server puts up with, from anything on this machine. Sizes in bytes, times in ms. */
export interface HttpLimits {
  readonly connections: number
  readonly webSockets: number
  readonly headerBytes: number
  readonly headerCount: number
  /** A client that sends its headers slower than this is cut off. */
  readonly headersWithinMs: number
  readonly requestWithinMs: number
  readonly keepAliveMs: number
  /** How often the two times above are looked at. */
  readonly checkEveryMs: number
  /** The largest body: the session exchange, one secret. */
  readonly bodyBytes: number
}

export const httpLimits: HttpLimits = Object.freeze({
  connections: 128,
  webSockets: 32,
  headerBytes: 8 * 1024,
  headerCount: 64,
  headersWithinMs: 5_000,
  requestWithinMs: 10_000,
  keepAliveMs: 5_000,
  checkEveryMs: 1_000,
  bodyBytes: 512,
})
