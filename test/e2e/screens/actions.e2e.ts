/** What a page offers is in the palette and on keys too; what can be taken back, by keyboard and from the drawer. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { askBridge, goTo, serviceId } from './bridge-of-page.ts'

let latchkey: Console
let page: Page
let id = ''
beforeAll(async () => {
  latchkey = await openConsole('browser', { words: ['--sample'], viewport: { width: 1440, height: 900 } })
  page = latchkey.page
  page.setDefaultTimeout(10_000)
  await page.locator('main h1').waitFor()
  id = await serviceId(page, 'Ledger API')
})
afterAll(async () => {
  expect(latchkey.faults).toEqual([])
  await latchkey.stop()
})

const dialog = () => page.getByRole('dialog')
const option = (name: string | RegExp) => dialog().getByRole('option', { name })
/** Keys of the page count while the title has the focus. */
async function press(keys: string): Promise<void> {
  await page.locator('main h1').focus()
  await page.keyboard.press(keys)
}
/** Opens a dialog by keys, reads its title and leaves it. */
async function opens(keys: string, title: string): Promise<void> {
  await press(keys)
  await dialog().getByRole('heading', { name: title }).waitFor()
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
}
async function offers(words: string, names: readonly (string | RegExp)[]): Promise<void> {
  await page.keyboard.press('Control+k')
  await dialog().getByRole('combobox').fill(words)
  for (const name of names) await option(name).first().waitFor()
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
}

interface Row {
  readonly id: string
  readonly name: string
}
const nameOf = async () => (await askBridge<Row>(page, 'query', 'service.get', { id })).name
const settled = (text: string) => page.getByRole('status', { name: 'Notifications' }).getByText(text).first().waitFor()

describe('actions of what is on screen', () => {
  it('of a service: edit, rotate, a new plan, a new metric', async () => {
    await goTo(page, `/services/${id}`)
    await page.getByRole('heading', { level: 1, name: 'Ledger API' }).waitFor()
    await opens('e', 'Edit service')
    await opens('r', 'Rotate the service token')
    await goTo(page, `/services/${id}/plans`)
    await page.getByRole('button', { name: 'New plan' }).waitFor()
    await opens('n', 'New plan')
    await offers('new', [/New plan/, /New metric/])
  })

  it('of an access token', async () => {
    const { rows } = await askBridge<{ rows: readonly Row[] }>(page, 'query', 'accessToken.list', {})
    await goTo(page, `/tokens/${rows[0]?.id}`)
    await page.getByRole('heading', { level: 1, name: rows[0]?.name ?? '' }).waitFor()
    await opens('e', 'Rename or narrow')
    await offers('token', [/Rotate token/, /Delete token/])
  })

  it('of the audit: export and verify', async () => {
    await press('g')
    await page.keyboard.press('h')
    await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor()
    await offers('export', [/CSV/, /JSON/])
    await page.keyboard.press('Control+k')
    await dialog().getByRole('combobox').fill('verify')
    await option('Verify').waitFor()
    await page.keyboard.press('Enter')
    await dialog().getByText('The trail is whole').waitFor()
    await page.keyboard.press('Escape')
  })

  it('of the member in the drawer, while the reader is in it', async () => {
    await goTo(page, '/members')
    await page.getByRole('cell', { name: 'Mina Park' }).first().getByRole('button').click()
    await page.getByRole('complementary', { name: 'Mina Park' }).getByRole('radio').first().waitFor()
    await page.keyboard.press('e')
    await dialog().getByText('Mina Park').waitFor()
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
  })
})

describe('undo', () => {
  async function rename(name: string): Promise<void> {
    await press('e')
    await dialog().getByLabel('Name', { exact: true }).fill(name)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
  }

  it('takes the newest change back by keyboard, but belongs to the text in a field', async () => {
    await goTo(page, `/services/${id}`)
    await page.getByRole('heading', { level: 1, name: 'Ledger API' }).waitFor()
    await rename('Ledger API, new')
    await goTo(page, '/services')
    const field = page.getByRole('searchbox').or(page.getByRole('textbox')).first()
    await field.pressSequentially('abc')
    await page.keyboard.press('Control+z')
    expect(await nameOf()).toBe('Ledger API, new')
    await field.fill('')
    await press('Control+z')
    await settled('Undo: Ledger API, new saved')
    await page.getByText('Ledger API', { exact: true }).first().waitFor()
    expect(await nameOf()).toBe('Ledger API')
  })

  it('is in the notifications, once, when the toast is closed', async () => {
    await goTo(page, `/services/${id}`)
    await page.getByRole('heading', { level: 1, name: 'Ledger API' }).waitFor()
    await rename('Ledger')
    const toast = page.locator('.lk-toast', { hasText: 'Ledger saved' })
    await toast.getByRole('button', { name: 'Close' }).click()
    await page.locator('.lk-bell').click()
    const undo = page.getByRole('complementary', { name: 'Notifications' }).getByRole('button', { name: /^Undo/ })
    await undo.first().click()
    await page.getByRole('heading', { level: 1, name: 'Ledger API' }).waitFor()
    expect(await undo.count()).toBe(0)
    await page.keyboard.press('Escape')
  })
})
