import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, dialog } from 'electron'
import { parseArguments, type StartArguments, usage } from '../bridge/policy/arguments.ts'
import { routeOfDeepLink } from '../bridge/policy/deep-links.ts'
import { keepFilesPrivate, openDataFolder } from '../data-folder/folder.ts'
import { usualDataDirectory } from '../data-folder/paths.ts'
import { describeHolder, takeDataFolder } from '../data-folder/take.ts'
import type { MainProcess, MainProcessOptions } from '../main-process.ts'
import { registerAppScheme, serveAppFiles } from './app-protocol.ts'
import { ownWords } from './command-line.ts'
import { startCrashReports } from './crash-reports.ts'
import { carryBridge } from './ipc-bridge.ts'
import { systemKeychain } from './keychain.ts'
import { installMenu } from './menu.ts'
import { guardContents } from './navigation-guard.ts'
import { guardPermissions } from './permission-guard.ts'
import { lockWithSystem } from './power.ts'
import { installTray } from './tray.ts'
import { checkForUpdates } from './updates.ts'
import { openWindow, type Window } from './window.ts'

export interface ShellOptions {
  readonly startMainProcess: (options: MainProcessOptions) => Promise<MainProcess>
  readonly version: string
  /** Absolute; the build's folder, with `preload/` and `renderer/` in it. */
  readonly outDirectory: string
}

/**
 * Starts the desktop window. In this order: nothing is read or written before the single-instance lock is ours, and
 * nothing is shown before every guard stands.
 */
export function startShell(options: ShellOptions): void {
  keepFilesPrivate()
  const parsed = parseArguments(ownWords(process.argv, app), process.cwd())
  if (!parsed.ok) {
    console.error(`${parsed.problem}\n\n${usage}`)
    app.exit(2)
    return
  }
  const surroundings = { platform: process.platform, environment: process.env, home: homedir() }
  const dataDirectory = parsed.value.dataDirectory ?? usualDataDirectory(surroundings)
  try {
    keepProfileIn(dataDirectory)
  } catch (error) {
    console.error(`Latchkey cannot start: ${(error as Error).message}`)
    app.exit(1)
    return
  }
  // The lock is per profile, so that another --data is another console. It hands our words to the first one.
  if (!app.requestSingleInstanceLock({ link: parsed.value.link })) {
    console.log(`Latchkey is already running on ${dataDirectory}. Its window is in front now.`)
    app.exit(0)
    return
  }
  app.enableSandbox()
  registerAppScheme()
  startCrashReports(process.env)
  guardContents(app)
  app
    .whenReady()
    .then(() => run(options, parsed.value, dataDirectory))
    .catch((error: Error) => {
      dialog.showErrorBox('Latchkey cannot start', error.message)
      app.exit(1)
    })
}

/** Chromium's profile (drafts, caches) goes below the data folder, so that `--data` holds everything. */
function keepProfileIn(dataDirectory: string): void {
  openDataFolder(dataDirectory)
  const profile = join(dataDirectory, 'chromium')
  // setPath refuses a folder that is not there.
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  app.setPath('userData', profile)
  app.setPath('sessionData', profile)
  app.setPath('crashDumps', join(profile, 'crash-reports'))
}

async function run(options: ShellOptions, words: StartArguments, dataDirectory: string): Promise<void> {
  const attempt = await takeDataFolder(dataDirectory, 'electron', words.link)
  if (!attempt.taken) {
    const message = describeHolder(dataDirectory, attempt)
    console.log(message)
    if (!attempt.shown) dialog.showErrorBox('Latchkey is already running', message)
    app.exit(attempt.shown ? 0 : 1)
    return
  }
  const { folder } = attempt
  guardPermissions()
  serveAppFiles(join(options.outDirectory, 'renderer'))
  const keychain = systemKeychain(process.platform)
  const mainProcess = await options.startMainProcess({
    dataDirectory,
    host: 'electron',
    sample: words.sample,
    version: options.version,
    ...(keychain && { keychain }),
  })
  const bridge = carryBridge(() => mainProcess.openSession())
  const preload = join(options.outDirectory, 'preload', 'preload.cjs')

  let window: Window | undefined
  const show = (link: string | undefined) => {
    window ??= openWindow({
      preload,
      onClosed: () => {
        window = undefined
      },
    })
    bridge.admit(window.contents)
    window.focus()
    const route = link === undefined ? undefined : routeOfDeepLink(link)
    if (route !== undefined) bridge.ask(window.contents, { method: 'host.navigate', route })
  }

  installMenu((action) => window && bridge.ask(window.contents, { method: 'host.action', action }))
  installTray(join(options.outDirectory, '..', 'build'), () => show(undefined))
  lockWithSystem(process.platform, () => bridge.lockAll())
  app.on('second-instance', (_event, _words, _folder, given) => show((given as { link?: string } | null)?.link))
  app.on('open-url', (event, link) => {
    event.preventDefault()
    show(link)
  })
  app.on('activate', () => show(undefined))
  app.on('window-all-closed', () => {
    // On macOS a program stays when its last window goes.
    if (process.platform !== 'darwin') app.quit()
  })
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    mainProcess.close().finally(() => {
      closed = true
      folder.release()
      app.quit()
    })
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())

  await folder.announce(async (link) => {
    show(link)
    return { shown: 'window' }
  })
  if (app.isPackaged) app.setAsDefaultProtocolClient('latchkey')
  show(words.link)
  void checkForUpdates(process.env, app.isPackaged)
}
