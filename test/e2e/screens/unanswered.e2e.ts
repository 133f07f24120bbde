/** What a panel shows while its question is not answered, and when it fails: never nothing. */
import type { Page, WebSocketRoute } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Console, openConsole } from '../console.ts'
import { goTo } from './bridge-of-page.ts'

type Treatment = 'hold' | 'fail' | 'pass'
let latchkey: Console
let page: Page
/** What becomes of questions, by their names. */
let treatments: Readonly<Record<string, Treatment>> = {}

interface Question {
  readonly id: number
  readonly params?: { readonly path?: string }
}

/** Questions of one moment come as a list in one frame; what is no JSON is a ping. */
function questionsIn(message: string | Buffer): readonly Question[] | undefined {
  try {
    return [JSON.parse(String(message)) as Question | readonly Question[]].flat()
  } catch {
    return undefined
  }
}

function between(route: WebSocketRoute): void {
  const server = route.connectToServer()
  route.onMessage((message) => {
    const questions = questionsIn(message)
    if (!questions) server.send(message)
    for (const question of questions ?? []) {
      const treatment = treatments[question.params?.path ?? ''] ?? 'pass'
      if (treatment === 'pass') server.send(JSON.stringify(question))
      if (treatment === 'fail') {
        const data = { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500 }
        route.send(JSON.stringify({ id: question.id, error: { code: -32603, message: 'It failed', data } }))
      }
    }
  })
}

beforeAll(async () => {
  latchkey = await openConsole('browser', { words: ['--sample'], viewport: { width: 1440, height: 900 } })
  page = latchkey.page
  page.setDefaultTimeout(15_000)
  await page.locator('main h1').waitFor()
  await page.routeWebSocket(/\/bridge/, between)
  await page.reload()
  await page.locator('main h1').waitFor()
})
afterAll(() => latchkey.stop())

/** Says that it waits, then that it failed, then what was asked for. */
async function waitsThenFailsThenAnswers(path: string, place: string, answered: () => Promise<unknown>): Promise<void> {
  const panel = () => page.locator(place)
  await panel().getByText('Loading…').first().waitFor()
  treatments = { [path]: 'fail' }
  await page.reload()
  await panel().getByRole('alert').first().waitFor()
  treatments = {}
  await panel().getByRole('button', { name: 'Try again' }).first().click()
  await answered()
}

it('the recent changes of an application', async () => {
  treatments = { 'audit.list': 'hold' }
  await goTo(page, '/applications')
  await page.locator('tbody a').first().click()
  const place = 'section[aria-label="Recent changes"]'
  await waitsThenFailsThenAnswers('audit.list', place, () =>
    page.locator(place).locator('li, p.lk-panel-body').first().waitFor(),
  )
})

it('the plans of a service, while they are asked for', async () => {
  await page.getByRole('button', { name: 'Change plan' }).first().waitFor()
  treatments = { 'service.get': 'hold' }
  await page.reload()
  await page.getByRole('button', { name: 'Change plan' }).first().click()
  await page.getByRole('dialog').getByText('Loading…').waitFor()
  expect(await page.getByRole('dialog').getByRole('radio').count()).toBe(0)
  await page.keyboard.press('Escape')
  treatments = {}
})

it.each(['application.list', 'application.get', 'application.test'])('Try it, over %s', async (path) => {
  treatments = {}
  await goTo(page, '/services')
  await page.locator('tbody a').first().click()
  await page.getByRole('link', { name: 'Integration' }).click()
  await page.locator('.lk-try .lk-code').last().waitFor()
  treatments = { [path]: 'hold' }
  await page.reload()
  await waitsThenFailsThenAnswers(path, '.lk-try', () =>
    page.locator('.lk-try .lk-code').last().getByText('authorized').first().waitFor(),
  )
})
