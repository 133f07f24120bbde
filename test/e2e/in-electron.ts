import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type Browser, chromium, type Page } from 'playwright-core'
import { findElectron } from '../../scripts/choose-host.mjs'
import type { Ask } from '../electron-stand-in/control.ts'
import type { ConsoleOptions, ConsoleRun } from './console.ts'
import { followProgram } from './program.ts'

const root = join(import.meta.dirname, '..', '..')

/** The real Electron's program, where its runtime is installed and there is a display to show it. */
export function realElectron(): string | undefined {
  const { platform, env } = process
  const hasDisplay = platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
  return hasDisplay ? findElectron({ root, platform, environment: env, uid: process.getuid?.() }) : undefined
}

let told = false
function tellStandIn(): void {
  if (told) return
  told = true
  console.warn(
    '\n*** Electron’s runtime is not installed here: the desktop tests run on its stand-in, NOT on Electron ***\n',
  )
}

/** The desktop shell under test, with what only a stand-in can do to it. */
export interface ElectronRun extends ConsoleRun {
  /** Does something to the program from outside; see `Ask`. */
  readonly ask: (ask: Ask) => Promise<unknown>
}

/** Starts the desktop shell on a folder: on real Electron where it is installed, else on the stand-in. */
export async function runInElectron(
  dataDirectory: string,
  options: ConsoleOptions,
  watch: (page: Page) => void,
): Promise<ConsoleRun> {
  const program = realElectron()
  if (program !== undefined) return runOnElectron(program, dataDirectory, options, watch)
  tellStandIn()
  return runOnStandIn(dataDirectory, options, watch)
}

/** `environment` holds the stand-in's settings, for the controls of a test (`STAND_IN_FORGET`). */
export async function runOnStandIn(
  dataDirectory: string,
  options: ConsoleOptions = {},
  watch: (page: Page) => void = () => {},
  environment: Readonly<Record<string, string>> = {},
): Promise<ElectronRun> {
  requireBuild()
  const words = [root, '--data', dataDirectory, ...(options.words ?? [])]
  const child = fork(join(import.meta.dirname, '..', 'electron-stand-in', 'run.ts'), words, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...environment },
  })
  const program = followProgram(child)
  const endpoint = await new Promise<string>((ready, failed) => {
    child.once('message', (message) => ready((message as { endpoint: string }).endpoint))
    program.ended.then(() => failed(new Error(`The desktop shell ended:\n${program.output()}`)))
  })
  const browser = await chromium.connectOverCDP(endpoint)
  const page = await firstPage(browser, program.ended, program.output)
  watch(page)
  await present(page, options)

  let last = 0
  return {
    page,
    output: program.output,
    ask(ask) {
      last += 1
      const id = last
      return new Promise((resolve, reject) => {
        const listen = (message: unknown) => {
          const answer = message as { id?: number; value?: unknown; error?: string }
          if (answer.id !== id) return
          child.off('message', listen)
          if (answer.error === undefined) resolve(answer.value)
          else reject(new Error(answer.error))
        }
        child.on('message', listen)
        child.send({ id, ...ask })
      })
    },
    async stop() {
      child.kill('SIGTERM')
      const code = await program.ended
      await browser.close().catch(() => {})
      return code
    },
    async kill() {
      child.kill('SIGKILL')
      await program.ended
      // Its Chromium would live on: closing over the protocol ends it.
      const session = await browser.newBrowserCDPSession().catch(() => undefined)
      await session?.send('Browser.close').catch(() => {})
      await browser.close().catch(() => {})
    },
  }
}

async function firstPage(browser: Browser, ended: Promise<unknown>, output: () => string): Promise<Page> {
  const [context] = browser.contexts()
  if (!context) throw new Error('Chromium has no context')
  let over = false
  ended.then(() => {
    over = true
  })
  for (;;) {
    const page = context.pages().find((each) => each.url().startsWith('https://latchkey.invalid/'))
    if (page) return page
    if (over) throw new Error(`The desktop shell ended:\n${output()}`)
    await new Promise((later) => setTimeout(later, 20))
  }
}

async function present(page: Page, options: ConsoleOptions): Promise<void> {
  await page.setViewportSize(options.viewport ?? { width: 1280, height: 800 })
  await page.emulateMedia({
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.reducedMotion ?? 'reduce',
  })
  if (options.locale !== undefined) {
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setLocaleOverride', { locale: options.locale.replace('-', '_') })
    await page.reload()
  }
}

async function runOnElectron(
  executablePath: string,
  dataDirectory: string,
  options: ConsoleOptions,
  watch: (page: Page) => void,
): Promise<ConsoleRun> {
  requireBuild()
  const words = ['--data', dataDirectory, ...(options.words ?? [])]
  const electron = await _electron.launch({ executablePath, args: [root, ...words], cwd: root })
  const program = followProgram(electron.process())
  const page = await electron.firstWindow()
  watch(page)
  await present(page, options)
  return {
    page,
    output: program.output,
    async stop() {
      await electron.close()
      return program.ended
    },
    async kill() {
      await program.stop('SIGKILL')
    },
  }
}

function requireBuild(): void {
  if (!existsSync(join(root, 'out', 'main', 'electron.js')))
    throw new Error('The console is not built: run npm run build first')
}
