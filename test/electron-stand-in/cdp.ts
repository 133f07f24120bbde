import { WebSocket } from 'ws'

/** What a DevTools message carries; each caller says which of its fields it reads. */
export type Fields = Record<string, unknown>

/** One target (a page) seen through the DevTools protocol, or the browser itself. */
export interface CdpSession {
  send<Answer = Fields>(method: string, parameters?: Fields): Promise<Answer>
  on<Event = Fields>(method: string, listener: (event: Event) => void): void
}

export interface Cdp extends CdpSession {
  session(sessionId: string): CdpSession
  close(): void
}

/** Speaks the DevTools protocol with a Chromium, all targets over one connection ("flat" sessions). */
export async function connectCdp(address: string): Promise<Cdp> {
  const socket = new WebSocket(address, { perMessageDeflate: false })
  await new Promise((open, failed) => socket.once('open', open).once('error', failed))
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>()
  const listeners = new Map<string, ((event: never) => void)[]>()
  let last = 0

  socket.on('message', (frame: Buffer) => {
    const message = JSON.parse(frame.toString()) as Fields & { id?: number; method?: string; sessionId?: string }
    if (message.id !== undefined) {
      const call = waiting.get(message.id)
      waiting.delete(message.id)
      const error = message.error as { message: string } | undefined
      if (error) call?.reject(new Error(error.message))
      else call?.resolve(message.result as never)
      return
    }
    for (const listener of listeners.get(`${message.sessionId ?? ''} ${message.method}`) ?? []) {
      listener(message.params as never)
    }
  })
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Chromium is gone'))
    waiting.clear()
  })

  const through = (sessionId: string | undefined): CdpSession => ({
    send: (method, parameters = {}) =>
      new Promise((resolve, reject) => {
        last += 1
        waiting.set(last, { resolve, reject })
        socket.send(JSON.stringify({ id: last, method, params: parameters, ...(sessionId && { sessionId }) }))
      }),
    on(method, listener) {
      const key = `${sessionId ?? ''} ${method}`
      listeners.set(key, [...(listeners.get(key) ?? []), listener])
    },
  })
  return { ...through(undefined), session: through, close: () => socket.close() }
}
