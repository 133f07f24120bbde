/** Two tabs of one console: what one of them locks or leaves is gone from the other, secrets first. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { followProgram } from '../program.ts'
import { askBridge, goTo, serviceId } from './bridge-of-page.ts'

const passphrase = 'correct horse battery staple'
let latchkey: Console
let page: Page
let other: Page

/** Another tab of the same console: started twice on one folder, the program prints a fresh address of the first. */
async function openOtherTab(): Promise<Page> {
  const root = join(import.meta.dirname, '..', '..', '..')
  const program = followProgram(
    spawn(process.execPath, [join(root, 'out/main/serve.js'), '--no-open', '--data', latchkey.dataDirectory]),
  )
  await program.ended
  const address = /http:\S+#launch=\S+/.exec(program.output())?.[0] ?? ''
  const tab = await page.context().newPage()
  tab.setDefaultTimeout(8_000)
  await tab.goto(address)
  await tab.locator('h1').first().waitFor()
  return tab
}

beforeAll(async () => {
  latchkey = await openConsole('browser')
  page = latchkey.page
  page.setDefaultTimeout(8_000)
  await page.getByRole('heading', { name: 'Explore with sample data' }).waitFor()
  await askBridge(page, 'mutation', 'console.createWorkspace', {
    workspaceName: 'Harbour Payments',
    memberName: 'Dana Whitfield',
    memberEmail: 'dana@meridian.example',
    passphrase,
  })
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  await askBridge(page, 'mutation', 'service.create', { name: 'Payments API', systemName: 'payments' })
  other = await openOtherTab()
})
afterAll(() => latchkey.stop())

/** Rotates the service's token and leaves the new one in full view. */
async function showSecret(): Promise<string> {
  await goTo(page, `/services/${await serviceId(page, 'Payments API')}`)
  await page.getByRole('button', { name: 'Rotate token' }).click()
  await page.getByRole('dialog').getByText('At once').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate token' }).click()
  await page.getByRole('button', { name: 'Reveal token' }).click()
  const secret = (await page.getByRole('dialog').locator('output').textContent()) ?? ''
  expect(secret).toMatch(/^lk_st_[0-9A-Za-z]{49}$/)
  return secret
}

/** Whether the page holds a text, seen or not; a secret's own text would only flood the report. */
const holds = async (text: string) => (await page.content()).includes(text)

describe('in the other tab', () => {
  it('a lock takes the dialog, its secret and the notices away', async () => {
    const secret = await showSecret()
    await askBridge(other, 'mutation', 'console.lock', {})
    await page.getByRole('heading', { name: 'Unlock Harbour Payments' }).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await holds(secret)).toBe(false)
    await page.getByLabel('Passphrase').fill(passphrase)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Payments API' }).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(await holds(secret)).toBe(false)
  })

  it('another workspace takes them away too, and the place', async () => {
    const secret = await showSecret()
    await askBridge(other, 'mutation', 'console.openSample', {})
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(await holds(secret)).toBe(false)
    expect(await page.locator('main').textContent()).not.toContain('Payments API rotated')
  })
})
