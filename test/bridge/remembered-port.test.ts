import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listenOn, rememberedPort, rememberPort } from '../../src-main/bridge/browser/remembered-port.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-port-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the remembered port', () => {
  it('brings the browser host back to its origin, where drafts and settings are', async () => {
    const first = createServer()
    const port = await listenOn(first, rememberedPort(folder))
    rememberPort(folder, `http://127.0.0.1:${port}`)
    await new Promise((closed) => first.close(closed))
    const second = createServer()
    expect(await listenOn(second, rememberedPort(folder))).toBe(port)

    const third = createServer()
    expect(await listenOn(third, rememberedPort(folder)), 'a port that is taken is not waited for').not.toBe(port)
    second.close()
    third.close()
  })

  it.each(['', 'http', '-1', '80', '65536', '8080.5', '1e9'])('is any port where the file says %j', (text) => {
    writeFileSync(join(folder, 'port'), text)
    expect(rememberedPort(folder)).toBe(0)
  })
})
