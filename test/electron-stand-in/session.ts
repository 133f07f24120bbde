import { fromChromium, toChromium } from './addresses.ts'
import { runningChromium } from './app.ts'
import { remembered } from './settings.ts'
import { strict } from './strict.ts'

type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0]
type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0]

/** Electron's name of a permission, and the page's. */
const permissions = [
  ['geolocation', { name: 'geolocation' }],
  ['notifications', { name: 'notifications' }],
  ['media', { name: 'camera' }],
  ['media', { name: 'microphone' }],
  ['midi', { name: 'midi' }],
  ['idle-detection', { name: 'idle-detection' }],
  ['local-fonts', { name: 'local-fonts' }],
  ['window-management', { name: 'window-management' }],
  ['screen-wake-lock', { name: 'screen-wake-lock' }],
  ['clipboard-read', { name: 'clipboard-read' }],
  ['clipboard-sanitized-write', { name: 'clipboard-write' }],
] as const

let requestHandler: RequestHandler = null
let checkHandler: CheckHandler = null

/**
 * Asks the program's handlers about every permission for a page and sets Chromium accordingly. **Without a handler
 * everything is granted**, as in Electron.
 */
export async function applyPermissions(contents: Electron.WebContents, address: string): Promise<void> {
  const { origin } = new URL(toChromium(address))
  for (const [permission, descriptor] of permissions) {
    const granted = (await asked(contents, permission, address)) && checked(contents, permission, address)
    await runningChromium()
      .cdp.send('Browser.setPermission', { permission: descriptor, setting: granted ? 'granted' : 'denied', origin })
      // Some builds do not know some of them; then the page does not either.
      .catch(() => {})
  }
}

function asked(
  contents: Electron.WebContents,
  permission: (typeof permissions)[number][0],
  address: string,
): Promise<boolean> {
  const handler = requestHandler
  if (!handler) return Promise.resolve(true)
  return new Promise((decide) => {
    handler(contents, permission, decide, { isMainFrame: true, requestingUrl: fromChromium(address) })
  })
}

function checked(
  contents: Electron.WebContents,
  permission: (typeof permissions)[number][0],
  address: string,
): boolean {
  const requestingUrl = fromChromium(address)
  // Electron gives the origin with a slash behind it.
  const requestingOrigin = requestingUrl.replace(/^(\w+:\/\/[^/]+).*$/, '$1/')
  return checkHandler?.(contents, permission, requestingOrigin, { isMainFrame: true, requestingUrl }) ?? true
}

const defaultSession = strict('session.defaultSession', {
  setPermissionRequestHandler(handler) {
    if (remembered('permission')) requestHandler = handler
  },
  setPermissionCheckHandler(handler) {
    if (remembered('permission')) checkHandler = handler
  },
  // Headless Chromium has no devices and no screen to hand out; that they are set is all that can be seen.
  setDevicePermissionHandler() {},
  setDisplayMediaRequestHandler() {},
} satisfies Partial<Electron.Session>)

export const session = strict('session', { defaultSession }) as unknown as typeof Electron.session
