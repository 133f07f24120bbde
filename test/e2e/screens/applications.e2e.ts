/** Applications by hand: made in an account, their credentials through every step, and what the gateway would answer. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { askBridge, goTo, serviceId } from './bridge-of-page.ts'

let latchkey: Console
let page: Page
beforeAll(async () => {
  latchkey = await openConsole('browser', { words: ['--sample'], viewport: { width: 1440, height: 900 } })
  page = latchkey.page
  page.setDefaultTimeout(10_000)
  await page.locator('main h1').waitFor()
  // The journeys begin from the rules of a new service, whatever the sample's are.
  for (const name of ['Payments API', 'Rates API']) {
    const rules = { keyLimit: 5, atLeastOneKey: true, approvalRequired: false, ipFilter: 'off', referrerFilter: 'off' }
    await askBridge(page, 'mutation', 'service.updateUsageRules', { id: await serviceId(page, name), ...rules })
  }
})
afterAll(() => latchkey.stop())

const button = (name: string) => page.getByRole('button', { name, exact: true })
const inDialog = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true })

async function pick(label: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.keyboard.insertText(text)
  await page.getByRole('option', { name: text }).first().click()
}

/** Reads the one-time secret of the open dialog and closes it. */
async function takeSecret(): Promise<string> {
  await page.getByRole('dialog').getByRole('button', { name: 'Reveal key' }).click()
  const secret = (await page.getByRole('dialog').locator('output').textContent()) ?? ''
  await inDialog('I have saved it').click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  return secret
}

async function make(service: string, name: string): Promise<string> {
  await goTo(page, '/applications/new')
  await pick('Account', 'Alder & Finch Retail')
  await pick('Service', service)
  await page.getByLabel('Name', { exact: true }).fill(name)
  await button('Create application').click()
  return takeSecret()
}

const answer = () => page.locator('.lk-answer h2')

/** Tests the application of the open page as it stands, and answers with the banner. */
async function testFromPage(): Promise<string> {
  await button('Test credentials').click()
  await page.getByRole('combobox', { name: 'Application' }).waitFor()
  await button('Run test').click()
  await answer().waitFor()
  return (await answer().textContent()) ?? ''
}

describe('an application of the API key pattern', () => {
  let key = ''
  const pasted = async (text: string) => {
    await page.getByRole('textbox', { name: 'API key' }).fill(text)
    await page.keyboard.press('Control+Enter')
    await page.waitForTimeout(300)
    return (await answer().textContent()) ?? ''
  }

  it('is made in an account, with its key shown once', async () => {
    key = await make('Rates API', 'Journey rates')
    expect(key).toMatch(/^[0-9a-f]{32}$/)
    await page.getByRole('heading', { name: 'Journey rates' }).waitFor()
    expect(await page.locator('main').textContent()).not.toContain(key)
  })

  it('A4: its credentials are tested: allowed, each check in order', async () => {
    expect(await testFromPage()).toBe('Allowed: the call may pass')
    expect(await page.locator('.lk-check').count()).toBe(10)
  })

  it('A5: suspended, the same test is denied with the reason; the toast or Resume takes it back', async () => {
    await page.goBack()
    await button('Suspend').click()
    await page.getByText('Suspended: all its credentials are refused until it is resumed.').waitFor()
    expect(await testFromPage()).toBe('Denied at check 6: the application is not live')
    await button('Resume').click()
    await page.getByText('Allowed: the call may pass').waitFor()
  })

  it('A6: regenerated, the old key is denied at once and the new one allowed', async () => {
    await page.goBack()
    await button('Regenerate').click()
    await page.getByRole('dialog').getByText('The old key stops at once.').waitFor()
    await inDialog('Regenerate').click()
    const next = await takeSecret()
    expect(next).not.toBe(key)
    await button('Test credentials').click()
    await button('Paste a set instead').click()
    expect(await pasted(key)).toBe('Denied at check 3: the API key is not known')
    expect(await pasted(next)).toBe('Allowed: the call may pass')
    // What was pasted is nowhere but in the form.
    expect(page.url()).not.toContain(next)
    expect(latchkey.output()).not.toContain(next)
    await button('Copy report').click()
    const report = await page.evaluate(() => navigator.clipboard.readText())
    expect(report).toContain('Rates API')
    expect(report).not.toContain(next)
  })
})

describe('an application of the App ID pattern', () => {
  let id = ''
  const keyRows = () => page.getByRole('table', { name: 'Keys' }).locator('tbody tr')
  const addKey = async (label: string) => {
    await button('Add key').click()
    await page.getByLabel('Label').fill(label)
    await inDialog('Add key').click()
    await takeSecret()
  }

  it('A7: takes a second key and more, and refuses the sixth with the reason', async () => {
    id = await serviceId(page, 'Payments API')
    await make('Payments API', 'Journey payments')
    await addKey('Second')
    expect(await keyRows().count()).toBe(2)
    for (const label of ['Third', 'Fourth', 'Fifth']) await addKey(label)
    expect(await button('Add key').getAttribute('aria-disabled')).toBe('true')
    await button('Add key').hover()
    await page.getByText('All 5 keys are in use.').waitFor()
  })

  it('A8: keeps its last usable key, and says why', async () => {
    for (const label of ['Fifth', 'Fourth', 'Third', 'Second']) {
      await button(`More actions: ${label}`).click()
      await page.getByRole('menuitem', { name: 'Delete key' }).click()
      await inDialog('Delete key').click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await button(`More actions: ${label}`).waitFor({ state: 'detached' })
    }
    await page
      .getByRole('table', { name: 'Keys' })
      .getByRole('button', { name: /^More actions/ })
      .click()
    const item = page.getByRole('menuitem', { name: /Delete key/ })
    expect(await item.getAttribute('aria-disabled')).toBe('true')
    expect(await item.textContent()).toContain('The last usable key stays')
    await page.keyboard.press('Escape')
  })

  it('A8: keyless on and off with the rule of the service', async () => {
    await askBridge(page, 'mutation', 'service.updateUsageRules', { id, atLeastOneKey: false })
    await page
      .getByRole('table', { name: 'Keys' })
      .getByRole('button', { name: /^More actions/ })
      .click()
    await page.getByRole('menuitem', { name: 'Delete key' }).click()
    await page.getByRole('dialog').getByText('The application becomes keyless').waitFor()
    await inDialog('Delete key').click()
    await page.getByText('This application is keyless').waitFor()
    expect(await testFromPage()).toBe('Allowed: the call may pass')
    await page.getByText('Keyless: no key is asked for').waitFor()
    await askBridge(page, 'mutation', 'service.updateUsageRules', { id, atLeastOneKey: true })
    await button('Run test').click()
    await page.getByText('Denied at check 4: the key is not right').waitFor()
    await button('Open the application').click()
    await page.getByText('No key: every call is refused').waitFor()
    await addKey('Again')
  })

  it('A11: IP ranges and referrer domains deny and allow, and one click lets an address in', async () => {
    await askBridge(page, 'mutation', 'service.updateUsageRules', { id, ipFilter: 'on', referrerFilter: 'on' })
    await page.getByLabel('Add an IP range').fill('10.1.2.3/33')
    await page.keyboard.press('Enter')
    await page.getByText('Write an address or a range').waitFor()
    await page.getByLabel('Add an IP range').fill('10.1.2.3/16')
    await page.keyboard.press('Enter')
    await page.getByText('10.1.0.0/16').waitFor()
    await page.getByLabel('Add a referrer domain').fill('*.Shop.example')
    await page.keyboard.press('Enter')
    await page.getByText('*.shop.example').waitFor()
    await button('Test credentials').click()
    await page.getByLabel('Caller IP address').fill('203.0.113.77')
    await page.getByLabel('Referrer', { exact: true }).fill('https://www.shop.example/cart')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Denied at check 8: the IP address is not allowed').waitFor()
    await button('Allow 203.0.113.77').click()
    await page.getByText('Allowed: the call may pass').waitFor()
    await page.getByLabel('Referrer', { exact: true }).fill('https://shop.example/cart')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Denied at check 9: the referrer is not allowed').waitFor()
    await button('Allow shop.example').click()
    await page.getByText('Allowed: the call may pass').waitFor()
  })
})

describe('many applications', () => {
  it('are suspended together; those that a rule keeps are named; the toast takes it back', async () => {
    await goTo(page, '/applications?filter=live')
    const box = (row: number) => page.locator('tbody tr[aria-rowindex] input[type=checkbox]').nth(row)
    await box(0).click()
    await box(1).click()
    await button('Suspend 2').click()
    await page.getByText('2 applications suspended').waitFor()
    await button('Undo').last().click()
    await page.waitForTimeout(300)
  })

  it('a pasted key is found by its digest and stays out of the address', async () => {
    const key = await make('Rates API', 'Found by its key')
    await goTo(page, '/applications')
    await page.getByRole('searchbox', { name: 'Name, App ID or exact key' }).fill(key)
    await page.getByRole('link', { name: 'Found by its key' }).waitFor()
    expect(page.url()).not.toContain(key)
  })

  it('none of it made the page or the policy complain', () => {
    expect(latchkey.faults).toEqual([])
  })
})
