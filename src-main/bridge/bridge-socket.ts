import { EventEmitter } from 'node:events'
import { type BridgeLimits, bridgeLimits, closeCodes } from './limits.ts'

/** What a transport does with the text it is given. Both members must be safe to call after the far side went away. */
export interface Carrier {
  sendText(text: string): void
  /** Ends the connection; the transport calls `carrierClosed` when it is done. */
  close(code: number, reason: string): void
}

/**
 * One connected renderer, shaped like a `ws` WebSocket as far as tRPC's WebSocket handler looks at one: the events
 * `message`, `close` and `error`, and `send`, `close`, `terminate`, `readyState`. It carries the state constants on the
 * instance: without `ws.OPEN` a subscription's stop is never sent and its generator leaks.
 *
 * It also holds the caps that are the same for every transport: the size of a frame, and the bytes a renderer leaves
 * unread (known exactly to a TCP socket, and counted here by acknowledgement where the carrier cannot say).
 */
export class BridgeSocket extends EventEmitter {
  readonly CONNECTING = 0
  readonly OPEN = 1
  readonly CLOSING = 2
  readonly CLOSED = 3
  readyState: 0 | 1 | 2 | 3 = 1

  readonly #carrier: Carrier
  readonly #limits: BridgeLimits
  readonly #queuedBytes: (() => number) | undefined
  /** Bytes sent since the last answered acknowledgement request; only without `queuedBytes`. */
  #unacknowledged = 0
  /** For every acknowledgement request on its way, the bytes that its answer proves to be read. */
  readonly #awaited: number[] = []
  #sinceRequest = 0

  /** @param queuedBytes what the transport still holds back for this renderer, where it knows */
  constructor(carrier: Carrier, limits: BridgeLimits = bridgeLimits, queuedBytes?: () => number) {
    super()
    this.#carrier = carrier
    this.#limits = limits
    this.#queuedBytes = queuedBytes
  }

  /** The transport received one text frame. */
  carrierReceived(text: string): void {
    if (this.readyState !== this.OPEN) return
    // A string is never shorter in UTF-8 than its length in UTF-16 units, so that most frames need no second look.
    if (text.length > this.#limits.frameBytes || Buffer.byteLength(text) > this.#limits.frameBytes) {
      this.close(closeCodes.frameTooBig, 'frame too big')
      return
    }
    if (text === 'PONG') this.#acknowledge()
    this.emit('message', Buffer.from(text), false)
  }

  /** The transport is gone. Safe to call more than once. */
  carrierClosed(): void {
    if (this.readyState === this.CLOSED) return
    this.readyState = this.CLOSED
    this.emit('close')
    this.removeAllListeners()
  }

  /** Sends one text frame; after the end of the connection it does nothing, as a late answer has nobody to go to. */
  send(text: string): void {
    if (this.readyState !== this.OPEN) return
    this.#carrier.sendText(text)
    const queued = this.#queuedBytes?.() ?? this.#count(text)
    if (queued > this.#limits.queuedBytes) this.close(closeCodes.overloaded, 'answers are not being read')
  }

  close(code: number = 1000, reason = ''): void {
    if (this.readyState !== this.OPEN) return
    this.readyState = this.CLOSING
    this.#carrier.close(code, reason)
  }

  /** tRPC's keep-alive calls this when no sign of life came. */
  terminate(): void {
    this.close(closeCodes.silent, 'no sign of life')
    this.carrierClosed()
  }

  /**
   * Where the carrier knows nothing of its queue (IPC), a `PING` goes behind every sixteenth of the cap. Frames stay in
   * order, so that its `PONG` proves everything before it to be read.
   */
  #count(text: string): number {
    if (text === 'PING' || text === 'PONG') {
      if (text === 'PING') this.#request()
      return this.#unacknowledged
    }
    const bytes = Buffer.byteLength(text)
    this.#unacknowledged += bytes
    this.#sinceRequest += bytes
    if (this.#sinceRequest > this.#limits.queuedBytes / 16) {
      this.#carrier.sendText('PING')
      this.#request()
    }
    return this.#unacknowledged
  }

  #request(): void {
    this.#awaited.push(this.#sinceRequest)
    this.#sinceRequest = 0
  }

  #acknowledge(): void {
    this.#unacknowledged = Math.max(0, this.#unacknowledged - (this.#awaited.shift() ?? 0))
  }
}
