/** Accounts by hand: made, approved, suspended with what that does to calls, developers, and deleted with what hangs on it. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { askBridge, goTo, serviceId } from './bridge-of-page.ts'

let latchkey: Console
let page: Page
beforeAll(async () => {
  latchkey = await openConsole('browser', { words: ['--sample'], viewport: { width: 1440, height: 900 } })
  page = latchkey.page
  page.setDefaultTimeout(10_000)
  await page.locator('main h1').waitFor()
  const rules = { approvalRequired: false, ipFilter: 'off', referrerFilter: 'off' }
  await askBridge(page, 'mutation', 'service.updateUsageRules', { id: await serviceId(page, 'Rates API'), ...rules })
})
afterAll(() => latchkey.stop())

const button = (name: string) => page.getByRole('button', { name, exact: true })
const inDialog = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true })
const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' })

it('is made by keyboard alone, waits, and takes no application until it is approved', async () => {
  await page.keyboard.press('g')
  await page.keyboard.press('u')
  await page.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor()
  await page.keyboard.press('n')
  await page.getByLabel('Name', { exact: true }).waitFor()
  await page.keyboard.type('Journey Travel')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Ada Wegener')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Fill this in.').waitFor()
  await page.keyboard.type('ada@journey.example')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'Journey Travel' }).waitFor()
  await page.getByText('Waits for approval: none of its applications passes.').waitFor()
  expect(await button('New application').first().getAttribute('aria-disabled')).toBe('true')
  await button('Approve').click()
  await page.locator('.lk-head').getByText('Approved').waitFor()
})

it('A15: developers are added, edited and removed; an address is taken once', async () => {
  await button('Add developer').click()
  await page.getByLabel('Name of the developer').fill('Bo Lind')
  await page.getByLabel('E-mail').fill('ADA@journey.example')
  await inDialog('Add developer').click()
  await page.getByText(/is in use already/).waitFor()
  await page.getByLabel('E-mail').fill('bo@journey.example')
  await inDialog('Add developer').click()
  await closed()
  await button('More actions: Bo Lind').click()
  await page.getByRole('menuitem', { name: 'Remove developer' }).click()
  await inDialog('Remove developer').click()
  await closed()
  await page.getByText('bo@journey.example').waitFor({ state: 'detached' })
})

it('suspended, calls of its applications are denied, and resumed they pass', async () => {
  await button('New application').first().click()
  expect(await page.getByRole('combobox', { name: 'Account' }).inputValue()).toBe('Journey Travel')
  await page.getByRole('combobox', { name: 'Service' }).click()
  await page.keyboard.insertText('Rates API')
  await page.getByRole('option', { name: 'Rates API' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Fares')
  await button('Create application').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Reveal key' }).click()
  await inDialog('I have saved it').click()
  await page.getByRole('link', { name: 'Journey Travel' }).click()
  await button('Suspend').click()
  await page.getByText('Suspended: calls of all its applications are refused').first().waitFor()
  await page.getByRole('link', { name: 'Fares' }).click()
  await page.getByText('No call passes: the account Journey Travel is not approved').waitFor()
  await button('Test credentials').click()
  await page.getByRole('combobox', { name: 'Application' }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Its account is not approved').waitFor()
  await button('Open the account').click()
  await button('Resume').click()
  await page.locator('.lk-head').getByText('Approved').waitFor()
})

it('is deleted only after saying what goes with it', async () => {
  await button('More actions: Journey Travel').click()
  await page.getByRole('menuitem', { name: 'Delete account' }).click()
  await page.getByRole('dialog').getByText('Fares').waitFor()
  await page.getByRole('dialog').getByText('1 application').waitFor()
  await inDialog('Delete account').click()
  await page.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor()
  await goTo(page, '/accounts?q=Journey')
  await page.getByText('Nothing matches these filters.').waitFor()
  expect(latchkey.faults).toEqual([])
})
