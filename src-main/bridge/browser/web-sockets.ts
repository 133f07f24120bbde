import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { BridgeSocket } from '../bridge-socket.ts'
import { awaitFirstFrame } from '../first-frame.ts'
import { type BridgeLimits, closeCodes } from '../limits.ts'
import { refuseActing } from './request-guard.ts'

export interface WebSocketOptions {
  /** `127.0.0.1:PORT`, known once the server listens. */
  readonly authority: () => string
  /** Takes part in the session that a secret names. */
  readonly join: (sessionSecret: string) => { leave(): void } | undefined
  readonly serve: (socket: BridgeSocket) => void
  readonly limits: BridgeLimits
  readonly mostSockets: number
}

/**
 * Accepts the bridge's WebSockets on `/bridge` of a server. An upgrade passes the same guard as any acting request; then
 * the first frame must name a session, before anything of the connection reaches the router.
 */
export function acceptWebSockets(server: Server, options: WebSocketOptions): { close(): void } {
  const webSockets = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: options.limits.frameBytes,
    perMessageDeflate: false,
  })

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const refusal =
      refuseActing(request, options.authority()) ??
      (request.url?.split('?')[0] === '/bridge' ? undefined : { status: 404, reason: 'Not found' }) ??
      (webSockets.clients.size < options.mostSockets ? undefined : { status: 503, reason: 'Too many connections' })
    if (refusal) {
      stream.end(`HTTP/1.1 ${refusal.status} ${refusal.reason}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    webSockets.handleUpgrade(request, stream, head, (webSocket) => accept(webSocket, options))
  })

  return {
    close() {
      for (const webSocket of webSockets.clients) {
        webSocket.close(closeCodes.goingAway, 'the host stops')
        // A page that does not answer the close must not hold the host up.
        setTimeout(() => webSocket.terminate(), 200).unref()
      }
      webSockets.close()
    },
  }
}

function accept(webSocket: WebSocket, options: WebSocketOptions): void {
  const socket = new BridgeSocket(
    {
      sendText: (text) => webSocket.send(text),
      close: (code, reason) => {
        webSocket.close(code, reason)
        // One that does not read cannot be told either.
        setTimeout(() => webSocket.terminate(), 1_000).unref()
      },
    },
    options.limits,
    () => webSocket.bufferedAmount,
  )
  webSocket.on('message', (frame: Buffer, isBinary) => {
    if (isBinary) socket.close(1003, 'frames are text')
    else socket.carrierReceived(frame.toString())
  })
  webSocket.on('close', () => socket.carrierClosed())
  // ws closes with the right code by itself (an oversize frame, a broken one); the event must only have a listener.
  webSocket.on('error', () => {})

  awaitFirstFrame(
    socket,
    ({ session }) => {
      const membership = session === undefined ? undefined : options.join(session)
      if (!membership) return false
      socket.once('close', () => membership.leave())
      options.serve(socket)
      return true
    },
    options.limits,
  )
}
