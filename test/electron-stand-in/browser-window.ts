import { EventEmitter } from 'node:events'
import { isSandboxed, lastWindowClosed, registerWindows, requireReady } from './app.ts'
import { newPage } from './pages.ts'
import { records } from './records.ts'
import { strict } from './strict.ts'
import { StandInContents } from './web-contents.ts'

const windows = new Set<StandInWindow>()

/** Whatever Electron would be less safe with, the stand-in does not pretend to know. */
function refuseUnsafe(preferences: Electron.WebPreferences): void {
  const unsafe =
    preferences.nodeIntegration ||
    preferences.nodeIntegrationInWorker ||
    preferences.nodeIntegrationInSubFrames ||
    preferences.contextIsolation === false ||
    preferences.webSecurity === false ||
    preferences.webviewTag ||
    (preferences.sandbox === false && !isSandboxed())
  if (unsafe) throw new Error('The stand-in for electron knows no window as unsafe as this one')
}

class StandInWindow extends EventEmitter {
  readonly webContents: Electron.WebContents
  readonly #contents: StandInContents
  #visible: boolean

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    requireReady('Cannot create BrowserWindow')
    const preferences = options.webPreferences ?? {}
    refuseUnsafe(preferences)
    records.webPreferences.push(preferences)
    this.#visible = options.show !== false
    this.#contents = new StandInContents()
    this.webContents = this.#contents.strictly()
    this.#contents.once('did-finish-load', () => this.emit('ready-to-show'))
    this.#contents.once('destroyed', () => this.#closed())
    windows.add(this)
    newPage(this.#contents, preferences.preload, options.width ?? 800, options.height ?? 600)
    // biome-ignore lint/correctness/noConstructorReturn: a member that is missing must throw, on instances too
    return strict('BrowserWindow', this)
  }

  loadURL(address: string): Promise<void> {
    return this.#contents.loadURL(address)
  }
  show(): void {
    this.#visible = true
  }
  focus(): void {}
  restore(): void {}
  isMinimized(): boolean {
    return false
  }
  isVisible(): boolean {
    return this.#visible
  }
  close(): void {
    this.#contents.close()
  }

  #closed(): void {
    windows.delete(this)
    this.emit('closed')
    lastWindowClosed()
  }
}

registerWindows({
  count: () => windows.size,
  closeAll: () => {
    for (const window of windows) window.close()
  },
})

export const BrowserWindow = StandInWindow
