import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { BridgeSocket } from '../bridge-socket.ts'
import { type BridgeLimits, bridgeLimits } from '../limits.ts'
import { responseHeaders } from '../policy/headers.ts'
import type { StaticFile, StaticFiles } from '../static-files.ts'
import { type HttpLimits, httpLimits } from './http-limits.ts'
import { createLaunchSecrets } from './launch-secrets.ts'
import { listenOn } from './remembered-port.ts'
import { refuseActing, refuseRequest } from './request-guard.ts'
import { createTabSessions, sessionIdleMs } from './tab-sessions.ts'
import { acceptWebSockets } from './web-sockets.ts'

export interface BrowserServerOptions {
  readonly files: StaticFiles
  /** The port wanted; any where it is left out or taken. */
  readonly port?: number
  /** Serves one proven connection from its next frame on. */
  readonly serve: (socket: BridgeSocket) => void
  /** ms, any steady origin; launch secrets and sessions expire by it. */
  readonly now?: () => number
  readonly httpLimits?: HttpLimits
  readonly bridgeLimits?: BridgeLimits
  readonly sessionIdleMs?: number
  /** While developing: answers what the files cannot, and loosens the page's policy for the dev server. */
  readonly development?: Development
}

export interface Development {
  readonly contentSecurityPolicy: (authority: string) => string
  /** Passes a request on to the dev server. */
  readonly forward: (request: IncomingMessage, response: ServerResponse, headers: Record<string, string>) => void
}

export interface BrowserServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  /** An address that opens one tab, once, within `lifetime` ms. The secret is in its fragment, which is never sent. */
  launchAddress(lifetime: number): string
  close(): Promise<void>
}

/**
 * The loopback server of the browser host: the renderer's files, the exchange of a launch secret for a session, and the
 * bridge. Listens on the literal 127.0.0.1 (a name could resolve to more) and the port wanted, else one the system picks.
 * Rejects with the system's error where no port can be had.
 */
export async function startBrowserServer(options: BrowserServerOptions): Promise<BrowserServer> {
  const limits = options.httpLimits ?? httpLimits
  const now = options.now ?? (() => performance.now())
  const launchSecrets = createLaunchSecrets(now)
  const sessions = createTabSessions(now, options.sessionIdleMs ?? sessionIdleMs)
  let authority = ''

  function headers(caching: 'never' | 'forever'): Record<string, string> {
    const policy = options.development?.contentSecurityPolicy(authority)
    return responseHeaders({ bridge: `ws://${authority}`, caching, contentSecurityPolicy: policy })
  }

  function refuse(response: ServerResponse, status: number, reason: string): void {
    // The rest of a refused body is not worth reading.
    response.writeHead(status, {
      ...headers('never'),
      'content-type': 'text/plain; charset=utf-8',
      connection: 'close',
    })
    response.end(`${reason}\n`)
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '').split('?')[0] ?? ''
    const exchanges = path === '/session' && request.method === 'POST'
    const reads = request.method === 'GET' || request.method === 'HEAD'
    const refusal = exchanges ? refuseActing(request, authority) : refuseRequest(request, authority)
    if (refusal) refuse(response, refusal.status, refusal.reason)
    else if (exchanges) exchange(request, response)
    else if (!reads) refuse(response, 405, 'Only GET')
    else if (options.development) options.development.forward(request, response, headers('never'))
    else sendFile(options.files.get(path), request, response)
  }

  function sendFile(file: StaticFile | undefined, request: IncomingMessage, response: ServerResponse): void {
    if (!file) {
      refuse(response, 404, 'Not found')
      return
    }
    response.writeHead(200, { ...headers(file.caching), 'content-type': file.mediaType })
    if (request.method === 'HEAD') response.end()
    else
      createReadStream(file.path)
        .on('error', () => response.destroy())
        .pipe(response)
  }

  /** Body: `{"launch":"…"}`. Answers `{"session":"…"}` once for each launch secret, 403 ever after. */
  function exchange(request: IncomingMessage, response: ServerResponse): void {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (text: string) => {
      body += text
      if (body.length > limits.bodyBytes) refuse(response, 413, 'Too big')
    })
    request.on('end', () => {
      if (response.headersSent) return
      const secret = readLaunchSecret(body)
      if (secret === undefined || !launchSecrets.redeem(secret)) {
        refuse(response, 403, 'Ask for a fresh address')
        return
      }
      response.writeHead(200, { ...headers('never'), 'content-type': 'application/json; charset=utf-8' })
      response.end(JSON.stringify({ session: sessions.start() }))
    })
  }

  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersWithinMs,
      requestTimeout: limits.requestWithinMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.checkEveryMs,
    },
    answer,
  )
  server.maxConnections = limits.connections
  server.maxHeadersCount = limits.headerCount
  const webSockets = acceptWebSockets(server, {
    authority: () => authority,
    join: (secret) => sessions.join(secret),
    serve: options.serve,
    limits: options.bridgeLimits ?? bridgeLimits,
    mostSockets: limits.webSockets,
  })
  authority = `127.0.0.1:${await listenOn(server, options.port ?? 0)}`

  return {
    origin: `http://${authority}`,
    launchAddress: (lifetime) => `http://${authority}/#launch=${launchSecrets.mint(lifetime)}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        webSockets.close()
        server.closeAllConnections()
      }),
  }
}

function readLaunchSecret(body: string): string | undefined {
  try {
    const { launch } = JSON.parse(body) as { launch?: unknown }
    return typeof launch === 'string' ? launch : undefined
  } catch {
    return undefined
  }
}
