/** The page of an application: its lists change one step at a time, and its credentials by keys alone. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { askBridge, goTo, serviceId } from './bridge-of-page.ts'

interface Lists {
  readonly ipRanges: readonly string[]
  readonly redirectUrls: readonly string[]
}

let latchkey: Console
let page: Page
beforeAll(async () => {
  latchkey = await openConsole('browser', { words: ['--sample'], viewport: { width: 1440, height: 900 } })
  page = latchkey.page
  page.setDefaultTimeout(8_000)
  await page.locator('main h1').waitFor()
})
afterAll(() => latchkey.stop())

/** Makes an application and goes to its page; answers with its id. */
async function makeApplication(service: string, name: string): Promise<string> {
  const accounts = await askBridge<{ rows: readonly { id: string }[] }>(page, 'query', 'account.list', {
    search: 'Alder & Finch Retail',
  })
  await askBridge(page, 'mutation', 'application.create', { accountId: accounts.rows[0]?.id, serviceId: service, name })
  const made = await askBridge<{ rows: readonly { id: string }[] }>(page, 'query', 'application.list', { search: name })
  const id = made.rows[0]?.id ?? ''
  await goTo(page, `/applications/${id}`)
  await page.getByRole('heading', { name, exact: true, level: 1 }).waitFor()
  return id
}

const listsOf = (id: string) => askBridge<Lists>(page, 'query', 'application.get', { id })
/** The newest comes first. */
const toast = (text: string) => page.locator('.lk-toast').filter({ hasText: text }).first()

/** Clicks both before the page has drawn anything anew, as no hand could. */
const removeBoth = (...items: readonly string[]) =>
  page.evaluate((names) => {
    const buttons = names.map((name) => document.querySelector<HTMLElement>(`[aria-label="Remove ${name}"]`))
    for (const button of buttons) button?.click()
  }, items)

describe('a list that is sent whole', () => {
  it('A11: two removals at once bring nothing back, and taking one back leaves the other alone', async () => {
    const service = await serviceId(page, 'Rates API')
    await askBridge(page, 'mutation', 'service.updateUsageRules', { id: service, ipFilter: 'on' })
    const id = await makeApplication(service, 'Ranges')
    const ipRanges = ['10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16']
    await askBridge(page, 'mutation', 'application.updateFilters', { id, ipRanges })
    await page.getByText('10.3.0.0/16').waitFor()
    await removeBoth('10.1.0.0/16', '10.2.0.0/16')
    await page.getByText('10.1.0.0/16').waitFor({ state: 'detached' })
    await toast('IP ranges saved').waitFor()
    expect((await listsOf(id)).ipRanges).not.toContain('10.1.0.0/16')

    // What was added after a change is still there when the change is taken back.
    const undo = await toast('IP ranges saved').getByRole('button', { name: 'Undo' }).elementHandle()
    await page.getByRole('textbox', { name: 'Add an IP range' }).fill('10.4.0.0/16')
    await page.keyboard.press('Enter')
    await page.getByText('10.4.0.0/16').waitFor()
    await undo?.click()
    await page.getByText('10.1.0.0/16').waitFor()
    expect((await listsOf(id)).ipRanges).toEqual(['10.2.0.0/16', '10.3.0.0/16', '10.4.0.0/16', '10.1.0.0/16'])
  })

  it('A9: a redirect URL that was removed by mistake comes back from the toast', async () => {
    await askBridge(page, 'mutation', 'service.create', { name: 'Journeys API', pattern: 'oauth' })
    const id = await makeApplication(await serviceId(page, 'Journeys API'), 'Redirects')
    await page.getByRole('textbox', { name: 'Redirect URLs' }).fill('https://app.example.com/callback')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Remove https://app.example.com/callback' }).click()
    await page.getByRole('button', { name: /^Remove https/ }).waitFor({ state: 'detached' })
    await toast('Redirect URLs saved').getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: /^Remove https/ }).waitFor()
    expect((await listsOf(id)).redirectUrls).toEqual(['https://app.example.com/callback'])
  })
})

describe('credentials by keys alone', () => {
  const dialog = (name: string) => page.getByRole('dialog', { name, exact: true })

  it('A9: R rotates the client secret', async () => {
    await page.locator('main h1').focus()
    await page.keyboard.press('r')
    await dialog('Rotate the client secret').waitFor()
    await page.keyboard.press('Escape')
  })

  it('A7: N adds a key; R rolls the only one, and none where there are several, which the palette names', async () => {
    const service = await serviceId(page, 'Payments API')
    await askBridge(page, 'mutation', 'service.updateUsageRules', { id: service, keyLimit: 5 })
    await makeApplication(service, 'By keys')
    await page.keyboard.press('r')
    await dialog('Roll the key').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('n')
    await dialog('Add key').waitFor()
    await page.keyboard.type('Second')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Reveal key' }).click()
    await page.getByRole('button', { name: 'I have saved it' }).click()
    await page.getByRole('table', { name: 'Keys' }).getByText('Second').waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    await page.keyboard.press('r')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('roll the key second')
    await page.keyboard.press('Enter')
    await dialog('Roll the key').getByText('By keys · Second').waitFor()
    await page.keyboard.press('Escape')
  })
})

it('none of it made the page or the policy complain', () => {
  expect(latchkey.faults).toEqual([])
})
