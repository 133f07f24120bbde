import type { IncomingMessage } from 'node:http'
import { mayFetch } from '../policy/fetch-metadata.ts'

/** Why a request is refused: an HTTP status and a line for the person who meets it. */
export interface RequestRefusal {
  readonly status: number
  readonly reason: string
}

/** The values of a header that was sent, as sent; Node keeps just one of a repeated Host. */
function sent(request: IncomingMessage, name: string): string[] {
  const values: string[] = []
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    if (request.rawHeaders[index]?.toLowerCase() === name) values.push(request.rawHeaders[index + 1] ?? '')
  }
  return values
}

/**
 * Whether a plain request is meant for this host: `Host` is exactly ours, so that another name that resolves to
 * 127.0.0.1 (DNS rebinding) gets nothing, and no other site asks.
 * @param authority `127.0.0.1:PORT`
 */
export function refuseRequest(request: IncomingMessage, authority: string): RequestRefusal | undefined {
  const hosts = sent(request, 'host')
  if (hosts.length !== 1 || hosts[0] !== authority) return { status: 421, reason: `This is ${authority}` }
  const metadata = {
    site: request.headers['sec-fetch-site'] as string | undefined,
    mode: request.headers['sec-fetch-mode'] as string | undefined,
    destination: request.headers['sec-fetch-dest'] as string | undefined,
  }
  if (!mayFetch(metadata)) return { status: 403, reason: 'Not for other sites' }
  return undefined
}

/**
 * Whether a request may act (open the bridge, exchange a secret): besides the above its `Origin` is there and exactly
 * ours. Equal to `Host` would be no defence: a rebound page sends its own name as both.
 */
export function refuseActing(request: IncomingMessage, authority: string): RequestRefusal | undefined {
  const refusal = refuseRequest(request, authority)
  if (refusal) return refusal
  const origins = sent(request, 'origin')
  if (origins.length !== 1 || origins[0] !== `http://${authority}`) return { status: 403, reason: 'Not from this page' }
  return undefined
}
