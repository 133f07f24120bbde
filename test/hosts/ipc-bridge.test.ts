import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { BridgeSession } from '../../src-main/main-process.ts'

const ipcMain = new EventEmitter()
vi.mock('electron', () => ({ ipcMain, app: { isPackaged: true } }))
const { carryBridge } = await import('../../src-main/shell/ipc-bridge.ts')

/** A window's contents as far as the bridge looks at them. */
class Contents extends EventEmitter {
  readonly mainFrame = { url: 'app://latchkey/index.html' }
  readonly sent: unknown[][] = []
  destroyed = false
  isDestroyed = () => this.destroyed
  send(...values: unknown[]): void {
    if (this.destroyed) throw new Error('Object has been destroyed')
    this.sent.push(values)
  }
}

const hello = '{"method":"connectionParams","data":{}}'
let contents: Contents
let opened: { closed: boolean }[]
let bridge: ReturnType<typeof carryBridge>

beforeEach(() => {
  ipcMain.removeAllListeners()
  contents = new Contents()
  opened = []
  bridge = carryBridge(() => {
    const session = { closed: false }
    opened.push(session)
    const close = () => {
      session.closed = true
    }
    return { context: { session: { lock: () => Promise.resolve() } }, close } as unknown as BridgeSession
  })
  bridge.admit(contents as unknown as Electron.WebContents)
})

const say = (text: unknown, frame: unknown = contents.mainFrame, sender: unknown = contents) =>
  ipcMain.emit('bridge:text', { sender, senderFrame: frame }, text)

describe('who may speak', () => {
  it.each([
    ['a frame that is gone', () => null],
    ['a frame inside the page', () => ({ url: 'app://latchkey/index.html' })],
  ])('not %s', (_name, frame) => {
    say(hello, frame())
    expect(opened).toEqual([])
  })
  it('not a window that nobody admitted', () => {
    const other = new Contents()
    say(hello, other.mainFrame, other)
    expect(opened).toEqual([])
  })
  it('not a page elsewhere in our window', () => {
    contents.mainFrame.url = 'https://evil.example/'
    say(hello)
    expect(opened).toEqual([])
  })
  it.each([undefined, null, 1, { text: hello }, [hello]])('not in anything but text: %o', (text) => {
    say(text)
    expect(opened).toEqual([])
  })
  it('our page does', () => {
    say(hello)
    expect(opened).toEqual([{ closed: false }])
  })
})

describe('the end of a session', () => {
  beforeEach(() => say(hello))
  it.each([
    ['navigation', () => contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })],
    ['a crash', () => contents.emit('render-process-gone')],
    ['the window’s end', () => contents.emit('destroyed')],
    ['a new first frame', () => say(hello)],
    ['a frame over the cap', () => say('x'.repeat(2_000_000))],
  ])('comes with %s', async (_name, happen) => {
    happen()
    await Promise.resolve()
    expect(opened[0]).toEqual({ closed: true })
  })
  it.each([
    [
      'a step within the document',
      () => contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true }),
    ],
    [
      'a frame that navigates',
      () => contents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false }),
    ],
  ])('does not come with %s', (_name, happen) => {
    happen()
    expect(opened[0]).toEqual({ closed: false })
  })
  it('nothing is sent to a window that is gone', () => {
    contents.destroyed = true
    expect(() => say('not json')).not.toThrow()
  })
})

it('a request of the host waits for the page’s first connection, and goes once', () => {
  bridge.ask(contents as unknown as Electron.WebContents, { method: 'host.navigate', route: '/services' })
  expect(contents.sent).toEqual([])
  say(hello)
  expect(contents.sent).toEqual([['bridge:text', '{"method":"host.navigate","route":"/services"}']])
  say(hello)
  expect(contents.sent).toHaveLength(1)
})
