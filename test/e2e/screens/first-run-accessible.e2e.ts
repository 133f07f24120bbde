/** axe finds nothing before a workspace is open: first run, its form, the recovery code, the lock, in every look. */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'

const bar = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const passphrase = 'a sentence that only this test knows'

describe.each([
  ['en-GB', 'light'],
  ['en-GB', 'dark'],
  ['ko-KR', 'light'],
  ['ko-KR', 'dark'],
] as const)('before a workspace is open, %s %s', (locale, colorScheme) => {
  let latchkey: Console
  beforeAll(async () => {
    latchkey = await openConsole('browser', { locale, colorScheme })
  })
  afterAll(() => latchkey.stop())

  const violations = async () =>
    (await new AxeBuilder({ page: latchkey.page }).withTags(bar).analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    )

  it('passes axe from the first run to the lock', async () => {
    const { page } = latchkey
    const create = page.locator('button.pf-m-primary')
    await create.waitFor()
    expect(await violations()).toEqual([])

    await create.click()
    const fields = page.locator('form input')
    await fields.nth(4).waitFor()
    await page.locator('form button[type="submit"]').click()
    expect(await violations(), 'refused').toEqual([])

    const values = ['Bluebird', 'Dana Whitfield', 'dana@bluebird.example', passphrase, passphrase]
    for (const [at, value] of values.entries()) await fields.nth(at).fill(value)
    await page.locator('form button[type="submit"]').click()
    await page.getByRole('dialog').waitFor()
    expect(await violations(), 'the recovery code').toEqual([])

    await latchkey.restart('stop')
    await latchkey.page.locator('input[type="password"]').waitFor()
    expect(await violations(), 'the lock').toEqual([])
    expect(latchkey.faults).toEqual([])
  })
})
