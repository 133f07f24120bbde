/** A service's pattern: chosen while it is free, locked once credentials are out, changed with open eyes, or migrated. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { askBridge, goTo, serviceId } from './bridge-of-page.ts'

let latchkey: Console
let page: Page
beforeAll(async () => {
  latchkey = await openConsole('browser', { words: ['--sample'], viewport: { width: 1440, height: 900 } })
  page = latchkey.page
  page.setDefaultTimeout(10_000)
  await page.locator('main h1').waitFor()
})
afterAll(() => latchkey.stop())

interface Service {
  readonly pattern: string
  readonly credentialsLocation: string
  readonly parameterNames: { readonly userKey: string; readonly appId: string; readonly appKey: string }
}
const get = (id: string) => askBridge<Service>(page, 'query', 'service.get', { id })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const card = (name: string) => page.getByRole('radio', { name: new RegExp(`^${name}`) })
const dialog = () => page.getByRole('dialog')
const settled = (text: string) => page.getByText(text).first().waitFor()

describe('a fresh service', () => {
  let id = ''

  it('A1, A3: takes another pattern, names for its parameters and their place, saved together by keyboard', async () => {
    await goTo(page, '/services/new')
    await page.getByLabel('Name', { exact: true }).fill('Lanes')
    await button('Create service').click()
    await page.getByRole('heading', { name: 'Lanes' }).waitFor()
    id = await serviceId(page, 'Lanes')
    await page.getByRole('link', { name: 'Integration' }).click()
    expect(await page.getByText('The pattern is locked').count()).toBe(0)

    await card('API key').focus()
    await page.keyboard.press('ArrowRight')
    await page.getByLabel('App ID', { exact: true }).fill('x-lane-id')
    await page.getByLabel('App Key', { exact: true }).fill('x-lane-key')
    await page.getByRole('radio', { name: /HTTP Basic/ }).check()
    await settled('4 unsaved changes')
    await page.keyboard.press('Control+Enter')
    await settled('Lanes: integration saved')
    await button('Save changes').waitFor({ state: 'detached' })
    expect(await get(id)).toMatchObject({
      pattern: 'app_id_key',
      credentialsLocation: 'basic',
      parameterNames: { userKey: 'user_key', appId: 'x-lane-id', appKey: 'x-lane-key' },
    })
  })

  it('A3: refuses a name with a space, and the same name twice in other letters', async () => {
    const name = page.getByLabel('App ID', { exact: true })
    await name.fill('lane id')
    await settled('This value is not valid.')
    expect(await button('Save changes').isDisabled()).toBe(true)
    await name.fill('X-LANE-KEY')
    await settled('is in use already')
    await button('Discard').click()
    expect(await name.inputValue()).toBe('x-lane-id')
  })

  it('asks before unsaved changes are lost, and goes on where they were', async () => {
    await page.getByLabel('App ID', { exact: true }).fill('lane')
    await page.getByRole('link', { name: 'Usage rules' }).click()
    await dialog().getByRole('button', { name: 'Keep editing' }).click()
    expect(await page.getByLabel('App ID', { exact: true }).inputValue()).toBe('lane')
    await page.getByRole('link', { name: 'Usage rules' }).click()
    await dialog().getByRole('button', { name: 'Discard and leave' }).click()
    await page.getByLabel('Keys per application, at most').waitFor()
    await page.getByRole('link', { name: 'Integration' }).click()
    expect(await page.getByLabel('App ID', { exact: true }).inputValue()).toBe('x-lane-id')
  })
})

describe('a service whose applications hold credentials', () => {
  let id = ''
  let held = 0
  const applications = async (service: string) =>
    (await askBridge<{ total: number }>(page, 'query', 'application.list', { serviceId: service, limit: 1 })).total

  it('A2: is locked, and says how many applications hold credentials', async () => {
    id = await serviceId(page, 'Ledger API')
    await goTo(page, `/services/${id}/integration`)
    held = await applications(id)
    await settled(`The pattern is locked: ${held} applications hold credentials of it`)
    expect(await card('API key').isDisabled()).toBe(true)
    expect(await card('App ID and App Key').isChecked()).toBe(true)
  })

  it('shows what is sent and what is answered, masked; a copy has the real key and is audited', async () => {
    const answer = page.locator('.lk-try .lk-code').last()
    await answer.getByText('200').waitFor()
    expect(await answer.textContent()).toContain('<authorized>true</authorized>')
    const call = page.locator('.lk-try .lk-code').nth(1)
    expect(await call.textContent()).toMatch(/service_token=lk_st_•+/)
    await button('Copy the gateway’s call').click()
    await settled('Copied')
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toMatch(/service_token=lk_st_[0-9A-Za-z]{49}/)
    expect(copied).toMatch(/app_key=[0-9a-f]{32}/)
    const { rows } = await askBridge<{ rows: { code: string }[] }>(page, 'query', 'audit.list', { limit: 4 })
    expect(rows.map(({ code }) => code)).toContain('serviceToken.copied')
  })

  it('A2: lists what would break, application by application, and changes nothing before it is understood', async () => {
    await button('See what would break').click()
    await dialog().getByText(`${held} applications stop`).waitFor()
    expect(await dialog().getByRole('row').count()).toBe(held + 1)
    const change = dialog().getByRole('button', { name: 'Change pattern' })
    expect(await change.isDisabled()).toBe(true)
    await dialog().getByRole('checkbox').check()
    expect(await change.isDisabled()).toBe(true)
    await dialog().getByLabel('Type Ledger API to confirm').fill('Ledger API')
    expect(await change.isEnabled()).toBe(true)
    await dialog().getByRole('button', { name: 'Migrate instead' }).click()
    await page.getByRole('heading', { name: 'Migrate to another pattern' }).waitFor()
    expect((await get(id)).pattern).toBe('app_id_key')
  })

  it('A2: migrates: a new service, the mapping, and the new credentials in one dialog', async () => {
    await page.getByLabel('Name of the new service').fill('Ledger API 2')
    await page.getByRole('radio', { name: /OAuth 2.0/ }).check()
    await button('Migrate').click()
    await dialog().getByText(`Client secret · ${held}`).waitFor()
    const saved = dialog().getByRole('button', { name: 'I have saved them' })
    await dialog().getByRole('button', { name: 'Reveal all' }).waitFor()
    expect(await saved.isDisabled()).toBe(true)
    await page.keyboard.press('Escape')
    await dialog().getByText('You will not see this again').waitFor()
    await dialog().getByRole('button', { name: 'Go back' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      dialog().getByRole('button', { name: 'Download credentials (CSV)' }).click(),
    ])
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n')
    expect(lines).toHaveLength(held + 1)
    expect(lines[0]).toBe('application,old_application_id,new_application_id,new_app_id,kind,secret')
    for (const line of lines.slice(1))
      expect(line).toMatch(/^.+,[0-9A-Z]{26},[0-9A-Z]{26},[0-9A-Z]{26},clientSecret,.{20,}$/)
    // Copied as well: the clipboard is cleared behind them, unless that is unticked.
    await dialog().getByRole('button', { name: 'Copy all' }).click()
    await dialog().getByText('Clipboard clears in').waitFor()
    await dialog().getByRole('checkbox', { name: 'Clear the clipboard' }).uncheck()
    await dialog().getByText('Clipboard clears in').waitFor({ state: 'detached' })
    await saved.click()
    await dialog().waitFor({ state: 'detached' })
    const secret = lines[1]?.split(',').at(-1) ?? ''
    expect(await page.content()).not.toContain(secret)
    expect(await page.getByRole('row').count()).toBe(held + 1)
    const [mapping] = await Promise.all([page.waitForEvent('download'), button('Download mapping (CSV)').click()])
    expect(readFileSync(await mapping.path(), 'utf8')).not.toContain(secret)
  })

  it('A2: the old one says where it went and can be retired; the new one has all its applications', async () => {
    await page.getByRole('link', { name: 'Open Ledger API 2' }).click()
    await page.getByRole('heading', { name: 'Ledger API 2' }).waitFor()
    expect(await applications(await serviceId(page, 'Ledger API 2'))).toBe(held)
    await page.locator('.lk-migrated').getByRole('link', { name: 'Ledger API' }).click()
    await page.getByText('Migrated to').waitFor()
    await button('Retire service').click()
    await dialog().getByText(`${held} applications`).waitFor()
    await dialog().getByRole('button', { name: 'Retire service' }).click()
    await settled('Ledger API retired')
    await page.locator('.lk-head').getByText('Retired').waitFor()
    expect(await button('Retire service').count()).toBe(0)
  })

  it('A2: the change itself goes through where its impact is accepted', async () => {
    const fresh = await serviceId(page, 'Ledger API 2')
    await goTo(page, `/services/${fresh}/integration`)
    await button('See what would break').click()
    await dialog().getByText(`${held} applications stop`).waitFor()
    await dialog().getByRole('checkbox').check()
    await dialog().getByLabel('Type Ledger API 2 to confirm').fill('Ledger API 2')
    await page.keyboard.press('Enter')
    await settled('Ledger API 2 now uses API key')
    expect((await get(fresh)).pattern).toBe('api_key')
  })

  it('nothing went wrong unseen', () => expect(latchkey.faults).toEqual([]))
})
