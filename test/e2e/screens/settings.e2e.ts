/** Workspace settings: the name, where things are kept, the way to files, the end of a sample. */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'

describe('workspace settings', () => {
  let latchkey: Console
  beforeAll(async () => {
    latchkey = await openConsole('browser', { words: ['--sample'] })
    latchkey.page.setDefaultTimeout(8_000)
    await latchkey.page.getByRole('navigation').getByRole('link', { name: 'Settings', exact: true }).click()
  })
  afterAll(async () => {
    expect(latchkey.faults).toEqual([])
    await latchkey.stop()
  })

  it('renames the workspace, refusing an empty name, and takes it back', async () => {
    const { page } = latchkey
    const name = page.getByLabel('Name', { exact: true })
    await name.fill('')
    await name.press('Enter')
    await page.getByText('Fill this in.').waitFor()
    await name.fill('Meridian Pay')
    await name.press('Enter')
    await page.getByText('The workspace is called Meridian Pay').waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('navigation').getByRole('link', { name: 'Audit' }).click()
    // Once there, once back; the sample's own history has none.
    await page
      .getByRole('row', { name: /renamed/i })
      .nth(1)
      .waitFor()
    await page.getByRole('navigation').getByRole('link', { name: 'Settings', exact: true }).click()
  })

  it('shows the new name in the switcher', async () => {
    const { page } = latchkey
    const name = page.getByLabel('Name', { exact: true })
    await name.fill('Meridian Pay')
    await name.press('Enter')
    await page.getByRole('banner').getByText('Meridian Pay', { exact: true }).waitFor()
  })

  it('says where the data is, without a secret', async () => {
    const { page } = latchkey
    await page.getByText(latchkey.dataDirectory).waitFor()
    await page.getByText('Only a fingerprint is kept').waitFor()
  })

  it('deletes the sample after a question', async () => {
    const { page } = latchkey
    await page.getByRole('button', { name: 'Delete the sample' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete the sample' }).click()
    await page.getByRole('heading', { name: 'Explore with sample data' }).waitFor()
  })
})

const bar = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

describe.each([
  ['en-GB', 'light'],
  ['en-GB', 'dark'],
  ['ko-KR', 'light'],
  ['ko-KR', 'dark'],
] as const)('workspace settings pass axe: %s %s', (locale, colorScheme) => {
  it('on the page', async () => {
    const latchkey = await openConsole('browser', { words: ['--sample'], locale, colorScheme })
    try {
      const { page } = latchkey
      await page.locator('main h1').waitFor()
      await page.evaluate(() => {
        location.hash = '/settings'
      })
      await page.locator('.lk-settings-facts').first().waitFor()
      const { violations } = await new AxeBuilder({ page }).withTags(bar).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' '))}`)).toEqual([])
    } finally {
      await latchkey.stop()
    }
  })
})
