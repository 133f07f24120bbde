/** The hostile list of the browser host, asked over real sockets; what needs a real browser is in browser-host.e2e.ts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { type BrowserServer, startBrowserServer } from '../../src-main/bridge/browser/browser-server.ts'
import { httpLimits } from '../../src-main/bridge/browser/http-limits.ts'
import { bridgeLimits } from '../../src-main/bridge/limits.ts'
import { serveBridge } from '../../src-main/bridge/serve-bridge.ts'
import { listStaticFiles } from '../../src-main/bridge/static-files.ts'
import { testRouter } from './test-router.ts'
import { exchange } from './wires.ts'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-server-'))
writeFileSync(join(folder, 'index.html'), 'the page')
afterAll(() => rmSync(folder, { recursive: true }))

let now = 0
let server: BrowserServer
let authority: string
beforeAll(async () => {
  server = await start()
  authority = new URL(server.origin).host
})
afterAll(() => server.close())

function start(more: Partial<Parameters<typeof startBrowserServer>[0]> = {}): Promise<BrowserServer> {
  return startBrowserServer({
    files: listStaticFiles(folder),
    serve: (socket) => serveBridge(socket, { router: testRouter, context: { running: 0 } }),
    now: () => now,
    sessionIdleMs: 1_000,
    ...more,
  })
}

/** Sends bytes as they are, which no client library would, and gives everything that comes back. */
function raw(text: string, port = new URL(server.origin).port): Promise<string> {
  return new Promise((done) => {
    let answer = ''
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(text))
    socket.on('data', (more) => {
      answer += more
    })
    socket.on('error', () => done(answer))
    socket.on('close', () => done(answer))
  })
}

const lines = (...each: string[]) => `${each.join('\r\n')}\r\n\r\n`
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])
const launchSecret = (lifetime = 60_000) => server.launchAddress(lifetime).split('#launch=')[1] ?? ''

const upgrade = (...headers: string[]) =>
  lines(
    'GET /bridge HTTP/1.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers,
  )

describe('Host and Origin', () => {
  it('serves the page to its own name only, with the headers on it', async () => {
    const answer = await raw(lines('GET / HTTP/1.1', `Host: ${authority}`, 'Connection: close'))
    expect(statusOf(answer)).toBe(200)
    expect(answer).toContain('the page')
    expect(answer).toMatch(/content-security-policy: default-src 'none'/)
    expect(answer).toMatch(/cache-control: no-store/)
    expect(answer).toMatch(new RegExp(`connect-src 'self' ws://${authority}`))
    expect(answer).not.toMatch(/set-cookie/i)
  })

  it.each([
    ['another name that resolves here (DNS rebinding)', () => `Host: evil.example:${new URL(server.origin).port}`],
    ['localhost', () => `Host: localhost:${new URL(server.origin).port}`],
    ['no port', () => 'Host: 127.0.0.1'],
    ['another port', () => 'Host: 127.0.0.1:1'],
    ['a dot behind', () => `Host: 127.0.0.1.:${new URL(server.origin).port}`],
  ])('misdirected: %s', async (_name, host) => {
    expect(statusOf(await raw(lines('GET / HTTP/1.1', host(), 'Connection: close')))).toBe(421)
    expect(statusOf(await raw(upgrade(host(), `Origin: ${server.origin}`)))).toBe(421)
  })

  it('refuses a request with two hosts, and one with none', async () => {
    const two = await raw(lines('GET / HTTP/1.1', `Host: ${authority}`, 'Host: evil.example', 'Connection: close'))
    expect([400, 421]).toContain(statusOf(two))
    expect(statusOf(await raw(lines('GET / HTTP/1.1', 'Connection: close')))).toBe(400)
    expect(statusOf(await raw(lines('GET / HTTP/1.0')))).toBe(421)
  })

  it.each([
    ['missing', () => []],
    ['null', () => ['Origin: null']],
    ['of another site', () => ['Origin: http://evil.example']],
    ['of another port', () => ['Origin: http://127.0.0.1:1']],
    ['https', () => [`Origin: https://${authority}`]],
    ['twice', () => [`Origin: http://${authority}`, 'Origin: http://evil.example']],
    ['with something behind', () => [`Origin: http://${authority}.evil.example`]],
  ])('acts for no Origin that is %s', async (_name, origin) => {
    expect(statusOf(await raw(upgrade(`Host: ${authority}`, ...origin())))).toBe(403)
    const body = JSON.stringify({ launch: launchSecret() })
    const post = lines(
      'POST /session HTTP/1.1',
      `Host: ${authority}`,
      ...origin(),
      'Connection: close',
      `Content-Length: ${body.length}`,
    )
    expect(statusOf(await raw(post + body))).toBe(403)
  })

  it('a rebound page, equal in Host and Origin, gets nothing', async () => {
    const port = new URL(server.origin).port
    expect(statusOf(await raw(upgrade(`Host: evil.example:${port}`, `Origin: http://evil.example:${port}`)))).toBe(421)
  })

  it.each(['script', 'image', 'iframe', 'empty'])('answers no %s of another site', async (destination) => {
    const mode = destination === 'iframe' ? 'navigate' : 'no-cors'
    const request = ['Sec-Fetch-Site: cross-site', `Sec-Fetch-Mode: ${mode}`, `Sec-Fetch-Dest: ${destination}`]
    expect(statusOf(await raw(lines('GET / HTTP/1.1', `Host: ${authority}`, ...request, 'Connection: close')))).toBe(
      403,
    )
  })
})

describe('paths and methods', () => {
  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '//etc/passwd',
    '/index.html/',
    '/bridge',
    '/session',
    '/.',
    '/index.html%00',
    '*',
  ])('finds nothing at %s', async (path) => {
    const answer = await raw(lines(`GET ${path} HTTP/1.1`, `Host: ${authority}`, 'Connection: close'))
    expect([400, 404]).toContain(statusOf(answer))
  })
  it.each(['PUT', 'DELETE', 'OPTIONS', 'POST', 'TRACE'])('does not %s', async (method) => {
    expect(statusOf(await raw(lines(`${method} / HTTP/1.1`, `Host: ${authority}`, 'Connection: close')))).toBe(405)
  })
  it('upgrades nowhere but at the bridge', async () => {
    const text = upgrade(`Host: ${authority}`, `Origin: ${server.origin}`).replace('/bridge', '/else')
    expect(statusOf(await raw(text))).toBe(404)
  })
})

describe('launch secrets and sessions', () => {
  const ask = (body: string) =>
    fetch(`${server.origin}/session`, { method: 'POST', headers: { origin: server.origin }, body })

  it('a launch secret opens one session, once', async () => {
    const launch = launchSecret()
    const first = await ask(JSON.stringify({ launch }))
    expect(first.status).toBe(200)
    expect(first.headers.get('cache-control')).toBe('no-store')
    expect((await ask(JSON.stringify({ launch }))).status).toBe(403)
  })
  it('a launch secret is too old after its time', async () => {
    const launch = launchSecret(60_000)
    now += 60_000
    expect((await ask(JSON.stringify({ launch }))).status).toBe(403)
  })
  it.each(['', '{}', 'null', '[]', '{"launch":1}', '{"launch":""}', '{"launch":"guess"}', 'x'.repeat(2_000)])(
    'the body %s opens nothing',
    async (body) => {
      const status = await ask(body).then(
        (answer) => answer.status,
        () => 413,
      )
      expect([403, 413]).toContain(status)
    },
  )

  function connectWith(firstFrame: string): Promise<number> {
    const socket = new WebSocket(`ws://${authority}/bridge`, { origin: server.origin })
    onTestFinished(() => socket.terminate())
    socket.on('open', () => {
      socket.send(firstFrame)
      socket.send(JSON.stringify({ id: 1, method: 'query', params: { path: 'greet', input: { name: 'Ada' } } }))
    })
    return new Promise((done) => {
      socket.on('message', () => done(0))
      socket.on('close', done)
    })
  }
  const hello = (session: string) => JSON.stringify({ method: 'connectionParams', data: { session } })

  it('a connection with a session is served, before and after a reload', async () => {
    const session = await exchange(server.origin, server.launchAddress(60_000))
    expect(await connectWith(hello(session))).toBe(0)
    expect(await connectWith(hello(session))).toBe(0)
  })
  it.each([
    ['no session', '{"method":"connectionParams","data":{}}'],
    ['a guessed session', hello('guess')],
    ['a call before any session', '{"id":1,"method":"query","params":{"path":"greet","input":{"name":"Ada"}}}'],
    ['no JSON', 'hello'],
    ['a launch secret', '{"method":"connectionParams","data":{"launch":"x"}}'],
    ['a huge first frame', hello('x'.repeat(5_000))],
  ])('a first frame with %s is refused, and nothing is answered', async (_name, frame) => {
    expect(await connectWith(frame)).toBe(4401)
  })
  it('a session without a connection ends with its idle time', async () => {
    const session = await exchange(server.origin, server.launchAddress(60_000))
    now += 1_000
    expect(await connectWith(hello(session))).toBe(4401)
  })
  it('a session of another run is not known', async () => {
    const other = await start()
    const session = await exchange(other.origin, other.launchAddress(60_000))
    await other.close()
    expect(await connectWith(hello(session))).toBe(4401)
  })
})

describe('limits', () => {
  it('cuts off who sends headers slowly', async () => {
    const quick = await start({
      httpLimits: { ...httpLimits, headersWithinMs: 100, requestWithinMs: 200, checkEveryMs: 20 },
    })
    onTestFinished(() => quick.close())
    const { host, port } = new URL(quick.origin)
    expect(statusOf(await raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `, port))).toBe(408)
  })
  it('refuses headers that are too big, or too many of them are not read', async () => {
    expect(statusOf(await raw(lines('GET / HTTP/1.1', `Host: ${authority}`, `X: ${'x'.repeat(10_000)}`)))).toBe(431)
  })
  it('closes who says nothing after the upgrade', async () => {
    const quick = await start({ bridgeLimits: { ...bridgeLimits, firstFrameWithinMs: 50 } })
    onTestFinished(() => quick.close())
    const socket = new WebSocket(`${quick.origin.replace('http', 'ws')}/bridge`, { origin: quick.origin })
    expect(await new Promise((done) => socket.on('close', done))).toBe(4408)
  })
  it('closes on an oversize or a binary first frame', async () => {
    const closes = (frame: string | Buffer) => {
      const socket = new WebSocket(`ws://${authority}/bridge`, { origin: server.origin })
      socket.on('open', () => socket.send(frame))
      socket.on('error', () => {})
      return new Promise((done) => socket.on('close', done))
    }
    expect(await closes('x'.repeat(bridgeLimits.frameBytes + 1))).toBe(1009)
    expect(await closes(Buffer.from([1, 2, 3]))).toBe(1003)
  })
  it('has room for so many WebSockets and no more', async () => {
    const small = await start({ httpLimits: { ...httpLimits, webSockets: 2 } })
    onTestFinished(() => small.close())
    const open = () => {
      const socket = new WebSocket(`${small.origin.replace('http', 'ws')}/bridge`, { origin: small.origin })
      return new Promise((done) => {
        socket.on('open', () => done('open'))
        socket.on('error', (error) => done(error.message))
      })
    }
    expect([await open(), await open(), await open()]).toEqual(['open', 'open', 'Unexpected server response: 503'])
  })
})
