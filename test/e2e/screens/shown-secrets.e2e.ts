/** A secret that is shown on a page is that of the object it stands beside, and goes where that object goes. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { askBridge, goTo, serviceId } from './bridge-of-page.ts'

let latchkey: Console
let page: Page
beforeAll(async () => {
  latchkey = await openConsole('browser', { words: ['--sample'], viewport: { width: 1440, height: 900 } })
  page = latchkey.page
  page.setDefaultTimeout(8_000)
  await page.locator('main h1').waitFor()
})
afterAll(() => latchkey.stop())

const inDialog = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true })
const shownKey = () => page.locator('.lk-shown')

async function open(id: string, name: string): Promise<void> {
  await goTo(page, `/applications/${id}`)
  await page.getByRole('heading', { name, exact: true, level: 1 }).waitFor()
}

async function makeApplication(name: string): Promise<string> {
  const { rows } = await askBridge<{ rows: readonly { id: string }[] }>(page, 'query', 'account.list', {
    search: 'Alder & Finch Retail',
  })
  await askBridge(page, 'mutation', 'application.create', {
    accountId: rows[0]?.id,
    serviceId: await serviceId(page, 'Rates API'),
    name,
  })
  const made = await askBridge<{ rows: readonly { id: string }[] }>(page, 'query', 'application.list', { search: name })
  return made.rows[0]?.id ?? ''
}

async function revealKeyOf(name: string): Promise<string> {
  await page.getByRole('button', { name: `Reveal the API key of ${name}` }).click()
  const key = (await shownKey().textContent()) ?? ''
  expect(key).toMatch(/^[0-9a-f]{32}$/)
  return key
}

/** The one-time secret of the open dialog, which is closed. */
async function takeSecret(noun: string): Promise<string> {
  await inDialog(`Reveal ${noun}`).click()
  const secret = (await page.getByRole('dialog').locator('output').textContent()) ?? ''
  await inDialog('I have saved it').click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  return secret
}

const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')

/** Whether the page holds a text, seen or not; a secret's own text would only flood the report. */
const holds = async (text: string) => (await page.content()).includes(text)

describe('the shown key of an application', () => {
  const [first, second] = ['First of two', 'Second of two']
  let firstId = ''

  it('does not go along to another application', async () => {
    firstId = await makeApplication(first)
    const secondId = await makeApplication(second)
    await open(secondId, second)
    await open(firstId, first)
    const key = await revealKeyOf(first)
    await open(secondId, second)
    expect(await holds(key)).toBe(false)
    // Nor is it there again on the way back.
    await open(firstId, first)
    expect(await holds(key)).toBe(false)
  })

  it('is gone as soon as the key is another one', async () => {
    const old = await revealKeyOf(first)
    await page.keyboard.press('r')
    await page.getByRole('dialog').getByText('The old key stops at once.').waitFor()
    await inDialog('Regenerate').click()
    const next = await takeSecret('key')
    expect(next).not.toBe(old)
    await page.getByText('API key regenerated').first().waitFor()
    expect(await holds(old)).toBe(false)
    expect(await holds(next)).toBe(false)
    expect(await revealKeyOf(first)).toBe(next)
  })
})

describe('the shown token of a service', () => {
  it('is gone as soon as the row has another token', async () => {
    await goTo(page, '/tokens')
    await page.getByRole('button', { name: 'Reveal the service token of Rates API' }).click()
    const old = (await page.getByText(/^lk_st_[0-9A-Za-z]{49}$/).textContent()) ?? ''
    await page
      .getByRole('row', { name: /^Rates API/ })
      .getByRole('button', { name: /^Rotate the service token/ })
      .click()
    await inDialog('Rotate token').click()
    const next = await takeSecret('token')
    expect(next).not.toBe(old)
    await page
      .getByText(/old token ends/)
      .first()
      .waitFor()
    expect(await holds(old)).toBe(false)
    expect(await holds(next)).toBe(false)
  })
})

describe('after a secret was shown, focus returns to what asked for it', () => {
  it('the button of an access token, which cannot be used again by then', async () => {
    await goTo(page, '/tokens/new')
    await page.getByLabel('Name', { exact: true }).fill('Rotated by hand')
    await page.getByLabel(/^Account Management/).check()
    await page.getByRole('button', { name: 'Create token' }).click()
    await takeSecret('token')
    await page.getByRole('link', { name: 'Rotated by hand' }).click()
    await page.getByRole('heading', { name: 'Rotated by hand', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Rotate token' }).click()
    await inDialog('Rotate').click()
    await takeSecret('token')
    await expect.poll(focused).toBe('Rotate token')
  })
})

it('none of it made the page or the policy complain', () => {
  expect(latchkey.faults).toEqual([])
})
