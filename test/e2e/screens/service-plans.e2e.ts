/** A service's usage rules, its metrics, plans and limits, and its life, by hand. */
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
afterAll(() => latchkey.stop())

interface Service {
  readonly alertLevels: readonly number[]
  readonly state: string
  readonly usageRules: Readonly<Record<string, unknown>>
  readonly metrics: readonly { readonly systemName: string; readonly parentId?: string }[]
  readonly plans: readonly { readonly name: string; readonly limits: readonly { readonly value: number }[] }[]
}
const get = () => askBridge<Service>(page, 'query', 'service.get', { id })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const dialog = () => page.getByRole('dialog')
const menuItem = (name: string) => page.getByRole('menuitem', { name })
const more = (name: string) =>
  page.getByRole('main').getByRole('button', { name: `More actions: ${name}`, exact: true })
const settled = (text: string) => page.getByText(text).first().waitFor()

describe('usage rules', () => {
  it('A8, A11, A12: change together; what turning them opens or locks is said before', async () => {
    await goTo(page, `/services/${id}/rules`)
    await page.getByLabel('Keys per application, at most').fill('0')
    await settled('A whole number from 1 to 100.')
    await page.getByLabel('Keys per application, at most').fill('7')
    await page.getByRole('checkbox', { name: /At least one key/ }).uncheck()
    await settled('whoever knows its App ID can call')
    await page
      .getByRole('group', { name: 'IP filter' })
      .getByRole('radio', { name: /Required/ })
      .check()
    await settled('applications without IP ranges are locked out at once')
    await settled('3 unsaved changes')
    await button('Save changes').click()
    await button('Save changes').waitFor({ state: 'detached' })
    expect((await get()).usageRules).toMatchObject({ keyLimit: 7, atLeastOneKey: false, ipFilter: 'required' })
  })
})

describe('plans and metrics', () => {
  it('P1: a metric and a method below it, by keyboard', async () => {
    await goTo(page, `/services/${id}/plans`)
    await button('New metric').focus()
    await page.keyboard.press('Enter')
    await dialog().getByLabel('Name', { exact: true }).waitFor()
    await page.keyboard.insertText('Exports')
    await page.keyboard.press('Enter')
    await page.getByRole('rowheader', { name: 'Exports' }).first().waitFor()
    await more('Exports').click()
    await menuItem('New method').click()
    await dialog().getByLabel('Name', { exact: true }).fill('Monthly export')
    await dialog().getByLabel('System name').fill('hits')
    await dialog().getByRole('button', { name: 'Create' }).click()
    await dialog().getByText('hits is in use already').waitFor()
    await dialog().getByLabel('System name').fill('export-monthly')
    await dialog().getByRole('button', { name: 'Create' }).click()
    await page.getByRole('cell', { name: 'export-monthly' }).waitFor()
    expect((await get()).metrics.at(-1)).toMatchObject({ systemName: 'export-monthly', parentId: expect.any(String) })
  })

  it('P1, P2: a plan, a limit set, changed, taken away, and back', async () => {
    await button('New plan').click()
    await dialog().getByLabel('Name', { exact: true }).fill('Batch')
    await dialog().getByRole('button', { name: 'Create' }).click()
    await page.getByRole('region', { name: 'Batch' }).waitFor()
    // With more plans than a few they begin closed.
    const name = button('Batch')
    if ((await name.getAttribute('aria-expanded')) === 'false') await name.click()
    await button('Batch, Exports, Day: no limit').click()
    await dialog().getByLabel('Exports · Day').fill('12 000')
    await page.keyboard.press('Enter')
    await button('Batch, Exports, Day: 12,000').click()
    await dialog().getByRole('button', { name: 'Remove the limit' }).click()
    await button('Batch, Exports, Day: no limit').waitFor()
    await button('Undo').first().click()
    await button('Batch, Exports, Day: 12,000').waitFor()
    expect((await get()).plans.find((plan) => plan.name === 'Batch')?.limits).toMatchObject([{ value: 12_000 }])
  })

  it('P1: a metric in use, the first one and a plan with applications stay, and say why', async () => {
    await more('Exports').click()
    await menuItem('Delete metric').getByText('In use: 1 method, 1 limit.').waitFor()
    expect(await menuItem('Delete metric').getAttribute('aria-disabled')).toBe('true')
    await page.keyboard.press('Escape')
    await more('Hits').click()
    await menuItem('Delete metric').getByText('The first metric of a service stays.').waitFor()
    await page.keyboard.press('Escape')
    await more('Growth').click()
    await menuItem('Delete plan').getByText('applications have this plan').waitFor()
    await page.keyboard.press('Escape')
    await more('Batch').click()
    await menuItem('Delete plan').click()
    await dialog().getByText('Its limit goes with it.').waitFor()
    await dialog().getByRole('button', { name: 'Delete' }).click()
    await settled('Batch deleted')
    await more('Monthly export').click()
    await menuItem('Delete metric').click()
    await dialog().getByRole('button', { name: 'Delete' }).click()
    await settled('Monthly export deleted')
    const left = (await get()).metrics.map(({ systemName }) => systemName)
    expect(left).toContain('exports')
    expect(left).not.toContain('export-monthly')
  })

  it('P3: an alert level off, and on again by undo', async () => {
    await page.getByRole('checkbox', { name: '120 %' }).click()
    await settled('Alerts at 120 % are off')
    await button('Undo').first().click()
    await page.waitForFunction(() => document.querySelectorAll('.lk-level input:checked').length === 8)
  })

  it('P3: two levels pressed at once are both off', async () => {
    await page.evaluate(() => {
      for (const box of [...document.querySelectorAll<HTMLInputElement>('.lk-level input')].slice(0, 2)) box.click()
    })
    await settled('Alerts at 50 % are off')
    await settled('Alerts at 80 % are off')
    expect((await get()).alertLevels).toEqual([90, 100, 120, 150, 200, 300])
  })
})

describe('its life', () => {
  it('suspends with what is affected said, resumes by undo, and asks for the name before it is deleted', async () => {
    await more('Ledger API').click()
    await menuItem('Suspend service').click()
    await dialog()
      .getByText(/\d+ applications/)
      .waitFor()
    await dialog().getByRole('button', { name: 'Suspend service' }).click()
    await page.locator('.lk-head').getByText('Suspended').waitFor()
    await button('Undo').first().click()
    await page.locator('.lk-head').getByText('Live').waitFor()
    await more('Ledger API').click()
    await menuItem('Delete service').click()
    const remove = dialog().getByRole('button', { name: 'Delete service' })
    expect(await remove.isDisabled()).toBe(true)
    await dialog().getByLabel('Type Ledger API to confirm').fill('Ledger API')
    await remove.click()
    await page.getByRole('heading', { level: 1, name: 'Services' }).waitFor()
    await expect(get()).rejects.toThrow('not_found')
  })
})

describe('seen by a member', () => {
  const member = 'Tomás Rivera'

  it('M4, M5: in preview all is there to read and nothing to change', async () => {
    await goTo(page, '/members')
    await page.keyboard.press('Control+k')
    await page.keyboard.insertText('Preview the console as a member')
    await page.waitForTimeout(200)
    await page.keyboard.press('Enter')
    await dialog().getByLabel('Find a member').fill(member)
    await dialog().getByRole('radio', { name: member }).check()
    await dialog().getByRole('button', { name: 'Preview' }).click()
    await page.getByText(`You see the console as ${member} sees it`).waitFor()
    const service = await serviceId(page, 'Payments API')
    await goTo(page, `/services/${service}/rules`)
    await settled('In a preview nothing can be changed.')
    expect(await page.getByLabel('Keys per application, at most').isDisabled()).toBe(true)
    await page.getByRole('link', { name: 'Plans and metrics' }).click()
    await settled('In a preview nothing can be changed.')
    expect(await button('New plan').getAttribute('aria-disabled')).toBe('true')
    await page.getByRole('link', { name: 'Integration' }).click()
    await page.getByRole('heading', { name: 'Try it' }).waitFor()
    expect(await page.getByRole('radio', { name: /Headers/ }).isDisabled()).toBe(true)
    await button('Stop the preview').click()
  })

  it('nothing went wrong unseen', () => expect(latchkey.faults).toEqual([]))
})
