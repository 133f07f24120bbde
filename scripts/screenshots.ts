/**
 * `npm run screenshots`: opens the built console with the sample workspace and takes the pictures of README into
 * docs/screenshots. `npm run screenshots -- --all FOLDER` takes every screen in light and dark, English and Korean, wide
 * and narrow, to look at. Build first (`npm run build`).
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openConsole } from '../test/e2e/console.ts'
import { sharedChromium } from '../test/e2e/in-browser.ts'

const root = join(import.meta.dirname, '..')
const [mode, folder = join(root, 'docs', 'screenshots')] = process.argv.slice(2)
const all = mode === '--all'

interface Look {
  readonly name: string
  readonly locale: 'en-GB' | 'ko-KR'
  readonly colorScheme: 'light' | 'dark'
  readonly width: number
}
const looks: readonly Look[] = [
  { name: 'light', locale: 'en-GB', colorScheme: 'light', width: 1440 },
  { name: 'dark', locale: 'en-GB', colorScheme: 'dark', width: 1440 },
  { name: 'ko-light', locale: 'ko-KR', colorScheme: 'light', width: 1440 },
  { name: 'ko-dark', locale: 'ko-KR', colorScheme: 'dark', width: 1440 },
  { name: 'narrow', locale: 'en-GB', colorScheme: 'light', width: 760 },
]

/** Address by name; `{service}` and `{application}` are filled from the sample. */
const screens: Readonly<Record<string, string>> = {
  overview: '/',
  services: '/services',
  'service-new': '/services/new',
  service: '/services/{service}',
  'service-applications': '/services/{service}/applications',
  'service-integration': '/services/{service}/integration',
  'service-plans': '/services/{service}/plans',
  'service-rules': '/services/{service}/rules',
  'service-migrate': '/services/{service}/migrate',
  applications: '/applications',
  'application-new': '/applications/new',
  application: '/applications/{application}',
  accounts: '/accounts',
  account: '/accounts/{account}',
  'test-credentials': '/test-credentials?service={service}',
  members: '/members',
  'member-invite': '/members/invite',
  audit: '/audit',
  settings: '/settings',
  transfer: '/settings/transfer',
  profile: '/profile',
  tokens: '/tokens',
  'token-new': '/tokens/new',
}
const ofReadme = ['tokens', 'application', 'service-integration']

mkdirSync(folder, { recursive: true })
for (const look of all ? looks : looks.slice(0, 2)) {
  const { locale, colorScheme, width } = look
  const latchkey = await openConsole('browser', {
    words: ['--sample'],
    locale,
    colorScheme,
    viewport: { width, height: 900 },
  })
  const { page } = latchkey
  await page.locator('main h1').waitFor()
  const show = async (address: string) => {
    await page.evaluate((hash) => {
      location.hash = hash
    }, address)
    await page.waitForTimeout(700)
  }
  /** The id in the first link that leads to a page of this noun. */
  const firstId = async (list: string, noun: string, row = ''): Promise<string> => {
    await show(list)
    const links = await page
      .locator('main tbody tr', { hasText: row })
      .locator(`a[href*="/${noun}/"]`)
      .evaluateAll((found) => found.map((a) => a.getAttribute('href')))
    return links.map((href) => /\/([0-9A-Z]{26})(?:[/?]|$)/.exec(href ?? '')?.[1]).find((id) => id !== undefined) ?? ''
  }
  const ids: Record<string, string> = {
    service: await firstId('/services?q=Payments', 'services'),
    account: await firstId('/accounts', 'accounts'),
  }
  // One with several keys, in the service whose filters are on.
  ids.application = await firstId(`/services/${ids.service}/applications`, 'applications', '4 of 5')
  for (const [name, address] of Object.entries(screens)) {
    if (!all && !ofReadme.includes(name)) continue
    await show(address.replace(/\{(\w+)\}/, (_whole, noun: string) => ids[noun] ?? ''))
    await page.screenshot({ path: join(folder, `${name}-${look.name}.png`) })
  }
  if (latchkey.faults.length > 0) console.error(`${look.name}: ${latchkey.faults.join('\n')}`)
  await latchkey.stop()
}
await (await sharedChromium()).close()
