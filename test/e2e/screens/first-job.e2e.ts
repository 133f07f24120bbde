/** The first job on real data: a workspace, a service, an access token that is revealed once and never again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, hosts, openConsole } from '../console.ts'

const passphrase = 'correct horse battery staple'

describe.each(hosts)('the first job in the %s host', (host) => {
  let latchkey: Console
  let token = ''
  beforeAll(async () => {
    latchkey = await openConsole(host)
  })
  afterAll(() => latchkey.stop())

  it('creates a workspace, after saying field by field what is missing', async () => {
    const { page } = latchkey
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByRole('button', { name: 'Create workspace' }).click()
    expect(await page.getByText('Fill this in.').count()).toBeGreaterThan(1)
    await page.getByLabel('Name of the workspace').fill('Meridian Payments')
    await page.getByLabel('Your name').fill('Dana Whitfield')
    await page.getByLabel('Your e-mail').fill('dana@meridian.example')
    const passphraseField = page.getByLabel('Passphrase', { exact: true })
    // Where a keychain guards the key, none is asked for.
    if (await passphraseField.isVisible()) {
      await passphraseField.fill(passphrase)
      await page.getByLabel('Passphrase again').fill(passphrase)
    }
    await page.getByRole('button', { name: 'Create workspace' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Save your recovery code').waitFor()
    const saved = dialog.getByRole('button', { name: 'I have saved it' })
    expect(await saved.isDisabled()).toBe(true)
    await dialog.getByRole('button', { name: 'Reveal code' }).click()
    await saved.click()
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
  })

  it('makes a service by keyboard, with its token there at once and masked', async () => {
    const { page } = latchkey
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await page.getByRole('heading', { name: 'Services', exact: true, level: 1 }).waitFor()
    await page.keyboard.press('n')
    await page.getByLabel('Name', { exact: true }).fill('Payments API')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'Payments API' }).waitFor()
    await page.getByText(/^lk_st_•+/).waitFor()
    await page.getByRole('button', { name: 'Reveal the service token of Payments API' }).click()
    await page.getByText(/^lk_st_[0-9A-Za-z]{49}$/).waitFor()
  })

  it('reveals an access token once; Esc asks first, a click outside does nothing', async () => {
    const { page } = latchkey
    await page.getByRole('link', { name: 'Tokens' }).click()
    await page.getByRole('button', { name: 'Add access token' }).first().click()
    await page.getByLabel('Name', { exact: true }).fill('Migration scripts')
    await page.getByLabel(/^Account Management/).check()
    await page.getByRole('button', { name: 'Create token' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Save your access token').waitFor()
    await page.mouse.click(5, 5)
    await page.keyboard.press('Escape')
    await dialog.getByText('You will not see this again').waitFor()
    await dialog.getByRole('button', { name: 'Go back' }).click()
    await dialog.getByRole('button', { name: 'Reveal token' }).click()
    token = (await dialog.locator('output').textContent()) ?? ''
    expect(token).toMatch(/^lk_at_[0-9A-Za-z]{49}$/)
    await dialog.getByRole('button', { name: 'I have saved it' }).click()
    await page.getByRole('link', { name: 'Migration scripts' }).waitFor()
    expect(await page.content()).not.toContain(token)
  })

  it('finds the owner of a pasted token without putting it in the address', async () => {
    const { page } = latchkey
    await page.getByLabel('Find by name or paste a token').fill(token)
    await page.getByRole('link', { name: 'Migration scripts' }).waitFor()
    expect(page.url()).not.toContain(token)
    await page.getByLabel('Find by name or paste a token').fill('zzz')
    await page.getByText('Nothing matches these filters.').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByRole('link', { name: 'Migration scripts' }).waitFor()
  })

  it('keeps a half-filled form over a reload', async () => {
    const { page } = latchkey
    await page.getByRole('button', { name: 'Add access token' }).first().click()
    await page.getByLabel('Name', { exact: true }).fill('Half a name')
    await page.waitForTimeout(800)
    await page.reload()
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Half a name')
  })

  it('caused no fault in the page', () => {
    expect(latchkey.faults).toEqual([])
  })
})
