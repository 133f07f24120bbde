/** axe finds nothing on the screens of applications, accounts and Test credentials, dialogs included. */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { askBridge, goTo, serviceId } from './bridge-of-page.ts'

const bar = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
interface Rows {
  readonly rows: readonly { readonly id: string; readonly keys?: number }[]
}

describe.each([
  ['en-GB', 'light'],
  ['en-GB', 'dark'],
  ['ko-KR', 'light'],
  ['ko-KR', 'dark'],
] as const)('%s %s', (locale, colorScheme) => {
  let latchkey: Console
  const first: Record<string, string> = {}
  beforeAll(async () => {
    latchkey = await openConsole('browser', { words: ['--sample'], locale, colorScheme })
    const { page } = latchkey
    page.setDefaultTimeout(10_000)
    await page.locator('main h1').waitFor()
    for (const [name, pattern] of [
      ['Payments API', 'keys'],
      ['Rates API', 'userKey'],
      ['Identity API', 'oauth'],
    ] as const) {
      const service = await serviceId(page, name)
      if (pattern === 'keys') {
        await askBridge(page, 'mutation', 'service.updateUsageRules', { id: service, ipFilter: 'on' })
        first.service = service
      }
      const { rows } = await askBridge<Rows>(page, 'query', 'application.list', { serviceId: service })
      // Of the App ID pattern one that has keys, for the dialogs about them.
      first[pattern] = rows.find(({ keys }) => pattern !== 'keys' || Number(keys) > 0)?.id ?? ''
    }
    const { rows } = await askBridge<Rows>(page, 'query', 'account.list', { state: 'approved', limit: 1 })
    first.account = rows[0]?.id ?? ''
    const ranges = ['10.0.0.0/8', '2001:db8::/32']
    await askBridge(page, 'mutation', 'application.updateFilters', { id: first.keys, ipRanges: ranges })
  })
  afterAll(() => latchkey.stop())

  const violations = async () =>
    (await new AxeBuilder({ page: latchkey.page }).withTags(bar).analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    )

  it.each([
    ['the list', () => '/applications'],
    ['an empty list', () => '/applications?q=zzzz'],
    ['a new application', () => '/applications/new'],
    ['a new application of a service', () => `/applications/new?service=${first.service}`],
    ['keys', () => `/applications/${first.keys}`],
    ['an API key', () => `/applications/${first.userKey}`],
    ['a client', () => `/applications/${first.oauth}`],
    ['the tab of a service', () => `/services/${first.service}/applications`],
    ['accounts', () => '/accounts'],
    ['an account', () => `/accounts/${first.account}`],
    ['a new account', () => '/accounts/new'],
    ['an empty test', () => '/test-credentials'],
    ['a test', () => `/test-credentials?service=${first.service}&application=${first.keys}`],
  ])('%s', async (_name, address) => {
    await goTo(latchkey.page, address())
    await latchkey.page.waitForTimeout(300)
    expect(await violations()).toEqual([])
  })

  it('an answer, a selection, an open list, and each dialog', async () => {
    const { page } = latchkey
    await goTo(page, `/test-credentials?service=${first.service}&application=${first.keys}`)
    await page.waitForTimeout(300)
    await page.keyboard.press('Control+Enter')
    await page.locator('.lk-answer').waitFor()
    expect(await violations()).toEqual([])
    await page.getByRole('combobox').first().click()
    await page.getByRole('option').first().waitFor()
    expect(await violations()).toEqual([])
    await page.keyboard.press('Escape')

    await goTo(page, '/applications')
    await page.locator('tbody input[type=checkbox]').first().click()
    expect(await violations()).toEqual([])
    await goTo(page, `/applications/${first.keys}`)
    const menus = page.locator('table button[aria-haspopup=menu]')
    await menus.first().waitFor()
    for (const item of [0, 1, 2, 3]) {
      await menus.first().click()
      const entry = page.getByRole('menuitem').nth(item)
      if ((await entry.getAttribute('aria-disabled')) === 'true') {
        await page.keyboard.press('Escape')
        continue
      }
      await entry.click()
      await page.getByRole('dialog').waitFor()
      expect(await violations()).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    const more = page.locator('.lk-head-actions button[aria-haspopup=menu]')
    for (const item of [0, 1, 2]) {
      await more.click()
      await page.getByRole('menuitem').nth(item).click()
      await page.getByRole('dialog').waitFor()
      expect(await violations()).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await goTo(page, `/accounts/${first.account}`)
    for (const item of [0, 1]) {
      await more.click()
      await page.getByRole('menuitem').nth(item).click()
      await page.getByRole('dialog').waitFor()
      expect(await violations()).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    expect(latchkey.faults).toEqual([])
  })
})
