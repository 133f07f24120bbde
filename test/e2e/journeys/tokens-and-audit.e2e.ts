/** The life of an access token and of a service token, and the audit of both, by keyboard alone in both languages. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { askBridge, goTo, serviceId } from '../screens/bridge-of-page.ts'
import { type Keyboard, keyboardOf } from './keyboard.ts'
import { violationsOf } from './violations.ts'
import { type Locale, type Words, wordsOf } from './words.ts'

describe.each<[Locale, 'light' | 'dark']>([
  ['en-GB', 'dark'],
  ['ko-KR', 'light'],
])('tokens and their audit in %s, %s', (locale, colorScheme) => {
  const word: Words = wordsOf(locale)
  let latchkey: Console
  let page: Page
  let keys: Keyboard
  let token: string
  beforeAll(async () => {
    const viewport = { width: 1440, height: 900 }
    latchkey = await openConsole('browser', { words: ['--sample'], locale, colorScheme, viewport })
    page = latchkey.page
    page.setDefaultTimeout(20_000)
    keys = keyboardOf(page)
    await page.locator('main h1').waitFor()
    const made = await askBridge<{ result: { id: string } }>(page, 'mutation', 'accessToken.create', {
      name: 'Night report',
      scopes: ['account_management', 'stats'],
      permission: 'rw',
      expiry: { days: 30 },
    })
    token = made.result.id
  })
  afterAll(async () => {
    expect(latchkey.faults).toEqual([])
    await latchkey.stop()
  })

  const title = (name: string) => page.getByRole('heading', { name, exact: true, level: 1 }).waitFor()
  const dialog = () => page.getByRole('dialog')
  const axe = async () => expect(await violationsOf(page)).toEqual([])

  /** Looks at the dialog that a key or button opened, before anything is done in it. */
  async function opened(name: string): Promise<void> {
    await dialog().getByRole('heading', { name, exact: true }).waitFor()
    await axe()
  }

  async function takeSecret(kind: 'accessToken' | 'serviceToken'): Promise<void> {
    await opened(word(`reveal.title.${kind}`))
    await keys.give('button', word('reveal.show', { noun: word(`reveal.noun.${kind}`) }))
    const shown = dialog().getByRole('status', { name: word(`reveal.kind.${kind}`) })
    await expect.poll(() => shown.textContent()).toMatch(/^lk_[as]t_[0-9A-Za-z]{49}$/)
    await axe()
    await keys.give('button', word('reveal.saved'))
    await dialog().waitFor({ state: 'detached' })
  }

  it('T13: an access token is renamed, and rotated with an overlap', async () => {
    await goTo(page, `/tokens/${token}`)
    await title('Night report')
    await axe()
    await keys.letters('e')
    await opened(word('tokens.edit'))
    await keys.write(dialog().getByRole('textbox', { name: word('tokens.name'), exact: true }), 'Day report')
    await keys.give('button', word('common.save'))
    await title('Day report')
    await keys.letters('r')
    await opened(word('tokens.rotate'))
    await keys.give('button', word('tokens.rotateButton'))
    await takeSecret('accessToken')
    await page.getByRole('link', { name: word('tokens.openSuccessor') }).waitFor()
    // One rotation at a time: the reason is there to be read.
    await axe()
  })

  it('T7: an access token is deleted, and is gone', async () => {
    await keys.letters('Delete')
    await opened(word('tokens.deleteTitle'))
    await keys.give('button', word('tokens.deleteButton'))
    await dialog().waitFor({ state: 'detached' })
    await expect
      .poll(async () => {
        const { rows } = await askBridge<{ rows: { id: string }[] }>(page, 'query', 'accessToken.list', {})
        return rows.some(({ id }) => id === token)
      })
      .toBe(false)
  })

  it('S4: a service token is rotated with an overlap, and a second time only after it', async () => {
    await goTo(page, `/services/${await serviceId(page, 'Rates API')}`)
    await title('Rates API')
    await keys.give('button', word('services.rotateButton'))
    await opened(word('services.rotate'))
    await keys.give('button', word('services.rotateButton'))
    await takeSecret('serviceToken')
    const again = page.getByRole('button', { name: word('services.rotateButton'), exact: true })
    await expect.poll(() => again.getAttribute('aria-disabled')).toBe('true')
  })

  it('U1: the audit finds both, shows an event, and is verified', async () => {
    await goTo(page, '/audit')
    await title(word('audit.title'))
    await keys.letters('/')
    await page.keyboard.insertText('Day report')
    await page
      .locator('tbody tr')
      .getByText(word('audit.code.accessToken.rotated', { name: 'Day report' }))
      .first()
      .waitFor()
    await keys.give('button', word('audit.verify'))
    await opened(word('audit.verifyTitle'))
    await dialog().getByText(word('audit.whole')).waitFor()
    await axe()
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    await keys.letters('j')
    await page.keyboard.press('Enter')
    await dialog().waitFor()
    await axe()
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
  })
})
