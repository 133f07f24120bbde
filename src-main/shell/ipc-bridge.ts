import { ipcMain, type WebContents } from 'electron'
import { bridgeRouter } from '../../shared/protocol/bridge.ts'
import { type HostRequest, hostRequestText } from '../../shared/protocol/host-request.ts'
import { BridgeSocket } from '../bridge/bridge-socket.ts'
import { readFirstFrame } from '../bridge/first-frame.ts'
import { maySpeak } from '../bridge/policy/senders.ts'
import { serveBridge } from '../bridge/serve-bridge.ts'
import type { BridgeSession } from '../main-process.ts'
import { pageOrigin } from './page-origin.ts'

export interface IpcBridge {
  /** From now on this window's page may connect. */
  admit(contents: WebContents): void
  /** Sends a request to the page, at once or with its next connection (a page that is still loading). */
  ask(contents: WebContents, request: HostRequest): void
  /** Locks whatever is open, for every page. */
  lockAll(): void
}

interface Page {
  socket: BridgeSocket | undefined
  session: BridgeSession | undefined
  /** Requests that wait for the page's first connection. */
  readonly waiting: HostRequest[]
}

/**
 * The bridge over IPC: text frames on `bridge:text`, both ways, and its end on `bridge:close`. The sender of every frame
 * is checked; that is the proof that a WebSocket's first frame gives in the browser host. A page has one connection: a
 * first frame opens it and ends the one before; navigation, a crash and the window's end close it.
 */
export function carryBridge(openSession: () => BridgeSession): IpcBridge {
  const pages = new Map<WebContents, Page>()

  ipcMain.on('bridge:text', (event, text: unknown) => {
    const page = pages.get(event.sender)
    const frame = event.senderFrame
    const sender = {
      address: frame?.url ?? null,
      isMainFrame: frame !== null && frame === event.sender.mainFrame,
      isKnownWindow: page !== undefined,
    }
    if (!page || typeof text !== 'string' || !maySpeak(sender, pageOrigin())) return
    if (readFirstFrame(text)) connect(event.sender, page)
    else page.socket?.carrierReceived(text)
  })

  function connect(contents: WebContents, page: Page): void {
    disconnect(page)
    const session = openSession()
    const socket = new BridgeSocket({
      sendText: (text) => {
        if (!contents.isDestroyed()) contents.send('bridge:text', text)
      },
      close: (code, reason) => {
        if (!contents.isDestroyed()) contents.send('bridge:close', code, reason)
        // Nothing answers a close over IPC: it is done when it is said.
        queueMicrotask(() => socket.carrierClosed())
      },
    })
    socket.once('close', () => session.close())
    page.socket = socket
    page.session = session
    serveBridge(socket, {
      router: bridgeRouter,
      context: session.context,
      onFault: (path, error) => console.error(`Fault in ${path ?? 'the bridge'}:`, error),
    })
    for (const request of page.waiting.splice(0)) socket.send(hostRequestText(request))
  }

  function disconnect(page: Page): void {
    page.socket?.carrierClosed()
    page.socket = undefined
    page.session = undefined
  }

  return {
    admit(contents) {
      if (pages.has(contents)) return
      const page: Page = { socket: undefined, session: undefined, waiting: [] }
      pages.set(contents, page)
      contents.on('did-start-navigation', (details) => {
        if (details.isMainFrame && !details.isSameDocument) disconnect(page)
      })
      contents.on('render-process-gone', () => disconnect(page))
      contents.on('destroyed', () => {
        disconnect(page)
        pages.delete(contents)
      })
    },
    ask(contents, request) {
      const page = pages.get(contents)
      const socket = page?.socket
      if (socket && socket.readyState === socket.OPEN) socket.send(hostRequestText(request))
      else page?.waiting.push(request)
    },
    lockAll() {
      for (const { session } of pages.values()) {
        // Nothing open, or nothing that locks: then there is nothing to do.
        session?.context.session.lock().catch(() => {})
      }
    },
  }
}
