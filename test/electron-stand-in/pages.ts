import { runningChromium } from './app.ts'
import type { Cdp } from './cdp.ts'
import { StandInContents } from './web-contents.ts'

interface AttachedTarget {
  readonly sessionId: string
  readonly targetInfo: { readonly targetId: string; readonly type: string; readonly openerId?: string }
}

interface Page {
  readonly contents: StandInContents
  readonly preload: string | undefined
}

/** Pages by Chromium's id. */
const pages = new Map<string, Page>()
/** Pages that Chromium was asked for and has not shown yet, in the order of asking. */
const expected: Page[] = []
let watching: Promise<void> | undefined

export function allContents(): readonly StandInContents[] {
  return [...pages.values()].map(({ contents }) => contents)
}

/** Makes a page for these contents. Windows are sizes of the view here, as nobody sees them. */
export function newPage(contents: StandInContents, preload: string | undefined, width: number, height: number): void {
  void (async () => {
    const { cdp } = runningChromium()
    watching ??= watch(cdp)
    await watching
    expected.push({ contents, preload })
    await cdp.send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height })
    await closeFirstPage(cdp)
  })()
}

/** Chromium shows a page of its own at its start, which Electron does not have. */
async function closeFirstPage(cdp: Cdp): Promise<void> {
  const { targetInfos } = await cdp.send<{ targetInfos: AttachedTarget['targetInfo'][] }>('Target.getTargets')
  const foreign = targetInfos.filter(
    ({ type, targetId, openerId }) => type === 'page' && !openerId && !pages.has(targetId),
  )
  for (const { targetId } of foreign) await cdp.send('Target.closeTarget', { targetId })
}

async function watch(cdp: Cdp): Promise<void> {
  let initial = true
  cdp.on<AttachedTarget>('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    const session = cdp.session(sessionId)
    const { targetId, type, openerId } = targetInfo
    const opener = openerId === undefined ? undefined : pages.get(openerId)
    if (type !== 'page' || (initial && !opener)) {
      session.send('Runtime.runIfWaitingForDebugger').catch(() => {})
      return
    }
    if (opener?.contents.lastOpenWasDenied) {
      // In this order: a page that still waits for the debugger holds up its opener, and must load nothing once it does not.
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }).catch(() => {})
      session.send('Runtime.runIfWaitingForDebugger').catch(() => {})
      cdp.send('Target.closeTarget', { targetId }).catch(() => {})
      return
    }
    // **What nobody denied is opened**, with the preload of its opener, as in Electron.
    const page = opener ? { contents: new StandInContents(), preload: opener.preload } : expected.shift()
    if (!page) return
    pages.set(targetId, page)
    page.contents.attach(session, targetId, page.preload).catch((error: Error) => {
      console.error(`The stand-in cannot attach to a page: ${error.message}`)
    })
  })
  const gone = ({ targetId }: { targetId: string }) => {
    const page = pages.get(targetId)
    pages.delete(targetId)
    page?.contents.ended()
  }
  cdp.on<{ targetId: string }>('Target.targetDestroyed', gone)
  await cdp.send('Target.setDiscoverTargets', { discover: true })
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true })
  initial = false
}
