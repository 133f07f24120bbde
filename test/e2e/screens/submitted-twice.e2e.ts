/** Enter twice, quicker than a button can show that it is busy. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { askBridge } from './bridge-of-page.ts'

let latchkey: Console
beforeAll(async () => {
  latchkey = await openConsole('browser')
  latchkey.page.setDefaultTimeout(8_000)
})
afterAll(() => latchkey.stop())

it('makes one workspace, not two', async () => {
  const { page } = latchkey
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.getByLabel('Name of the workspace').fill('Harbour Payments')
  await page.getByLabel('Your name').fill('Dana Whitfield')
  await page.getByLabel('Your e-mail').fill('dana@meridian.example')
  await page.getByLabel('Passphrase', { exact: true }).fill('correct horse battery staple')
  await page.getByLabel('Passphrase again').fill('correct horse battery staple')
  await page.evaluate(() => {
    const form = document.querySelector('form')
    form?.requestSubmit()
    form?.requestSubmit()
  })
  await page.getByRole('button', { name: 'Reveal code' }).click()
  await page.getByRole('button', { name: 'I have saved it' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  // A second one would wait for its turn: asked after it, whatever was made is there.
  await askBridge(page, 'mutation', 'console.openSample', {})
  const { workspaces } = await askBridge<{ workspaces: readonly { name: string }[] }>(
    page,
    'query',
    'console.status',
    {},
  )
  expect(workspaces.filter(({ name }) => name === 'Harbour Payments')).toHaveLength(1)
})
