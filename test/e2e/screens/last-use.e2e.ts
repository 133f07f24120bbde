/** Few objects, but lately used: a service asks for its name. Few objects that nobody used do not. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { askBridge, goTo, serviceId } from './bridge-of-page.ts'

const name = 'Sandbox API'
let latchkey: Console
let page: Page
let id = ''

/** Leaves a service so many of its applications, those of the latest use. */
async function leave(count: number): Promise<void> {
  const asked = { serviceId: id, sort: 'lastUsedAt', direction: 'desc', limit: 100 }
  const { rows } = await askBridge<{ rows: { id: string }[] }>(page, 'query', 'application.list', asked)
  const ids = rows.slice(count).map((row) => row.id)
  await askBridge(page, 'mutation', 'application.deleteMany', { ids })
}
const dialog = () => page.getByRole('dialog')
const typed = () => dialog().getByLabel(`Type ${name} to confirm`)

async function askToDelete(applications: string): Promise<void> {
  await page
    .getByRole('main')
    .getByRole('button', { name: `More actions: ${name}`, exact: true })
    .click()
  await page.getByRole('menuitem', { name: 'Delete service' }).click()
  await dialog().getByText(applications).waitFor()
}
async function cancel(): Promise<void> {
  await dialog().getByRole('button', { name: 'Cancel' }).click()
  await dialog().waitFor({ state: 'detached' })
}

beforeAll(async () => {
  latchkey = await openConsole('browser', { words: ['--sample'], viewport: { width: 1440, height: 900 } })
  page = latchkey.page
  page.setDefaultTimeout(10_000)
  await page.locator('main h1').waitFor()
  id = await serviceId(page, name)
})
afterAll(async () => {
  expect(latchkey.faults).toEqual([])
  await latchkey.stop()
})

it('before its pattern changes and before it is deleted, with the last use said', async () => {
  await leave(2)
  await goTo(page, `/services/${id}/integration`)
  await page.getByRole('button', { name: 'See what would break' }).click()
  await dialog()
    .getByText(/Last used: \d+ day/)
    .waitFor()
  await dialog().getByRole('checkbox').check()
  const change = dialog().getByRole('button', { name: 'Change pattern' })
  expect(await change.isDisabled()).toBe(true)
  await typed().fill(name)
  expect(await change.isEnabled()).toBe(true)
  await cancel()

  await askToDelete('2 applications')
  await dialog()
    .getByText(/Last used: \d+ day/)
    .waitFor()
  expect(await dialog().getByRole('button', { name: 'Delete service' }).isDisabled()).toBe(true)
  await typed().fill(name)
  expect(await dialog().getByRole('button', { name: 'Delete service' }).isEnabled()).toBe(true)
  await cancel()
})

it('control: not where nobody ever used it', async () => {
  await leave(0)
  await askToDelete('No applications')
  await dialog().getByText('Last used: Never').waitFor()
  expect(await typed().count()).toBe(0)
  expect(await dialog().getByRole('button', { name: 'Delete service' }).isEnabled()).toBe(true)
  await cancel()
})
