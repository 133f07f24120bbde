/** Selections of a list: what is done with them, and that nothing out of sight is ever among them. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { askBridge, goTo } from './bridge-of-page.ts'

let latchkey: Console
let page: Page
beforeAll(async () => {
  latchkey = await openConsole('browser', { words: ['--sample'], viewport: { width: 1440, height: 900 } })
  page = latchkey.page
  page.setDefaultTimeout(10_000)
  await page.locator('main h1').waitFor()
})
afterAll(async () => {
  expect(latchkey.faults).toEqual([])
  await latchkey.stop()
})

const button = (name: string) => page.getByRole('button', { name, exact: true })
const rows = () => page.locator('tbody tr[aria-rowindex]')
const box = (row: number) => rows().nth(row).locator('input[type=checkbox]')
const chosen = () => page.locator('.lk-toolbar [role=status]')

describe('chosen applications', () => {
  it('are exported as a table without secrets, and the audit tells how many', async () => {
    await goTo(page, '/applications')
    await box(0).click()
    await box(2).click()
    const names = [
      await rows().nth(0).locator('.lk-name').textContent(),
      await rows().nth(2).locator('.lk-name').textContent(),
    ]
    const [saved] = await Promise.all([page.waitForEvent('download'), button('Export 2').click()])
    expect(saved.suggestedFilename()).toMatch(/-applications-\d{4}-\d\d-\d\d\.csv$/)
    const [header, ...lines] = readFileSync(await saved.path(), 'utf8')
      .trim()
      .split('\r\n')
    expect(header).not.toMatch(/key|secret/)
    expect(lines.map((line) => line.split(',')[1]).toSorted()).toEqual(names.toSorted())
    await page.getByText(/is saved, without secrets/).waitFor()
    // It changed nothing, so the choice stays.
    await expect.poll(() => chosen().textContent()).toContain('2')
    const { rows: events } = await askBridge<{ rows: { changes: object[] }[] }>(page, 'query', 'audit.list', {
      code: 'workspace.exported',
    })
    expect(events[0]?.changes).toContainEqual({ field: 'applications', before: null, after: 2 })
  })

  it('are dropped with the question they were an answer to', async () => {
    await goTo(page, '/applications')
    for (const change of [
      () => page.getByRole('searchbox').fill('check'),
      () => page.getByRole('button', { name: 'Application', exact: true }).click(),
      () =>
        page
          .getByRole('button', { name: /^Suspended/ })
          .first()
          .click(),
    ]) {
      await box(0).click()
      await chosen().waitFor()
      await change()
      await chosen().waitFor({ state: 'detached' })
    }
  })

  it('are added to from the header, which takes back only what is in sight', async () => {
    await goTo(page, '/applications?sort=name&dir=asc')
    const last = (await rows().nth(0).locator('.lk-name').textContent()) ?? ''
    await box(0).click()
    // The window jumps past rows that were never asked for.
    await page.locator('.lk-scroll').evaluate((list) => list.scrollTo(0, list.scrollHeight))
    await page.getByText('of 200').first().waitFor()
    await page.getByRole('checkbox', { name: `Select ${last}`, exact: true }).waitFor({ state: 'detached' })
    await page.locator('.lk-bone').first().waitFor({ state: 'detached' })
    const header = page.getByRole('checkbox', { name: 'Select the rows shown' })
    // By coordinates: before it clicks, the driver would scroll the list for a header that sticks to its top.
    const tick = async () => {
      const { x, y, width, height } = (await header.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
      await page.mouse.click(x + width / 2, y + height / 2)
    }
    await tick()
    await expect.poll(() => header.isChecked()).toBe(true)
    const inView = await rows().count()
    expect(await chosen().textContent()).toMatch(new RegExp(`^${inView + 1} `))
    await tick()
    await expect.poll(() => chosen().textContent()).toMatch(/^1 /)
  })
})

describe('chosen access tokens', () => {
  it('T7: are deleted together, after the count is typed where one was used lately', async () => {
    await goTo(page, '/tokens')
    await rows().first().waitFor()
    const before = await askBridge<{ total: number }>(page, 'query', 'accessToken.list', {})
    await box(0).click()
    await box(1).click()
    await button('Delete 2…').click()
    const dialog = page.getByRole('dialog', { name: 'Delete 2 access tokens?' })
    const typed = dialog.getByRole('textbox')
    if ((await typed.count()) > 0) {
      expect(await dialog.getByRole('button', { name: 'Delete 2 tokens' }).isDisabled()).toBe(true)
      await typed.fill('2')
    }
    await dialog.getByRole('button', { name: 'Delete 2 tokens' }).click()
    await page.getByText('2 access tokens deleted').waitFor()
    expect(await askBridge(page, 'query', 'accessToken.list', {})).toMatchObject({ total: before.total - 2 })
  })
})

describe('a pasted word', () => {
  it('finds by a short custom key, and stays out of the address and the history', async () => {
    await goTo(page, '/applications')
    await page.evaluate(() => navigator.clipboard.writeText('hunter2'))
    await page.getByRole('searchbox').click()
    await page.keyboard.press('Control+V')
    await page.getByText('Nothing matches these filters.').first().waitFor()
    await page.keyboard.type('x')
    await page.waitForTimeout(300)
    expect(page.url()).not.toContain('hunter2')
    await page.keyboard.press('Escape')
    // What is typed is a search like any other.
    await page.keyboard.type('checkout')
    await expect.poll(() => page.url()).toContain('checkout')
  })
})

describe('what is gone', () => {
  it('is said at the field of a draft whose service was deleted', async () => {
    const { result } = await askBridge<{ result: { id: string } }>(page, 'mutation', 'service.create', {
      name: 'Short lived',
    })
    await goTo(page, '/applications/new')
    for (const [label, text] of [
      ['Account', 'Alder & Finch Retail'],
      ['Service', 'Short lived'],
    ] as const) {
      await page.getByRole('combobox', { name: label }).click()
      await page.keyboard.insertText(text)
      await page.getByRole('option', { name: text }).first().click()
    }
    await page.getByLabel('Name', { exact: true }).fill('Orphan')
    await page.waitForTimeout(700)
    await askBridge(page, 'mutation', 'service.delete', { id: result.id })
    await goTo(page, '/applications')
    await page.reload()
    await goTo(page, '/applications/new')
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Orphan')
    await button('Create application').click()
    await page.getByText('It is no longer there.').waitFor()
    // The draft is kept for another service.
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Orphan')
  })
})
