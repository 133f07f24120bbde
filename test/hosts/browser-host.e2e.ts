/** The browser host as a person meets it, and as a hostile page beside it does: real program, real Chromium. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { openConsole } from '../e2e/console.ts'
import { sharedChromium } from '../e2e/in-browser.ts'
import { type FollowedProgram, followProgram } from '../e2e/program.ts'

// What hangs must not hold everything up for two minutes.
vi.setConfig({ testTimeout: 30_000 })

const root = join(import.meta.dirname, '..', '..')
afterAll(async () => (await sharedChromium()).close())

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-host-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

function start(words: readonly string[]): FollowedProgram & { readonly type: (text: string) => void } {
  const child = spawn(process.execPath, [join(root, 'out/main/serve.js'), '--no-open', ...words], { cwd: root })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { ...followProgram(child), type: (text) => child.stdin.write(text) }
}

const addresses = (output: string) =>
  [...output.matchAll(/^(?:Open )?(http:\S+#launch=\S+)$/gm)].map((match) => match[1] ?? '')

async function newPage(): Promise<Page> {
  const context = await (await sharedChromium()).newContext()
  onTestFinished(() => context.close())
  return context.newPage()
}

/** Whether the page's bridge was let in: a first answer, or the close code it got instead. */
function bridgeOutcome(page: Page): Promise<'answered' | 'closed'> {
  return new Promise((outcome) => {
    page.on('websocket', (webSocket) => {
      webSocket.on('framereceived', () => outcome('answered'))
      webSocket.on('close', () => outcome('closed'))
    })
  })
}

describe('the address', () => {
  it('opens one tab: the secret leaves the address bar and the history, a reload keeps the session', async () => {
    const latchkey = await openConsole('browser')
    onTestFinished(() => latchkey.stop())
    const { page } = latchkey
    await page.waitForFunction(() => sessionStorage.getItem('latchkey.session') !== null)
    expect(page.url()).not.toContain('launch')
    const again = bridgeOutcome(page)
    await page.reload()
    expect(await again).toBe('answered')
    expect(await page.context().cookies()).toEqual([])

    // The same address in another tab: refused, and no connection is even tried.
    const [address = ''] = addresses(latchkey.output())
    const other = await newPage()
    const answer = other.waitForResponse((response) => response.url().endsWith('/session'))
    const connections: string[] = []
    other.on('websocket', (webSocket) => connections.push(webSocket.url()))
    await other.goto(address)
    expect((await answer).status()).toBe(403)
    expect(await other.evaluate(() => sessionStorage.length)).toBe(0)
    expect(connections).toEqual([])
  })

  it('Enter prints a fresh one', async () => {
    const program = start(['--data', folder()])
    await program.printed(/^Open/m)
    program.type('\n')
    await program.printed(/^Open[\s\S]*^Open/m)
    const [first, second] = addresses(program.output())
    expect(first).not.toBe(second)
    const page = await newPage()
    const outcome = bridgeOutcome(page)
    await page.goto(second ?? '')
    expect(await outcome).toBe('answered')
  })
})

describe('a page of another site', () => {
  it('gets nothing from the host, whatever it tries', async () => {
    const latchkey = await openConsole('browser')
    onTestFinished(() => latchkey.stop())
    const { origin } = new URL(latchkey.page.url())
    const evil = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<title>evil</title>')
    })
    await new Promise<void>((listening) => evil.listen(0, '127.0.0.1', listening))
    onTestFinished(() => void evil.close())
    const page = await newPage()
    await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`)
    const answers: string[] = []
    page.on('response', (response) => {
      if (response.url().startsWith(origin)) answers.push(`${response.status()} ${response.request().resourceType()}`)
    })

    const outcome = await page.evaluate(async (host) => {
      const settled = (element: HTMLScriptElement | HTMLImageElement | HTMLIFrameElement) =>
        new Promise<string>((done) => {
          element.onload = () => done('loaded')
          element.onerror = () => done('refused')
          // An image loads, and fails, as soon as it has its address.
          element.src = `${host}/`
          document.body.append(element)
        })
      const frame = document.createElement('iframe')
      await settled(frame)
      return {
        read: await fetch(host).then(
          () => 'read',
          () => 'refused',
        ),
        post: await fetch(`${host}/session`, { method: 'POST', mode: 'no-cors', body: '{}' }).then(
          () => 'sent',
          () => 'refused',
        ),
        script: await settled(document.createElement('script')),
        image: await settled(document.createElement('img')),
        frame: frame.contentDocument === null ? 'not readable' : 'readable',
        webSocket: await new Promise((done) => {
          const webSocket = new WebSocket(`${host.replace('http', 'ws')}/bridge`)
          webSocket.onopen = () => done('open')
          webSocket.onerror = () => done('refused')
        }),
      }
    }, origin)
    expect(outcome).toMatchObject({
      read: 'refused',
      script: 'refused',
      image: 'refused',
      frame: 'not readable',
      webSocket: 'refused',
    })
    expect(answers.length).toBeGreaterThan(0)
    for (const answer of answers) expect(answer).toMatch(/^403 /)
  })
})

describe('the page’s policy', () => {
  it('holds in a real browser: no inline script, no eval, nothing from or to elsewhere', async () => {
    const latchkey = await openConsole('browser')
    onTestFinished(() => latchkey.stop())
    const refused = await latchkey.page.evaluate(async () => {
      const directives: string[] = []
      document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective))
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))
      document.body.append(Object.assign(document.createElement('img'), { src: 'https://evil.example/x.png' }))
      document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://evil.example/' }))
      const style = Object.assign(document.createElement('style'), { textContent: 'body { display: none }' })
      document.head.append(style)
      await fetch('https://evil.example/').catch(() => {})
      await new Promise((later) => setTimeout(later, 100))
      // Handed over as text, so that the test runner does not run it itself.
      const evaluates = await Promise.resolve()
        .then(() => new Function('return true')() as boolean)
        .catch(() => false)
      return { directives, ran: 'ran' in window, evaluates, hidden: getComputedStyle(document.body).display === 'none' }
    })
    expect(refused).toMatchObject({ ran: false, evaluates: false, hidden: false })
    for (const directive of ['script-src-elem', 'img-src', 'frame-src', 'connect-src', 'style-src-elem']) {
      expect(refused.directives).toContain(directive)
    }
  })
})

describe('the program', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s stops it cleanly, with pages connected', async (signal) => {
    const path = folder()
    const program = start(['--data', path])
    await program.printed(/Ctrl\+C/)
    const page = await newPage()
    const outcome = bridgeOutcome(page)
    await page.goto(addresses(program.output())[0] ?? '')
    await outcome
    expect(await program.stop(signal)).toBe(0)
    expect(existsSync(join(path, 'holder.json'))).toBe(false)
    expect(program.output()).not.toMatch(/error|warning/i)
  })

  it('killed, it starts again on the same folder', async () => {
    const path = folder()
    const first = start(['--data', path])
    await first.printed(/^Open/m)
    await first.stop('SIGKILL')
    const second = start(['--data', path])
    await second.printed(/^Open/m)
    expect(await second.stop('SIGINT')).toBe(0)
  })

  it('started twice on a folder, the second gets an address of the first', async () => {
    const path = folder()
    const first = start(['--data', path])
    await first.printed(/Ctrl\+C/)
    const second = start(['--data', path])
    expect(await second.ended).toBe(0)
    expect(second.output()).toMatch(/already running on .*process \d+, since \d{4}-/)
    const [address = ''] = addresses(second.output())
    expect(new URL(address).origin).toBe(new URL(addresses(first.output())[0] ?? '').origin)
    const page = await newPage()
    const outcome = bridgeOutcome(page)
    await page.goto(address)
    expect(await outcome).toBe('answered')
  })

  it('keeps everything it writes to its owner', async () => {
    const path = folder()
    const program = start(['--data', path, '--sample'])
    await program.printed(/^Open/m)
    const open = readdirSync(path, { recursive: true })
      .map((name) => join(path, String(name)))
      .filter((each) => (statSync(each).mode & 0o077) !== 0)
    expect(open).toEqual([])
    expect(await program.stop('SIGINT')).toBe(0)
  })

  it('says what is wrong, by name, and ends', async () => {
    const mistyped = start(['--dta', 'x'])
    expect(await mistyped.ended).toBe(2)
    expect(mistyped.output()).toContain('"--dta"')
    const file = join(folder(), 'file')
    writeFileSync(file, '')
    const misplaced = start(['--data', file])
    expect(await misplaced.ended).toBe(1)
    expect(misplaced.output()).toContain(file)
    expect(misplaced.output()).not.toContain('at ')
  })
})
