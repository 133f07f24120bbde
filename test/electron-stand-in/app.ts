import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningChromium, startChromium } from './chromium.ts'
import { remembered } from './settings.ts'
import { takeSingleInstance } from './single-instance.ts'
import { strict } from './strict.ts'

type Folder = 'userData' | 'sessionData' | 'crashDumps' | 'home' | 'temp' | 'appData'

const emitter = new EventEmitter()
const folders = new Map<Folder, string>([
  ['home', homedir()],
  ['temp', tmpdir()],
])
let ready = false
let sandboxed = false
let chromium: RunningChromium | undefined
let quitting = false
/** Closes every window; set by the windows themselves, which know them. */
let closeWindows: () => void = () => {}
let windowCount: () => number = () => 0

export function isSandboxed(): boolean {
  return sandboxed
}
export function requireReady(what: string): void {
  if (!ready) throw new Error(`${what} before app is ready`)
}
export function requireNotReady(what: string): void {
  if (ready) throw new Error(`${what} should be called before app is ready`)
}
export function runningChromium(): RunningChromium {
  if (!chromium) throw new Error('Chromium does not run yet')
  return chromium
}
export function registerWindows(windows: { readonly count: () => number; readonly closeAll: () => void }): void {
  windowCount = windows.count
  closeWindows = windows.closeAll
}

/** The last window is gone: without a listener Electron quits. */
export function lastWindowClosed(): void {
  if (quitting || windowCount() > 0) return
  if (!emitter.emit('window-all-closed')) quit()
}

function exit(code = 0): void {
  chromium?.kill()
  process.exit(code)
}

function quit(): void {
  let prevented = false
  emitter.emit('before-quit', { preventDefault: () => (prevented = true) })
  if (prevented) return
  quitting = true
  closeWindows()
  emitter.emit('will-quit', { preventDefault() {} })
  emitter.emit('quit', {}, 0)
  const closing = chromium?.close() ?? Promise.resolve()
  closing.then(() => process.exit(0))
}

/**
 * Chromium starts once the program's first turn is over, as Electron becomes ready after its entry was evaluated; what
 * must come before that throws from then on.
 */
async function becomeReady(): Promise<void> {
  const profile = folders.get('userData') ?? join(tmpdir(), `latchkey-stand-in-${process.pid}`)
  mkdirSync(profile, { recursive: true })
  chromium = await startChromium(profile)
  ready = true
  emitter.emit('ready', {})
}
const starting = new Promise<void>((done, failed) => setImmediate(() => becomeReady().then(done, failed)))
starting.catch(() => {})

const members = {
  isPackaged: false,
  getAppPath: () => process.argv[1] ?? '',
  getPath: (name) => {
    const path = folders.get(name as Folder)
    if (path === undefined) throw new Error(`Failed to get '${name}' path`)
    return path
  },
  setPath: (name, path) => {
    // Electron makes the folder of crash reports by itself.
    if (name !== 'crashDumps' && !existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`)
    folders.set(name as Folder, path)
  },
  getVersion: () => '0.0.0',
  getLocale: () => 'en-GB',
  enableSandbox: () => {
    requireNotReady('app.enableSandbox()')
    sandboxed = true
  },
  whenReady: () => starting,
  isReady: () => ready,
  requestSingleInstanceLock: (given) =>
    takeSingleInstance(folders.get('userData') ?? tmpdir(), given, (words, folder, data) =>
      starting.then(() => emitter.emit('second-instance', {}, words, folder, data)),
    ),
  setAsDefaultProtocolClient: () => true,
  exit,
  quit,
} satisfies Partial<Electron.App>

export const app = strict(
  'app',
  Object.assign(emitter, members, {
    on(event: string, listener: (...values: unknown[]) => void) {
      if (remembered(event)) EventEmitter.prototype.on.call(emitter, event, listener)
      return app
    },
  }),
)
