import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accessTokenStanding,
  createAccessToken,
  deleteAccessToken,
  grantable,
  rotateAccessToken,
  updateAccessToken,
  viewAccessToken,
} from '../../shared/domain/access-token.ts'
import { deleteAccessTokens } from '../../shared/domain/access-token-bulk.ts'
import { type Scope, scopes, tokenPermissions } from '../../shared/domain/access-token-schema.ts'
import { sections } from '../../shared/domain/member.ts'
import { denial, isUsable, sectionOfScope } from '../../shared/domain/permission.ts'
import { actorOf, aMember, anAccessToken, anAdmin, digest, noon, throughToken, ulidOf, World } from './fixtures.ts'

const admin = anAdmin()
const ada = actorOf(admin)
const day = 86_400_000
const input = { name: 'CI', scopes: ['account_management'], permission: 'rw', expiry: { days: 30 } } as const
const create = { ...input, scopes: [...input.scopes] }

describe('creating', () => {
  it('T2, T11: a token with scopes, permission and expiry; digest and hints are all that is kept', () => {
    const world = new World().put('member', admin)
    const change = world.must(ada, createAccessToken, { ...create, scopes: ['stats', 'account_management', 'stats'] })
    const text = change.reveals?.[0]?.secret.reveal() ?? ''
    expect(text).toMatch(/^lk_at_[0-9A-Za-z]{49}$/)
    const token = world.get('accessToken', change.result.id)
    expect(token).toMatchObject({
      ownerId: admin.id,
      name: 'CI',
      scopes: ['account_management', 'stats'],
      permission: 'rw',
      digest: digest(text),
      hintHead: text.slice(6, 10),
      hintTail: text.slice(45, 49),
      createdAt: noon,
      expiresAt: noon + 30 * day,
      lastUsedAt: 0,
    })
    expect(change.events).toEqual([
      {
        code: 'accessToken.created',
        objectCollection: 'accessToken',
        objectId: token.id,
        objectName: 'CI',
        changes: [
          { field: 'scopes', before: null, after: ['account_management', 'stats'] },
          { field: 'permission', before: null, after: 'rw' },
          { field: 'expiresAt', before: null, after: noon + 30 * day },
        ],
      },
    ])
  })

  it('T2: at least one scope; T5: a name of 1 to 255', () => {
    const world = new World()
    expect(world.give(ada, createAccessToken, { ...create, scopes: [] })).toMatchObject({
      code: 'required',
      field: 'scopes',
    })
    expect(world.give(ada, createAccessToken, { ...create, name: '  ' })).toMatchObject({
      code: 'required',
      field: 'name',
    })
    expect(world.give(ada, createAccessToken, { ...create, name: 'x'.repeat(256) })).toMatchObject({ code: 'too_long' })
    expect(world.give(ada, createAccessToken, { ...create, scopes: ['root' as Scope] })).toMatchObject({
      ok: false,
      field: 'scopes.0',
    })
  })

  it.each([
    [{ days: 7 }, noon + 7 * day],
    [{ days: 60 }, noon + 60 * day],
    [{ days: 90 }, noon + 90 * day],
    [{ at: noon + 1 }, noon + 1],
    ['never', 0],
  ] as const)('T10: expiry %j is %d', (expiry, expiresAt) => {
    const world = new World()
    const { result } = world.must(ada, createAccessToken, { ...create, expiry })
    expect(world.get('accessToken', result.id).expiresAt).toBe(expiresAt)
  })

  it('T10: not in the past, not another number of days', () => {
    const world = new World()
    for (const at of [noon, noon - 1, 0]) {
      expect(world.give(ada, createAccessToken, { ...create, expiry: { at } })).toEqual({
        ok: false,
        code: 'in_past',
        field: 'expiry',
        params: {},
      })
    }
    expect(world.give(ada, createAccessToken, { ...create, expiry: { days: 8 as 7 } }).ok).toBe(false)
    expect(world.give(ada, createAccessToken, { ...create, expiry: { at: 1e300 } }).ok).toBe(false)
  })

  it('T4: a member gets exactly the scopes of their sections', () => {
    fc.assert(
      fc.property(fc.subarray([...sections]), fc.subarray([...scopes], { minLength: 1 }), (held, wanted) => {
        const member = aMember({ sections: held })
        const outcome = new World().give(actorOf(member), createAccessToken, { ...create, scopes: wanted })
        const excess = wanted.find((scope) => !held.includes(sectionOfScope[scope]))
        if (excess === undefined) expect(outcome.ok).toBe(true)
        else
          expect(outcome).toEqual({ ok: false, code: 'scope_not_allowed', field: 'scopes', params: { scope: excess } })
      }),
    )
  })

  it('T14: a token mints no token with more than its own scopes or permission', () => {
    const reader = anAccessToken(admin, { scopes: ['account_management', 'stats'], permission: 'ro' })
    expect(new World().give(throughToken(reader, admin), createAccessToken, create)).toEqual({
      ok: false,
      code: 'read_only_token',
      params: {},
    })
    const writer = { ...reader, permission: 'rw' as const }
    expect(
      new World().give(throughToken(writer, admin), createAccessToken, { ...create, scopes: ['finance'] }),
    ).toMatchObject({
      code: 'scope_not_allowed',
      params: { scope: 'finance' },
    })
    expect(new World().give(throughToken(writer, admin), createAccessToken, { ...create, scopes: ['stats'] }).ok).toBe(
      true,
    )
    expect(grantable(throughToken(reader, admin))).toEqual({
      scopes: ['account_management', 'stats'],
      permission: 'ro',
    })
    // Its owner's rights of this moment bound it too.
    expect(grantable(throughToken(writer, aMember({ sections: ['partners'] }))).scopes).toEqual(['account_management'])
  })

  it('T7: any number of tokens, none like another', () => {
    const world = new World()
    for (let i = 0; i < 50; i++) world.must(ada, createAccessToken, create)
    expect(new Set(world.all('accessToken').map((token) => token.digest)).size).toBe(50)
  })
})

describe('changing', () => {
  it('T13: name, fewer scopes, less permission; never more', () => {
    const token = anAccessToken(admin, { scopes: ['account_management', 'stats'] })
    const world = new World().put('accessToken', token)
    expect(world.give(ada, updateAccessToken, { id: token.id, scopes: ['account_management', 'finance'] })).toEqual({
      ok: false,
      code: 'widening',
      field: 'scopes',
      params: { scope: 'finance' },
    })
    const { events } = world.must(ada, updateAccessToken, {
      id: token.id,
      scopes: ['stats'],
      permission: 'ro',
      name: 'Less',
    })
    expect(events[0]?.changes).toEqual([
      { field: 'name', before: 'Nightly report', after: 'Less' },
      { field: 'scopes', before: ['account_management', 'stats'], after: ['stats'] },
      { field: 'permission', before: 'rw', after: 'ro' },
    ])
    expect(world.give(ada, updateAccessToken, { id: token.id, permission: 'rw' })).toMatchObject({
      code: 'widening',
      field: 'permission',
    })
    expect(world.give(ada, updateAccessToken, { id: token.id, scopes: [] })).toMatchObject({ code: 'required' })
    expect(world.get('accessToken', token.id)).toMatchObject({ digest: token.digest, expiresAt: token.expiresAt })
  })

  it('T13: whatever is asked in whatever order, a token never gets wider', () => {
    const edit = fc.record(
      {
        scopes: fc.subarray([...scopes], { minLength: 1 }),
        permission: fc.constantFrom(...tokenPermissions),
        name: fc.constantFrom('a', 'b'),
      },
      { requiredKeys: [] },
    )
    let narrowed = 0
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
        const token = anAccessToken(admin, { scopes: ['account_management', 'stats'], permission: 'rw' })
        const world = new World().put('accessToken', token)
        let before = token
        for (const fields of edits) {
          world.give(ada, updateAccessToken, { id: token.id, ...fields })
          const after = world.get('accessToken', token.id)
          expect(before.scopes).toEqual(expect.arrayContaining(after.scopes))
          if (before.permission === 'ro') expect(after.permission).toBe('ro')
          if (after.scopes.length < before.scopes.length) narrowed += 1
          before = after
        }
      }),
    )
    expect(narrowed).toBeGreaterThan(0)
  })

  it('T12: another person’s token is not there to edit or rotate, not even for an admin', () => {
    const mina = aMember({ sections: ['partners'] })
    const token = anAccessToken(mina)
    const world = new World().put('accessToken', token)
    const gone = { ok: false, code: 'not_found', params: {} }
    expect(world.give(ada, updateAccessToken, { id: token.id, name: 'X' })).toEqual(gone)
    expect(world.give(ada, rotateAccessToken, { id: token.id, overlap: 'now' })).toEqual(gone)
  })

  it('T13: rotated, a successor with the same rights and life; the old one dies after the overlap', () => {
    const token = anAccessToken(admin, { scopes: ['stats'], permission: 'ro' })
    const world = new World().put('accessToken', token)
    const { result, reveals, events } = world.must(ada, rotateAccessToken, { id: token.id, overlap: '24h' })
    expect(world.get('accessToken', result.id)).toMatchObject({
      name: token.name,
      scopes: ['stats'],
      permission: 'ro',
      digest: digest(reveals?.[0]?.secret.reveal() ?? ''),
      expiresAt: noon + 30 * day,
    })
    expect(world.get('accessToken', token.id)).toMatchObject({ expiresAt: noon + day, rotatedTo: result.id })
    expect(events[0]).toMatchObject({
      code: 'accessToken.rotated',
      changes: [{ field: 'expiresAt', before: token.expiresAt, after: noon + day }],
    })
    expect(world.give(ada, rotateAccessToken, { id: token.id, overlap: 'now' })).toMatchObject({
      code: 'rotation_under_way',
    })
  })

  it('T13: an overlap never lengthens a life; an expired token is not rotated; T4: lost rights are not handed on', () => {
    const soon = anAccessToken(admin, { name: 'soon', expiresAt: noon + 60_000 })
    const over = anAccessToken(admin, { name: 'over', expiresAt: noon })
    const mina = aMember({ sections: ['partners'] })
    const wide = anAccessToken(mina, { scopes: ['account_management', 'finance'] })
    const lost = anAccessToken(mina, { name: 'lost', scopes: ['finance'] })
    const world = new World().put('accessToken', soon, over, wide, lost)
    world.must(ada, rotateAccessToken, { id: soon.id, overlap: '7d' })
    expect(world.get('accessToken', soon.id).expiresAt).toBe(noon + 60_000)
    expect(world.give(ada, rotateAccessToken, { id: over.id, overlap: 'now' })).toMatchObject({ code: 'wrong_state' })
    const { result } = world.must(actorOf(mina), rotateAccessToken, { id: wide.id, overlap: 'now' })
    expect(world.get('accessToken', result.id).scopes).toEqual(['account_management'])
    expect(world.give(actorOf(mina), rotateAccessToken, { id: lost.id, overlap: 'now' })).toMatchObject({
      code: 'scope_not_allowed',
    })
  })

  it('T7, T12: deleted by its owner or an admin, by nobody else', () => {
    const mina = aMember({ sections: ['partners'] })
    const own = anAccessToken(mina, { name: 'own' })
    const other = anAccessToken(mina, { name: 'other' })
    const world = new World().put('accessToken', own, other)
    expect(world.must(actorOf(mina), deleteAccessToken, { id: own.id }).writes).toEqual([
      { collection: 'accessToken', before: own },
    ])
    expect(
      world.give(actorOf(aMember({ name: 'Bo', sections: ['partners'] })), deleteAccessToken, { id: other.id }),
    ).toEqual({
      ok: false,
      code: 'not_found',
      params: {},
    })
    expect(world.give(ada, deleteAccessToken, { id: other.id }).ok).toBe(true)
    expect(world.all('accessToken')).toEqual([])
  })

  it('T7, T12: many at once: one’s own go, those of others stay and are named, with an event each', () => {
    const mina = aMember({ sections: ['partners'] })
    const one = anAccessToken(mina, { name: 'one' })
    const two = anAccessToken(mina, { name: 'two' })
    const foreign = anAccessToken(admin, { name: 'foreign' })
    const world = new World().put('accessToken', one, two, foreign)
    const ids = [one.id, foreign.id, two.id, ulidOf('nowhere'), one.id]
    const { result, events } = world.must(actorOf(mina), deleteAccessTokens, { ids })
    expect(result).toEqual({
      done: 2,
      outcomes: [
        { id: one.id, ok: true },
        { id: foreign.id, ok: false, code: 'not_found', params: {} },
        { id: two.id, ok: true },
        { id: ulidOf('nowhere'), ok: false, code: 'not_found', params: {} },
      ],
    })
    expect(events.map(({ code, objectName }) => [code, objectName])).toEqual([
      ['accessToken.deleted', 'one'],
      ['accessToken.deleted', 'two'],
    ])
    expect(world.all('accessToken')).toEqual([foreign])
    // Where not one may go, nothing is said to be done.
    expect(world.give(actorOf(mina), deleteAccessTokens, { ids: [foreign.id] })).toMatchObject({ code: 'not_found' })
    expect(world.must(ada, deleteAccessTokens, { ids: [foreign.id] }).result.done).toBe(1)
    const tooMany = Array.from({ length: 501 }, (_, at) => ulidOf(`token ${at}`))
    expect(deleteAccessTokens.input.safeParse({ ids: tooMany }).error?.issues[0]?.message).toBe('too_many')
  })
})

describe('authenticating', () => {
  it('T10: an expired token, and one whose owner is not active, authenticates nothing', () => {
    expect(isUsable({ expiresAt: noon + 1 }, admin, noon)).toBe(true)
    expect(isUsable({ expiresAt: noon }, admin, noon)).toBe(false)
    expect(isUsable({ expiresAt: 0 }, admin, noon)).toBe(true)
    for (const state of ['suspended', 'invited'] as const) {
      expect(isUsable({ expiresAt: 0 }, { ...admin, state }, noon)).toBe(false)
    }
  })

  it('T3: a read-only token writes nothing', () => {
    const reader = throughToken(anAccessToken(admin, { permission: 'ro' }), admin)
    expect(denial(reader, 'account.view')).toBeUndefined()
    expect(denial(reader, 'account.edit')).toEqual({ ok: false, code: 'read_only_token', params: {} })
  })

  it('T10: 14 days before its end a token is expiring', () => {
    expect(accessTokenStanding({ expiresAt: 0 }, noon)).toBe('active')
    expect(accessTokenStanding({ expiresAt: noon + 14 * day + 1 }, noon)).toBe('active')
    expect(accessTokenStanding({ expiresAt: noon + 14 * day }, noon)).toBe('expiring')
    expect(accessTokenStanding({ expiresAt: noon }, noon)).toBe('expired')
  })

  it('T12: a view holds no digest', () => {
    const token = anAccessToken(admin, { rotatedTo: ulidOf('next') })
    const view = viewAccessToken(token, noon)
    expect(JSON.stringify(view)).not.toContain(token.digest)
    expect(view).toMatchObject({ hintHead: token.hintHead, hintTail: token.hintTail, standing: 'active' })
  })
})
