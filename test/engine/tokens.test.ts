import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { founding, openTestConsole, passphrase, refusalOf, type TestConsole } from './console-fixture.ts'

const dayMs = 86_400_000
const start = Date.UTC(2026, 10, 22, 12)
let clock = start
let console_: TestConsole

beforeEach(async () => {
  clock = start
  console_ = await openTestConsole({ now: () => clock })
  await console_.caller.console.createWorkspace({ ...founding, passphrase })
})
afterEach(() => console_.close())

const wanted = {
  name: 'CI pipeline',
  scopes: ['stats', 'account_management'],
  permission: 'rw',
  expiry: { days: 30 },
} as const

async function createToken(name = 'CI pipeline') {
  const { result, reveals } = await console_.caller.accessToken.create({ ...wanted, scopes: [...wanted.scopes], name })
  const { secret } = await console_.caller.secret.take({ ticket: reveals[0]?.ticket ?? '' })
  return { id: result.id, secret, ticket: reveals[0]?.ticket ?? '' }
}

/** Every byte below the data folder. */
function bytesBelow(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Buffer.concat(files.map((entry) => readFileSync(join(entry.parentPath, entry.name))))
}

describe('access tokens through the bridge', () => {
  it('T6: the secret is given once, and only its digest is on disk', async () => {
    const { id, secret, ticket } = await createToken()
    expect(secret).toMatch(/^lk_at_[0-9A-Za-z]{49}$/)
    expect(await refusalOf(console_.caller.secret.take({ ticket }))).toMatchObject({ code: 'gone' })
    const row = await console_.caller.accessToken.get({ id })
    expect(JSON.stringify(row)).not.toContain(secret)
    expect(row).toMatchObject({
      hintHead: secret.slice(6, 10),
      expiresAt: start + 30 * dayMs,
      scopes: ['account_management', 'stats'],
    })
    await console_.main.close()
    const bytes = bytesBelow(console_.dataDirectory)
    expect(bytes.includes(id), 'the search finds what is there').toBe(true)
    expect(bytes.includes(secret.slice(6))).toBe(false)
    await console_.restart()
  })

  it('T6: another renderer cannot take a secret that waits for this one', async () => {
    const { reveals } = await console_.caller.accessToken.create({ ...wanted, scopes: ['stats'] })
    const stranger = console_.secondCaller()
    expect(await refusalOf(stranger.secret.take({ ticket: reveals[0]?.ticket ?? '' }))).toMatchObject({ code: 'gone' })
  })

  it('T12: a pasted token is found by its digest, a typo finds nothing', async () => {
    await createToken('Other')
    const { id, secret } = await createToken('Wanted')
    const found = await console_.caller.accessToken.list({ search: secret })
    expect(found.rows.map((row) => row.id)).toEqual([id])
    const typo = secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0')
    expect((await console_.caller.accessToken.list({ search: typo })).rows).toEqual([])
    expect(await console_.caller.find({ text: secret })).toMatchObject([{ id, bySecret: true }])
  })

  it('T13: rights narrow, never widen; a rotation leaves the old token until its overlap ends', async () => {
    const { id } = await createToken()
    await console_.caller.accessToken.update({ id, permission: 'ro' })
    expect(await refusalOf(console_.caller.accessToken.update({ id, permission: 'rw' }))).toMatchObject({
      code: 'widening',
      field: 'permission',
    })
    const { result, reveals } = await console_.caller.accessToken.rotate({ id, overlap: '1h' })
    expect(reveals).toHaveLength(1)
    expect(await console_.caller.accessToken.get({ id })).toMatchObject({
      expiresAt: start + 3_600_000,
      rotatedTo: result.id,
    })
    expect(await console_.caller.accessToken.get({ id: result.id })).toMatchObject({ permission: 'ro' })
    expect(await refusalOf(console_.caller.accessToken.rotate({ id, overlap: 'now' }))).toMatchObject({
      code: 'rotation_under_way',
    })
    clock += 3_600_000
    expect(await console_.caller.accessToken.get({ id })).toMatchObject({ standing: 'expired' })
  })

  it('T7: a deleted token is gone, and the audit keeps its name', async () => {
    const { id } = await createToken('Lost')
    await console_.caller.accessToken.delete({ id })
    expect(await refusalOf(console_.caller.accessToken.get({ id }))).toMatchObject({ code: 'not_found' })
    const { rows } = await console_.caller.audit.list({ objectId: id })
    expect(rows.map(({ code, objectName }) => [code, objectName])).toEqual([
      ['accessToken.deleted', 'Lost'],
      ['accessToken.created', 'Lost'],
    ])
    expect(await console_.caller.audit.verify({})).toMatchObject({ fault: undefined })
  })

  it('T10: the cards count what works, what ends soon, what ended, what was never used', async () => {
    await createToken('A')
    await console_.caller.accessToken.create({ ...wanted, scopes: ['stats'], name: 'B', expiry: { days: 7 } })
    await console_.caller.accessToken.create({ ...wanted, scopes: ['stats'], name: 'C', expiry: 'never' })
    clock += 8 * dayMs
    const page = await console_.caller.accessToken.list({ sort: 'name' })
    expect(page.counts).toEqual({ active: 2, expiring: 0, expired: 1, neverUsed: 3 })
    expect((await console_.caller.accessToken.list({ filter: 'expired' })).rows.map(({ name }) => name)).toEqual(['B'])
    expect(page.rows.map(({ name }) => name)).toEqual(['A', 'B', 'C'])
  })

  it('refuses bad input with the field named, and changes nothing', async () => {
    const bad = [
      [
        { ...wanted, scopes: ['stats'], name: '   ' },
        { code: 'required', field: 'name' },
      ],
      [
        { ...wanted, scopes: ['stats'], name: 'x'.repeat(256) },
        { code: 'too_long', field: 'name' },
      ],
      [
        { ...wanted, scopes: ['stats'], name: 'a\u0000b' },
        { code: 'malformed_text', field: 'name' },
      ],
      [
        { ...wanted, scopes: ['stats'], name: 'a\ud800b' },
        { code: 'malformed_text', field: 'name' },
      ],
      [
        { ...wanted, scopes: [], name: 'x' },
        { code: 'required', field: 'scopes' },
      ],
      [
        { ...wanted, scopes: ['stats'], name: 'x', expiry: { at: start - 1 } },
        { code: 'in_past', field: 'expiry' },
      ],
    ] as const
    const { bridgeErrorOf } = await import('./bridge-error.ts')
    for (const [input, expected] of bad) {
      expect(
        await bridgeErrorOf(console_.caller.accessToken.create(input as never)),
        JSON.stringify(input),
      ).toMatchObject(expected)
    }
    expect((await console_.caller.accessToken.list({})).total).toBe(0)
  })
})

describe('the audit as CSV', () => {
  it('U1: has a line an event, oldest first, and keeps a name that looks like a formula harmless', async () => {
    await createToken('=HYPERLINK("x")')
    const { text, count } = await console_.caller.audit.export({ format: 'csv' })
    const lines = text.trimEnd().split('\r\n')
    expect(lines[0]).toMatch(/^id,at,device,sequence,.*,previousHash,hash$/)
    expect(lines).toHaveLength(count + 1)
    expect(lines[1]).toContain('workspace.created')
    expect(lines.at(-1)).toContain(`"'=HYPERLINK(""x"")"`)
    expect((await console_.caller.audit.export({ format: 'csv', search: 'nobody' })).text).toBe(`${lines[0]}\r\n`)
  })
})

describe('services through the bridge', () => {
  it('S1: a service has its token at once; S3: each reveal is audited and gives the same secret', async () => {
    const { result } = await console_.caller.service.create({ name: 'Payments API' })
    const [row] = (await console_.caller.serviceToken.list({})).rows
    expect(row).toMatchObject({ serviceId: result.id, serviceName: 'Payments API', mayRotate: true })
    const reveal = () =>
      console_.caller.secret.serviceToken({ id: result.id, tokenId: row?.token.id ?? '', purpose: 'reveal' })
    const { secret } = await reveal()
    expect(secret.slice(6, 49).endsWith(row?.token.hintTail ?? '?')).toBe(true)
    expect((await reveal()).secret).toBe(secret)
    const { rows } = await console_.caller.audit.list({ code: 'serviceToken.' })
    expect(rows.map(({ code }) => code)).toEqual(['serviceToken.revealed', 'serviceToken.revealed'])
    expect(JSON.stringify(rows)).not.toContain(secret)
  })

  it('S4: a rotation keeps two tokens valid for the overlap, and no more than two', async () => {
    const { result } = await console_.caller.service.create({ name: 'Payments API' })
    await console_.caller.service.rotateToken({ id: result.id, overlap: '24h' })
    const [row] = (await console_.caller.serviceToken.list({})).rows
    expect(row?.ending?.endsAt).toBe(start + dayMs)
    expect(await refusalOf(console_.caller.service.rotateToken({ id: result.id, overlap: 'now' }))).toMatchObject({
      code: 'rotation_under_way',
    })
    clock += dayMs
    await console_.caller.service.rotateToken({ id: result.id, overlap: 'now' })
    expect((await console_.caller.serviceToken.list({})).rows[0]?.ending).toBeUndefined()
  })

  it('a name that is taken is refused, and a second one in other words is not', async () => {
    await console_.caller.service.create({ name: 'Payments API' })
    expect(await refusalOf(console_.caller.service.create({ name: 'payments api' }))).toMatchObject({
      code: 'taken',
      field: 'systemName',
    })
    await console_.caller.service.create({ name: 'Payments API', systemName: 'payments-2' })
    expect((await console_.caller.service.list({})).total).toBe(2)
  })

  it('tells every renderer what changed, never what it changed to', async () => {
    const notices: unknown[] = []
    const feed = await console_.caller.console.changes()
    const reading = (async () => {
      for await (const notice of feed) {
        notices.push(notice)
        break
      }
    })()
    await console_.secondCaller().service.create({ name: 'Payments API' })
    await reading
    expect(notices).toMatchObject([[expect.any(String), { collections: ['service', 'auditEvent'] }, expect.anything()]])
  })
})
