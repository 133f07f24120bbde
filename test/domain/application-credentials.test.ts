import { describe, expect, it } from 'vitest'
import type { Actor } from '../../shared/domain/actor.ts'
import {
  regenerateUserKey,
  revealClientSecret,
  revealKey,
  revealUserKey,
  rotateClientSecret,
  updateRedirectUrls,
} from '../../shared/domain/application-credentials.ts'
import { updateFilters, updateKeyFilters } from '../../shared/domain/application-filters.ts'
import { createKey, deleteKey, rollKey, updateKey } from '../../shared/domain/application-keys.ts'
import type { Application } from '../../shared/domain/application-schema.ts'
import { isRedirectUrl } from '../../shared/domain/credential.ts'
import { defaultUsageRules } from '../../shared/domain/service.ts'
import type { Pattern, Service, UsageRules } from '../../shared/domain/service-schema.ts'
import {
  actorOf,
  aDeveloper,
  aMember,
  anAccount,
  anAdmin,
  anApplication,
  anApplicationKey,
  aService,
  digest,
  noon,
  open,
  ulidOf,
  World,
} from './fixtures.ts'

const ada = actorOf(anAdmin())
const account = anAccount()
const hour = 3_600_000

function set(
  pattern: Pattern,
  rules: Partial<UsageRules> = {},
  fields: Parameters<typeof anApplication>[2] = {},
): { world: World; service: Service; application: Application; now: () => Application } {
  const service = aService({ pattern, usageRules: { ...defaultUsageRules, ...rules } })
  const application = anApplication(service, account, fields)
  const world = new World().put('service', service).put('account', account).put('application', application)
  return { world, service, application, now: () => world.get('application', application.id) }
}

describe('user key', () => {
  it('A6: a new one takes the place of the old, at once', () => {
    const { world, service, application, now } = set('api_key')
    const { reveals, events } = world.must(ada, regenerateUserKey, { id: application.id })
    const text = reveals?.[0]?.secret.reveal() ?? ''
    expect(text).toMatch(/^[0-9a-f]{32}$/)
    expect(now().userKeyDigest).toBe(digest(text))
    expect(now().userKeyDigest).not.toBe(application.userKeyDigest)
    expect(now().userKey).toMatchObject({ digest: digest(text), hintTail: text.slice(-4), createdAt: noon })
    expect(events).toEqual([
      {
        code: 'application.userKeyRegenerated',
        objectCollection: 'application',
        objectId: application.id,
        objectName: 'Checkout',
        serviceId: service.id,
        changes: [{ field: 'userKey', before: application.userKey?.hintTail, after: text.slice(-4) }],
      },
    ])
  })

  it.each([
    ['', 'required'],
    ['a b', 'invalid'],
    ['a/b', 'invalid'],
    ['ké', 'invalid'],
    ['a\u0000', 'invalid'],
    ['x'.repeat(257), 'too_long'],
  ])('A6: %j is no user key', (userKey, code) => {
    const { world, application } = set('api_key')
    expect(world.give(ada, regenerateUserKey, { id: application.id, userKey })).toMatchObject({
      ok: false,
      code,
      field: 'userKey',
    })
  })

  it('A6: one of 1 to 256 letters, digits, _ - . + = may be chosen, with customs on', () => {
    for (const userKey of ['x', 'Aa0_-.+=', 'x'.repeat(256)]) {
      const { world, application, now } = set('api_key')
      world.must(ada, regenerateUserKey, { id: application.id, userKey })
      expect(now().userKeyDigest).toBe(digest(userKey))
    }
    const { world, application } = set('api_key', { customKeys: false })
    expect(world.give(ada, regenerateUserKey, { id: application.id, userKey: 'mine' })).toEqual({
      ok: false,
      code: 'custom_keys_off',
      field: 'userKey',
      params: {},
    })
  })

  it('A13: neither another application’s nor its own old one; another service’s is free', () => {
    const { world, service, application } = set('api_key', {}, { userKey: 'the-old-one' })
    world.put('application', anApplication(service, account, { name: 'B', userKey: 'key-of-b' }))
    const elsewhere = aService({ name: 'Elsewhere' })
    world.put('application', anApplication(elsewhere, account, { name: 'E', userKey: 'key-of-e' }))
    const give = (userKey: string) => world.give(ada, regenerateUserKey, { id: application.id, userKey })
    const taken = { ok: false, code: 'taken', field: 'userKey', params: {} }
    expect(give('key-of-b')).toEqual(taken)
    expect(give('the-old-one')).toEqual(taken)
    expect(give('key-of-e').ok).toBe(true)
  })

  it('A1: not in another pattern', () => {
    const { world, application } = set('app_id_key')
    expect(world.give(ada, regenerateUserKey, { id: application.id })).toEqual({
      ok: false,
      code: 'wrong_pattern',
      params: { pattern: 'app_id_key' },
    })
  })
})

describe('app keys', () => {
  const five = ['key-one', 'key-two', 'key-three', 'key-four', 'key-five']

  it('A7: the sixth key is refused with the limit; an expired one does not count', () => {
    const { world, application } = set('app_id_key', {}, { keys: five })
    expect(world.give(ada, createKey, { id: application.id })).toEqual({
      ok: false,
      code: 'key_limit',
      params: { limit: 5 },
    })
    const id = ulidOf('aged')
    const aged = set(
      'app_id_key',
      {},
      { id, keys: [...five.slice(1), anApplicationKey(id, 'old', { expiresAt: noon })] },
    )
    expect(aged.world.give(ada, createKey, { id }).ok).toBe(true)
    expect(aged.now().keys).toHaveLength(6)
    expect(aged.world.give(ada, createKey, { id })).toMatchObject({ code: 'key_limit' })
  })

  it('A7: a key has a label and an expiry, and is shown once', () => {
    const { world, application, now } = set('app_id_key')
    const { result, reveals, events } = world.must(ada, createKey, {
      id: application.id,
      label: ' production ',
      expiry: { days: 30 },
    })
    const key = now().keys.at(-1)
    const text = reveals?.[0]?.secret.reveal() ?? ''
    expect(text).toMatch(/^[0-9a-f]{32}$/)
    expect(key).toMatchObject({
      id: result.keyId,
      label: 'production',
      digest: digest(text),
      expiresAt: noon + 30 * 24 * hour,
    })
    expect(open(key?.sealed ?? '', `application/${application.id}/key/${result.keyId}`)).toBe(text)
    expect(events[0]).toMatchObject({
      code: 'application.keyCreated',
      changes: [
        { field: 'key', before: null, after: 'production' },
        { field: 'expiresAt', before: null, after: noon + 30 * 24 * hour },
      ],
    })
    // 0 is how *never* is kept, not how it is asked for.
    for (const at of [noon, 0]) {
      expect(world.give(ada, createKey, { id: application.id, expiry: { at } })).toMatchObject({
        code: 'in_past',
        field: 'expiry',
      })
    }
  })

  it('A7: keys of one application are unique ignoring case, expired ones included; another application’s are free', () => {
    const id = ulidOf('unique')
    const { world, service } = set(
      'app_id_key',
      {},
      { id, keys: [anApplicationKey(id, 'Alpha-Key', { expiresAt: 1 })] },
    )
    expect(world.give(ada, createKey, { id, key: 'aLPHA-kEY' })).toEqual({
      ok: false,
      code: 'taken',
      field: 'key',
      params: {},
    })
    const other = anApplication(service, account, { name: 'Other', keys: ['other-key'] })
    world.put('application', other)
    expect(world.give(ada, createKey, { id: other.id, key: 'Alpha-Key' }).ok).toBe(true)
  })

  it.each([
    ['four', 'too_short'],
    ['with space', 'invalid'],
    ['ключи', 'invalid'],
    ['x'.repeat(256), 'too_long'],
    ['tab\tkey', 'invalid'],
  ])('A7: %j is no app key', (key, code) => {
    const { world, application } = set('app_id_key')
    expect(world.give(ada, createKey, { id: application.id, key })).toMatchObject({ code, field: 'key' })
  })

  it('A8: the last usable key stays, an expired one beside it does not count', () => {
    const id = ulidOf('last')
    const good = anApplicationKey(id, 'good-key')
    const expired = anApplicationKey(id, 'expired-key', { expiresAt: noon })
    const { world, now } = set('app_id_key', {}, { id, keys: [good, expired] })
    expect(world.give(ada, deleteKey, { id, keyId: good.id })).toEqual({ ok: false, code: 'last_key', params: {} })
    expect(world.give(ada, deleteKey, { id, keyId: expired.id }).ok).toBe(true)
    expect(now().keys).toEqual([good])
    world.must(ada, createKey, { id })
    expect(world.must(ada, deleteKey, { id, keyId: good.id }).result).toEqual({ keyless: false })
  })

  it('A8: where the service allows it, deleting the last key makes the application keyless, and a new key ends that', () => {
    const { world, application, now } = set('app_id_key', { atLeastOneKey: false }, { keys: ['only-key'] })
    const keyId = application.keys[0]?.id ?? ''
    const { result, events } = world.must(ada, deleteKey, { id: application.id, keyId })
    expect(result).toEqual({ keyless: true })
    expect(events[0]).toMatchObject({
      code: 'application.keyDeleted',
      changes: [
        { field: 'key', before: '', after: null },
        { field: 'keyless', before: false, after: true },
      ],
    })
    expect(now().keyless).toBe(true)
    world.must(ada, createKey, { id: application.id })
    expect(now().keyless).toBe(false)
  })

  it('A8: an application whose keys have all expired is not keyless', () => {
    const id = ulidOf('all-expired')
    const keys = [
      anApplicationKey(id, 'expired-key', { expiresAt: 1 }),
      anApplicationKey(id, 'other-key', { expiresAt: 1 }),
    ]
    const { world, now } = set('app_id_key', { atLeastOneKey: false }, { id, keys })
    world.must(ada, deleteKey, { id, keyId: keys[0]?.id ?? '' })
    expect(now().keyless).toBe(false)
  })

  it('A7: rolled with an overlap both keys work until its end; the successor has label and filters', () => {
    const id = ulidOf('roll')
    const old = anApplicationKey(id, 'the-old-key-1', {
      label: 'prod',
      ipRanges: ['10.0.0.0/8'],
      referrers: ['a.example'],
    })
    const { world, now } = set('app_id_key', {}, { id, keys: [old] })
    const { result, reveals, events } = world.must(ada, rollKey, { id, keyId: old.id, overlap: '1h' })
    expect(now().keys).toMatchObject([
      { id: old.id, expiresAt: noon + hour },
      { id: result.keyId, label: 'prod', expiresAt: 0, ipRanges: ['10.0.0.0/8'], referrers: ['a.example'] },
    ])
    expect(events[0]).toMatchObject({
      code: 'application.keyRolled',
      changes: [
        { field: 'key', before: 'ey-1', after: reveals?.[0]?.secret.reveal().slice(-4) },
        { field: 'previousEndsAt', before: 0, after: noon + hour },
      ],
    })
    world.now = noon + hour
    expect(world.give(ada, rollKey, { id, keyId: old.id, overlap: 'now' })).toEqual({
      ok: false,
      code: 'wrong_state',
      params: { state: 'expired' },
    })
  })

  it('A7: at the limit a key is rolled without overlap only, the last one too', () => {
    const { world, application, now } = set('app_id_key', { keyLimit: 1 }, { keys: ['only-key'] })
    const keyId = application.keys[0]?.id ?? ''
    expect(world.give(ada, rollKey, { id: application.id, keyId, overlap: '24h' })).toEqual({
      ok: false,
      code: 'key_limit',
      params: { limit: 1 },
    })
    const { result } = world.must(ada, rollKey, { id: application.id, keyId, overlap: 'now' })
    expect(now().keys.map((key) => key.id)).toEqual([result.keyId])
  })

  it('A7: label and expiry change; an expired key is not brought back', () => {
    const id = ulidOf('update')
    const key = anApplicationKey(id, 'some-key')
    const expired = anApplicationKey(id, 'expired-key', { expiresAt: noon })
    const { world, now } = set('app_id_key', {}, { id, keys: [key, expired] })
    const { events } = world.must(ada, updateKey, { id, keyId: key.id, label: 'blue', expiry: { days: 7 } })
    expect(now().keys[0]).toMatchObject({ label: 'blue', expiresAt: noon + 7 * 24 * hour })
    expect(events[0]?.changes).toEqual([
      { field: 'key', before: '', after: 'blue' },
      { field: 'expiresAt', before: 0, after: noon + 7 * 24 * hour },
    ])
    expect(world.must(ada, updateKey, { id, keyId: key.id, label: 'blue' }).writes).toEqual([])
    expect(world.give(ada, updateKey, { id, keyId: expired.id, expiry: 'never' })).toMatchObject({
      code: 'wrong_state',
    })
    expect(world.give(ada, updateKey, { id, keyId: expired.id, label: 'was' }).ok).toBe(true)
    for (const at of [5, 0]) {
      expect(world.give(ada, updateKey, { id, keyId: key.id, expiry: { at } })).toMatchObject({ code: 'in_past' })
    }
  })
})

describe('client secrets', () => {
  it('A9: rotated with overlap, two valid at most', () => {
    const { world, application, now } = set('oauth')
    const { reveals } = world.must(ada, rotateClientSecret, { id: application.id, overlap: '1h' })
    expect(now().clientSecrets).toMatchObject([
      { id: application.clientSecrets[0]?.id, endsAt: noon + hour },
      { digest: digest(reveals?.[0]?.secret.reveal() ?? ''), endsAt: 0 },
    ])
    expect(world.give(ada, rotateClientSecret, { id: application.id, overlap: 'now' })).toEqual({
      ok: false,
      code: 'rotation_under_way',
      params: { until: noon + hour },
    })
    world.now = noon + hour
    world.must(ada, rotateClientSecret, { id: application.id, overlap: 'now' })
    expect(now().clientSecrets).toHaveLength(1)
  })

  it.each([
    ['https://acme.example/cb?x=1', true],
    ['http://localhost:8080/cb', true],
    ['http://127.0.0.1/cb', true],
    ['http://[::1]:9/cb', true],
    ['com.acme.app:/cb', true],
    ['myapp://cb', true],
    ['http://acme.example/cb', false],
    ['http://localhost.evil.test/cb', false],
    ['http://127.0.0.1@evil.test/', false],
    ['https://user@acme.example/', false],
    ['https://acme.example/#x', false],
    ['https://*.acme.example/', false],
    ['https:acme.example', false],
    ['https:///acme.example', false],
    ['https://acme.example\\@evil.test', false],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['file:///etc/passwd', false],
    ['//acme.example/', false],
    ['/cb', false],
    ['https://acme.example/ cb', false],
    ['', false],
    [`https://acme.example/${'x'.repeat(2000)}`, false],
  ])('A9: redirect to %s: %s', (url, may) => {
    expect(isRedirectUrl(url)).toBe(may)
  })

  it('A9: redirect URLs are kept as they stand, 25 at most, in the OAuth pattern only', () => {
    const { world, application, now } = set('oauth')
    const redirectUrls = ['https://ACME.example/cb', 'https://ACME.example/cb', 'https://acme.example/cb/']
    world.must(ada, updateRedirectUrls, { id: application.id, redirectUrls })
    expect(now().redirectUrls).toEqual(['https://ACME.example/cb', 'https://acme.example/cb/'])
    const many = Array.from({ length: 26 }, (_, i) => `https://acme.example/${i}`)
    expect(world.give(ada, updateRedirectUrls, { id: application.id, redirectUrls: many })).toMatchObject({
      code: 'too_many',
    })
    expect(
      world.give(ada, updateRedirectUrls, { id: application.id, redirectUrls: ['https://a.b/', 'x'] }),
    ).toMatchObject({
      code: 'invalid_url',
      field: 'redirectUrls.1',
    })
    const other = set('api_key')
    expect(other.world.give(ada, updateRedirectUrls, { id: other.application.id, redirectUrls: [] })).toMatchObject({
      code: 'wrong_pattern',
    })
  })
})

describe('filters', () => {
  it('A11: lists of application and key are normalised and replaced, each by itself', () => {
    const { world, application, now } = set('app_id_key', { ipFilter: 'on', referrerFilter: 'required' })
    const keyId = application.keys[0]?.id ?? ''
    const { events } = world.must(ada, updateFilters, { id: application.id, ipRanges: ['10.1.1.1/8', '::1'] })
    expect(now()).toMatchObject({ ipRanges: ['10.0.0.0/8', '::1/128'], referrers: [] })
    expect(events[0]).toMatchObject({
      code: 'application.filtersChanged',
      changes: [{ field: 'ipRanges', before: [], after: ['10.0.0.0/8', '::1/128'] }],
    })
    world.must(ada, updateKeyFilters, { id: application.id, keyId, referrers: ['*.Acme.example'] })
    expect(now().keys[0]).toMatchObject({ ipRanges: [], referrers: ['*.acme.example'] })
    expect(
      world.must(ada, updateKeyFilters, { id: application.id, keyId, referrers: ['*.acme.example'] }).writes,
    ).toEqual([])
  })

  it('A12: a filter that is off takes no new entry, and lets old ones go', () => {
    const { world, application, now } = set('api_key', {}, { ipRanges: ['10.0.0.0/8', '11.0.0.0/8'] })
    expect(world.give(ada, updateFilters, { id: application.id, ipRanges: ['12.0.0.0/8'] })).toEqual({
      ok: false,
      code: 'filter_off',
      field: 'ipRanges',
      params: {},
    })
    expect(world.give(ada, updateFilters, { id: application.id, referrers: ['a.example'] })).toMatchObject({
      code: 'filter_off',
      field: 'referrers',
    })
    world.must(ada, updateFilters, { id: application.id, ipRanges: ['10.0.0.0/8'] })
    expect(now().ipRanges).toEqual(['10.0.0.0/8'])
  })
})

describe('reveals', () => {
  it('A14: each reveal and copy is an event and names what the vault opens', () => {
    const user = set('api_key')
    const change = user.world.must(ada, revealUserKey, { id: user.application.id, purpose: 'reveal' })
    expect(change).toEqual({
      writes: [],
      events: [
        {
          code: 'userKey.revealed',
          objectCollection: 'application',
          objectId: user.application.id,
          objectName: 'Checkout',
          serviceId: user.service.id,
          changes: [{ field: 'userKey', before: null, after: 'kout' }],
        },
      ],
      result: { sealed: user.application.userKey?.sealed, aad: `application/${user.application.id}/userKey` },
    })
    expect(open(change.result.sealed, change.result.aad)).toBe('user-key-of-checkout')
    const ided = set('app_id_key')
    const keyId = ided.application.keys[0]?.id ?? ''
    const key = ided.world.must(ada, revealKey, { id: ided.application.id, keyId, purpose: 'copy' })
    expect(key.events[0]?.code).toBe('appKey.copied')
    expect(open(key.result.sealed, key.result.aad)).toBe('app-key-of-Checkout')
    const oauth = set('oauth')
    const secretId = oauth.application.clientSecrets[0]?.id ?? ''
    const secret = oauth.world.must(ada, revealClientSecret, { id: oauth.application.id, secretId, purpose: 'reveal' })
    expect(open(secret.result.sealed, secret.result.aad)).toBe('client-secret-of-Checkout')
    expect(oauth.world.give(ada, revealUserKey, { id: oauth.application.id, purpose: 'copy' })).toMatchObject({
      code: 'not_found',
    })
  })

  it('A14: not without access to the service, not in preview, not by a developer', () => {
    const { world, application, service } = set('api_key')
    const by = (actor: Actor) => world.give(actor, revealUserKey, { id: application.id, purpose: 'reveal' })
    const partner = aMember({ sections: ['partners'], serviceAccess: [service.id] })
    expect(by(actorOf(partner)).ok).toBe(true)
    expect(by(actorOf({ ...partner, serviceAccess: [] }))).toMatchObject({ code: 'forbidden' })
    expect(by({ kind: 'member', member: partner, previewedBy: anAdmin() })).toMatchObject({ code: 'preview_read_only' })
    expect(by(aDeveloper(account))).toMatchObject({ code: 'forbidden', params: { kind: 'developer' } })
  })
})

describe('developers', () => {
  const developer = aDeveloper(account)

  it('A15: regenerate and manage keys of their own account’s applications', () => {
    const user = set('api_key')
    expect(user.world.give(developer, regenerateUserKey, { id: user.application.id }).ok).toBe(true)
    expect(user.now().updatedBy).toBe(`developer:${account.developers[0]?.id}`)
    const oauth = set('oauth')
    expect(oauth.world.give(developer, rotateClientSecret, { id: oauth.application.id, overlap: '1h' }).ok).toBe(true)
    const { world, application } = set('app_id_key')
    const id = application.id
    const { keyId } = world.must(developer, createKey, { id, label: 'mine' }).result
    expect(world.give(developer, updateKey, { id, keyId, label: 'ours' }).ok).toBe(true)
    expect(world.give(developer, deleteKey, { id, keyId }).ok).toBe(true)
    const first = application.keys[0]?.id ?? ''
    expect(world.give(developer, rollKey, { id, keyId: first, overlap: '1h' }).ok).toBe(true)
  })

  it('A15: not where the usage rules say no', () => {
    const refused = { ok: false, code: 'developers_may_not', params: {} }
    const user = set('api_key', { developersMayRegenerate: false })
    expect(user.world.give(developer, regenerateUserKey, { id: user.application.id })).toEqual(refused)
    const { world, application } = set('app_id_key', { developersMayManageKeys: false })
    expect(world.give(developer, createKey, { id: application.id })).toEqual(refused)
  })

  it('A15: nothing of another account, nothing once removed or with the account suspended, nothing else', () => {
    const { world, service, application } = set('app_id_key')
    const foreign = anApplication(service, anAccount({ name: 'Other' }), { name: 'Foreign' })
    world.put('account', anAccount({ name: 'Other' })).put('application', foreign)
    expect(world.give(developer, createKey, { id: foreign.id })).toEqual({ ok: false, code: 'not_found', params: {} })
    expect(world.give(developer, updateFilters, { id: application.id, ipRanges: [] })).toMatchObject({
      code: 'forbidden',
      params: { kind: 'developer' },
    })
    world.put('account', { ...account, state: 'suspended' })
    expect(world.give(developer, createKey, { id: application.id })).toMatchObject({ code: 'account_not_approved' })
    world.put('account', { ...account, developers: [] })
    expect(world.give(developer, createKey, { id: application.id })).toMatchObject({ code: 'forbidden' })
  })
})
