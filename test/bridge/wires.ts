/** Both wires of the bridge with a client on them: a WebSocket to a real loopback server, and text frames as over IPC. */
import { createTRPCClient, createWSClient, type TRPCClient, wsLink } from '@trpc/client'
import { WebSocket } from 'ws'
import { BridgeSocket } from '../../src-main/bridge/bridge-socket.ts'
import { startBrowserServer } from '../../src-main/bridge/browser/browser-server.ts'
import { readFirstFrame } from '../../src-main/bridge/first-frame.ts'
import { type BridgeLimits, bridgeLimits } from '../../src-main/bridge/limits.ts'
import { serveBridge } from '../../src-main/bridge/serve-bridge.ts'
import { ipcSocketClass } from '../../src-renderer/bridge/ipc-socket.ts'
import { type TestContext, type TestRouter, testRouter } from './test-router.ts'

export interface Wire {
  readonly client: TRPCClient<TestRouter>
  readonly context: TestContext
  readonly faults: { readonly path: string | undefined; readonly message: string }[]
  /** Every text that went to the page. */
  readonly received: string[]
  /** Cuts the connection from main's side, as a sleeping machine or a restart does; the client comes back by itself. */
  readonly drop: () => void
  /** Sends a raw frame, as a page that is not ours would. */
  readonly sendRaw: (text: string) => void
  readonly closings: number[]
  readonly close: () => Promise<void>
}

export const wires = { WebSocket: overWebSocket, IPC: overIpc } as const

export async function overWebSocket(limits: BridgeLimits = bridgeLimits): Promise<Wire> {
  const shared = emptyWire()
  const server = await startBrowserServer({
    files: new Map(),
    bridgeLimits: limits,
    serve: (socket) => {
      shared.sockets.push(socket)
      serveBridge(socket, { router: testRouter, context: shared.context, limits, onFault: shared.onFault })
    },
  })
  const session = await exchange(server.origin, server.launchAddress(60_000))
  let current: WebSocket | undefined
  class OurPage extends WebSocket {
    constructor(address: string) {
      super(address, { origin: server.origin })
      current = this
      this.on('message', (text: Buffer) => shared.received.push(text.toString()))
      this.on('close', (code) => shared.closings.push(code))
      this.on('error', () => {})
    }
  }
  const socketClient = createWSClient({
    url: `${server.origin.replace('http', 'ws')}/bridge`,
    connectionParams: { session },
    WebSocket: OurPage as unknown as typeof globalThis.WebSocket,
    retryDelayMs: () => 5,
  })
  return {
    ...shared.wire,
    client: createTRPCClient<TestRouter>({ links: [wsLink({ client: socketClient })] }),
    sendRaw: (text) => current?.send(text),
    async close() {
      await socketClient.close()
      await server.close()
    },
  }
}

export async function overIpc(limits: BridgeLimits = bridgeLimits): Promise<Wire> {
  const shared = emptyWire()
  let onText = (_text: string) => {}
  let onClose = (_code: number, _reason: string) => {}
  let current: BridgeSocket | undefined

  /** What the shell does with a frame of a page that may speak. */
  function receive(text: string): void {
    if (!readFirstFrame(text)) {
      current?.carrierReceived(text)
      return
    }
    current?.carrierClosed()
    const socket = new BridgeSocket(
      {
        sendText: (answer) => setImmediate(() => onText(answer)),
        close: (code, reason) => {
          shared.closings.push(code)
          setImmediate(() => onClose(code, reason))
          queueMicrotask(() => socket.carrierClosed())
        },
      },
      limits,
    )
    current = socket
    shared.sockets.push(socket)
    serveBridge(socket, { router: testRouter, context: shared.context, limits, onFault: shared.onFault })
  }

  const preload = {
    send: (text: string) => void setImmediate(() => receive(text)),
    onText: (listener: (text: string) => void) => {
      onText = (text) => {
        shared.received.push(text)
        listener(text)
      }
    },
    onClose: (listener: (code: number, reason: string) => void) => {
      onClose = listener
    },
  }
  const socketClient = createWSClient({
    url: 'ipc:',
    connectionParams: {},
    WebSocket: ipcSocketClass(preload, () => {}),
    retryDelayMs: () => 5,
  })
  return {
    ...shared.wire,
    client: createTRPCClient<TestRouter>({ links: [wsLink({ client: socketClient })] }),
    sendRaw: preload.send,
    close: () => socketClient.close(),
  }
}

function emptyWire() {
  const context: TestContext = { running: 0 }
  const sockets: BridgeSocket[] = []
  const faults: Wire['faults'] = []
  const received: string[] = []
  const closings: number[] = []
  return {
    context,
    sockets,
    received,
    closings,
    onFault: (path: string | undefined, error: Error) => void faults.push({ path, message: error.message }),
    wire: { context, faults, received, closings, drop: () => sockets.at(-1)?.close(1001, 'dropped by the test') },
  }
}

/** What the page does with its launch address. */
export async function exchange(origin: string, launchAddress: string): Promise<string> {
  const launch = new URL(launchAddress).hash.replace('#launch=', '')
  const answer = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { origin },
    body: JSON.stringify({ launch }),
  })
  if (!answer.ok) throw new Error(`The host answered ${answer.status}`)
  return ((await answer.json()) as { session: string }).session
}
