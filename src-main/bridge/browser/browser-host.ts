import { homedir } from 'node:os'
import { bridgeRouter } from '../../../shared/protocol/bridge.ts'
import type { Shown } from '../../data-folder/control.ts'
import { usualDataDirectory } from '../../data-folder/paths.ts'
import { describeHolder, takeDataFolder } from '../../data-folder/take.ts'
import type { MainProcess, MainProcessOptions } from '../../main-process.ts'
import type { StartArguments } from '../policy/arguments.ts'
import { serveBridge } from '../serve-bridge.ts'
import { listStaticFiles } from '../static-files.ts'
import { type Development, startBrowserServer } from './browser-server.ts'
import { launchLifetimes } from './launch-secrets.ts'
import { browserCommand, onPath, openThroughFile } from './open-browser.ts'
import { rememberedPort, rememberPort } from './remembered-port.ts'

export interface BrowserHostOptions {
  readonly arguments: StartArguments
  /** Absolute; where the built renderer is. */
  readonly rendererDirectory: string
  readonly version: string
  readonly startMainProcess: (options: MainProcessOptions) => Promise<MainProcess>
  /** One line for the person at the terminal. */
  readonly say: (line: string) => void
  readonly development?: Development
}

export interface BrowserHost {
  /** Makes a fresh address and prints it. */
  printAddress(): void
  close(): Promise<void>
}

/**
 * Runs the console in plain Node with the renderer in the person's browser. Resolves to undefined where another
 * console has the data folder: then that one showed itself, or the person was told who it is.
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost | undefined> {
  const { say } = options
  const { dataDirectory: wanted, sample, open, link } = options.arguments
  const surroundings = { platform: process.platform, environment: process.env, home: homedir() }
  const dataDirectory = wanted ?? usualDataDirectory(surroundings)
  const attempt = await takeDataFolder(dataDirectory, 'browser', link)
  if (!attempt.taken) {
    say(describeHolder(dataDirectory, attempt))
    if (!attempt.shown) process.exitCode = 1
    return undefined
  }
  const { folder } = attempt
  try {
    const mainProcess = await options.startMainProcess({
      dataDirectory,
      host: 'browser',
      sample,
      version: options.version,
    })
    const server = await startBrowserServer({
      files: options.development ? new Map() : listStaticFiles(options.rendererDirectory),
      serve: (socket) => {
        const session = mainProcess.openSession()
        socket.once('close', () => session.close())
        serveBridge(socket, {
          router: bridgeRouter,
          context: session.context,
          onFault: (path, error) => console.error(`Fault in ${path ?? 'the bridge'}:`, error),
        })
      },
      port: rememberedPort(dataDirectory),
      ...(options.development && { development: options.development }),
    })
    rememberPort(dataDirectory, server.origin)

    const command = open ? browserCommand({ ...surroundings, has: onPath }) : { reason: '--no-open' }
    const printAddress = () => {
      say(`Open ${server.launchAddress(launchLifetimes.printed)}`)
      say('The address works once, within 10 minutes. Enter prints a fresh one, Ctrl+C stops.')
    }
    const show = async (): Promise<Shown> => {
      if ('reason' in command) return { shown: 'address', address: server.launchAddress(launchLifetimes.printed) }
      openThroughFile(
        command,
        dataDirectory,
        server.launchAddress(launchLifetimes.handedOver),
        launchLifetimes.handedOver,
      )
      return { shown: 'browser' }
    }
    await folder.announce(show)
    if ('reason' in command) {
      if (open) say(`No browser is opened: ${command.reason}.`)
      printAddress()
    } else {
      await show()
      say(`Opened in your browser (${server.origin}). Enter prints an address for another tab, Ctrl+C stops.`)
    }

    return {
      printAddress,
      async close() {
        await server.close()
        await mainProcess.close()
        folder.release()
      },
    }
  } catch (error) {
    folder.release()
    throw error
  }
}
