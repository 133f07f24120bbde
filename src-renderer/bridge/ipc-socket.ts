import { type HostRequest, readHostRequest } from '../../shared/protocol/host-request.ts'
import type { LatchkeyBridge } from './latchkey-bridge.ts'

/**
 * A WebSocket look-alike over the preload's text channel, so that tRPC's own client speaks to Electron's main process
 * as it speaks to the browser host. It has what that client uses: `addEventListener`, `send`, `close`, `readyState`, and
 * the state constants on class and instance (without them a subscription's stop is never sent).
 * @param onHostRequest gets what the host asks of the page on the same wire
 */
export function ipcSocketClass(
  bridge: LatchkeyBridge,
  onHostRequest: (request: HostRequest) => void,
): typeof WebSocket {
  /** The channel is one for the page, the sockets follow each other on it. */
  let current: IpcSocket | undefined
  bridge.onText((text) => current?.received(text))
  bridge.onClose((code, reason) => current?.ended(code, reason))

  class IpcSocket extends EventTarget {
    static readonly CONNECTING = 0
    static readonly OPEN = 1
    static readonly CLOSING = 2
    static readonly CLOSED = 3
    readonly CONNECTING = 0
    readonly OPEN = 1
    readonly CLOSING = 2
    readonly CLOSED = 3
    readyState = 0
    binaryType = 'arraybuffer'

    constructor() {
      super()
      current?.ended(1000, 'replaced')
      current = this
      // A task, not a microtask: tRPC adds its listeners some microtasks after the construction.
      setTimeout(() => {
        if (this.readyState !== this.CONNECTING) return
        this.readyState = this.OPEN
        this.dispatchEvent(new Event('open'))
      })
    }

    send(text: string): void {
      if (this.readyState === this.OPEN) bridge.send(text)
    }

    close(code = 1000, reason = ''): void {
      // Main ends its side at the next socket's first frame, or with the page.
      this.ended(code, reason)
    }

    received(text: string): void {
      if (this.readyState !== this.OPEN) return
      const request = readHostRequest(text)
      if (request) onHostRequest(request)
      else this.dispatchEvent(new MessageEvent('message', { data: text }))
    }

    ended(code: number, reason: string): void {
      if (this.readyState === this.CLOSED) return
      this.readyState = this.CLOSED
      if (current === this) current = undefined
      this.dispatchEvent(new CloseEvent('close', { code, reason, wasClean: true }))
    }
  }

  // The parts of WebSocket that are missing (protocols, extensions, onopen …) are not used by tRPC's client.
  return IpcSocket as unknown as typeof WebSocket
}
