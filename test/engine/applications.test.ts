import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { founding, openTestConsole, passphrase, refusalOf, type TestConsole } from './console-fixture.ts'

let console_: TestConsole
let accountId = ''

beforeEach(async () => {
  console_ = await openTestConsole()
  await console_.caller.console.createWorkspace({ ...founding, passphrase })
  const { result } = await console_.caller.account.create({ name: 'Bluebird Retail' })
  accountId = result.id
})
afterEach(() => console_.close())

async function createService(name: string, pattern: 'api_key' | 'app_id_key' | 'oauth') {
  const { result } = await console_.caller.service.create({ name, pattern })
  return result.id
}

async function createApplication(serviceId: string, name: string) {
  const { result, reveals } = await console_.caller.application.create({ accountId, serviceId, name })
  const secrets = await Promise.all(reveals.map(({ ticket }) => console_.caller.secret.take({ ticket })))
  return { id: result.id, secrets: secrets.map(({ secret }) => secret) }
}

describe('applications through the bridge', () => {
  it('A6: an application of the API key pattern is found by its exact key, which no answer holds', async () => {
    const serviceId = await createService('Catalog API', 'api_key')
    const { id, secrets } = await createApplication(serviceId, 'Checkout mobile')
    await createApplication(serviceId, 'Checkout web')
    const [userKey = ''] = secrets
    expect(userKey).toMatch(/^[0-9a-f]{32}$/)
    const found = await console_.caller.application.list({ search: userKey })
    expect(found.rows).toMatchObject([{ id, name: 'Checkout mobile', accountName: 'Bluebird Retail', keys: 0 }])
    expect(await console_.caller.find({ text: userKey })).toMatchObject([{ id, bySecret: true }])
    const everything = JSON.stringify([
      found,
      await console_.caller.application.get({ id }),
      await console_.caller.audit.list({}),
      await console_.caller.overview({}),
    ])
    expect(everything).toContain('Checkout mobile')
    expect(everything).not.toContain(userKey)
    expect(everything).not.toMatch(/"(digest|sealed|foldedDigest|userKeyDigest)"/)
  })

  it('A7: an app key is found too, and looked up again only through an audited reveal', async () => {
    const serviceId = await createService('Payments API', 'app_id_key')
    const { id, secrets } = await createApplication(serviceId, 'Checkout mobile')
    const [appKey = ''] = secrets
    expect((await console_.caller.application.list({ search: appKey })).rows).toMatchObject([
      { id, keys: 1, keyLimit: 5 },
    ])
    const detail = await console_.caller.application.get({ id })
    const keyId = detail.keys[0]?.id ?? ''
    expect(await console_.caller.secret.appKey({ id, keyId, purpose: 'copy' })).toEqual({ secret: appKey })
    const { rows } = await console_.caller.audit.list({ objectId: id })
    expect(rows.map(({ code }) => code)).toContain('appKey.copied')
  })

  it('A5, A10: cards count states over the same search', async () => {
    const serviceId = await createService('Payments API', 'app_id_key')
    const { id } = await createApplication(serviceId, 'One')
    await createApplication(serviceId, 'Two')
    await console_.caller.application.suspend({ id })
    const page = await console_.caller.application.list({ serviceId })
    expect(page.counts).toEqual({ live: 1, pending: 0, suspended: 1, keyless: 0, neverUsed: 2 })
    expect((await console_.caller.application.list({ filter: 'suspended' })).rows.map(({ name }) => name)).toEqual([
      'One',
    ])
  })
})

describe('Test credentials (A4)', () => {
  it('tells the first check that failed, with a picked key that is never opened', async () => {
    const serviceId = await createService('Payments API', 'app_id_key')
    const { id, secrets } = await createApplication(serviceId, 'Checkout mobile')
    const { keys, appId } = await console_.caller.application.get({ id })
    const picked = { applicationId: id, keyId: keys[0]?.id ?? '' }
    expect(await console_.caller.application.test({ serviceId, picked })).toMatchObject({
      authorized: true,
      status: 200,
    })
    const pasted = { appId, appKey: secrets[0] ?? '' }
    expect(await console_.caller.application.test({ serviceId, pasted })).toMatchObject({ authorized: true })
    const wrong = await console_.caller.application.test({ serviceId, pasted: { ...pasted, appKey: 'not-this-one' } })
    expect(wrong).toMatchObject({ authorized: false, code: 'application_key_invalid', status: 403 })
    expect(JSON.stringify(wrong)).not.toContain('not-this-one')
    await console_.caller.application.suspend({ id })
    expect(await console_.caller.application.test({ serviceId, picked })).toMatchObject({
      authorized: false,
      code: 'application_not_active',
    })
    expect((await console_.caller.audit.list({ code: 'appKey.' })).rows).toEqual([])
  })

  it('A1: after a change of pattern a picked application is tested by what the new pattern sends', async () => {
    const serviceId = await createService('Payments API', 'api_key')
    const { id } = await createApplication(serviceId, 'Checkout mobile')
    const picked = { applicationId: id }
    expect(await console_.caller.application.test({ serviceId, picked })).toMatchObject({ authorized: true })
    const { count, fingerprint } = await console_.caller.service.impact({ id: serviceId, target: 'app_id_key' })
    await console_.caller.service.changePattern({
      id: serviceId,
      pattern: 'app_id_key',
      acceptImpact: true,
      expectedImpact: { count, fingerprint },
    })
    // It is found, and has no key yet.
    expect(await console_.caller.application.test({ serviceId, picked })).toMatchObject({
      check: 'key',
      code: 'application_key_invalid',
      application: { id },
    })
    await console_.caller.application.createKey({ id })
    const { keys } = await console_.caller.application.get({ id })
    expect(
      await console_.caller.application.test({ serviceId, picked: { ...picked, keyId: keys[0]?.id ?? '' } }),
    ).toMatchObject({ authorized: true })
  })
})

describe('what a search finds', () => {
  it('a record by its id, an account by a developer’s e-mail, a service by its token', async () => {
    const { caller } = console_
    const service = await caller.service.create({ name: 'Payments API', pattern: 'app_id_key' })
    const serviceId = service.result.id
    await createService('Ledger API', 'app_id_key')
    const { id } = await createApplication(serviceId, 'Checkout mobile')
    await createApplication(serviceId, 'Back office')
    await caller.account.addDeveloper({ id: accountId, name: 'Ana', email: 'Ana@Bluebird.example' })
    await caller.account.create({ name: 'Alder' })
    const names = ({ rows }: { rows: readonly { name: string }[] }) => rows.map(({ name }) => name)

    expect(names(await caller.application.list({ search: id }))).toEqual(['Checkout mobile'])
    expect(names(await caller.application.list({ search: ` ${id.toLowerCase()} ` }))).toEqual(['Checkout mobile'])
    expect(names(await caller.service.list({ search: serviceId }))).toEqual(['Payments API'])
    expect(names(await caller.account.list({ search: accountId }))).toEqual(['Bluebird Retail'])
    expect(names(await caller.account.list({ search: 'Ana@Bluebird.example' }))).toEqual(['Bluebird Retail'])
    expect(names(await caller.account.list({ search: 'nobody@bluebird.example' }))).toEqual([])
    const self = (await caller.console.status()).open?.person.id ?? ''
    expect(names(await caller.member.list({ search: self }))).toEqual(['Dana Whitfield'])
    expect(await caller.find({ text: accountId })).toMatchObject([{ collection: 'account', id: accountId }])
    expect(await caller.find({ text: 'Ana@Bluebird.example' })).toMatchObject([{ collection: 'account' }])
    expect(await caller.find({ text: id })).toMatchObject([{ collection: 'application', id }])

    const tokenId = (await caller.service.get({ id: serviceId })).tokens[0]?.id ?? ''
    const { secret } = await caller.secret.serviceToken({ id: serviceId, tokenId, purpose: 'copy' })
    const found = await caller.service.list({ search: secret })
    expect(names(found)).toEqual(['Payments API'])
    expect(JSON.stringify(found)).not.toContain(secret)
    expect((await caller.serviceToken.list({ search: secret })).rows).toMatchObject([{ serviceId }])
    const { result } = await caller.accessToken.create({
      name: 'Nightly',
      scopes: ['account_management'],
      permission: 'ro',
      expiry: 'never',
    })
    expect(names(await caller.accessToken.list({ search: result.id }))).toEqual(['Nightly'])
  })
})

describe('picking for a test (A4)', () => {
  it('is open to who may test and not look: names and keys, and nothing else of an application', async () => {
    const payments = await createService('Payments API', 'app_id_key')
    const other = await createService('Ledger API', 'app_id_key')
    const { id, secrets } = await createApplication(payments, 'Checkout mobile')
    await createApplication(payments, 'Back office')
    await createApplication(other, 'Elsewhere')
    const { caller } = console_
    const { appId, keys } = await caller.application.get({ id })
    const { result } = await caller.member.invite({
      name: 'Mina Park',
      email: 'mina@bluebird.example',
      role: 'member',
      sections: ['plans'],
      serviceAccess: [payments],
    })
    await caller.console.preview({ memberId: result.id })
    expect(await refusalOf(caller.application.get({ id }))).toMatchObject({ code: 'forbidden' })
    const all = await caller.application.testable({ serviceId: payments })
    expect(all.map(({ name }) => name)).toEqual(['Back office', 'Checkout mobile'])
    const found = await caller.application.testable({ serviceId: payments, search: 'checkout' })
    const [key] = keys
    expect(found).toEqual([
      {
        id,
        serviceId: payments,
        name: 'Checkout mobile',
        accountName: 'Bluebird Retail',
        pattern: 'app_id_key',
        userKey: undefined,
        keys: [{ id: key?.id, label: key?.label, hintTail: key?.hintTail, standing: 'active' }],
        clientSecrets: [],
      },
    ])
    expect(await caller.application.testable({ serviceId: payments, applicationId: id })).toEqual(found)
    expect(JSON.stringify(all)).not.toContain(appId)
    expect(JSON.stringify(all)).not.toContain(secrets[0])
    const picked = { applicationId: id, keyId: key?.id ?? '' }
    expect(await caller.application.test({ serviceId: payments, picked })).toMatchObject({ authorized: true })
    expect(await refusalOf(caller.application.testable({ serviceId: other }))).toMatchObject({
      code: 'forbidden',
      params: { service: other },
    })
  })
})

describe('members through the bridge', () => {
  it('M5: a preview sees what the member sees, and changes nothing', async () => {
    const one = await createService('Payments API', 'app_id_key')
    await createService('Ledger API', 'app_id_key')
    const { result } = await console_.caller.member.invite({
      name: 'Mina Park',
      email: 'mina@bluebird.example',
      role: 'member',
      sections: ['partners'],
      serviceAccess: [one],
    })
    await console_.caller.member.activate({ id: result.id })
    await console_.caller.console.preview({ memberId: result.id })
    expect((await console_.caller.console.status()).open).toMatchObject({
      person: { name: 'Mina Park' },
      previewedBy: { name: 'Dana Whitfield' },
    })
    expect((await console_.caller.service.list({})).rows.map(({ name }) => name)).toEqual(['Payments API'])
    expect(await refusalOf(console_.caller.account.create({ name: 'New' }))).toMatchObject({
      code: 'preview_read_only',
    })
    expect(await refusalOf(console_.caller.audit.list({}))).toMatchObject({ code: 'forbidden' })
    await console_.caller.console.preview({})
    expect((await console_.caller.service.list({})).total).toBe(2)
  })

  it('M3: the last active admin and one’s own rights stay', async () => {
    const { open } = await console_.caller.console.status()
    const id = open?.person.id ?? ''
    expect((await console_.caller.member.list({})).rows).toMatchObject([{ self: true, lastAdmin: true }])
    const demote = console_.caller.member.updateRights({ id, role: 'member', sections: [], serviceAccess: 'all' })
    expect(['own_rights', 'last_admin']).toContain((await refusalOf(demote)).code)
    expect(['own_rights', 'last_admin']).toContain((await refusalOf(console_.caller.member.delete({ id }))).code)
  })
})

describe('the workspace’s name', () => {
  it('is the same in the document, in the list of workspaces and for who sits at the console', async () => {
    const { open } = await console_.caller.console.status()
    await console_.caller.workspace.rename({ id: open?.id ?? '', name: 'Bluebird Retail' })
    expect(await console_.caller.console.status()).toMatchObject({
      open: { name: 'Bluebird Retail' },
      current: { name: 'Bluebird Retail' },
      workspaces: [{ name: 'Bluebird Retail' }],
    })
  })

  it('M5: an invited member is previewed as they will be; the sample cannot be deleted meanwhile', async () => {
    const invited = await console_.caller.member.invite({
      name: 'Mina',
      email: 'mina@bluebird.example',
      role: 'member',
      sections: ['partners'],
      serviceAccess: 'all',
    })
    await console_.caller.console.preview({ memberId: invited.result.id })
    expect((await console_.caller.application.list({})).total).toBe(0)
    expect(await refusalOf(console_.caller.console.deleteSample())).toMatchObject({ code: 'preview_read_only' })
  })
})
