/**
 * The real console for a test: the built bundles (`npm run build` first), a data folder of its own, a page to drive.
 *
 * ```ts
 * describe.each(hosts)('tokens in the %s host', (host) => {
 *   let latchkey: Console
 *   beforeAll(async () => { latchkey = await openConsole(host) })
 *   afterAll(() => latchkey.stop())
 *   it('…', async () => { await latchkey.page.getByRole('button', { name: 'New' }).click() })
 * })
 * ```
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { closeProfile, runInBrowser } from './in-browser.ts'
import { runInElectron } from './in-electron.ts'

/** Both hosts; `electron` is the stand-in where Electron's runtime is not installed. */
export const hosts = ['browser', 'electron'] as const
export type HostName = (typeof hosts)[number]

export interface ConsoleOptions {
  /** More words for the command line, e.g. `--sample`. */
  readonly words?: readonly string[]
  /** Keeps a folder from an earlier run; a fresh temporary one, removed at `stop`, where left out. */
  readonly dataDirectory?: string
  readonly colorScheme?: 'light' | 'dark'
  readonly locale?: 'en-GB' | 'ko-KR'
  readonly viewport?: NonNullable<BrowserContextOptions['viewport']>
  readonly reducedMotion?: 'reduce' | 'no-preference'
}

/** One run of the program, in either host. */
export interface ConsoleRun {
  readonly page: Page
  /** Everything the main process printed so far, both streams. */
  readonly output: () => string
  /** Ends it as Ctrl+C does; resolves to its exit code. */
  readonly stop: () => Promise<number | null>
  /** Ends it as a crash or a power cut does. */
  readonly kill: () => Promise<void>
}

export interface Console {
  readonly host: HostName
  readonly dataDirectory: string
  /** The page of the current run; another one after `restart`. */
  readonly page: Page
  readonly output: () => string
  /**
   * What no page of ours may cause: uncaught errors, console errors, and requests that the content security policy
   * refused. Expect it to be empty at the end of a test.
   */
  readonly faults: string[]
  /** Stops and starts on the same folder. `how: 'kill'` without a chance to write anything. */
  readonly restart: (how?: 'stop' | 'kill') => Promise<void>
  readonly stop: () => Promise<void>
}

export async function openConsole(host: HostName, options: ConsoleOptions = {}): Promise<Console> {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'latchkey-e2e-'))
  const faults: string[] = []
  const start = async () => {
    const run = await (host === 'browser' ? runInBrowser : runInElectron)(dataDirectory, options, (page) =>
      watchFaults(page, faults),
    )
    return run
  }
  let run = await start()
  let earlier = ''
  return {
    host,
    dataDirectory,
    get page() {
      return run.page
    },
    output: () => earlier + run.output(),
    faults,
    async restart(how = 'stop') {
      await run[how]()
      earlier += run.output()
      run = await start()
    },
    async stop() {
      await run.stop()
      await closeProfile(dataDirectory)
      if (options.dataDirectory === undefined) rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
}

function watchFaults(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
}
