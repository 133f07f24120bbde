/** Members: invited with just what they need, looked at through their eyes, guarded where nobody would be left (M1–M6). */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'

const wide = { width: 1440, height: 900 }

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, address)
}

/** The entries of the navigation, as the person at the console has them. */
async function places(page: Page): Promise<string[]> {
  return page.getByRole('navigation', { name: 'Main' }).getByRole('link').allTextContents()
}

async function runFromPalette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').fill(words)
  await dialog.getByRole('option', { name: words }).first().waitFor()
  await page.keyboard.press('Enter')
}

describe('members', () => {
  let latchkey: Console
  beforeAll(async () => {
    latchkey = await openConsole('browser', { words: ['--sample'], viewport: wide })
    latchkey.page.setDefaultTimeout(8_000)
    await latchkey.page.getByRole('navigation').getByRole('link', { name: 'Members' }).click()
    await latchkey.page.getByRole('cell', { name: 'Mina Park' }).first().waitFor()
  })
  afterAll(async () => {
    expect(latchkey.faults).toEqual([])
    await latchkey.stop()
  })

  it('M1, M2: invites a person with one section on one service, and says in words what that is', async () => {
    const { page } = latchkey
    await page.getByRole('heading', { name: 'Members', exact: true }).focus()
    await page.keyboard.press('n')
    await page.getByLabel('Name', { exact: true }).fill('Kim Novak')
    await page.getByLabel('E-mail').fill('mina.park@meridian.example')
    await page.getByRole('checkbox', { name: 'Partners' }).check()
    await page.getByRole('radio', { name: 'Only these' }).check()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Payments API' }).click()
    const review = page.getByRole('complementary', { name: 'What they can then do' })
    await review.getByText('Kim can manage accounts and the applications of Payments API.').waitFor()
    await review.getByText('Not plans, analytics, billing or settings.').waitFor()
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    await page.getByText('mina.park@meridian.example is in use already').waitFor()
    await page.getByLabel('E-mail').fill('kim@meridian.example')
    await page.keyboard.press('Control+Enter')
    const drawer = page.getByRole('complementary', { name: 'Kim Novak' })
    await drawer.getByText('Invited').waitFor()
    // Who is invited can be looked at as they will be.
    const preview = page.getByRole('button', { name: 'Preview as Kim Novak' })
    expect(await preview.getAttribute('aria-disabled')).not.toBe('true')
    await drawer.getByRole('button', { name: 'More actions: Kim Novak' }).click()
    await page.getByRole('menuitem', { name: 'Make active on this computer' }).click()
    await page.getByText('Kim Novak is active').waitFor()
  })

  it('M5, T5: through their eyes the console shows one service and one scope, and changes nothing', async () => {
    const { page } = latchkey
    await page.getByRole('button', { name: 'Preview as Kim Novak' }).click()
    await page.getByText('You see the console as Kim Novak sees it').waitFor()
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    const seen = await places(page)
    expect(seen).toContain('Services')
    expect(seen).not.toContain('Audit')

    await page.getByRole('navigation').getByRole('link', { name: 'Services' }).click()
    await page.getByRole('cell', { name: 'Payments API' }).first().waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
    expect(await page.getByRole('button', { name: 'New service' }).first().getAttribute('aria-disabled')).toBe('true')

    await goTo(page, '/tokens/new')
    const enabled = (scope: string) => page.getByRole('checkbox', { name: scope }).isEnabled()
    await page.getByRole('checkbox', { name: 'Account Management' }).waitFor()
    expect([await enabled('Account Management'), await enabled('Billing'), await enabled('Analytics')]).toEqual([
      true,
      false,
      false,
    ])
    await page.getByLabel('Name', { exact: true }).fill('Not to be made')
    await page.getByRole('checkbox', { name: 'Account Management' }).check()
    const create = page.getByRole('button', { name: 'Create token' })
    if (await create.isEnabled()) {
      await create.click()
      await page.getByText('In a preview nothing can be changed.').first().waitFor()
    }

    await page.getByRole('navigation').getByRole('link', { name: 'Members' }).click()
    const invite = page.getByRole('button', { name: 'Invite member' })
    expect(await invite.getAttribute('aria-disabled')).toBe('true')
    await page.getByRole('cell', { name: 'Tomás Rivera' }).first().getByRole('button').click()
    const drawer = page.getByRole('complementary', { name: 'Tomás Rivera' })
    await drawer.getByText('In a preview nothing can be changed.').waitFor()
    expect(await drawer.getByRole('checkbox', { name: 'Partners' }).isDisabled()).toBe(true)
    expect(await drawer.getByRole('button', { name: 'Save' }).count()).toBe(0)
    await page.keyboard.press('Escape')

    await goTo(page, '/settings/transfer')
    await page.getByRole('heading', { name: 'Import and export' }).waitFor()
    for (const name of ['Choose a file', 'Export']) {
      expect(await page.getByRole('button', { name, exact: true }).getAttribute('aria-disabled')).toBe('true')
    }
    await goTo(page, '/settings')
    expect(await page.getByLabel('Name', { exact: true }).isDisabled()).toBe(true)

    await runFromPalette(page, 'Stop the preview')
    await page.getByText('You see the console as Kim Novak sees it').waitFor({ state: 'detached' })
    expect(await places(page)).toContain('Audit')
  })

  it('previews from the palette, too, after a choice of whose eyes', async () => {
    const { page } = latchkey
    await runFromPalette(page, 'Preview the console as a member')
    const dialog = page.getByRole('dialog', { name: 'Preview the console as a member' })
    await dialog.getByLabel('Find a member').fill('ingrid')
    await dialog.getByRole('radio', { name: 'Ingrid Solheim' }).check()
    await dialog.getByRole('button', { name: 'Preview' }).click()
    await page.getByText('You see the console as Ingrid Solheim sees it').waitFor()
    const seen = await places(page)
    expect(seen).not.toContain('Services')
    expect(seen).not.toContain('Applications')
    await page.getByRole('button', { name: 'Stop the preview' }).click()
    await page.getByText('You see the console as').waitFor({ state: 'detached' })
  })

  it('M3: own rights and the last admin are guarded, each with the reason', async () => {
    const { page } = latchkey
    await goTo(page, '/members')
    await page.getByRole('cell', { name: 'Dana Whitfield' }).first().getByRole('button').click()
    const own = page.getByRole('complementary', { name: 'Dana Whitfield' })
    await own.getByText('You cannot change your own rights.').waitFor()
    expect(await own.getByRole('radio', { name: 'Member' }).isDisabled()).toBe(true)
    await page.keyboard.press('Escape')
    await own.waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'More actions: Marcus Oyelaran' }).click()
    await page.getByRole('menuitem', { name: 'Suspend' }).click()
    await page.getByText('Marcus Oyelaran suspended').waitFor()
    await page.getByText('10 members, 1 admin').waitFor()
    await page.getByRole('button', { name: 'More actions: Dana Whitfield' }).click()
    for (const name of [/^Suspend/, /^Delete member/]) {
      const item = page.getByRole('menuitem', { name })
      expect(await item.getAttribute('aria-disabled')).toBe('true')
      expect(await item.textContent()).toContain('The last active admin stays an admin.')
    }
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('10 members, 2 admins').waitFor()
  })

  it('changes rights by keyboard: the list shows them once they are saved, and not before', async () => {
    const { page } = latchkey
    await page.getByRole('heading', { name: 'Members', exact: true }).focus()
    await page.keyboard.press('/')
    await page.keyboard.type('mina')
    await page.getByRole('cell', { name: 'Dana Whitfield' }).first().waitFor({ state: 'detached' })
    await page.keyboard.press('Tab')
    await page.getByRole('heading', { name: 'Members', exact: true }).focus()
    await page.keyboard.press('j')
    await page.waitForFunction(() => document.activeElement?.tagName === 'TR')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('complementary', { name: 'Mina Park' })
    await drawer.getByRole('checkbox', { name: 'Billing' }).focus()
    await page.keyboard.press('Space')
    await drawer.getByText('manage billing').waitFor()
    const billing = page
      .getByRole('row', { name: /Mina Park/ })
      .getByRole('cell')
      .nth(5)
    expect(await billing.textContent()).toContain('No')
    await drawer.getByRole('button', { name: 'Undo changes' }).click()
    expect(await drawer.getByRole('checkbox', { name: 'Billing' }).isChecked()).toBe(false)
    await drawer.getByRole('checkbox', { name: 'Billing' }).check()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Rights of Mina Park saved').waitFor()
    await page
      .getByRole('row', { name: /Mina Park/ })
      .getByRole('cell', { name: 'Yes' })
      .nth(2)
      .waitFor()
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TR')
  })

  it('names the tokens that go with a deleted member', async () => {
    const { page } = latchkey
    await page.getByLabel('Find a member').fill('')
    await page.getByRole('button', { name: 'More actions: Mina Park' }).click()
    await page.getByRole('menuitem', { name: 'Delete member' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('their token stops working').waitFor()
    // The names come with an answer of their own.
    await dialog.getByRole('listitem').first().waitFor()
    expect(await dialog.getByRole('listitem').count()).toBe(1)
    const typed = dialog.getByLabel('Type Mina Park to confirm')
    if (await typed.count()) await typed.fill('Mina Park')
    await dialog.getByRole('button', { name: 'Delete member' }).click()
    await page.getByText('Mina Park and 1 token deleted').waitFor()
    await page.getByRole('cell', { name: 'Mina Park' }).first().waitFor({ state: 'detached' })
  })
})

const bar = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

describe.each([
  ['en-GB', 'light'],
  ['en-GB', 'dark'],
  ['ko-KR', 'light'],
  ['ko-KR', 'dark'],
] as const)('members pass axe: %s %s', (locale, colorScheme) => {
  let latchkey: Console
  beforeAll(async () => {
    latchkey = await openConsole('browser', { words: ['--sample'], locale, colorScheme, viewport: wide })
    await latchkey.page.locator('main h1').waitFor()
  })
  afterAll(() => latchkey.stop())

  const violations = async () =>
    (await new AxeBuilder({ page: latchkey.page }).withTags(bar).analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    )

  it('on the list, empty and full, with a member open, inviting, choosing a preview, deleting', async () => {
    const { page } = latchkey
    const check = async (what: string) => {
      await page.waitForTimeout(250)
      expect(await violations(), what).toEqual([])
    }
    await goTo(page, '/members?q=zzzz')
    await check('empty')
    await goTo(page, '/members')
    await page.getByRole('cell', { name: 'Mina Park' }).first().waitFor()
    await check('list')
    for (const name of ['Mina Park', 'Dana Whitfield', 'Jonas Weidner']) {
      await page.getByRole('cell', { name }).first().getByRole('button').click()
      await page.getByRole('complementary', { name }).getByRole('radio').first().waitFor()
      await check(name)
    }
    await goTo(page, '/members')
    await page.locator('.lk-member-drawer').waitFor({ state: 'detached' })
    await page.locator('tr', { hasText: 'Priya Raman' }).locator('.lk-actions button').click()
    await page.locator('[role=menuitem]').last().click()
    await page.getByRole('dialog').waitFor()
    await check('delete')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('.lk-head-actions button').first().click()
    await page.getByRole('dialog').getByRole('radio').first().waitFor()
    await check('choose a preview')
    await page.keyboard.press('Escape')
    await goTo(page, '/members/invite')
    await check('invite')
  })
})
