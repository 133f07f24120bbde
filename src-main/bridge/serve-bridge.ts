import type { IncomingMessage } from 'node:http'
import type { AnyRouter, inferRouterContext, TRPCError } from '@trpc/server'
import { getWSConnectionHandler } from '@trpc/server/adapters/ws'
import { bridgeEncoder } from './bridge-encoder.ts'
import type { BridgeSocket } from './bridge-socket.ts'
import { type BridgeLimits, bridgeLimits, closeCodes } from './limits.ts'

export interface ServeBridgeOptions<Router extends AnyRouter> {
  readonly router: Router
  /** What the router's procedures get: the session of this renderer. */
  readonly context: inferRouterContext<Router>
  readonly limits?: BridgeLimits
  /** Hears of errors nobody foresaw (never of refusals). `path` is the procedure's name; inputs are not handed on. */
  readonly onFault?: (path: string | undefined, error: Error) => void
}

/** tRPC reads the address of the upgrade request to look for connection parameters; our first frame replaced those. */
const requestStandIn = { url: '/', headers: {} } as IncomingMessage

/**
 * Serves a tRPC router to one connected renderer, from the next frame on, until the socket closes: then every
 * subscription is aborted and its generator returns. Proof of who is asking comes before this (`first-frame.ts`).
 */
export function serveBridge<Router extends AnyRouter>(socket: BridgeSocket, options: ServeBridgeOptions<Router>): void {
  const limits = options.limits ?? bridgeLimits
  type HandlerOptions = Parameters<typeof getWSConnectionHandler<Router>>[0]
  const encoder = bridgeEncoder(limits, () => socket.close(closeCodes.overloaded, 'too many open calls'))
  const handlerOptions = {
    router: options.router,
    createContext: () => options.context,
    experimental_encoder: encoder,
    keepAlive: { enabled: true, pingMs: limits.pingAfterMs, pongWaitMs: limits.pongWithinMs },
    onError: ({ path, error }: { path: string | undefined; error: TRPCError }) => {
      if (error.code === 'INTERNAL_SERVER_ERROR') options.onFault?.(path, error.cause ?? error)
    },
  }
  // The type of createContext depends on the router's in a way that a generic function cannot show.
  const connect = getWSConnectionHandler<Router>(handlerOptions as unknown as HandlerOptions)
  // The handler's type asks for a whole `ws` socket; what it uses of one is what BridgeSocket has.
  connect(socket as unknown as Parameters<typeof connect>[0], requestStandIn)
}
