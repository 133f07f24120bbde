/** The main process without a shell: opens the data folder and serves sessions to whichever host carries the bridge. */
import type { BridgeContext } from '../shared/protocol/bridge.ts'
import { openConsoleSession } from './engine/session.ts'
import { Console } from './workspaces/console.ts'

/** The system's keychain, where there is one: seals a workspace's vault key. */
export interface Keychain {
  /** Its name, for the status screen: `gnome_libsecret`, `keychain`, `dpapi` … */
  readonly backend: string
  seal(plain: Uint8Array): Promise<Uint8Array>
  open(sealed: Uint8Array): Promise<Uint8Array>
}

export interface MainProcessOptions {
  /** Everything that is kept lives below this folder; it exists, is private, and is locked by the caller. */
  readonly dataDirectory: string
  readonly host: 'electron' | 'browser'
  /** Absent: a passphrase guards each workspace. */
  readonly keychain?: Keychain
  /** Opens the sample workspace at start, making it where it is missing. */
  readonly sample?: boolean
  readonly version: string
  /** ms UTC; the system clock where left out. */
  readonly now?: () => number
}

/** One connected renderer. Closing it drops the secrets that wait for it. */
export interface BridgeSession {
  readonly context: BridgeContext
  close(): void
}

export interface MainProcess {
  openSession(): BridgeSession
  /** Closes sessions, store and files; safe to call twice. */
  close(): Promise<void>
}

/** Opens the data folder and what was open last. The caller holds the folder's lock. */
export async function startMainProcess(options: MainProcessOptions): Promise<MainProcess> {
  const { dataDirectory, host, keychain, version, now = Date.now } = options
  const console = new Console({ dataDirectory, host, keychain, version, now })
  await (options.sample ? console.openSample() : console.openLast())
  const sessions = new Set<BridgeSession>()
  return {
    openSession() {
      const { session, close } = openConsoleSession(console)
      const opened: BridgeSession = {
        context: { session },
        close() {
          sessions.delete(opened)
          close()
        },
      }
      sessions.add(opened)
      return opened
    },
    async close() {
      for (const session of sessions) session.close()
      await console.close()
    },
  }
}
