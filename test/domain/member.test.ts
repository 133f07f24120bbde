import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edited } from '../../shared/domain/command.ts'
import type { Member } from '../../shared/domain/member.ts'
import {
  activateMember,
  deleteMember,
  inviteMember,
  resumeMember,
  suspendMember,
  updateMember,
  updateMemberRights,
  viewMember,
} from '../../shared/domain/member-commands.ts'
import {
  aContext,
  actorOf,
  aMember,
  anAccessToken,
  anAdmin,
  aService,
  throughToken,
  ulidOf,
  World,
} from './fixtures.ts'

const ada = anAdmin()
const mina = aMember()
const service = aService()

function aWorld(...more: Member[]): World {
  return new World().put('member', ada, mina, ...more).put('service', service)
}

describe('inviting', () => {
  it('M1: an invited member holds what the admin gave, in the order of the table, and is told apart by e-mail', () => {
    const world = aWorld()
    const { result, events } = world.must(actorOf(ada), inviteMember, {
      name: '  Bo Lee ',
      email: 'Bo@example.com',
      sections: ['finance', 'partners', 'finance'],
      serviceAccess: [service.id, service.id],
    })
    expect(viewMember(world.get('member', result.id))).toEqual({
      id: result.id,
      name: 'Bo Lee',
      email: 'Bo@example.com',
      role: 'member',
      state: 'invited',
      sections: ['partners', 'finance'],
      serviceAccess: [service.id],
      updatedAt: world.now,
    })
    expect(events).toEqual([
      {
        code: 'member.invited',
        objectCollection: 'member',
        objectId: result.id,
        objectName: 'Bo Lee',
        changes: [
          { field: 'role', before: null, after: 'member' },
          { field: 'sections', before: null, after: ['partners', 'finance'] },
          { field: 'serviceAccess', before: null, after: [service.id] },
        ],
      },
    ])
    expect(world.give(actorOf(ada), inviteMember, { name: 'Other', email: 'bO@EXAMPLE.com' })).toEqual({
      ok: false,
      code: 'taken',
      field: 'email',
      params: { value: 'bO@EXAMPLE.com' },
    })
  })

  it('M2: without a word about services a member gets none, and none that is not there', () => {
    const world = aWorld()
    const { result } = world.must(actorOf(ada), inviteMember, { name: 'Bo', email: 'bo@example.com' })
    expect(world.get('member', result.id)).toMatchObject({ sections: [], serviceAccess: [], role: 'member' })
    expect(
      world.give(actorOf(ada), inviteMember, {
        name: 'Cy',
        email: 'cy@example.com',
        serviceAccess: [service.id, ulidOf('nowhere')],
      }),
    ).toEqual({ ok: false, code: 'not_found', field: 'serviceAccess', params: {} })
  })

  it('M3: a member with every section invites nobody', () => {
    const world = aWorld()
    const member = aMember({ sections: ['partners', 'plans', 'monitoring', 'finance', 'settings'] })
    expect(world.give(actorOf(member), inviteMember, { name: 'Bo', email: 'bo@example.com' })).toEqual({
      ok: false,
      code: 'forbidden',
      params: { admin: true },
    })
  })
})

describe('rights', () => {
  it('M3: an admin changes the rights of another, and the event tells before and after', () => {
    const world = aWorld()
    const { events } = world.must(actorOf(ada), updateMemberRights, {
      id: mina.id,
      sections: ['partners'],
      serviceAccess: [service.id],
    })
    expect(world.get('member', mina.id)).toMatchObject({
      role: 'member',
      sections: ['partners'],
      serviceAccess: [service.id],
      rev: 2,
    })
    expect(events).toEqual([
      {
        code: 'member.rightsChanged',
        objectCollection: 'member',
        objectId: mina.id,
        objectName: 'Mina Park',
        changes: [
          { field: 'sections', before: [], after: ['partners'] },
          { field: 'serviceAccess', before: 'all', after: [service.id] },
        ],
      },
    ])
  })

  it('M3: nobody changes their own rights, not even through a token', () => {
    const world = aWorld()
    const own = { ok: false, code: 'own_rights', params: {} }
    expect(world.give(actorOf(ada), updateMemberRights, { id: ada.id, role: 'member' })).toEqual(own)
    const token = anAccessToken(ada)
    expect(world.give(throughToken(token, ada), updateMemberRights, { id: ada.id, sections: [] })).toEqual(own)
    expect(world.give(actorOf(mina), updateMemberRights, { id: mina.id, role: 'admin' })).toEqual({
      ok: false,
      code: 'forbidden',
      params: { admin: true },
    })
  })

  it('M3: one edits one’s own name and e-mail, an admin anybody’s, a colleague nobody’s', () => {
    const world = aWorld()
    expect(world.give(actorOf(mina), updateMember, { id: mina.id, name: 'Mina P.' }).ok).toBe(true)
    expect(world.give(actorOf(ada), updateMember, { id: mina.id, email: 'mina@example.com' }).ok).toBe(true)
    expect(world.get('member', mina.id)).toMatchObject({ name: 'Mina P.', email: 'mina@example.com', rev: 3 })
    expect(world.give(actorOf(mina), updateMember, { id: ada.id, name: 'Eve' })).toMatchObject({ code: 'forbidden' })
    expect(world.give(actorOf(mina), updateMember, { id: mina.id, email: ada.email.toUpperCase() })).toMatchObject({
      code: 'taken',
      field: 'email',
    })
  })

  it('M5: in preview nothing changes, not even one’s own name or arrival', () => {
    const world = aWorld(aMember({ name: 'Ivy', state: 'invited' }))
    const preview = { kind: 'member', member: mina, previewedBy: ada } as const
    expect(world.give(preview, updateMember, { id: mina.id, name: 'X' })).toEqual({
      ok: false,
      code: 'preview_read_only',
      params: {},
    })
    const ivy = { kind: 'member', member: aMember({ name: 'Ivy', state: 'invited' }), previewedBy: ada } as const
    expect(world.give(ivy, activateMember, { id: ivy.member.id }).ok).toBe(false)
  })
})

describe('the last active admin', () => {
  it('M3: is neither suspended nor deleted; another admin who is only invited does not count', () => {
    const invited = anAdmin({ name: 'Ivy', state: 'invited' })
    const world = aWorld(invited)
    const last = { ok: false, code: 'last_admin', params: {} }
    expect(world.give(actorOf(ada), suspendMember, { id: ada.id })).toEqual(last)
    expect(world.give(actorOf(ada), deleteMember, { id: ada.id })).toEqual(last)
    expect(world.give({ kind: 'system' }, updateMemberRights, { id: ada.id, role: 'member' })).toEqual({
      ...last,
      field: 'role',
    })
    world.must(actorOf(ada), activateMember, { id: invited.id })
    const own = { ok: false, code: 'own_rights', params: {} }
    expect(world.give(actorOf(ada), suspendMember, { id: ada.id })).toEqual(own)
    expect(world.give(actorOf(ada), deleteMember, { id: ada.id })).toEqual(own)
    expect(world.give(actorOf(world.get('member', invited.id)), suspendMember, { id: ada.id }).ok).toBe(true)
  })

  const people = ['a', 'b', 'c', 'd'].map((name, i) =>
    aMember({ name, role: i < 2 ? 'admin' : 'member', state: i === 3 ? 'suspended' : 'active' }),
  )
  const steps = fc.array(
    fc.record({
      by: fc.nat(3),
      to: fc.nat(3),
      what: fc.constantFrom('demote', 'promote', 'suspend', 'resume', 'delete'),
    }),
    { maxLength: 30 },
  )
  const activeAdmins = (world: World) =>
    world.all('member').filter(({ role, state }) => role === 'admin' && state === 'active').length

  function walk(world: World, list: { by: number; to: number; what: string }[]): void {
    for (const { by, to, what } of list) {
      const actor = world.find('member', people[by]?.id ?? '')
      const id = people[to]?.id ?? ''
      if (!actor) continue
      if (what === 'demote') world.give(actorOf(actor), updateMemberRights, { id, role: 'member' })
      if (what === 'promote') world.give(actorOf(actor), updateMemberRights, { id, role: 'admin' })
      if (what === 'suspend') world.give(actorOf(actor), suspendMember, { id })
      if (what === 'resume') world.give(actorOf(actor), resumeMember, { id })
      if (what === 'delete') world.give(actorOf(actor), deleteMember, { id })
    }
  }

  it('M3: whatever is asked in whatever order, an active admin is left', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const world = new World().put('member', ...people)
        walk(world, list)
        expect(activeAdmins(world)).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })

  it('M3: control: two demotions decided over the same old documents leave none, so order matters', () => {
    const world = new World().put('member', ...people)
    const [a, b] = people
    if (!a || !b) throw new Error('two admins')
    const first = world.decide(actorOf(a), updateMemberRights, { id: b.id, role: 'member' })
    const second = world.decide(actorOf(b), updateMemberRights, { id: a.id, role: 'member' })
    expect([first.ok, second.ok]).toEqual([true, true])
    for (const member of [a, b]) {
      world.put('member', edited(member, { role: 'member' }, aContext({ kind: 'system' })))
    }
    expect(activeAdmins(world)).toBe(0)
  })
})

describe('states', () => {
  it('M6: invited → active → suspended → active, and no other way', () => {
    const ivy = aMember({ name: 'Ivy', state: 'invited' })
    const world = aWorld(ivy)
    expect(world.give(actorOf(ada), suspendMember, { id: ivy.id })).toEqual({
      ok: false,
      code: 'wrong_state',
      params: { state: 'invited' },
    })
    expect(world.give(actorOf(ivy), activateMember, { id: ivy.id }).ok).toBe(true)
    expect(world.give(actorOf(ada), activateMember, { id: ivy.id })).toMatchObject({ code: 'wrong_state' })
    expect(world.give(actorOf(ada), resumeMember, { id: ivy.id })).toMatchObject({ code: 'wrong_state' })
    const { events } = world.must(actorOf(ada), suspendMember, { id: ivy.id })
    expect(events).toEqual([
      {
        code: 'member.suspended',
        objectCollection: 'member',
        objectId: ivy.id,
        objectName: 'Ivy',
        changes: [{ field: 'state', before: 'active', after: 'suspended' }],
      },
    ])
    world.must(actorOf(ada), resumeMember, { id: ivy.id })
    expect(world.get('member', ivy.id).state).toBe('active')
  })

  it('M6: a suspended member may nothing, an invited one only arrive', () => {
    const world = aWorld()
    const gone = aMember({ state: 'suspended' })
    expect(world.give(actorOf(gone), updateMember, { id: gone.id, name: 'X' })).toEqual({
      ok: false,
      code: 'forbidden',
      params: { state: 'suspended' },
    })
    expect(world.give(actorOf(gone), activateMember, { id: gone.id })).toMatchObject({ code: 'wrong_state' })
  })

  it('T10: a deleted member’s access tokens go in the same change, others stay', () => {
    const tokens = [anAccessToken(mina), anAccessToken(mina, { name: 'Second', id: ulidOf('second') })]
    const other = anAccessToken(ada)
    const world = aWorld().put('accessToken', ...tokens, other)
    const change = world.must(actorOf(ada), deleteMember, { id: mina.id })
    expect(change.result).toEqual({ tokens: 2 })
    expect(change.events.map(({ code, objectName }) => [code, objectName])).toEqual([
      ['member.deleted', 'Mina Park'],
      ['accessToken.deleted', 'Nightly report'],
      ['accessToken.deleted', 'Second'],
    ])
    expect(world.all('accessToken')).toEqual([other])
    expect(world.find('member', mina.id)).toBeUndefined()
  })
})
