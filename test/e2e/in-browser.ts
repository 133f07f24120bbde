import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchChromium } from './browser.ts'
import type { ConsoleOptions, ConsoleRun } from './console.ts'
import { followProgram } from './program.ts'

const root = join(import.meta.dirname, '..', '..')
let shared: Promise<Browser> | undefined

/** One Chromium for all tests of a process; each console has a context, so that nothing is shared but the program. */
export function sharedChromium(): Promise<Browser> {
  shared ??= launchChromium()
  return shared
}

/** Starts the browser host on a folder and opens the address it prints. `watch` sees the page before it loads. */
export async function runInBrowser(
  dataDirectory: string,
  options: ConsoleOptions,
  watch: (page: Page) => void,
): Promise<ConsoleRun> {
  const entry = join(root, 'out', 'main', 'serve.js')
  if (!existsSync(entry)) throw new Error('The console is not built: run npm run build first')
  const words = ['--no-open', '--data', dataDirectory, ...(options.words ?? [])]
  const program = followProgram(
    spawn(process.execPath, [entry, ...words], { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] }),
  )
  const [, address = ''] = await program.printed(/^Open (http:\S+)$/m)

  const context = await profileOf(dataDirectory, options)
  const page = await context.newPage()
  watch(page)
  await page.goto(address)
  return {
    page,
    output: program.output,
    async stop() {
      await page.close()
      return program.stop('SIGINT')
    },
    async kill() {
      await page.close()
      await program.stop('SIGKILL')
    },
  }
}

/** A person's browser stays the same when the console is started again: what it keeps for the console is still there. */
const profiles = new Map<string, BrowserContext>()

async function profileOf(dataDirectory: string, options: ConsoleOptions): Promise<BrowserContext> {
  const kept = profiles.get(dataDirectory)
  if (kept !== undefined) return kept
  const browser = await sharedChromium()
  const context = await browser.newContext({
    colorScheme: options.colorScheme ?? 'light',
    locale: options.locale ?? 'en-GB',
    viewport: options.viewport ?? { width: 1280, height: 800 },
    reducedMotion: options.reducedMotion ?? 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  profiles.set(dataDirectory, context)
  return context
}

/** Forgets the browser's side of a console for good. */
export async function closeProfile(dataDirectory: string): Promise<void> {
  await profiles.get(dataDirectory)?.close()
  profiles.delete(dataDirectory)
}
