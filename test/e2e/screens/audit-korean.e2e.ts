/** The audit in Korean: no name of a field, no value and no instant is left as the trail keeps it. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { askBridge, goTo, serviceId } from './bridge-of-page.ts'

let latchkey: Console
beforeAll(async () => {
  latchkey = await openConsole('browser', {
    words: ['--sample'],
    locale: 'ko-KR',
    viewport: { width: 1440, height: 900 },
  })
  latchkey.page.setDefaultTimeout(10_000)
  await latchkey.page.locator('main h1').waitFor()
})
afterAll(async () => {
  expect(latchkey.faults).toEqual([])
  await latchkey.stop()
})

it('says fields, values and instants in words', async () => {
  const { page } = latchkey
  const id = await serviceId(page, 'Ledger API')
  await askBridge(page, 'mutation', 'service.updateUsageRules', { id, ipFilter: 'required', keyLimit: 7 })
  await askBridge(page, 'mutation', 'service.suspend', { id })
  await goTo(page, '/audit')
  const changes = page.locator('tbody td')
  await changes.getByText('상태: 운영 중 → 정지됨').first().waitFor()
  await changes.getByText('IP 필터: 끔 → 필수').first().waitFor()
  await page.locator('tbody tr', { hasText: 'IP 필터' }).first().dblclick()
  const facts = page.getByRole('dialog')
  await facts.getByText('애플리케이션당 최대 키 수').waitFor()
  await page.keyboard.press('Escape')
  // An instant has its time and zone.
  const dated = changes.getByText(/만료: .*\d{2}:\d{2} \S+/)
  if ((await changes.getByText(/만료:/).count()) > 0) await dated.first().waitFor()
  // Latin letters in a change are names and ends of keys, never the name of a field: those are followed by a colon.
  const texts = await page.locator('tbody td .lk-subtle').allTextContents()
  expect(texts.filter((text) => /(^| · )[a-z][A-Za-z.]*: /.test(text))).toEqual([])
})
