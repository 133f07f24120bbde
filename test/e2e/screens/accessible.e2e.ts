/** axe finds nothing on any screen of the first form, in both languages and both themes, with dialogs open. */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'

const bar = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const screens = [
  '/',
  '/services',
  '/services/new',
  '/tokens',
  '/tokens?q=zzzz',
  '/tokens?owner=all',
  '/tokens/new',
  '/audit',
  '/profile',
]

describe.each([
  ['en-GB', 'light'],
  ['en-GB', 'dark'],
  ['ko-KR', 'light'],
  ['ko-KR', 'dark'],
] as const)('%s %s', (locale, colorScheme) => {
  let latchkey: Console
  beforeAll(async () => {
    latchkey = await openConsole('browser', { words: ['--sample'], locale, colorScheme })
    await latchkey.page.locator('main h1').waitFor()
  })
  afterAll(() => latchkey.stop())

  const violations = async () =>
    (await new AxeBuilder({ page: latchkey.page }).withTags(bar).analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    )

  it.each(screens)('%s', async (address) => {
    const { page } = latchkey
    await page.evaluate((hash) => {
      location.hash = hash
    }, address)
    await page.waitForTimeout(300)
    expect(await page.locator('main h1').textContent()).not.toBe('')
    expect(await violations()).toEqual([])
  })

  it.each(['Mod+k', '?'])('with %s open, and the focus back afterwards', async (keys) => {
    const { page } = latchkey
    const before = await page.evaluate(() => document.activeElement?.tagName)
    await page.keyboard.press(keys.replace('Mod', 'Control'))
    await page.getByRole('dialog').waitFor()
    expect(await violations()).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe(before)
  })
})
