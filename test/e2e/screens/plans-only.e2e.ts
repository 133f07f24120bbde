/** M4: what a member who holds only Plans may do is there, and what they may not says why. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { askBridge, goTo, serviceId } from './bridge-of-page.ts'

let latchkey: Console
let page: Page
let payments = ''
beforeAll(async () => {
  latchkey = await openConsole('browser', { words: ['--sample'], viewport: { width: 1440, height: 900 } })
  page = latchkey.page
  page.setDefaultTimeout(10_000)
  await page.locator('main h1').waitFor()
  payments = await serviceId(page, 'Payments API')
  await askBridge(page, 'mutation', 'member.invite', {
    name: 'Plana Only',
    email: 'plana@meridian.example',
    role: 'member',
    sections: ['plans'],
    serviceAccess: [payments],
  })
  await goTo(page, '/members')
  await page.getByRole('cell', { name: 'Plana Only' }).first().getByRole('button').click()
  await page.getByRole('button', { name: 'Preview as Plana Only' }).first().click()
  await page.getByText('You see the console as Plana Only sees it').waitFor()
})
afterAll(async () => {
  expect(latchkey.faults).toEqual([])
  await latchkey.stop()
})

describe('with Plans and nothing else', () => {
  it('A2, M4: the pattern is locked, with the section that is missing', async () => {
    await goTo(page, `/services/${payments}/integration`)
    const note = page.locator('.lk-note', { hasText: 'You may not change the pattern' })
    await note.getByText('Needs the Partners section. Ask an admin.').waitFor()
    expect(await page.getByText('Locked', { exact: true }).count()).toBe(2)
    expect(await page.getByRole('radio', { name: /^API key/ }).isDisabled()).toBe(true)
  })

  it('A4: an application and a key of it are picked and tested', async () => {
    await goTo(page, `/test-credentials?service=${payments}`)
    await page.getByRole('combobox', { name: 'Application' }).click()
    const option = page.getByRole('option').first()
    await option.waitFor()
    await option.click()
    await page.getByRole('combobox', { name: 'Key' }).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.locator('.lk-answer h2').waitFor()
    expect(await page.locator('.lk-check').count()).toBe(10)
    // Pasting is there as well.
    await page.getByRole('button', { name: 'Paste a set instead' }).click()
    await page.getByRole('button', { name: 'Pick an application instead' }).click()
    await page.getByRole('combobox', { name: 'Application' }).waitFor()
  })
})
