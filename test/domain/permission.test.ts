import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scopes, tokenPermissions } from '../../shared/domain/access-token-schema.ts'
import { type Member, sections } from '../../shared/domain/member.ts'
import { type Action, denial, rights, scopesOf } from '../../shared/domain/permission.ts'
import { actorOf, aDeveloper, aMember, anAccessToken, anAccount, anAdmin, throughToken, ulidOf } from './fixtures.ts'

const actions = Object.keys(rights) as Action[]
const services = ['a', 'b', 'c'].map((name) => ulidOf(name))
const access = fc.oneof(fc.constant('all' as const), fc.subarray(services))
const person = fc.record({
  role: fc.constantFrom('admin' as const, 'member' as const),
  state: fc.constantFrom('invited' as const, 'active' as const, 'suspended' as const),
  sections: fc.subarray([...sections]),
  serviceAccess: access,
})
const asked = fc.record({
  action: fc.constantFrom(...actions),
  serviceId: fc.option(fc.constantFrom(...services), { nil: undefined }),
})

/** A member with no more than this one. */
const lesser = person.chain((fields) =>
  fc
    .record({
      role:
        fields.role === 'admin' ? fc.constantFrom('admin' as const, 'member' as const) : fc.constant('member' as const),
      sections: fc.subarray(fields.sections),
      serviceAccess: fields.serviceAccess === 'all' ? access : fc.subarray(fields.serviceAccess),
      state:
        fields.state === 'active'
          ? fc.constantFrom('active' as const, 'suspended' as const)
          : fc.constant(fields.state),
    })
    .map((less): [Partial<Member>, Partial<Member>] => [fields, less]),
)

describe('the table of rights', () => {
  it('M1, M2: less right never allows more', () => {
    let lost = 0
    fc.assert(
      fc.property(lesser, asked, ([more, less], { action, serviceId }) => {
        const before = denial(actorOf(aMember(more)), action, serviceId)
        // From admin to member sections and services begin to count: that is less too.
        const after = denial(actorOf(aMember(less)), action, serviceId)
        if (before !== undefined) expect(after).toBeDefined()
        else if (after !== undefined) lost += 1
      }),
      { numRuns: 5000 },
    )
    expect(lost).toBeGreaterThan(100)
  })

  it('T4, T14: through a token nothing is allowed that its owner may not', () => {
    let fewer = 0
    fc.assert(
      fc.property(
        person,
        asked,
        fc.subarray([...scopes], { minLength: 1 }),
        fc.constantFrom(...tokenPermissions),
        (fields, { action, serviceId }, held, permission) => {
          const owner = aMember(fields)
          const token = anAccessToken(owner, { scopes: held, permission })
          const own = denial(actorOf(owner), action, serviceId)
          const through = denial(throughToken(token, owner), action, serviceId)
          if (own !== undefined) expect(through).toBeDefined()
          else if (through !== undefined) fewer += 1
        },
      ),
      { numRuns: 5000 },
    )
    expect(fewer).toBeGreaterThan(100)
  })

  it('M1: an active admin may everything, without any section', () => {
    for (const action of actions)
      expect(denial(actorOf(anAdmin({ sections: [], serviceAccess: [] })), action)).toBeUndefined()
  })

  it('M6: nobody who is not active may anything', () => {
    for (const action of actions) {
      for (const state of ['invited', 'suspended'] as const) {
        expect(denial(actorOf(anAdmin({ state })), action)).toEqual({ ok: false, code: 'forbidden', params: { state } })
      }
    }
  })

  it('M5: in preview every right that writes is refused, and reading is as the member’s', () => {
    const member = aMember({ sections: [...sections] })
    for (const action of actions) {
      const looked = denial({ kind: 'member', member, previewedBy: anAdmin() }, action)
      if ('writes' in rights[action]) expect(looked).toEqual({ ok: false, code: 'preview_read_only', params: {} })
      else expect(looked).toEqual(denial(actorOf(member), action))
    }
  })

  it('A15: through the table a developer may nothing', () => {
    for (const action of actions) expect(denial(aDeveloper(anAccount()), action)).toMatchObject({ code: 'forbidden' })
  })

  it('T9: the section without any service opens nothing about services', () => {
    const member = actorOf(aMember({ sections: ['partners'], serviceAccess: [] }))
    expect(denial(member, 'application.view')).toEqual({ ok: false, code: 'forbidden', params: { noServices: true } })
    expect(denial(member, 'account.view')).toBeUndefined()
  })

  it('T8: with access to one service of three, only that one', () => {
    const member = actorOf(aMember({ sections: ['partners'], serviceAccess: services.slice(0, 1) }))
    expect(services.map((id) => denial(member, 'application.view', id) === undefined)).toEqual([true, false, false])
  })

  it('T4: the scopes of a member are those of their sections', () => {
    expect(scopesOf(anAdmin())).toEqual(['account_management', 'finance', 'stats'])
    expect(scopesOf(aMember())).toEqual([])
    expect(scopesOf(aMember({ sections: ['monitoring', 'plans', 'settings'] }))).toEqual(['stats'])
  })
})
