/** axe finds nothing on the pages of a service and their dialogs, in both languages and both themes. */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { goTo, serviceId } from './bridge-of-page.ts'

const bar = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What is pressed on a page, one after the other, before axe looks. */
const scenes: readonly (readonly [page: string, service: string, ...pressed: string[]])[] = [
  ['integration', 'Ledger API'],
  ['integration', 'Identity API'],
  ['integration', 'Catalog API', '.lk-option:nth-child(3) input'],
  ['integration', 'Ledger API', '.lk-locked .lk-link', '.lk-dialog-body .lk-tick input'],
  ['rules', 'Ledger API', 'input[value=atLeastOneKey]', 'input[name=ipFilter][value=required]'],
  ['plans', 'Ledger API'],
  ['plans', 'Ledger API', 'button.lk-limit'],
  ['plans', 'Ledger API', '.lk-plan-head [aria-haspopup=menu]'],
  ['plans', 'Ledger API', '.lk-toolbar .pf-v6-c-button'],
  ['migrate', 'Ledger API'],
  ['overview', 'Ledger API', '.lk-head-actions [aria-haspopup=menu]', '.lk-menu-item.lk-danger'],
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
    latchkey.page.setDefaultTimeout(10_000)
    await latchkey.page.locator('main h1').waitFor()
  })
  afterAll(() => latchkey.stop())

  const violations = async () =>
    (await new AxeBuilder({ page: latchkey.page }).withTags(bar).analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    )

  it('its pages, menus and dialogs', async () => {
    const { page } = latchkey
    const faulty: Record<string, readonly string[]> = {}
    for (const [place, service, ...pressed] of scenes) {
      await goTo(page, `/services/${await serviceId(page, service)}/${place}`)
      await page.waitForTimeout(250)
      for (const selector of pressed) {
        await page.locator(selector).first().click()
        await page.waitForTimeout(150)
      }
      const found = await violations()
      if (found.length > 0) faulty[[place, service, ...pressed].join(' ')] = found
      // Away from every menu and dialog, and from what was not saved.
      await page.keyboard.press('Escape')
      await page.locator('[role=dialog], [role=menu]').waitFor({ state: 'detached' })
      const discard = page.locator('.lk-save-bar .pf-m-link')
      if ((await discard.count()) > 0) await discard.click()
    }
    expect(faulty).toEqual({})
  })

  it('the credentials and the mapping of a migration', async () => {
    const { page } = latchkey
    await goTo(page, `/services/${await serviceId(page, 'Identity API')}/migrate`)
    await page.locator('button[type=submit]').first().click()
    await page.locator('.lk-dialog-body .pf-m-tertiary').waitFor()
    expect(await violations()).toEqual([])
    await page.locator('.lk-dialog-body .pf-m-tertiary').click()
    await page.locator('.lk-dialog-foot .pf-m-primary').click()
    await page.locator('table').waitFor()
    expect(await violations()).toEqual([])
    expect(latchkey.faults).toEqual([])
  })
})
