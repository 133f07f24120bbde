import { describe, expect, it } from 'vitest'
import {
  addDeveloper,
  approveAccount,
  createAccount,
  deleteAccount,
  rejectAccount,
  removeDeveloper,
  resumeAccount,
  suspendAccount,
  updateAccount,
  updateDeveloper,
  viewAccount,
} from '../../shared/domain/account.ts'
import { type AccountState, accountStates } from '../../shared/domain/account-schema.ts'
import { actorOf, aMember, anAccount, anAdmin, anApplication, aService, ulidOf, World } from './fixtures.ts'

const ada = actorOf(anAdmin())
const partner = actorOf(aMember({ sections: ['partners'] }))

describe('accounts', () => {
  it('A15: an account is made with its first developer, by whoever holds partners', () => {
    const world = new World()
    const { result, events } = world.must(partner, createAccount, {
      name: 'Acme',
      developer: { name: 'Dev Kim', email: 'dev@acme.example' },
    })
    expect(viewAccount(world.get('account', result.id))).toEqual({
      id: result.id,
      name: 'Acme',
      state: 'approved',
      note: '',
      developers: [{ id: result.developerId, name: 'Dev Kim', email: 'dev@acme.example' }],
      createdAt: world.now,
      updatedAt: world.now,
    })
    expect(events).toEqual([
      {
        code: 'account.created',
        objectCollection: 'account',
        objectId: result.id,
        objectName: 'Acme',
        changes: [{ field: 'state', before: null, after: 'approved' }],
      },
    ])
    expect(world.give(actorOf(aMember({ sections: ['plans'] })), createAccount, { name: 'Acme' })).toEqual({
      ok: false,
      code: 'forbidden',
      params: { section: 'partners' },
    })
  })

  it('A15: name and note change; what is the same writes nothing', () => {
    const account = anAccount()
    const world = new World().put('account', account)
    expect(world.must(partner, updateAccount, { id: account.id, name: 'Acme' })).toEqual({
      writes: [],
      events: [],
      result: undefined,
    })
    expect(world.must(partner, updateAccount, { id: account.id, note: 'called' }).events[0]?.changes).toEqual([
      { field: 'note', before: '', after: 'called' },
    ])
    expect(world.give(partner, updateAccount, { id: ulidOf('nowhere'), name: 'X' })).toMatchObject({
      code: 'not_found',
    })
  })

  const commands = {
    approve: approveAccount,
    reject: rejectAccount,
    suspend: suspendAccount,
    resume: resumeAccount,
  }
  const table: Record<AccountState, Partial<Record<keyof typeof commands, AccountState>>> = {
    pending: { approve: 'approved', reject: 'rejected' },
    approved: { suspend: 'suspended' },
    rejected: { approve: 'approved' },
    suspended: { resume: 'approved' },
  }
  for (const state of accountStates) {
    for (const verb of Object.keys(commands) as (keyof typeof commands)[]) {
      const to = table[state][verb]
      it(`A15: ${verb} of a ${state} account: ${to ?? 'refused'}`, () => {
        const account = anAccount({ state })
        const world = new World().put('account', account)
        const outcome = world.give(partner, commands[verb], { id: account.id })
        if (to === undefined) expect(outcome).toEqual({ ok: false, code: 'wrong_state', params: { state } })
        else expect(outcome.ok).toBe(true)
        expect(world.get('account', account.id).state).toBe(to ?? state)
      })
    }
  }

  it('A15: deleting takes the applications along, by an admin only', () => {
    const service = aService()
    const account = anAccount()
    const other = anAccount({ name: 'Other' })
    const mine = anApplication(service, account)
    const theirs = anApplication(service, other, { name: 'Theirs' })
    const world = new World().put('account', account, other).put('application', mine, theirs)
    expect(world.give(partner, deleteAccount, { id: account.id })).toEqual({
      ok: false,
      code: 'forbidden',
      params: { admin: true },
    })
    const change = world.must(ada, deleteAccount, { id: account.id })
    expect(change.result).toEqual({ applications: 1 })
    expect(change.events).toEqual([
      { code: 'account.deleted', objectCollection: 'account', objectId: account.id, objectName: 'Acme' },
      {
        code: 'application.deleted',
        objectCollection: 'application',
        objectId: mine.id,
        objectName: 'Checkout',
        serviceId: service.id,
      },
    ])
    expect(world.all('application')).toEqual([theirs])
    expect(world.all('account')).toEqual([other])
  })

  it('A15: developers are added, changed, removed, and told apart by e-mail', () => {
    const account = anAccount()
    const world = new World().put('account', account)
    const first = account.developers[0]
    if (!first) throw new Error('a developer')
    expect(world.give(partner, addDeveloper, { id: account.id, name: 'Twin', email: 'DEV@acme.example' })).toEqual({
      ok: false,
      code: 'taken',
      field: 'email',
      params: { value: 'DEV@acme.example' },
    })
    const { result, events } = world.must(partner, addDeveloper, {
      id: account.id,
      name: 'Second',
      email: 'second@acme.example',
    })
    expect(events[0]).toMatchObject({
      code: 'account.developerAdded',
      changes: [{ field: 'developer', before: null, after: 'Second' }],
    })
    world.must(partner, updateDeveloper, { id: account.id, developerId: first.id, email: 'Dev@acme.example' })
    expect(
      world.give(partner, updateDeveloper, { id: account.id, developerId: first.id, email: 'second@acme.example' }),
    ).toMatchObject({ code: 'taken', field: 'email' })
    world.must(partner, removeDeveloper, { id: account.id, developerId: first.id })
    expect(world.get('account', account.id).developers).toEqual([
      { id: result.developerId, name: 'Second', email: 'second@acme.example' },
    ])
    expect(world.give(partner, removeDeveloper, { id: account.id, developerId: first.id })).toMatchObject({
      code: 'not_found',
    })
  })

  it('A15: 200 developers, not one more', () => {
    const developers = Array.from({ length: 200 }, (_, i) => ({
      id: ulidOf(`d${i}`),
      name: `D${i}`,
      email: `d${i}@acme.example`,
    }))
    const account = anAccount({ developers })
    const world = new World().put('account', account)
    expect(world.give(partner, addDeveloper, { id: account.id, name: 'X', email: 'x@acme.example' })).toEqual({
      ok: false,
      code: 'too_many',
      params: { max: 200 },
    })
  })
})
