/** Both tutorials from end to end, in both languages, by keyboard alone, with nothing set but on the screens themselves. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { goTo } from '../screens/bridge-of-page.ts'
import { type Keyboard, keyboardOf } from './keyboard.ts'
import { violationsOf } from './violations.ts'
import { type Locale, type Words, wordsOf } from './words.ts'

const lanes = 'Lanes API'
const tariffs = 'Tariffs API'
const account = 'Harbour Journeys'
const checks = [
  'service',
  'identifiers',
  'application',
  'key',
  'redirect_uri',
  'application_state',
  'service_state',
  'ip',
  'referrer',
  'limits',
]

describe.each<Locale>(['en-GB', 'ko-KR'])('by keyboard alone in %s', (locale) => {
  const word: Words = wordsOf(locale)
  let latchkey: Console
  let page: Page
  let keys: Keyboard
  beforeAll(async () => {
    latchkey = await openConsole('browser', { words: ['--sample'], locale, viewport: { width: 1440, height: 900 } })
    page = latchkey.page
    page.setDefaultTimeout(20_000)
    keys = keyboardOf(page)
    await page.locator('main h1').waitFor()
  })
  afterAll(async () => {
    expect(latchkey.faults).toEqual([])
    await latchkey.stop()
  })

  const title = (name: string) => page.getByRole('heading', { name, exact: true, level: 1 }).waitFor()
  const text = (shown: string) => page.getByText(shown).first().waitFor()
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' })
  const axe = async () => expect(await violationsOf(page)).toEqual([])

  /** Reveals the one-time secret of the open dialog, and says that it is saved. */
  async function takeSecret(kind: 'userKey' | 'appKey'): Promise<string> {
    await text(word(`reveal.title.${kind}`))
    await keys.give('button', word('reveal.show', { noun: word(`reveal.noun.${kind}`) }))
    const shown = page.getByRole('dialog').getByRole('status', { name: word(`reveal.kind.${kind}`) })
    await expect.poll(() => shown.textContent()).toMatch(/^[0-9a-f]{32}$/)
    const secret = (await shown.textContent()) ?? ''
    await axe()
    await keys.give('button', word('reveal.saved'))
    await closed()
    return secret
  }

  async function makeService(name: string): Promise<void> {
    await keys.letters('g', 's')
    await title(word('frame.nav.services'))
    await keys.letters('n')
    await title(word('services.create'))
    await keys.write(field(word('services.name')), name)
    await keys.press('Control+Enter')
    await title(name)
  }

  async function makeApplication(service: string, name: string): Promise<void> {
    await keys.letters('g', 'a')
    await title(word('applications.title'))
    await keys.letters('n')
    await title(word('applications.create'))
    await keys.pick(word('applications.account'), account)
    await keys.pick(word('applications.service'), service)
    await keys.write(field(word('applications.name')), name)
    await keys.press('Control+Enter')
  }

  async function openRules(service: string): Promise<void> {
    await keys.open(service)
    await title(service)
    await keys.give('link', word('rules.title'))
    await field(word('rules.keyLimit')).waitFor()
  }
  const atLeastOneKey = () => page.getByRole('checkbox', { name: word('rules.rule.atLeastOneKey') })
  const mode = (filter: 'ipFilter' | 'referrerFilter', to: 'on' | 'required') =>
    page
      .getByRole('group', { name: word(`rules.rule.${filter}`) })
      .getByRole('radio', { name: word(`rules.${filter}.${to}`) })

  const allowed = () => page.getByRole('heading', { name: word('test.allowed'), exact: true }).waitFor()
  const denied = (number: number, code: string) =>
    page
      .getByRole('heading', { name: word('test.denied', { number, why: word(`test.why.${code}`) }), exact: true })
      .waitFor()
  /** The checks as listed: their names, and the places of those that failed. */
  async function listed(): Promise<{ names: string[]; failed: number[] }> {
    const rows = page.getByRole('region', { name: word('test.checks') }).getByRole('listitem')
    const names = await rows.evaluateAll((items) =>
      items.map((item) => item.querySelector('strong')?.textContent ?? ''),
    )
    const texts = await rows.allTextContents()
    const failed = texts.flatMap((row, at) => (row.includes(word('test.outcome.failed')) ? [at + 1] : []))
    return { names, failed }
  }
  /** From the page of an application to its test, run as it stands. */
  async function test(): Promise<void> {
    await keys.give('button', word('test.title'))
    await title(word('test.title'))
    await page.getByRole('combobox', { name: word('test.application') }).waitFor()
    await keys.reach(page.getByRole('button', { name: word('test.run') }).and(page.locator(':enabled')))
    await keys.press('Enter')
  }

  it('A1, A3: chooses a pattern and names its parameters', async () => {
    await makeService(lanes)
    await keys.give('link', word('integration.title'))
    await keys.choose(page.getByRole('radio', { name: word('integration.meaning.app_id_key') }))
    await keys.write(field(word('integration.name.appId')), 'x-lane-id')
    await keys.write(field(word('integration.name.appKey')), 'x-lane-key')
    await text(word('integration.unsaved', { count: 3 }))
    await axe()
    await keys.press('Control+Enter')
    await text(word('integration.savedToast', { name: lanes }))
    await makeService(tariffs)
  })

  let key = ''
  it('creates an account, and in it an application with its key', async () => {
    await keys.letters('g', 'u')
    await title(word('accounts.title'))
    await keys.letters('n')
    await keys.write(field(word('accounts.name')), account)
    await keys.choose(page.getByRole('radio', { name: word('accounts.stateMeaning.approved') }))
    await keys.write(field(word('accounts.developerName')), 'Ada Wegener')
    await keys.write(field(word('accounts.email')), 'ada@journeys.example')
    await keys.press('Control+Enter')
    await title(account)
    await axe()
    await makeApplication(tariffs, 'Fares')
    key = await takeSecret('userKey')
    await title('Fares')
    await axe()
  })

  it('A4: tests its credentials: allowed, each check in its order by name', async () => {
    await test()
    await allowed()
    expect(await listed()).toEqual({ names: checks.map((check) => word(`test.check.${check}`)), failed: [] })
    await axe()
  })

  it('A5: suspends and takes it back; suspended, the first failing rule is named; resumes', async () => {
    await keys.open('Fares')
    await title('Fares')
    await keys.give('button', word('applications.suspend'))
    await text(word('applications.suspendedText'))
    await keys.give('button', word('common.undo'))
    await page.getByRole('button', { name: word('applications.suspend'), exact: true }).waitFor()
    await keys.give('button', word('applications.suspend'))
    await text(word('applications.suspendedText'))
    await test()
    await denied(6, 'application_not_active')
    expect((await listed()).failed).toEqual([6])
    await axe()
    await keys.open('Fares')
    await title('Fares')
    await keys.give('button', word('applications.resume'))
    await page.getByRole('button', { name: word('applications.suspend'), exact: true }).waitFor()
    await test()
    await allowed()
  })

  it('A6: regenerates: the old key is refused and the new one allowed', async () => {
    await keys.open('Fares')
    await title('Fares')
    await keys.give('button', word('applications.regenerate'))
    await text(word('applications.regenerateText'))
    await axe()
    await keys.give('button', word('applications.regenerate'))
    const next = await takeSecret('userKey')
    expect(next).not.toBe(key)
    await keys.give('button', word('test.title'))
    await keys.give('button', word('test.pasteInstead'))
    const pasted = () => page.getByRole('textbox', { name: word('applications.userKey') })
    await keys.write(pasted(), key)
    await keys.press('Control+Enter')
    await denied(3, 'user_key_invalid')
    await keys.write(pasted(), next)
    await keys.press('Control+Enter')
    await allowed()
  })

  const addKey = () => page.getByRole('button', { name: word('applications.addKey'), exact: true })
  it('A7: adds a second key and more; the sixth is refused, and the reason is read without a mouse', async () => {
    await makeApplication(lanes, 'Ferries')
    await takeSecret('appKey')
    await title('Ferries')
    for (const label of ['Second', 'Third', 'Fourth', 'Fifth']) {
      await keys.give('button', word('applications.addKey'))
      await keys.write(page.getByRole('dialog').getByRole('textbox', { name: word('applications.label') }), label)
      if (label === 'Second') await axe()
      await keys.give('button', word('applications.addKey'))
      await takeSecret('appKey')
      await page.getByRole('button', { name: word('common.moreActions', { name: label }), exact: true }).waitFor()
    }
    await keys.press('Tab')
    await keys.reach(addKey())
    await page
      .getByRole('tooltip')
      .getByText(word('applications.keyLimit', { limit: 5 }))
      .waitFor()
    await keys.press('Enter')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await axe()
  })

  it('A8: keyless on and off with the usage rules', async () => {
    await openRules(lanes)
    await keys.reach(atLeastOneKey())
    await keys.press('Space')
    await text(word('rules.keylessTitle'))
    await axe()
    await keys.press('Control+Enter')
    await text(word('rules.saved', { name: lanes }))
    await makeApplication(lanes, 'Trams')
    await takeSecret('appKey')
    await title('Trams')
    await keys.fromMenu(word('common.moreActions', { name: await onlyKey() }), word('applications.deleteKey'))
    await text(word('applications.becomesKeyless'))
    await axe()
    await keys.give('button', word('applications.deleteKey'))
    await closed()
    await text(word('applications.isKeyless'))
    await test()
    await allowed()
    await text(word('test.passed.keyless'))
    await openRules(lanes)
    await keys.reach(atLeastOneKey())
    await keys.press('Space', 'Control+Enter')
    await text(word('rules.endedKeyless', { count: 1, figure: '1' }))
    await keys.open('Trams')
    await title('Trams')
    await text(word('applications.noKeys'))
    await test()
    await denied(4, 'application_key_invalid')
  })

  /** The name of the only key, as its menu says it. */
  async function onlyKey(): Promise<string> {
    const before = word('common.moreActions', { name: '\u0000' }).split('\u0000')
    const button = page
      .getByRole('table', { name: word('applications.keys') })
      .getByRole('button')
      .last()
    const label = (await button.getAttribute('aria-label')) ?? ''
    return label.slice(before[0]?.length ?? 0, label.length - (before[1]?.length ?? 0))
  }

  it('A11: filters: required and empty refuses all; the lists of the application and of one key', async () => {
    await openRules(lanes)
    await keys.choose(mode('ipFilter', 'required'))
    await keys.choose(mode('referrerFilter', 'on'))
    await text(word('rules.lockOutText'))
    await axe()
    await keys.press('Control+Enter')
    await text(word('rules.saved', { name: lanes }))
    await keys.open('Ferries')
    await title('Ferries')
    await text(word('applications.ipRangesMeaning.required'))
    await test()
    await denied(8, 'ip_not_allowed')
    await text(word('test.failed.ipEmpty'))

    await keys.open('Ferries')
    await title('Ferries')
    await keys.write(field(word('applications.ipRangesAdd')), '10.1.2.3/33')
    await keys.press('Enter')
    await text(word('applications.noRange'))
    await keys.write(field(word('applications.ipRangesAdd')), '10.1.2.3/16')
    await keys.press('Enter')
    await text('10.1.0.0/16')
    await keys.write(field(word('applications.referrersAdd')), '*.Shop.example')
    await keys.press('Enter')
    await text('*.shop.example')
    const first = page
      .getByRole('table', { name: word('applications.keys') })
      .getByRole('row')
      .nth(1)
    const menu = (await first.getByRole('button').last().getAttribute('aria-label')) ?? ''
    await keys.fromMenu(menu, word('applications.keyFilters'))
    const ranges = page.getByRole('dialog').getByRole('textbox', { name: word('applications.ipRanges') })
    await keys.write(ranges, '10.1.9.0/24')
    await keys.press('Enter')
    await page.getByRole('dialog').getByText('10.1.9.0/24').waitFor()
    await axe()
    await keys.press('Escape')
    await closed()
    await test()
    const ask = async (ip: string, referrer: string) => {
      await keys.write(field(word('test.ip')), ip)
      await keys.write(field(word('test.referrer')), referrer)
      await keys.press('Control+Enter')
    }
    await ask('10.1.2.3', 'https://www.shop.example/cart')
    await text(word('test.failed.ipList.key', { ip: '10.1.2.3' }))
    await ask('10.9.9.9', 'https://www.shop.example/cart')
    await text(word('test.failed.ipList.application', { ip: '10.9.9.9' }))
    await ask('10.1.9.9', 'https://shop.example/cart')
    await denied(9, 'referrer_not_allowed')
    await ask('10.1.9.9', 'https://www.shop.example/cart')
    await allowed()
    await axe()
  })

  it('M2, T5: a member sees only the scopes they may use; with none, the page says why and whom to ask', async () => {
    const look = async (name: string, section?: string) => {
      await keys.letters('g', 'm')
      await title(word('members.title'))
      await keys.letters('n')
      await title(word('members.invite'))
      await keys.write(field(word('members.name')), name)
      await keys.write(field(word('members.email')), `${name.split(' ')[0]?.toLowerCase()}@journeys.example`)
      if (section !== undefined) {
        await keys.reach(page.getByRole('checkbox', { name: section }))
        await keys.press('Space')
      }
      await keys.press('Control+Enter')
      await keys.give('button', word('members.previewAs', { name }))
      await text(word('frame.preview', { name }))
      // A preview changes nothing, so that it offers no new token: the form is looked at by its address.
      await goTo(page, '/tokens/new')
      await title(word('tokens.add'))
    }
    const scope = (name: string) => page.getByRole('checkbox', { name: word(`common.scope.${name}`) })
    await look('Kim Novak', word('common.section.partners'))
    await scope('account_management').waitFor()
    expect([
      await scope('account_management').isEnabled(),
      await scope('finance').isEnabled(),
      await scope('stats').isEnabled(),
    ]).toEqual([true, false, false])
    await axe()
    await keys.give('button', word('frame.stopPreview'))
    await page.getByText(word('frame.preview', { name: 'Kim Novak' })).waitFor({ state: 'detached' })
    await look('Ray Solo')
    await text(word('tokens.noScopes'))
    const [before = ''] = word('tokens.noScopesText', { admins: '\u0000' }).split('\u0000')
    const note = await page.getByText(before).first().textContent()
    expect(note).toContain('Dana Whitfield')
    for (const name of ['account_management', 'finance', 'stats']) expect(await scope(name).isEnabled()).toBe(false)
    await axe()
    await keys.give('button', word('frame.stopPreview'))
  })
})
