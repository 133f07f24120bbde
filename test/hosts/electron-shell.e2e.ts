/**
 * The desktop shell's security list, on the stand-in for Electron, which stays as insecure as Electron is where the shell
 * sets nothing. Every guard has its control: the same shell with that guard forgotten must fail the same question.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { runInBrowser } from '../e2e/in-browser.ts'
import { type ElectronRun, runOnStandIn } from '../e2e/in-electron.ts'

// What hangs must not hold everything up for two minutes.
vi.setConfig({ testTimeout: 30_000 })

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-shell-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

async function start(environment: Record<string, string> = {}, path = folder()): Promise<ElectronRun> {
  const run = await runOnStandIn(path, {}, undefined, environment)
  onTestFinished(async () => {
    await run.stop()
  })
  return run
}

interface Records {
  readonly external: string[]
  readonly webPreferences: Record<string, unknown>[]
  readonly crashReporter?: unknown
}
const recordsOf = async (run: ElectronRun) => (await run.ask({ ask: 'records' })) as Records
const pagesOf = async (run: ElectronRun) => (await run.ask({ ask: 'contents' })) as string[]

/** Waits until something holds; a test that waits in vain fails by its own time-out. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((later) => setTimeout(later, 20))
}

/** Asks the bridge from the page itself, past the page's own client. Gives the answer, or `silence`. */
function askBridge(run: ElectronRun, waitMs: number): Promise<unknown> {
  return run.page.evaluate((ms) => {
    const bridge = (window as unknown as { latchkeyBridge: Record<string, (value: unknown) => void> }).latchkeyBridge
    return new Promise((done) => {
      bridge.onText?.((text: string) => {
        const answer = JSON.parse(text === 'PING' ? '{}' : text) as { id?: number }
        if (answer.id === 4711) done(answer)
      })
      bridge.send?.('{"method":"connectionParams","data":{}}')
      bridge.send?.('{"id":4711,"method":"query","params":{"path":"console.status"}}')
      setTimeout(() => done('silence'), ms)
    })
  }, waitMs)
}

/** Listens for what the host asks of its page, from now on; the answer waits for the first such text. */
async function hearHost(run: ElectronRun): Promise<() => Promise<unknown>> {
  await run.page.evaluate(() => {
    const { latchkeyBridge } = window as unknown as {
      latchkeyBridge: { onText(listener: (text: string) => void): void }
    }
    const heard = new Promise((done) => {
      latchkeyBridge.onText((text) => text.startsWith('{"method":"host.') && done(text))
    })
    Object.assign(window, { heard })
  })
  return () => run.page.evaluate(() => (window as unknown as { heard: Promise<unknown> }).heard)
}

describe('the page', () => {
  it('gets three functions and nothing of Node or Electron', async () => {
    const { page } = await start()
    const seen = await page.evaluate(() => {
      const api = (window as unknown as Record<string, Record<string, unknown>>).latchkeyBridge ?? {}
      let replaced = true
      try {
        ;('use strict')
        api.send = () => {}
        replaced = !Object.isFrozen(api)
      } catch {
        replaced = false
      }
      return {
        names: Object.keys(api).sort(),
        kinds: Object.values(api).map((each) => typeof each),
        replaced,
        node: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', '__standInSend'].filter(
          (name) => name in window,
        ),
        result: String((api.onText as (listener: () => void) => unknown)(() => {})),
      }
    })
    expect(seen).toEqual({
      names: ['onClose', 'onText', 'send'],
      kinds: ['function', 'function', 'function'],
      replaced: false,
      node: [],
      result: 'undefined',
    })
  })

  it('is answered over the bridge', async () => {
    const answer = (await askBridge(await start(), 60_000)) as { result?: { data?: { host?: string } } }
    expect(answer.result?.data?.host).toBe('electron')
  })

  it('carries the policy on every answer, and finds only what was built', async () => {
    const { page } = await start()
    const answers = await page.evaluate(async () => {
      const ask = async (path: string, options?: RequestInit) => {
        const answer = await fetch(path, options).catch(() => undefined)
        return {
          status: answer?.status ?? 0,
          policy: answer?.headers.get('content-security-policy') ?? '',
          opener: answer?.headers.get('cross-origin-opener-policy'),
          sniff: answer?.headers.get('x-content-type-options'),
        }
      }
      return {
        page: await ask('/index.html'),
        missing: await ask('/../../package.json'),
        escaped: await ask('/..%2f..%2fpackage.json'),
        post: await ask('/index.html', { method: 'POST', body: 'x' }),
        elsewhere: await ask('https://evil.invalid/'),
      }
    })
    expect([answers.page, answers.missing, answers.escaped, answers.post].map(({ status }) => status)).toEqual([
      200, 404, 404, 405,
    ])
    expect(answers.elsewhere.status).toBe(0)
    for (const answer of [answers.page, answers.missing, answers.escaped, answers.post]) {
      expect(answer).toMatchObject({ opener: 'same-origin', sniff: 'nosniff' })
      expect(answer.policy).toContain("default-src 'none'")
    }
  })

  it('stays in a window that is closed to Node', async () => {
    const { webPreferences } = await recordsOf(await start())
    expect(webPreferences).toMatchObject([
      { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, webSecurity: true },
    ])
  })
})

describe('navigation', () => {
  const leave = async (run: ElectronRun, address: string) => {
    await run.page.evaluate((to) => {
      location.href = to
    }, address)
    // Long enough to arrive, which the control does.
    await new Promise((later) => setTimeout(later, 500))
    return (await pagesOf(run))[0]
  }
  it.each(['https://evil.invalid/', 'https://example.com/'])('to %s is refused', async (address) => {
    expect(await leave(await start(), address)).toBe('app://latchkey/index.html')
  })
  it('control: a shell without its navigation guard leaves', async () => {
    const run = await start({ STAND_IN_FORGET: 'will-navigate,will-frame-navigate' })
    expect(await leave(run, 'https://evil.invalid/')).toBe('app://evil/')
  })
})

describe('new windows', () => {
  const open = (run: ElectronRun, address: string) => run.page.evaluate((to) => void window.open(to), address)
  it('a web address goes to the system’s browser, nothing else goes anywhere', async () => {
    const run = await start()
    for (const address of [
      'https://docs.example/help',
      'file:///etc/passwd',
      'latchkey://open/services',
      '/index.html',
    ]) {
      await open(run, address)
    }
    await until(async () => (await recordsOf(run)).external.length > 0)
    await until(async () => (await pagesOf(run)).length === 1)
    expect((await recordsOf(run)).external).toEqual(['https://docs.example/help'])
  })
  it('control: a shell without its handler opens a window', async () => {
    const run = await start({ STAND_IN_FORGET: 'window-open' })
    await open(run, '/index.html')
    await until(async () => (await pagesOf(run)).length === 2)
  })
})

describe('permissions', () => {
  const states = (run: ElectronRun) =>
    run.page.evaluate(async () => {
      const names = [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'midi',
        'clipboard-write',
        'clipboard-read',
      ]
      const entries = names.map(async (name) => {
        const status = await navigator.permissions.query({ name: name as PermissionName }).catch(() => undefined)
        return [name, status?.state] as const
      })
      return Object.fromEntries(await Promise.all(entries))
    })
  it('all but the clipboard are denied', async () => {
    expect(await states(await start())).toMatchObject({
      geolocation: 'denied',
      notifications: 'denied',
      camera: 'denied',
      microphone: 'denied',
      'clipboard-write': 'granted',
      'clipboard-read': 'granted',
    })
  })
  it('control: a shell without its handlers grants them', async () => {
    const run = await start({ STAND_IN_FORGET: 'permission' })
    expect(await states(run)).toMatchObject({ geolocation: 'granted', camera: 'granted', notifications: 'granted' })
  })
})

describe('foreign senders', () => {
  it('a page that is not ours is not answered, though it has the preload', async () => {
    const run = await start()
    await run.ask({ ask: 'load', address: 'app://evil/index.html' })
    await run.page.waitForURL('https://evil.invalid/**')
    expect(await run.page.evaluate(() => 'latchkeyBridge' in window)).toBe(true)
    expect(await askBridge(run, 1_000)).toBe('silence')
    // Control: back on our page the same question is answered.
    await run.ask({ ask: 'load', address: 'app://latchkey/index.html' })
    await run.page.waitForURL('https://latchkey.invalid/**')
    expect(await askBridge(run, 60_000)).not.toBe('silence')
  })
  it('a frame inside our page has no bridge', async () => {
    const { page } = await start()
    const found = await page.evaluate(() => {
      const frame = document.createElement('iframe')
      document.body.append(frame)
      return 'latchkeyBridge' in (frame.contentWindow as object)
    })
    expect(found).toBe(false)
  })
})

describe('the program', () => {
  it('brings its window in front for a second start, with the link it was given', async () => {
    const path = folder()
    const run = await start({}, path)
    await askBridge(run, 60_000)
    const heard = await hearHost(run)
    const second = runOnStandIn(path, { words: ['latchkey://open/services'] })
    await expect(second).rejects.toThrow('already running')
    expect(await heard()).toBe('{"method":"host.navigate","route":"/services"}')
  })

  it('hands a choice in the native menu to the page', async () => {
    const run = await start()
    await askBridge(run, 60_000)
    const heard = await hearHost(run)
    expect(await run.ask({ ask: 'menu', label: 'Services' })).toBe(true)
    expect(await heard()).toBe('{"method":"host.action","action":"go.services"}')
  })

  it('holds its folder against the browser host too', async () => {
    const path = folder()
    await start({}, path)
    await expect(runInBrowser(path, {}, () => {})).rejects.toThrow(/already running on .*window is in front/s)
  })

  it('stops cleanly, and its lock with it', async () => {
    const path = folder()
    const run = await start({}, path)
    expect(await run.stop()).toBe(0)
    expect(existsSync(join(path, 'holder.json'))).toBe(false)
  })

  it('collects no crash reports unless asked, and then keeps them here', async () => {
    expect((await recordsOf(await start())).crashReporter).toBeUndefined()
    const run = await start({ LATCHKEY_CRASH_REPORTS: 'local' })
    expect((await recordsOf(run)).crashReporter).toMatchObject({ uploadToServer: false })
  })

  it.each([
    ['basic_text', false],
    ['gnome_libsecret', true],
  ])('with the keychain %s: %s', async (keychain, used) => {
    const run = await start({ STAND_IN_KEYCHAIN: keychain })
    const answer = (await askBridge(run, 60_000)) as { result?: { data?: { keychain?: boolean } } }
    expect(answer.result?.data?.keychain).toBe(used)
  })

  it('opens its window though the keychain never answers', async () => {
    expect(await askBridge(await start({ STAND_IN_KEYCHAIN: 'silent' }), 60_000)).not.toBe('silence')
  })
})
