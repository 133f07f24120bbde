/**
 * `npm run bench -- start`: the cold start of the browser host with the sample workspace, from the command to the first
 * painted rows, beside a bare static page of as many rows served by a bare Node server and painted by the same browser.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../e2e/browser.ts'

const root = join(import.meta.dirname, '..', '..')
const rounds = Number(process.argv[2] ?? 7)
const rows = 16

/** Starts a program, opens the address that it prints, and waits until its rows are painted. Milliseconds. */
async function untilPainted(browser: Browser, parameters: readonly string[], rowSelector: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const begun = performance.now()
  const program = spawn(process.execPath, parameters, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await new Promise<string>((found, failed) => {
    let output = ''
    program.once('exit', (code) => failed(new Error(`${parameters.join(' ')} ended with ${code}: ${output}`)))
    program.stdout.on('data', (chunk: Buffer) => {
      output += chunk
      const match = /http:\/\/127\.0\.0\.1:\S+/.exec(output)
      if (match) found(match[0])
    })
  })
  await page.goto(address)
  await page.locator(rowSelector).first().waitFor()
  // Two frames: the rows are in the tree at the first, on the screen after it.
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
  const took = performance.now() - begun
  await context.close()
  const ended = new Promise((exited) => program.once('exit', exited))
  program.removeAllListeners('exit')
  program.once('exit', () => undefined)
  program.kill('SIGTERM')
  await Promise.race([ended, new Promise((waited) => setTimeout(waited, 2000))])
  program.kill('SIGKILL')
  return took
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN
}

const scratch = mkdtempSync(join(tmpdir(), 'latchkey-bench-start-'))
const barePage = join(scratch, 'bare.mjs')
const line = '<tr data-row><td>Service</td><td>service</td><td>API key</td><td>Live</td></tr>'
writeFileSync(
  barePage,
  `import { createServer } from 'node:http'
const page = ${JSON.stringify(`<!doctype html><title>Bare</title><table>${line.repeat(rows)}</table>`)}
const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(page))
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port))
`,
)

const browser = await launchChromium()
try {
  const launcher = join('scripts', 'start.mjs')
  const words = ['--host=browser', '--no-open', '--sample', '--data']
  const data = join(scratch, 'data')
  // The first start makes the sample and, where needed, the bundles: it is not counted.
  await untilPainted(browser, [launcher, ...words, data], '.lk-lines li')
  const console_: number[] = []
  const first: number[] = []
  const bare: number[] = []
  for (let round = 0; round < rounds; round++) {
    console_.push(await untilPainted(browser, [launcher, ...words, data], '.lk-lines li'))
    first.push(await untilPainted(browser, [launcher, ...words, join(scratch, `first-${round}`)], '.lk-lines li'))
    bare.push(await untilPainted(browser, [barePage], '[data-row]'))
  }
  const [warm, cold, page] = [median(console_), median(first), median(bare)]
  const show = (name: string, figure: number) =>
    console.log(`${name.padEnd(46)} ${figure.toFixed(0).padStart(6)} ms   × ${(figure / page).toFixed(2)}`)
  console.log(`Command to first painted rows, median of ${rounds} rounds in turn, Node ${process.version}`)
  show('bare static page, bare server', page)
  show('console, sample workspace there', warm)
  show('console, sample workspace made at this start', cold)
} finally {
  await browser.close()
  rmSync(scratch, { recursive: true, force: true })
}
