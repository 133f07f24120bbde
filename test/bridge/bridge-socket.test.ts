import { expect, it } from 'vitest'
import { BridgeSocket, type Carrier } from '../../src-main/bridge/bridge-socket.ts'
import { bridgeLimits } from '../../src-main/bridge/limits.ts'

function carrier() {
  const sent: string[] = []
  const closed: number[] = []
  return {
    sent,
    closed,
    sendText: (text: string) => void sent.push(text),
    close: (code: number) => void closed.push(code),
  }
}

it('carries the state constants on the instance', () => {
  const socket = new BridgeSocket(carrier())
  expect([socket.CONNECTING, socket.OPEN, socket.CLOSING, socket.CLOSED]).toEqual([0, 1, 2, 3])
  expect(socket.readyState).toBe(socket.OPEN)
})

it('closes a page that leaves more unread than allowed, where the carrier counts', () => {
  let queued = 0
  const page = carrier()
  const socket = new BridgeSocket(page satisfies Carrier, { ...bridgeLimits, queuedBytes: 100 }, () => queued)
  socket.send('read at once')
  expect(page.closed).toEqual([])
  queued = 101
  socket.send('left')
  expect(page.closed).toEqual([1013])
})

it('closes a page that leaves more unread than allowed, where only its PONGs tell', () => {
  const page = carrier()
  const socket = new BridgeSocket(page, { ...bridgeLimits, queuedBytes: 1_600 })
  for (let frame = 0; frame < 16 && page.closed.length === 0; frame += 1) socket.send('x'.repeat(110))
  expect(page.closed).toEqual([1013])
})

it('never closes a page that answers its PINGs, however much goes there', () => {
  const page = carrier()
  const socket = new BridgeSocket(page, { ...bridgeLimits, queuedBytes: 1_600 })
  let answered = 0
  for (let frame = 0; frame < 500; frame += 1) {
    socket.send('x'.repeat(110))
    const pings = page.sent.filter((text) => text === 'PING').length
    for (; answered < pings; answered += 1) socket.carrierReceived('PONG')
  }
  expect(page.closed).toEqual([])
})

it('does nothing after its end: no frame in, none out, no second close', () => {
  const page = carrier()
  const socket = new BridgeSocket(page)
  const frames: string[] = []
  socket.on('message', (frame: Buffer) => frames.push(frame.toString()))
  socket.close(1000)
  socket.carrierReceived('late')
  socket.send('late')
  socket.close(1001)
  socket.carrierClosed()
  socket.carrierClosed()
  expect({ frames, sent: page.sent, closed: page.closed }).toEqual({ frames: [], sent: [], closed: [1000] })
})
