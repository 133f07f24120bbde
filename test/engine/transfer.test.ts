import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Application } from '../../shared/domain/application-schema.ts'
import type { CollectionName } from '../../shared/domain/collections.ts'
import { collectionNames } from '../../shared/domain/collections.ts'
import { applicationKeyAad, clientSecretAad, userKeyAad } from '../../shared/domain/credential.ts'
import { envelopeFields } from '../../shared/domain/document.ts'
import { serviceTokenAad } from '../../shared/domain/service.ts'
import type { Service } from '../../shared/domain/service-schema.ts'
import { bridgeErrorOf } from './bridge-error.ts'
import { founding, openTestConsole, passphrase, refusalOf, type TestConsole } from './console-fixture.ts'
import { bytesBelow, exported, imported, openInside, planned, settled, upload } from './transfer-fixture.ts'

const start = Date.UTC(2026, 10, 22, 12)
const filePassphrase = 'a passphrase for one file'
let clock = start
let console_: TestConsole

beforeEach(async () => {
  clock = start
  console_ = await openTestConsole({ now: () => clock })
  await console_.caller.console.createWorkspace({ ...founding, passphrase })
})
afterEach(() => console_.close())

const head = { format: 'latchkey', version: 1 }
const documentation = readFileSync(new URL('../../docs/import-export.md', import.meta.url), 'utf8')
function exampleOf(language: string): string {
  const found = new RegExp(`\`\`\`${language} latchkey\n([\\s\\S]*?)\`\`\``).exec(documentation)?.[1]
  if (found === undefined) throw new Error(`The documentation has no example in ${language}.`)
  return found
}

/** The workspace as its export has it, to see that nothing was written. */
async function everything(console: TestConsole): Promise<string> {
  const { text } = await exported(console.caller)
  return text.replace(/"exportedAt": "[^"]*"/, '')
}

describe('a file as it is documented', () => {
  it('is imported with its foreign ids mapped and its credentials working, and nothing clear on disk', async () => {
    const { caller } = console_
    const { rows, progress } = await imported(caller, exampleOf('json'))
    expect(progress.counts.application).toMatchObject({ make: 1, issued: 0 })
    const service = rows.find(({ kind }) => kind === 'service')
    expect(service).toMatchObject({ action: 'make', sourceId: '2555417' })
    expect(service?.mapped?.map(({ field, from }) => [field, from])).toEqual([
      ['metrics.0', '7001'],
      ['metrics.1', '7002'],
      ['plans.0', '9001'],
    ])
    const serviceId = service?.objectId ?? ''
    const tried = await caller.application.test({
      serviceId,
      pasted: { appId: '1a2b3c4d', appKey: 'fedcba9876543210fedcba9876543210' },
      referrer: 'https://shop.acme.example/',
    })
    expect(tried).toMatchObject({ authorized: true, application: { name: 'Checkout', accountName: 'Acme' } })

    const csv = await imported(caller, exampleOf('csv'), { format: 'csv' })
    expect(csv.rows.map(({ name, action, line }) => [name, action, line])).toEqual([
      ['Kiosk', 'make', 2],
      ['Mobile', 'make', 3],
    ])
    expect((await caller.application.list({})).rows.map(({ name, keys, state }) => [name, keys, state])).toEqual([
      ['Checkout', 2, 'live'],
      ['Kiosk', 1, 'live'],
      ['Mobile', 2, 'suspended'],
    ])
    const codes = (await caller.audit.list({ limit: 500 })).rows.map(({ code }) => code)
    expect(codes.filter((code) => code === 'workspace.imported')).toHaveLength(2)
    expect(codes).toContain('member.imported')
    expect(await caller.audit.verify({})).toMatchObject({ fault: undefined })

    await console_.main.close()
    const bytes = bytesBelow(console_.dataDirectory)
    expect(bytes.includes('1a2b3c4d'), 'the search finds what is there').toBe(true)
    for (const secret of [
      '0123456789abcdef0123456789abcdef',
      'fedcba9876543210fedcba9876543210',
      '2f0c2dd3a3a7a7b1c86d4a6d9d0c1d6f9a4c3b2e1f0d9c8b7a6f5e4d3c2b1a09',
      '00112233445566778899aabbccddeeff',
      'ffeeddccbbaa99887766554433221100',
    ]) {
      expect(bytes.includes(secret), secret).toBe(false)
    }
    await console_.restart()
  })

  it('is imported once: a second time everything is the same', async () => {
    await imported(console_.caller, exampleOf('json'))
    const { rows, progress } = await planned(console_.caller, exampleOf('json'))
    expect(progress.state).toBe('ready')
    expect(rows.map(({ kind, action }) => [kind, action])).toEqual([
      ['service', 'same'],
      ['account', 'same'],
      ['application', 'same'],
      ['member', 'same'],
    ])
  })
})

describe('a round trip', () => {
  /** All documents of the open workspace without what says who wrote them, secrets opened. */
  async function contents(console: ReturnType<typeof openInside>, collections: readonly CollectionName[]) {
    const { store, vault } = console.open
    const open = (sealed: string, aad: string) => vault.open(sealed, aad).reveal()
    const all: unknown[] = []
    for (const collection of collections) {
      for (const document of await store.find(collection, { sort: { field: 'id', direction: 'asc' } })) {
        const fields = Object.entries(document).filter(
          ([field]) => field === 'id' || !(envelopeFields as readonly string[]).includes(field),
        )
        const content = structuredClone(Object.fromEntries(fields)) as Record<string, unknown>
        if (collection === 'service') {
          const { id, tokens } = content as unknown as Service
          for (const token of tokens) token.sealed = open(token.sealed, serviceTokenAad(id, token.id))
        }
        if (collection === 'application') {
          const { id, userKey, keys, clientSecrets } = content as unknown as Application
          if (userKey) userKey.sealed = open(userKey.sealed, userKeyAad(id))
          for (const key of keys) key.sealed = open(key.sealed, applicationKeyAad(id, key.id))
          for (const secret of clientSecrets) secret.sealed = open(secret.sealed, clientSecretAad(id, secret.id))
        }
        all.push([collection, content])
      }
    }
    return all
  }

  it('with the passphrase reproduces everything, secrets included; the file holds none of them in clear', async () => {
    // Only so many stores are open at a time in the storage's library.
    await console_.main.close()
    const sample = openInside(() => clock)
    const fresh = openInside(() => clock)
    try {
      await sample.caller.console.openSample()
      await fresh.caller.console.createWorkspace({ ...founding, passphrase })
      const { text } = await exported(sample.caller, filePassphrase)
      const collections = ['service', 'account', 'application'] as const
      const before = await contents(sample, collections)
      expect(secretsIn(before).length).toBeGreaterThan(200)
      for (const secret of secretsIn(before)) expect(text.includes(secret)).toBe(false)
      const { progress } = await imported(fresh.caller, text, { passphrase: filePassphrase })
      expect(progress.accessTokens).toBe(8)
      expect(await contents(fresh, collections)).toEqual(before)
      const founder = JSON.stringify(founding.memberEmail)
      const members = (await contents(fresh, ['member'])).filter((each) => !JSON.stringify(each).includes(founder))
      expect(members).toEqual(await contents(sample, ['member']))
      // The control: one secret that is another is seen.
      const [changed] = secretsIn(before)
      expect(JSON.parse(JSON.stringify(before).replace(changed ?? '', 'another'))).not.toEqual(before)
    } finally {
      await sample.close()
      await fresh.close()
    }
  })

  function secretsIn(all: readonly unknown[]): string[] {
    return [...JSON.stringify(all).matchAll(/"sealed":"([^"]+)"/g)].map(([, secret]) => secret ?? '')
  }

  it('without a passphrase carries no secret, sealed or not, and issues each anew', async () => {
    await imported(console_.caller, exampleOf('json'))
    const { text } = await exported(console_.caller)
    expect(text).not.toContain('"sealed"')
    expect(text).not.toContain('0123456789abcdef0123456789abcdef')
    const fresh = await openTestConsole({ now: () => clock })
    try {
      await fresh.caller.console.createWorkspace({ ...founding, passphrase })
      const { rows, progress } = await imported(fresh.caller, text)
      expect(progress.counts.application.issued).toBe(2)
      expect(progress.counts.service.issued).toBe(1)
      expect(rows.find(({ kind }) => kind === 'application')).toMatchObject({ action: 'make', issued: 2 })
    } finally {
      await fresh.close()
    }
  })

  it('asks for the passphrase, and says when it is the wrong one', async () => {
    const { caller } = console_
    await imported(caller, exampleOf('json'))
    const { text } = await exported(caller, filePassphrase)
    const without = await planned(caller, text)
    expect(without.progress).toMatchObject({ state: 'failed', refusal: { code: 'required', field: 'passphrase' } })
    await caller.transfer.plan({ id: without.id, passphrase: 'another passphrase' })
    expect(await settled(caller, without.id)).toMatchObject({
      state: 'failed',
      refusal: { code: 'wrong_passphrase', field: 'passphrase' },
    })
    await caller.transfer.plan({ id: without.id, passphrase: filePassphrase })
    expect(await settled(caller, without.id)).toMatchObject({ state: 'ready' })
  })

  it('refuses a sealed value that was moved to another place', async () => {
    const { caller } = console_
    await imported(caller, exampleOf('json'))
    const { text } = await exported(caller, filePassphrase)
    const file = JSON.parse(text) as { applications: { keys: { sealed: string }[] }[] }
    const [first, second] = file.applications[0]?.keys ?? []
    if (first === undefined || second === undefined) throw new Error('The example has two keys.')
    first.sealed = second.sealed
    const { rows } = await planned(caller, file, { passphrase: filePassphrase })
    expect(rows.find(({ kind }) => kind === 'application')?.refusal).toMatchObject({
      code: 'invalid',
      field: 'keys.0.sealed',
      params: { reason: 'sealed' },
    })
  })
})

describe('all or nothing', () => {
  it('a refused row keeps every other from being written', async () => {
    const { caller } = console_
    const before = await everything(console_)
    const file = {
      ...head,
      accounts: [{ name: 'Acme' }, { name: '  ' }, { name: 'Zenith', color: 'red' }],
    }
    const { id, rows, progress } = await planned(caller, file)
    expect(progress).toMatchObject({ state: 'refused', counts: { account: { make: 1, refuse: 2 } } })
    expect(rows.map(({ action, refusal }) => [action, refusal?.code, refusal?.field])).toEqual([
      ['make', undefined, undefined],
      ['refuse', 'required', 'name'],
      ['refuse', 'unknown_field', 'color'],
    ])
    expect((await caller.transfer.report({ id, action: 'refuse', limit: 1 })).total).toBe(2)
    expect(await refusalOf(caller.transfer.commit({ id }))).toMatchObject({ code: 'wrong_state' })
    expect(await everything(console_)).toBe(before)
    // The control: the same file without the refused rows is written.
    await imported(caller, { ...head, accounts: [{ name: 'Acme' }] })
    expect(await everything(console_)).not.toBe(before)
  })

  it('a plan is out of date once anything else was written', async () => {
    const { caller } = console_
    const { id } = await planned(caller, { ...head, services: [{ name: 'Payments', systemName: 'payments' }] })
    await caller.service.create({ name: 'Payments', systemName: 'payments' })
    expect(await refusalOf(caller.transfer.commit({ id }))).toMatchObject({
      code: 'wrong_state',
      params: { state: 'stale' },
    })
    await caller.transfer.plan({ id })
    expect(await settled(caller, id)).toMatchObject({ state: 'ready', counts: { service: { same: 1 } } })
  })

  it('is for admins, at the console, and not in preview', async () => {
    const { caller } = console_
    const { result } = await caller.member.invite({
      name: 'Mina Park',
      email: 'mina@bluebird.example',
      sections: ['partners', 'plans', 'settings'],
      serviceAccess: 'all',
    })
    await caller.member.activate({ id: result.id })
    const { id } = await planned(caller, { ...head, accounts: [{ name: 'Acme' }] })
    await caller.console.preview({ memberId: result.id })
    expect(await refusalOf(caller.transfer.begin({ format: 'json' }))).toMatchObject({ code: 'preview_read_only' })
    expect(await refusalOf(caller.transfer.commit({ id }))).toMatchObject({ code: 'preview_read_only' })
    expect(await refusalOf(caller.transfer.export({ format: 'json' }))).toMatchObject({ code: 'forbidden' })
    const stranger = console_.secondCaller()
    expect(await refusalOf(stranger.transfer.progress({ id }))).toMatchObject({ code: 'gone' })
  })

  it('an upload that nobody asks about for 10 minutes is dropped, and so is one of a locked workspace', async () => {
    const { caller } = console_
    const id = await upload(caller, '{"format":')
    clock += 599_999
    await caller.transfer.progress({ id })
    clock += 600_000
    expect(await refusalOf(caller.transfer.progress({ id }))).toMatchObject({ code: 'gone' })
    const other = await upload(caller, '{}')
    await caller.console.lock()
    await caller.console.unlock({ passphrase })
    expect(await refusalOf(caller.transfer.append({ id: other, text: ' ' }))).toMatchObject({ code: 'gone' })
  })

  it('a cancelled plan is over and left nothing', async () => {
    const { caller } = console_
    const before = await everything(console_)
    const id = await upload(caller, exampleOf('json'))
    await caller.transfer.plan({ id })
    await caller.transfer.cancel({ id })
    expect(await settled(caller, id)).toMatchObject({ state: 'cancelled' })
    expect(await refusalOf(caller.transfer.commit({ id }))).toMatchObject({ code: 'wrong_state' })
    expect(await everything(console_)).toBe(before)
  })
})

describe('a table of chosen applications', () => {
  const table = async (applicationIds: string[]) => {
    const { caller } = console_
    const { id } = await caller.transfer.export({ format: 'csv', applicationIds })
    expect(await settled(caller, id)).toMatchObject({ state: 'exported' })
    return (await caller.transfer.read({ id, part: 0 })).text.trim().split('\r\n')
  }

  it('U1: holds those that are there, once each and without secrets, and the audit tells how many', async () => {
    const { caller } = console_
    await imported(caller, exampleOf('json'))
    await imported(caller, exampleOf('csv'), { format: 'csv' })
    const { rows } = await caller.application.list({})
    const idOf = (name: string) => rows.find((row) => row.name === name)?.id ?? ''
    await caller.application.delete({ id: idOf('Kiosk') })
    const lines = await table([idOf('Mobile'), idOf('Checkout'), idOf('Mobile'), idOf('Kiosk')])
    expect(lines[0]).toMatch(/^id,name,/)
    expect(lines.slice(1).map((line) => line.split(',')[1])).toEqual(
      [idOf('Mobile'), idOf('Checkout')].toSorted().map((id) => (id === idOf('Mobile') ? 'Mobile' : 'Checkout')),
    )
    expect(lines.join()).not.toContain('fedcba9876543210fedcba9876543210')
    const [event] = (await caller.audit.list({ code: 'workspace.exported' })).rows
    expect(event?.changes).toEqual([
      { field: 'format', before: null, after: 'csv' },
      { field: 'secrets', before: null, after: false },
      { field: 'applications', before: null, after: 2 },
    ])
  })

  it('is refused for no application, for too many, as JSON, and in a preview', async () => {
    const { caller } = console_
    const ids = Array.from({ length: 501 }, (_, at) => `01ARZ3NDEKTSV4RRFFQ69G${String(at).padStart(4, '0')}`)
    const attempt = (applicationIds: string[], format: 'csv' | 'json' = 'csv') =>
      caller.transfer.export({ format, applicationIds })
    expect(await bridgeErrorOf(attempt([]))).toMatchObject({ code: 'required', field: 'applicationIds' })
    expect(await bridgeErrorOf(attempt(ids))).toMatchObject({ code: 'too_many', field: 'applicationIds' })
    expect(await refusalOf(attempt(ids.slice(0, 1), 'json'))).toMatchObject({ field: 'applicationIds' })
    const invited = await caller.member.invite({
      name: 'Mina',
      email: 'mina@bluebird.example',
      role: 'admin',
      sections: [],
      serviceAccess: 'all',
    })
    await caller.console.preview({ memberId: invited.result.id })
    expect(await refusalOf(attempt(ids.slice(0, 1)))).toMatchObject({ code: 'preview_read_only' })
  })
})

describe('bad input is refused by name and place, and changes nothing', () => {
  const files: [string, string, object][] = [
    ['nothing', '', { code: 'invalid', params: { reason: 'empty' } }],
    ['no JSON', 'hello', { code: 'invalid', params: { reason: 'not_json', line: 1 } }],
    [
      'cut off',
      '{"format":"latchkey",\n"version":1,\n"accounts":[{"name":"A"}',
      { params: { reason: 'not_json', line: 3 } },
    ],
    [
      'a row that is no JSON',
      '{"format":"latchkey",\n"version":1,"accounts":[\n{"name":oops}]}',
      { params: { reason: 'not_json', line: 3 } },
    ],
    ['another format', '{"format":"3scale","version":1}', { field: 'format', params: { reason: 'wrong_format' } }],
    [
      'a later version',
      '{"format":"latchkey","version":2}',
      { field: 'version', params: { reason: 'wrong_version', supported: 1 } },
    ],
    [
      'an unknown field',
      '{"format":"latchkey","version":1,"invoices":[]}',
      { code: 'unknown_field', field: 'invoices' },
    ],
    [
      'a prototype name',
      '{"format":"latchkey","version":1,"__proto__":{"x":1}}',
      { code: 'unknown_field', field: '__proto__' },
    ],
    [
      'a field twice',
      '{"format":"latchkey","version":1,"format":"latchkey"}',
      { field: 'format', params: { reason: 'twice' } },
    ],
    [
      'a list that is none',
      '{"format":"latchkey","version":1,"accounts":{}}',
      { field: 'accounts', params: { reason: 'not_a_list' } },
    ],
    [
      'too deep',
      `{"format":"latchkey","version":1,"accounts":[${'['.repeat(40)}`,
      { params: { reason: 'too_deep', line: 1 } },
    ],
    [
      'too long a row',
      `{"format":"latchkey","version":1,"accounts":[{"name":"${'x'.repeat(1_100_000)}"}]}`,
      { code: 'too_long', field: 'accounts' },
    ],
  ]
  it.each(files)('%s', async (_name, text, refusal) => {
    const before = await everything(console_)
    const { progress } = await planned(console_.caller, text)
    expect(progress).toMatchObject({ state: 'failed', refusal })
    expect(await everything(console_)).toBe(before)
  })

  const rows: [string, object, object][] = [
    ['NUL', { accounts: [{ name: 'a\u0000b' }] }, { code: 'malformed_text', field: 'name' }],
    ['a lone surrogate', { accounts: [{ name: 'a\ud800b' }] }, { code: 'malformed_text', field: 'name' }],
    ['too long', { accounts: [{ name: 'x'.repeat(256) }] }, { code: 'too_long', field: 'name', params: { max: 255 } }],
    [
      'an unknown field below',
      { services: [{ name: 'A', plans: [{ name: 'B', cost: 1 }] }] },
      { code: 'unknown_field', field: 'plans.0.cost' },
    ],
    [
      'no service',
      { applications: [{ service: 'none', account: 'Acme', name: 'A' }] },
      { code: 'not_found', field: 'service' },
    ],
    ['no name', { services: [{}] }, { code: 'required', field: 'name' }],
    [
      'a typo in a service token',
      { services: [{ name: 'A', tokens: [`lk_st_${'x'.repeat(49)}`] }] },
      { code: 'invalid', field: 'tokens.0.value' },
    ],
    [
      'a bad range',
      { applications: [{ service: 'a', account: 'b', name: 'A', ipRanges: ['300.1.1.1'] }] },
      { code: 'invalid_range', field: 'ipRanges.0' },
    ],
    ['31 February', { accounts: [{ name: 'A', createdAt: '2026-02-31' }] }, { code: 'invalid', field: 'createdAt' }],
    ['a row that is no object', { accounts: ['Acme'] }, { code: 'invalid' }],
  ]
  it.each(rows)('%s', async (_name, lists, refusal) => {
    const { progress, rows } = await planned(console_.caller, { ...head, ...lists })
    expect(progress.state).toBe('refused')
    expect(rows[0]?.refusal).toMatchObject(refusal)
  })

  const tables: [string, string, object][] = [
    ['a column missing', 'name,service\nA,b\n', { params: { reason: 'missing_column', column: 'account' } }],
    ['an unknown column', 'name,service,account,colour\nA,b,c,d\n', { code: 'unknown_field', field: 'colour' }],
    ['a column twice', 'name,service,account,name\nA,b,c,d\n', { field: 'name', params: { reason: 'twice' } }],
    ['quotes left open', 'name,service,account\n"A,b,c\n', { params: { reason: 'not_csv' } }],
    ['only a header', 'name,service,account\n', { params: { reason: 'empty' } }],
  ]
  it.each(tables)('CSV: %s', async (_name, text, refusal) => {
    const { progress } = await planned(console_.caller, text, { format: 'csv' })
    expect(progress).toMatchObject({ state: 'failed', refusal })
  })

  it('CSV: a formula, a short line, each at its line; a key that begins like one is a key', async () => {
    const { caller } = console_
    await imported(caller, exampleOf('json'))
    const table = 'name,service,account,app_id,app_keys\n=1+1,payments,Acme,aaaa1111,k1k1k\nA,payments\n'
    const { rows } = await planned(caller, table, { format: 'csv' })
    expect(rows.map(({ line, refusal }) => [line, refusal?.params.reason])).toEqual([
      [2, 'formula'],
      [3, 'not_csv'],
    ])
    const keys = await imported(caller, 'name,service,account,app_id,app_keys\nB,payments,Acme,=app,+key+1\n', {
      format: 'csv',
    })
    expect(keys.rows[0]).toMatchObject({ action: 'make' })
    const { text } = await exported(caller, undefined, 'csv')
    expect(text).toContain(",'=app,")
    expect(text).not.toContain('+key+1')
    expect((await planned(caller, text, { format: 'csv' })).progress.counts.application).toMatchObject({ same: 2 })
  })

  it('a table names accounts that share their name by id, so that it can be read again', async () => {
    const { caller } = console_
    await imported(caller, exampleOf('json'))
    const { rows } = await caller.account.list({ search: 'Acme' })
    await caller.account.create({ name: rows[0]?.name ?? '' })
    const { text } = await exported(caller, undefined, 'csv')
    expect(text).toContain(rows[0]?.id)
    const again = await planned(caller, text, { format: 'csv' })
    expect(again.rows.map(({ action }) => action)).toEqual(['same'])
  })

  it('a part over its size, and a table with a passphrase', async () => {
    const { caller } = console_
    const { id } = await caller.transfer.begin({ format: 'json' })
    expect(await bridgeErrorOf(caller.transfer.append({ id, text: 'x'.repeat(131_073) }))).toMatchObject({
      code: 'too_long',
      field: 'text',
    })
    expect(await refusalOf(caller.transfer.export({ format: 'csv', passphrase: filePassphrase }))).toMatchObject({
      field: 'passphrase',
    })
  })

  it('no refusal, report or event tells a secret of the file', async () => {
    const { caller } = console_
    const secret = 'sEcReT-with spaces'
    const { id, progress, rows } = await planned(caller, {
      ...head,
      services: [{ name: 'A', tokens: [secret] }],
      accounts: [{ name: 'Acme' }],
      applications: [{ service: 'a', account: 'Acme', name: 'B', userKey: secret }],
    })
    expect(rows.filter(({ action }) => action === 'refuse')).toHaveLength(2)
    expect(JSON.stringify([progress, rows, await caller.transfer.progress({ id })])).not.toContain('sEcReT')
  })
})

it('knows every collection that an export covers', () => {
  // A new collection must be looked at here: does it belong in the file?
  expect(collectionNames).toEqual([
    'workspace',
    'member',
    'accessToken',
    'service',
    'account',
    'application',
    'auditEvent',
  ])
})
