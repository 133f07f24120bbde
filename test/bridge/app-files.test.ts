import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { answerAppRequest } from '../../src-main/bridge/app-files.ts'
import { listStaticFiles } from '../../src-main/bridge/static-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-files-'))
const renderer = join(folder, 'renderer')
mkdirSync(join(renderer, 'assets'), { recursive: true })
writeFileSync(join(renderer, 'index.html'), '<p>page</p>')
writeFileSync(join(renderer, 'assets', 'index-1.js'), 'script')
writeFileSync(join(renderer, 'notes.txt'), 'not part of the console')
writeFileSync(join(folder, 'secret.html'), 'secret')
symlinkSync(join(folder, 'secret.html'), join(renderer, 'link.html'))
afterAll(() => rmSync(folder, { recursive: true }))

const files = listStaticFiles(renderer)
const get = (url: string, more: { method?: string; initiatorOrigin?: string } = {}) =>
  answerAppRequest({ method: 'GET', url, ...more }, files)

describe('app://', () => {
  it('serves the page and its files, with the policy on them', async () => {
    const page = await get('app://latchkey/index.html')
    expect([page.status, await page.text()]).toEqual([200, '<p>page</p>'])
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.headers.get('cache-control')).toBe('no-store')
    const script = await get('app://latchkey/assets/index-1.js', { initiatorOrigin: 'app://latchkey' })
    expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
  })

  it.each([
    ['app://latchkey/../secret.html', {}, 404],
    ['app://latchkey/%2e%2e/secret.html', {}, 404],
    ['app://latchkey/..%2fsecret.html', {}, 404],
    ['app://latchkey/assets/..%5c..%5csecret.html', {}, 404],
    ['app://latchkey/assets/', {}, 404],
    ['app://latchkey//index.html', {}, 404],
    ['app://latchkey/index.html%00', {}, 404],
    ['app://latchkey/link.html', {}, 404],
    ['app://latchkey/notes.txt', {}, 404],
    ['app://latchkey/__proto__', {}, 404],
    ['app://evil/index.html', {}, 421],
    ['app://latchkey:1/index.html', {}, 421],
    ['app://user@latchkey/index.html', {}, 421],
    ['https://latchkey/index.html', {}, 421],
    ['nonsense', {}, 400],
    ['app://latchkey/index.html', { method: 'POST' }, 405],
    ['app://latchkey/index.html', { method: 'HEAD' }, 405],
    ['app://latchkey/index.html', { initiatorOrigin: 'https://evil.example' }, 403],
    ['app://latchkey/index.html', { initiatorOrigin: 'null' }, 403],
  ])('%s %o is refused with %d, and the refusal carries the policy', async (url, more, status) => {
    const answer = await get(url, more)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await answer.text()).not.toContain('secret')
  })
})

it('a folder without the page is named', () => {
  expect(() => listStaticFiles(join(folder, 'nowhere'))).toThrow(join(folder, 'nowhere'))
})
