/** The parts of Electron that speak to the desktop: they record what they were asked, for tests to look at. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { requireReady } from './app.ts'
import { records } from './records.ts'
import { settings } from './settings.ts'
import { strict } from './strict.ts'

export const shell = strict('shell', {
  openExternal(address) {
    records.external.push(address)
    return Promise.resolve()
  },
} satisfies Partial<Electron.Shell>) as unknown as Electron.Shell

export const dialog = strict('dialog', {
  showErrorBox(title, content) {
    records.errorBoxes.push({ title, content })
    console.error(`${title}: ${content}`)
  },
} satisfies Partial<Electron.Dialog>) as unknown as Electron.Dialog

export const crashReporter = strict('crashReporter', {
  start(options) {
    records.crashReporter = options
  },
} satisfies Partial<Electron.CrashReporter>) as unknown as Electron.CrashReporter

export const nativeTheme = strict('nativeTheme', { shouldUseDarkColors: false } satisfies Partial<Electron.NativeTheme>)

const power = Object.assign(new EventEmitter(), { getSystemIdleTime: () => 0 })
export const powerMonitor = strict('powerMonitor', power)

export const Menu = strict('Menu', {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => ({ template }),
  setApplicationMenu: (menu: { template: Electron.MenuItemConstructorOptions[] } | null) => {
    records.menu = menu?.template ?? []
  },
})

export class Tray extends EventEmitter {
  constructor(image: string) {
    super()
    requireReady('Cannot create Tray')
    if (!existsSync(image)) throw new Error(`Failed to load image from path '${image}'`)
    records.tray = image
  }
  setToolTip(_text: string): void {}
  setContextMenu(_menu: unknown): void {}
}

/** A keychain of this process: what it seals opens as long as the machine is the same, as a real one does. */
const key = Buffer.alloc(32, 'stand-in')
const answer = <Value>(value: () => Value): Promise<Value> =>
  settings.keychain === 'silent' ? new Promise(() => {}) : Promise.resolve().then(value)

export const safeStorage = strict('safeStorage', {
  getSelectedStorageBackend: () => {
    requireReady('safeStorage.getSelectedStorageBackend')
    return settings.keychain === 'silent' ? 'gnome_libsecret' : (settings.keychain as 'basic_text' | 'gnome_libsecret')
  },
  encryptStringAsync: (plain) =>
    answer(() => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    }),
  decryptStringAsync: (sealed) =>
    answer(() => {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
      decipher.setAuthTag(sealed.subarray(-16))
      const result = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString()
      return { result, shouldReEncrypt: false }
    }),
} satisfies Partial<Electron.SafeStorage>) as unknown as Electron.SafeStorage
