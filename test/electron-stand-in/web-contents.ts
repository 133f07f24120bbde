import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { fromChromium, toChromium } from './addresses.ts'
import { app, runningChromium } from './app.ts'
import type { CdpSession } from './cdp.ts'
import { deliver } from './ipc-main.ts'
import { answerScheme } from './protocol.ts'
import { applyPermissions } from './session.ts'
import { remembered } from './settings.ts'
import { strict } from './strict.ts'
import { isolatedWorld, mainWorldScript, preloadScript, receiveExpression, sendBinding } from './worlds.ts'

interface PausedRequest {
  readonly requestId: string
  readonly request: { readonly url: string; readonly method: string; readonly headers: Record<string, string> }
  readonly resourceType: string
  readonly frameId: string
  readonly redirectedRequestId?: string
}

type WindowOpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0]

/** A frame as the program sees it; the same object for as long as its document lives. */
interface Frame {
  readonly url: string
  readonly parent: Frame | null
}

let lastId = 0

/** One page of Chromium behind Electron's WebContents: what the shell uses of it, and what Electron does by itself. */
export class StandInContents extends EventEmitter {
  readonly id: number
  mainFrame: Frame = { url: '', parent: null }
  /** Chromium makes its page in its own time; the program has this object at once, and whoever loads waits inside. */
  readonly #attached = Promise.withResolvers<CdpSession>()
  #session: CdpSession | undefined
  #targetId = ''
  /** The isolated world of the current document; messages before there is one are lost, as in Electron. */
  #isolatedContext: number | undefined
  #mainFrameId = ''
  /** What the program itself loads; a navigation to anything else was asked by the page. */
  #loading: string | undefined
  #openHandler: WindowOpenHandler | undefined
  #destroyed = false

  constructor() {
    super()
    lastId += 1
    this.id = lastId
    app.emit('web-contents-created', {}, this.strictly())
  }

  // ——— what the shell calls ———

  override on(event: string, listener: (...values: never[]) => void): this {
    if (remembered(event)) super.on(event, listener as (...values: unknown[]) => void)
    return this
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    if (remembered('window-open')) this.#openHandler = handler
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  send(channel: string, ...values: unknown[]): void {
    if (this.#destroyed) throw new Error('Object has been destroyed')
    const cloned = structuredClone(values)
    if (this.#isolatedContext === undefined) return
    this.#session
      ?.send('Runtime.evaluate', {
        expression: receiveExpression(channel, cloned),
        contextId: this.#isolatedContext,
      })
      .catch(() => {})
  }

  async loadURL(address: string): Promise<void> {
    const session = await this.#attached.promise
    this.#loading = toChromium(address)
    await applyPermissions(this.strictly(), address)
    const { errorText } = await session.send<{ errorText?: string }>('Page.navigate', { url: this.#loading })
    if (errorText) throw new Error(`${errorText} loading '${address}'`)
  }

  // ——— what Electron does ———

  /** Puts the stand-in between the page and the program, before its first document. */
  async attach(session: CdpSession, targetId: string, preload: string | undefined): Promise<void> {
    this.#targetId = targetId
    this.#session = session
    this.#watch(session)
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('Inspector.enable'),
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript }),
    ])
    const { frameTree } = await session.send<{ frameTree: { frame: { id: string } } }>('Page.getFrameTree')
    this.#mainFrameId = frameTree.frame.id
    if (preload !== undefined) {
      await session.send('Runtime.addBinding', { name: sendBinding, executionContextName: isolatedWorld })
      await session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: preloadScript(readFileSync(preload, 'utf8')),
        worldName: isolatedWorld,
      })
    }
    // A page that was opened waits for this; for any other it does nothing.
    await session.send('Runtime.runIfWaitingForDebugger')
    this.#attached.resolve(session)
  }

  /** This object as the program gets it. */
  strictly(): Electron.WebContents {
    this.#strict ??= strict('webContents', this) as unknown as Electron.WebContents
    return this.#strict
  }
  #strict: Electron.WebContents | undefined

  ended(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.emit('destroyed')
  }

  crash(): void {
    // The answer never comes: the page is gone.
    this.#session?.send('Page.crash').catch(() => {})
  }

  /** Asks the handler of window.open; without one Electron opens the window. */
  #onWindowOpen({ url, windowName }: { url: string; windowName: string }): void {
    const details = { url: fromChromium(url), frameName: windowName } as Electron.HandlerDetails
    this.lastOpenWasDenied = this.#openHandler?.(details).action === 'deny'
  }
  lastOpenWasDenied = false

  #watch(session: CdpSession): void {
    session.on<PausedRequest>('Fetch.requestPaused', (event) => void this.#answer(session, event))
    session.on<{ url: string; windowName: string }>('Page.windowOpen', (event) => this.#onWindowOpen(event))
    session.on<{ frame: { id: string; parentId?: string; url: string } }>('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.mainFrame = Object.freeze({ url: fromChromium(frame.url), parent: null })
    })
    session.on<{ frameId: string; url: string; navigationType: string }>('Page.frameStartedNavigating', (event) => {
      const isSameDocument = /sameDocument/i.test(event.navigationType)
      const isMainFrame = event.frameId === this.#mainFrameId
      this.emit('did-start-navigation', { url: fromChromium(event.url), isMainFrame, isSameDocument })
    })
    session.on('Page.loadEventFired', () => {
      this.emit('did-finish-load')
    })
    session.on<{ context: { id: number; name: string; auxData: { frameId: string } } }>(
      'Runtime.executionContextCreated',
      ({ context }) => {
        const isMainFrame = context.auxData.frameId === this.#mainFrameId
        if (context.name === isolatedWorld && isMainFrame) this.#isolatedContext = context.id
      },
    )
    session.on<{ executionContextId: number }>('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#isolatedContext) this.#isolatedContext = undefined
    })
    session.on<{ name: string; payload: string; executionContextId: number }>('Runtime.bindingCalled', (event) => {
      // A preload runs in the top frame only, so that a message of any other context is of a document that is gone.
      const frame = event.executionContextId === this.#isolatedContext ? this.mainFrame : null
      const { channel, text } = JSON.parse(event.payload) as { channel: string; text: string }
      deliver(channel, { sender: this.strictly(), senderFrame: frame }, JSON.parse(text) as unknown[])
    })
    session.on('Inspector.targetCrashed', () => {
      this.#isolatedContext = undefined
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
    })
  }

  /** Every request of the page: first whether it may navigate, then what it gets. */
  async #answer(session: CdpSession, paused: PausedRequest): Promise<void> {
    const { requestId, request } = paused
    const url = fromChromium(request.url)
    try {
      if (paused.resourceType === 'Document' && !this.#mayGo(paused, url)) {
        await session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
        return
      }
      if (!url.startsWith('app:')) {
        await session.send('Fetch.continueRequest', { requestId })
        return
      }
      const origin = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'origin')?.[1]
      const initiatorOrigin = origin === undefined ? undefined : fromChromium(origin)
      const response = await answerScheme({ method: request.method, url, initiatorOrigin })
      await session.send('Fetch.fulfillRequest', {
        requestId,
        responseCode: response.status,
        responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
        body: Buffer.from(await response.arrayBuffer()).toString('base64'),
      })
    } catch {
      await session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' }).catch(() => {})
    }
  }

  /** Electron tells of navigations that the page asked for; the program may prevent them. **It allows what nobody prevents.** */
  #mayGo({ frameId, request, redirectedRequestId }: PausedRequest, url: string): boolean {
    const isMainFrame = frameId === this.#mainFrameId
    if (isMainFrame && request.url === this.#loading?.split('#')[0]) {
      // Once: the page going there again is the page's own doing.
      this.#loading = undefined
      return true
    }
    let prevented = false
    const details = {
      url,
      isMainFrame,
      isSameDocument: false,
      frame: isMainFrame ? this.mainFrame : null,
      preventDefault: () => {
        prevented = true
      },
    }
    if (redirectedRequestId !== undefined) this.emit('will-redirect', details)
    else {
      this.emit('will-frame-navigate', details)
      if (isMainFrame) this.emit('will-navigate', details)
    }
    return !prevented
  }

  close(): void {
    runningChromium()
      .cdp.send('Target.closeTarget', { targetId: this.#targetId })
      .catch(() => {})
  }
}
