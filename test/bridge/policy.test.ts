import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hostRequestText, readHostRequest } from '../../shared/protocol/host-request.ts'
import { appOrigin, externalAddress, mayNavigate } from '../../src-main/bridge/policy/addresses.ts'
import { parseArguments } from '../../src-main/bridge/policy/arguments.ts'
import { routeOfDeepLink } from '../../src-main/bridge/policy/deep-links.ts'
import { mayFetch } from '../../src-main/bridge/policy/fetch-metadata.ts'
import { contentSecurityPolicy, responseHeaders } from '../../src-main/bridge/policy/headers.ts'
import { mediaTypeOf } from '../../src-main/bridge/policy/media-types.ts'
import { mayUse } from '../../src-main/bridge/policy/permissions.ts'
import { maySpeak } from '../../src-main/bridge/policy/senders.ts'

describe('navigation', () => {
  it.each(['app://latchkey/', 'app://latchkey/index.html#/services', 'APP://latchkey/'])('stays on %s', (address) => {
    expect(mayNavigate(address, appOrigin)).toBe(true)
  })
  it.each([
    'app://latchkey.evil/',
    'app://evil/',
    'app://latchkey@evil/',
    'app://user@latchkey/',
    'app://latchkey:80/',
    'https://latchkey/',
    'https:\\\\latchkey@evil',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'about:blank',
    'blob:app://latchkey/1',
    '//latchkey',
    '',
  ])('does not go to %s', (address) => {
    expect(mayNavigate(address, appOrigin)).toBe(false)
  })
})

describe('addresses handed to the system', () => {
  it.each(['https://docs.example/a?b#c', 'http://10.0.0.1/'])('%s is', (address) => {
    expect(externalAddress(address)).toBe(address)
  })
  it.each([
    'file:///etc/passwd',
    'smb://host/share',
    'ms-settings:',
    'javascript:alert(1)',
    'vbscript:x',
    'data:text/html,x',
    'https://good@evil/',
    'not an address',
    'latchkey://open/services',
  ])('%s is not', (address) => {
    expect(externalAddress(address)).toBeUndefined()
  })
  it('only ever hands on http and https, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.webUrl(), fc.string(), fc.webUrl({ validSchemes: ['ftp', 'file', 'javascript'] })),
        (text) => {
          expect(externalAddress(text) ?? 'https:').toMatch(/^https?:/)
        },
      ),
    )
  })
})

describe('deep links', () => {
  it.each([
    ['latchkey://open/services', '/services'],
    ['latchkey://open/overview', '/'],
    ['latchkey://open/services/svc_1/applications', '/services/svc_1/applications'],
  ])('%s leads to %s', (link, route) => {
    expect(routeOfDeepLink(link)).toBe(route)
  })
  it.each([
    'latchkey://open/services?name=x',
    'latchkey://open/services#/tokens',
    'latchkey://open/services/../tokens/reveal',
    'latchkey://open/services/%2e%2e/x',
    'latchkey://open/reveal',
    'latchkey://open/',
    'latchkey://delete/services',
    'latchkey://user@open/services',
    'latchkey://open:1/services',
    'latchkey:open/services',
    'https://open/services',
    `latchkey://open/services/${'a'.repeat(600)}`,
    '',
  ])('%s leads nowhere', (link) => {
    expect(routeOfDeepLink(link)).toBeUndefined()
  })
})

describe('the command line', () => {
  const parse = (...words: string[]) => parseArguments(words, '/srv')
  it('reads what it knows', () => {
    expect(parse('--data', 'here', '--host=browser', '--sample', '--no-open')).toEqual({
      ok: true,
      value: { dataDirectory: '/srv/here', host: 'browser', sample: true, open: false, link: undefined },
    })
    expect(parse('--data=/a=b')).toMatchObject({ value: { dataDirectory: '/a=b' } })
  })
  it.each([
    ['--dta', 'x'],
    ['--data'],
    ['--data', '--sample'],
    ['--data='],
    ['--host=chrome'],
    ['x'],
    ['--sample=yes'],
  ])('says what is wrong with %s', (...words) => {
    expect(parse(...words)).toMatchObject({ ok: false, problem: expect.any(String) })
  })
  it('never throws', () => {
    fc.assert(fc.property(fc.array(fc.string()), (words) => void parse(...words)))
  })
})

describe('senders of messages', () => {
  const ours = { address: 'app://latchkey/index.html', isMainFrame: true, isKnownWindow: true }
  it('our page in the main frame of our window may speak', () => expect(maySpeak(ours, appOrigin)).toBe(true))
  it.each([
    { ...ours, address: null },
    { ...ours, address: 'app://evil/index.html' },
    { ...ours, address: 'https://latchkey/' },
    { ...ours, address: 'about:blank' },
    { ...ours, isMainFrame: false },
    { ...ours, isKnownWindow: false },
  ])('%o may not', (sender) => expect(maySpeak(sender, appOrigin)).toBe(false))
})

describe('headers', () => {
  it('nothing is loaded from elsewhere, and no script or style is inline', () => {
    const policy = contentSecurityPolicy('ws://127.0.0.1:1')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:1")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(contentSecurityPolicy()).toContain("connect-src 'self';")
  })
  it('every answer says how it may be used', () => {
    expect(responseHeaders({ caching: 'never' })).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
  })
})

it('only kinds of files that the console is made of have a media type', () => {
  expect(mediaTypeOf('/a/INDEX.HTML')).toMatch('text/html')
  for (const name of ['x.exe', 'x.map', 'x.html.bak', 'html', '.html/', 'x']) expect(mediaTypeOf(name)).toBeUndefined()
})

it('permissions are for our own page, and few', () => {
  expect(mayUse('clipboard-sanitized-write', true)).toBe(true)
  expect(mayUse('clipboard-sanitized-write', false)).toBe(false)
  for (const name of ['media', 'geolocation', 'notifications', 'openExternal', 'fileSystem', 'toString', '__proto__']) {
    expect(mayUse(name, true)).toBe(false)
  }
})

it.each([
  [{ site: undefined, mode: undefined, destination: undefined }, true],
  [{ site: 'same-origin', mode: 'cors', destination: 'empty' }, true],
  [{ site: 'none', mode: 'navigate', destination: 'document' }, true],
  [{ site: 'cross-site', mode: 'navigate', destination: 'document' }, true],
  [{ site: 'cross-site', mode: 'navigate', destination: 'iframe' }, false],
  [{ site: 'cross-site', mode: 'no-cors', destination: 'script' }, false],
  [{ site: 'same-site', mode: 'cors', destination: 'empty' }, false],
  [{ site: 'none', mode: 'no-cors', destination: 'image' }, false],
])('a request with %o is answered: %s', (metadata, answered) => {
  expect(mayFetch(metadata)).toBe(answered)
})

it('a host request is read as it was written, and nothing else is read as one', () => {
  for (const request of [
    { method: 'host.action', action: 'go.services' },
    { method: 'host.navigate', route: '/services' },
  ] as const) {
    expect(readHostRequest(hostRequestText(request))).toEqual(request)
  }
  for (const text of [
    '{"method":"host.navigate","route":"//evil"}'.replace('//', ''),
    '{"method":"host.else"}',
    '{"method":"host.',
    '{"id":1}',
  ]) {
    expect(readHostRequest(text)).toBeUndefined()
  }
})
