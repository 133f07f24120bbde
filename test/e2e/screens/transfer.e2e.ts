/** Files in and out: nothing is written while a row is refused, all of it afterwards, and what goes out comes in again. */
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'

const filePassphrase = 'a sentence for this file only'
const ownKey = 'acme-mobile-key-that-stays-the-same'

function fileOf(service: string): { name: string; mimeType: string; buffer: Buffer } {
  const file = {
    format: 'latchkey',
    version: 1,
    services: [{ id: 'weather', name: 'Weather API', systemName: 'weather', pattern: 'api_key' }],
    accounts: [{ id: '17', name: 'Acme' }],
    applications: [
      { id: '171', name: 'Acme Mobile', service: 'weather', account: '17', userKey: ownKey },
      { id: '172', name: 'Acme Web', service, account: '17' },
    ],
    members: [{ name: 'Kim Novak', email: 'kim@example.com', sections: ['partners'], serviceAccess: ['weather'] }],
  }
  return { name: 'weather.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) }
}

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, address)
}

describe('import and export', () => {
  let latchkey: Console
  let exported = ''
  const choose = (file: ReturnType<typeof fileOf>) => latchkey.page.locator('input[type=file]').setInputFiles(file)

  beforeAll(async () => {
    latchkey = await openConsole('browser', { words: ['--sample'], viewport: { width: 1440, height: 900 } })
    latchkey.page.setDefaultTimeout(10_000)
    await latchkey.page.getByRole('navigation').getByRole('link', { name: 'Settings', exact: true }).click()
    await latchkey.page.getByRole('button', { name: 'Import or export' }).click()
  })
  afterAll(async () => {
    expect(latchkey.faults).toEqual([])
    await latchkey.stop()
  })

  it('tells which row is refused and why, and writes nothing', async () => {
    const { page } = latchkey
    await choose(fileOf('nowhere'))
    await page.getByText('1 row is refused, so nothing can be written').waitFor()
    const row = page.getByRole('row', { name: /Acme Web/ })
    expect(await row.textContent()).toContain('There is none like this, neither here nor in the file.')
    expect(await page.getByRole('button', { name: /^Import \d/ }).count()).toBe(0)
    await page.getByRole('button', { name: /^New/ }).click()
    await page.getByText('4 of 5').waitFor()
    await page.getByRole('navigation').getByRole('link', { name: 'Services' }).click()
    await page.getByRole('cell', { name: 'Payments API' }).first().waitFor()
    expect(await page.getByRole('cell', { name: 'Weather API' }).count()).toBe(0)
  })

  it('is still there after a look elsewhere, and takes another file', async () => {
    const { page } = latchkey
    await goTo(page, '/settings/transfer')
    await page.getByText('1 row is refused').waitFor()
    await page.getByRole('button', { name: 'Choose another file' }).click()
    await choose(fileOf('weather'))
    await page.getByText('This file would make 5 objects').waitFor()
    await page.getByRole('button', { name: 'Import 5 objects' }).click()
    await page.getByText('Imported:').waitFor()
  })

  it('hands out which id became which, without a credential', async () => {
    const { page } = latchkey
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the ids' }).click(),
    ])
    const mapping = readFileSync(await saved.path(), 'utf8')
    expect(mapping).toMatch(/application,1,Acme Mobile,id,171,[0-9A-Z]{26}/)
    expect(mapping).not.toContain(ownKey)
  })

  it('has written all of it', async () => {
    const { page } = latchkey
    await page.getByRole('navigation').getByRole('link', { name: 'Services' }).click()
    await page.getByRole('cell', { name: 'Weather API' }).first().waitFor()
    await page.getByRole('navigation').getByRole('link', { name: 'Members' }).click()
    await page.getByRole('cell', { name: 'Kim Novak' }).first().waitFor()
  })

  it('exports with secrets under a passphrase that is typed twice, and nothing in clear', async () => {
    const { page } = latchkey
    await goTo(page, '/settings/transfer')
    await page.getByRole('button', { name: 'Import another file' }).click()
    await page.getByRole('radio', { name: 'With secrets, encrypted' }).check()
    await page.getByLabel('Passphrase of the file').fill(filePassphrase)
    await page.getByLabel('Passphrase again').fill('another')
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByText('The two are not the same.').waitFor()
    await page.getByLabel('Passphrase again').fill(filePassphrase)
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export', exact: true }).click(),
    ])
    exported = readFileSync(await saved.path(), 'utf8')
    expect(JSON.parse(exported)).toMatchObject({ format: 'latchkey', workspace: { name: 'Meridian Payments' } })
    expect(exported).toContain('Acme Mobile')
    for (const secret of [ownKey, filePassphrase]) expect(exported).not.toContain(secret)
    expect(await page.content()).not.toContain(filePassphrase)
    await page.getByRole('button', { name: 'Finish' }).click()
  })

  it('reads its own export again: the wrong passphrase is told, the right one finds everything the same', async () => {
    const { page } = latchkey
    await choose({ name: 'again.json', mimeType: 'application/json', buffer: Buffer.from(exported) })
    await page.getByLabel('Passphrase of the file').fill('not this one')
    await page.keyboard.press('Enter')
    await page.getByText('That does not open it').waitFor()
    await page.getByLabel('Passphrase of the file').fill(filePassphrase)
    await page.keyboard.press('Enter')
    await page.getByText('Nothing to do: everything in the file is here already.').waitFor()
    await page.getByText('Access tokens are never imported').waitFor()
    await page.getByRole('button', { name: 'Choose another file' }).click()
  })

  it('exports a table of applications that an import takes', async () => {
    const { page } = latchkey
    await page.locator('input[name=what][value=applications]').check()
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export', exact: true }).click(),
    ])
    const table = readFileSync(await saved.path())
    expect(table.toString('utf8').split('\r\n')[0]).toContain('name,description,service,account')
    await choose({ name: 'table.csv', mimeType: 'text/csv', buffer: table })
    await page.getByText('Nothing to do').waitFor()
    await page.getByRole('button', { name: 'Choose another file' }).click()
  })

  it.each([
    ['a Latchkey file', 'latchkey-example.json'],
    ['a table', 'latchkey-applications.csv'],
  ])('hands out %s to begin from, which it takes itself', async (name, fileName) => {
    const { page } = latchkey
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name, exact: true }).click(),
    ])
    // Coming back from an import saves the last export no second time.
    expect(saved.suggestedFilename()).toBe(fileName)
    await choose({ name: fileName, mimeType: 'text/plain', buffer: readFileSync(await saved.path()) })
    await page.getByText(/^(This file would make|Nothing to do)/).waitFor()
    await page.getByRole('button', { name: 'Choose another file' }).click()
  })

  it('says of a file that is none what is wrong with it', async () => {
    const { page } = latchkey
    const other = (name: string, buffer: Buffer) => choose({ name, mimeType: 'application/json', buffer })
    await other('picture.json', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe]))
    await page.getByText('The file is not UTF-8 text').waitFor()
    await other('other.json', Buffer.from('{"hello": 1}'))
    await page.getByText('This is no Latchkey file').waitFor()
    await page.getByRole('button', { name: 'Choose another file' }).click()
    await other('half.json', Buffer.from('{"format": "latchkey", "version": 1, "services": ['))
    await page.getByText('Nothing was written').waitFor()
    await page.getByRole('button', { name: 'Choose another file' }).click()
    await page.getByRole('button', { name: 'Choose a file' }).waitFor()
  })
})

const bar = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

describe.each([
  ['en-GB', 'light'],
  ['en-GB', 'dark'],
  ['ko-KR', 'light'],
  ['ko-KR', 'dark'],
] as const)('import and export pass axe: %s %s', (locale, colorScheme) => {
  it('before, with a refused file, and done', async () => {
    const latchkey = await openConsole('browser', { words: ['--sample'], locale, colorScheme })
    try {
      const { page } = latchkey
      await page.locator('main h1').waitFor()
      const check = async (what: string) => {
        await page.waitForTimeout(200)
        const { violations } = await new AxeBuilder({ page }).withTags(bar).analyze()
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' '))}`),
          what,
        ).toEqual([])
      }
      await goTo(page, '/settings/transfer')
      await page.locator('input[name=secrets][value=with]').check()
      await check('before')
      await page.locator('input[type=file]').setInputFiles(fileOf('nowhere'))
      await page.getByRole('row').nth(1).waitFor()
      await check('refused')
      await page.locator('.lk-import .lk-toolbar button').first().click()
      await page.locator('input[type=file]').setInputFiles(fileOf('weather'))
      await page.locator('.lk-import button.pf-m-primary').click()
      await page.locator('.lk-plain-list').waitFor()
      await check('done')
    } finally {
      await latchkey.stop()
    }
  })
})
