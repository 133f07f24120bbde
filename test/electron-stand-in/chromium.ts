import { type ChildProcess, spawn } from 'node:child_process'
import { findChromium } from '../e2e/browser.ts'
import { type Cdp, connectCdp } from './cdp.ts'

export interface RunningChromium {
  readonly cdp: Cdp
  /** The DevTools address, for a test to see the same pages through Playwright. */
  readonly endpoint: string
  /** At once, as `app.exit` ends it. */
  kill(): void
  /** As `app.quit` ends it: with what its profile keeps written. */
  close(): Promise<void>
}

/** Starts a Chromium with a profile folder. Sandboxed unless root, web security on: nothing that a real one has is off. */
export async function startChromium(profile: string): Promise<RunningChromium> {
  const { path, environment } = findChromium()
  const child = spawn(
    path,
    [
      '--headless',
      '--disable-gpu',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--hide-scrollbars',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...environment } },
  )
  const endpoint = await devToolsAddress(child)
  const cdp = await connectCdp(endpoint)
  return {
    cdp,
    endpoint,
    kill: () => child.kill('SIGKILL'),
    close: () =>
      new Promise((closed) => {
        child.once('exit', () => closed())
        cdp.send('Browser.close').catch(() => {})
        setTimeout(() => child.kill('SIGKILL'), 3_000).unref()
      }),
  }
}

function devToolsAddress(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let text = ''
    child.stderr?.setEncoding('utf8')
    child.stderr?.on('data', (more: string) => {
      text += more
      const match = /DevTools listening on (ws:\S+)/.exec(text)
      if (match?.[1]) found(match[1])
    })
    child.once('error', failed)
    child.once('exit', (code) => failed(new Error(`Chromium ended with ${code}:\n${text}`)))
  })
}
