import { createTRPCClient, createWSClient, type TRPCClient, wsLink } from '@trpc/client'
import type { BridgeRouter } from '../../shared/protocol/bridge.ts'
import type { HostRequest } from '../../shared/protocol/host-request.ts'
import { ipcSocketClass } from './ipc-socket.ts'
import './latchkey-bridge.ts'
import { forgetTabSession, NoSession, tabSession, takeLaunchSecret } from './launch.ts'

/**
 * - `connecting`: the first connection is being made;
 * - `open`: calls are answered;
 * - `closed`: the host is gone for the moment (stopped, asleep); the client tries again by itself, and subscriptions go
 *   on from their last event;
 * - `refused`: this tab has no session. Trying again is of no use: the person needs a fresh address, which Enter prints
 *   in the terminal where the console was started, as does a second `npm start`. Only in the browser host.
 */
export type BridgeStatus = 'connecting' | 'open' | 'closed' | 'refused'

export interface Bridge {
  readonly client: TRPCClient<BridgeRouter>
  readonly host: 'electron' | 'browser'
  readonly status: () => BridgeStatus
  /** Calls `listener` at every change of status from now on; the answer stops it. */
  readonly onStatus: (listener: (status: BridgeStatus) => void) => () => void
  /**
   * Calls `listener` with what the host asks: an action of the native menu by its id, or a place a deep link names. What
   * was asked before the first listener came is kept for it. Only Electron asks.
   */
  readonly onHostRequest: (listener: (request: HostRequest) => void) => () => void
  /** Ends the connection for good. */
  readonly close: () => Promise<void>
}

/** The close code of a connection whose session the host does not know (`closeCodes.refused` in src-main/bridge). */
const refusedCode = 4401

/** After the host went away: soon at first, as a restart is quick, then once every few seconds. In ms. */
const retryDelayMs = (attempt: number) => Math.min(100 * 2 ** attempt, 5_000)

/**
 * Connects the page to its main process, over the preload's channel in Electron and over a WebSocket in a browser; the
 * client is the same. Call once a page.
 */
export function connectBridge(): Bridge {
  const { latchkeyBridge } = window
  const listeners = new Set<(status: BridgeStatus) => void>()
  const requestListeners = new Set<(request: HostRequest) => void>()
  const unheardRequests: HostRequest[] = []
  let status: BridgeStatus = 'connecting'

  function hear(request: HostRequest): void {
    if (requestListeners.size === 0) unheardRequests.push(request)
    for (const listener of requestListeners) listener(request)
  }

  function become(next: BridgeStatus): void {
    if (status === next) return
    status = next
    for (const listener of listeners) listener(next)
  }

  function refuse(): never {
    forgetTabSession()
    become('refused')
    throw new NoSession('A fresh address is needed')
  }

  let launch = latchkeyBridge ? undefined : takeLaunchSecret()
  let session = ''

  async function address(): Promise<string> {
    if (latchkeyBridge) return 'ipc:'
    if (status === 'refused') refuse()
    try {
      session = await tabSession(launch)
      launch = undefined
    } catch (error) {
      if (error instanceof NoSession) refuse()
      throw error
    }
    return `ws://${location.host}/bridge`
  }

  const socketClient = createWSClient({
    url: address,
    // The first frame of every connection: who is asking. Over IPC the sender itself is the proof.
    connectionParams: () => (latchkeyBridge ? {} : { session }),
    retryDelayMs,
    ...(latchkeyBridge && { WebSocket: ipcSocketClass(latchkeyBridge, hear) }),
    onOpen: () => become('open'),
    onClose: (cause) => {
      if (status === 'refused') return
      if (cause?.code === refusedCode) {
        forgetTabSession()
        become('refused')
      } else become('closed')
    },
  })

  return {
    client: createTRPCClient<BridgeRouter>({ links: [wsLink({ client: socketClient })] }),
    host: latchkeyBridge ? 'electron' : 'browser',
    status: () => status,
    onStatus(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onHostRequest(listener) {
      requestListeners.add(listener)
      for (const request of unheardRequests.splice(0)) listener(request)
      return () => requestListeners.delete(listener)
    },
    close: () => socketClient.close(),
  }
}
