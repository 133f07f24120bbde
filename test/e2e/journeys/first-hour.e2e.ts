/**
 * The main job on real data, through both hosts: make a workspace, a service, an access token; lose the program to a
 * crash; find everything again but the secret. Then search every byte that was left behind for what was revealed.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, hosts, openConsole } from '../console.ts'

const passphrase = 'a sentence that only this test knows'

/** Reads the secret of the open reveal dialog, and closes it as its reader would. */
async function saveSecret(page: Page, noun: string): Promise<string> {
  const dialog = page.getByRole('dialog')
  const saved = dialog.getByRole('button', { name: 'I have saved it' })
  expect(await saved.isEnabled()).toBe(false)
  await dialog.getByRole('button', { name: `Reveal ${noun}` }).click()
  const secret = (await dialog.locator('output').textContent()) ?? ''
  await saved.click()
  await dialog.waitFor({ state: 'detached' })
  return secret.trim()
}

/** Every byte below a folder. */
function bytesBelow(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Buffer.concat(files.map((entry) => readFileSync(join(entry.parentPath, entry.name))))
}

async function fill(scope: Page | Locator, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await scope.getByLabel(label, { exact: true }).fill(value)
}

describe.each(hosts)('the first hour in the %s host', (host) => {
  let latchkey: Console
  const revealed: string[] = []
  let auditExport = ''

  beforeAll(async () => {
    latchkey = await openConsole(host, { locale: 'en-GB', viewport: { width: 1440, height: 900 } })
    latchkey.page.setDefaultTimeout(10_000)
  })
  afterAll(() => latchkey.stop())

  it('makes a workspace and hands out its recovery code once', async () => {
    const { page } = latchkey
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await fill(page, {
      'Name of the workspace': 'Bluebird',
      'Your name': 'Dana Whitfield',
      'Your e-mail': 'dana@bluebird.example',
      Passphrase: passphrase,
      'Passphrase again': passphrase,
    })
    await page.getByRole('button', { name: 'Create workspace' }).click()
    const recoveryCode = await saveSecret(page, 'code')
    expect(recoveryCode).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/)
    revealed.push(recoveryCode)
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
  })

  it('makes a service, whose token is there at once', async () => {
    const { page } = latchkey
    await page.getByRole('navigation').getByRole('link', { name: 'Services' }).click()
    await page.getByRole('button', { name: 'New service' }).first().click()
    await fill(page, { Name: 'Payments API' })
    await page.getByRole('button', { name: 'Create service' }).click()
    await page.getByRole('heading', { name: 'Payments API' }).waitFor()
    await page.getByRole('button', { name: 'Reveal the service token of Payments API' }).first().click()
    const token = (await page.getByText(/lk_st_[0-9A-Za-z]{49}/).textContent()) ?? ''
    revealed.push(/lk_st_[0-9A-Za-z]{49}/.exec(token)?.[0] ?? '')
  })

  it('makes an access token, which is shown once and cannot be brought back', async () => {
    const { page } = latchkey
    await page.getByRole('navigation').getByRole('link', { name: 'Tokens' }).click()
    await page.getByRole('button', { name: 'Add access token' }).first().click()
    await fill(page, { Name: 'CI pipeline' })
    await page.getByRole('checkbox', { name: 'Analytics' }).check()
    await page.getByRole('button', { name: 'Create token' }).click()
    const secret = await saveSecret(page, 'token')
    expect(secret).toMatch(/^lk_at_[0-9A-Za-z]{49}$/)
    revealed.push(secret)
    await page.getByRole('cell', { name: 'CI pipeline' }).first().waitFor()
    await page.goBack()
    await page.goForward()
    await page.reload()
    await page.getByRole('cell', { name: 'CI pipeline' }).first().waitFor()
    expect(await page.content()).not.toContain(secret)
  })

  it('keeps a half-filled form over a crash of the program', async () => {
    const { page } = latchkey
    await page.getByRole('button', { name: 'Add access token' }).first().click()
    await fill(page, { Name: 'Half a thought' })
    // A draft is written a moment after the last key; a crash before that loses the last words, never more.
    await page.waitForTimeout(1500)
    await latchkey.restart('kill')
    latchkey.page.setDefaultTimeout(10_000)
    await latchkey.page.getByLabel('Passphrase').fill('not this one')
    await latchkey.page.getByRole('button', { name: 'Unlock' }).click()
    await latchkey.page.getByText('That does not open it').waitFor()
    await latchkey.page.getByLabel('Passphrase').fill(passphrase)
    await latchkey.page.getByRole('button', { name: 'Unlock' }).click()
    await latchkey.page.getByRole('navigation').getByRole('link', { name: 'Tokens' }).click()
    await latchkey.page.getByRole('cell', { name: 'CI pipeline' }).first().waitFor()
    await latchkey.page.getByRole('button', { name: 'Add access token' }).first().click()
    const name = latchkey.page.getByLabel('Name', { exact: true })
    await expect.poll(() => name.inputValue()).toBe('Half a thought')
    await latchkey.page.getByRole('navigation').getByRole('link', { name: 'Services' }).click()
    await latchkey.page.getByRole('cell', { name: 'Payments API' }).first().waitFor()
  })

  it('exports an audit that tells everything and holds no secret', async () => {
    const { page } = latchkey
    await page.getByRole('navigation').getByRole('link', { name: 'Audit' }).click()
    await page.getByRole('button', { name: 'Export' }).first().click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: /JSON/ }).click()
    auditExport = readFileSync(await (await download).path(), 'utf8')
    for (const code of ['workspace.created', 'service.created', 'accessToken.created', 'serviceToken.revealed']) {
      expect(auditExport).toContain(code)
    }
  })

  it('leaves no secret in the data folder, the log, the audit export or the page', async () => {
    const page = await latchkey.page.content()
    await latchkey.restart('stop')
    const everything = Buffer.concat([
      bytesBelow(latchkey.dataDirectory),
      Buffer.from(latchkey.output()),
      Buffer.from(auditExport),
      Buffer.from(page),
    ])
    expect(everything.includes('CI pipeline'), 'the search finds what is there').toBe(true)
    expect(revealed).toHaveLength(3)
    for (const secret of revealed) {
      expect(secret.length).toBeGreaterThan(30)
      expect(everything.includes(secret)).toBe(false)
      // Without prefix, checksum or dashes, and as UTF-16, it is the same secret.
      expect(everything.includes(secret.slice(6, 40))).toBe(false)
      expect(everything.includes(secret.replaceAll('-', ''))).toBe(false)
      expect(everything.includes(Buffer.from(secret, 'utf16le'))).toBe(false)
    }
    expect(everything.includes(passphrase)).toBe(false)
    expect(latchkey.faults).toEqual([])
  })
})
