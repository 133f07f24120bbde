import { BrowserWindow, nativeTheme, type WebContents } from 'electron'
import { appOrigin } from '../bridge/policy/addresses.ts'
import { devServerAddress } from './page-origin.ts'

export interface Window {
  readonly contents: WebContents
  /** Shows it, restores it, brings it to the front. */
  focus(): void
}

/** The masthead's height in the page, CSS px: the system's window buttons lie over its end. */
const mastheadHeight = 48

/** Opens the console's window, with nothing of Node in it but the preload's text channel. */
export function openWindow(options: { readonly preload: string; readonly onClosed: () => void }): Window {
  const dark = nativeTheme.shouldUseDarkColors
  const window = new BrowserWindow({
    title: 'Latchkey',
    width: 1280,
    height: 800,
    minWidth: 720,
    minHeight: 480,
    show: false,
    // What shows before the first paint must not flash.
    backgroundColor: dark ? '#151515' : '#ffffff',
    titleBarStyle: 'hidden',
    ...(process.platform === 'darwin'
      ? { trafficLightPosition: { x: 16, y: 16 } }
      : { titleBarOverlay: { height: mastheadHeight, color: '#00000000', symbolColor: dark ? '#ffffff' : '#151515' } }),
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      // The spell checker downloads dictionaries and reads what is typed, secrets included.
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  window.on('closed', options.onClosed)
  window.loadURL(devServerAddress() ?? `${appOrigin}/index.html`).catch((error: Error) => {
    console.error(`The window cannot load its page: ${error.message}`)
  })
  return {
    contents: window.webContents,
    focus() {
      // Before its first paint it shows itself; shown now, it would flash.
      if (!window.isVisible() && !window.isMinimized()) return
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
  }
}
