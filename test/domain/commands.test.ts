import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { createAccessToken, rotateAccessToken } from '../../shared/domain/access-token.ts'
import { createAccount } from '../../shared/domain/account.ts'
import { createApplication } from '../../shared/domain/application.ts'
import { regenerateUserKey, rotateClientSecret } from '../../shared/domain/application-credentials.ts'
import { createKey, rollKey } from '../../shared/domain/application-keys.ts'
import type { Change, Command, Needs } from '../../shared/domain/command.ts'
import { commands } from '../../shared/domain/commands.ts'
import { inviteMember, updateMember } from '../../shared/domain/member-commands.ts'
import { createService, rotateServiceToken } from '../../shared/domain/service.ts'
import { changePattern, migrateService } from '../../shared/domain/service-pattern.ts'
import { type Pattern, patterns } from '../../shared/domain/service-schema.ts'
import {
  actorOf,
  aMember,
  anAccessToken,
  anAccount,
  anAdmin,
  anApplication,
  aService,
  serviceTokenText,
  ulidOf,
  World,
} from './fixtures.ts'

const admin = anAdmin()
const ada = actorOf(admin)
const account = anAccount()
const anyCommands = [...commands.values()]

describe('the register', () => {
  it('U1: every command has its own name, of a noun and a verb', () => {
    expect(commands.size).toBe(68)
    for (const [name, command] of commands) {
      expect(command.name).toBe(name)
      expect(name).toMatch(/^[a-z][A-Za-z]+\.[a-z][A-Za-z]+$/)
    }
    expect(commands.get('constructor')).toBeUndefined()
    expect(commands.get('__proto__')).toBeUndefined()
  })

  it.each(anyCommands)('U1: $name refuses what is no object, and unknown fields', ({ input }) => {
    for (const text of [undefined, null, 'x', 1, [], true]) expect(input.safeParse(text).success).toBe(false)
    const issues = input.safeParse({ isAdmin: true }).error?.issues ?? []
    expect(issues.some((issue) => issue.code === 'unrecognized_keys' && issue.keys.includes('isAdmin'))).toBe(true)
  })

  it.each(anyCommands)('U1: $name takes nothing from a prototype and refuses __proto__ as a field', ({ input }) => {
    const parsed = input.safeParse(JSON.parse('{"__proto__": {"id": "x"}}'))
    expect(parsed.success).toBe(false)
    expect(({} as Record<string, unknown>).id).toBeUndefined()
  })

  it.each(anyCommands)('M3: $name is refused to a person without any right, and to a suspended admin', (command) => {
    const nobody = aMember({ sections: [], serviceAccess: [] })
    const empty = new World().put('member', nobody)
    const id = ulidOf('x')
    // Enough of an input for every command: unknown fields are dropped before it is asked.
    const candidate: Record<string, unknown> = {
      id,
      ids: [id],
      serviceId: id,
      accountId: id,
      keyId: id,
      tokenId: id,
      secretId: id,
      metricId: id,
      planId: id,
      limitId: id,
      developerId: id,
      name: 'X',
      email: 'x@example.com',
      pattern: 'oauth',
      overlap: 'now',
      purpose: 'reveal',
      levels: [],
      redirectUrls: [],
      period: 'day',
      value: 1,
      scopes: ['account_management'],
      permission: 'ro',
      expiry: 'never',
    }
    const shape = Object.keys((command.input as z.ZodObject).shape)
    const input = Object.fromEntries(Object.entries(candidate).filter(([key]) => shape.includes(key)))
    expect(command.input.safeParse(input).success).toBe(true)
    for (const actor of [actorOf(nobody), actorOf({ ...admin, state: 'suspended' })]) {
      const outcome = empty.decide(actor, command as Command<string, z.ZodType, Needs, unknown>, input)
      expect(outcome.ok ? 'accepted' : outcome.code).toMatch(/^(forbidden|scope_not_allowed|not_found)$/)
    }
    const preview = { kind: 'member', member: admin, previewedBy: anAdmin({ name: 'Other' }) } as const
    const looked = empty.decide(preview, command as Command<string, z.ZodType, Needs, unknown>, input)
    expect(looked).toEqual({ ok: false, code: 'preview_read_only', params: {} })
  })
})

describe('text at the door', () => {
  const bad = ['a\u0000b', '\ud800', 'a\udfffb', 'a\nb']

  it.each(bad)('U1: a name %j is refused at every door that takes one', (name) => {
    const world = new World().put('member', admin)
    const refused = { ok: false, code: 'malformed_text', field: 'name', params: {} }
    expect(world.give(ada, inviteMember, { name, email: 'x@example.com' })).toEqual(refused)
    expect(world.give(ada, createService, { name })).toEqual(refused)
    expect(world.give(ada, createAccount, { name })).toEqual(refused)
    expect(world.give(ada, updateMember, { id: admin.id, name })).toEqual(refused)
  })

  it('U1: over-long text, and ids that are none, are refused', () => {
    const world = new World().put('member', admin)
    expect(world.give(ada, createAccount, { name: 'x'.repeat(256) })).toMatchObject({ code: 'too_long', field: 'name' })
    expect(world.give(ada, createAccount, { name: 'X', note: 'x'.repeat(4001) })).toMatchObject({
      code: 'too_long',
      field: 'note',
    })
    for (const id of [
      '',
      'x',
      '01ARZ3NDEKTSV4RRFFQ69G5FAVX',
      '81ARZ3NDEKTSV4RRFFQ69G5FAV',
      '01ARZ3NDEKTSV4RRFFQ69G5FAU\n',
    ]) {
      expect(world.give(ada, updateMember, { id, name: 'X' })).toMatchObject({ code: 'invalid', field: 'id' })
    }
  })
})

describe('secrets', () => {
  /** Where a secret's text stands in what a command leaves behind. */
  function leaks(change: Change<unknown>): string[] {
    const left = JSON.stringify([change.writes, change.events, change.result])
    return (change.reveals ?? []).map(({ secret }) => secret.reveal()).filter((text) => left.includes(text))
  }

  const custom = fc
    .string({
      unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-'.split('')),
      minLength: 13,
      maxLength: 40,
    })
    .map((text) => `Z${text}`)

  it('T6, A14: no secret that a command made or was given stands in its writes, events or result', () => {
    fc.assert(
      fc.property(fc.constantFrom<Pattern>(...patterns), custom, custom, (pattern, first, second) => {
        const service = aService({ pattern })
        const world = new World().put('member', admin).put('service', service).put('account', account)
        const changes: Change<unknown>[] = []
        const token = anAccessToken(admin)
        world.put('accessToken', token)
        changes.push(
          world.must(ada, createAccessToken, {
            name: 'T',
            scopes: ['stats'],
            permission: 'ro',
            expiry: 'never',
          }),
          world.must(ada, rotateAccessToken, { id: token.id, overlap: 'now' }),
          world.must(ada, rotateServiceToken, { id: service.id, overlap: '1h' }),
        )
        const made = world.must(ada, createApplication, {
          accountId: account.id,
          serviceId: service.id,
          name: 'App',
          ...(pattern === 'api_key' ? { userKey: first } : {}),
          ...(pattern === 'app_id_key' ? { appKey: first } : {}),
        })
        changes.push(made)
        const { id } = made.result
        if (pattern === 'api_key') changes.push(world.must(ada, regenerateUserKey, { id, userKey: `${second}.` }))
        if (pattern === 'oauth') changes.push(world.must(ada, rotateClientSecret, { id, overlap: '1h' }))
        if (pattern === 'app_id_key') {
          const key = world.must(ada, createKey, { id, key: `${second}!` })
          changes.push(key, world.must(ada, rollKey, { id, keyId: key.result.keyId, overlap: '1h' }))
        }
        changes.push(
          world.must(ada, migrateService, {
            id: service.id,
            pattern: pattern === 'oauth' ? 'api_key' : 'oauth',
            name: 'Next',
          }),
        )
        for (const change of changes) {
          if (change.reveals !== undefined) expect(change.reveals.length).toBeGreaterThan(0)
          expect(leaks(change)).toEqual([])
        }
        // Nor in any document there is, nor in any event.
        const everything = JSON.stringify([
          world.events,
          world.all('service'),
          world.all('application'),
          world.all('accessToken'),
        ])
        for (const text of [first, second, serviceTokenText()]) expect(everything).not.toContain(text)
      }),
      { numRuns: 60 },
    )
  })

  it('T6: control: a change that does carry its secret is found', () => {
    const world = new World().put('member', admin)
    const change = world.must(ada, createAccessToken, {
      name: 'T',
      scopes: ['stats'],
      permission: 'ro',
      expiry: 'never',
    })
    const text = change.reveals?.[0]?.secret.reveal() ?? ''
    expect(leaks({ ...change, result: { id: `see ${text}` } })).toEqual([text])
  })

  it('T6: a custom key on its way to a command prints as [secret]', () => {
    const parsed = createKey.input.parse({ id: ulidOf('x'), key: 'my-very-own-key' })
    expect(JSON.stringify(parsed)).not.toContain('my-very-own-key')
    expect(`${parsed.key}`).toBe('[secret]')
  })
})

describe('events', () => {
  it('U1: every change of something is told by at least one event, and an event names an object that was written', () => {
    const service = aService()
    const application = anApplication(service, account)
    const world = new World().put('member', admin).put('service', service).put('account', account)
    world.put('application', application)
    const changes: Change<unknown>[] = [
      world.must(ada, createService, { name: 'Maps' }),
      world.must(ada, regenerateUserKey, { id: application.id }),
      world.must(ada, migrateService, { id: service.id, pattern: 'oauth', name: 'Next' }),
      world.must(ada, changePattern, { id: world.all('service')[1]?.id ?? '', pattern: 'oauth' }),
    ]
    for (const change of changes) {
      const written = change.writes.map(({ before, after }) => after?.id ?? before?.id)
      expect(change.events.length).toBeGreaterThan(0)
      for (const event of change.events) expect(written).toContain(event.objectId)
      for (const event of change.events) expect(event.code).toMatch(/^[a-zA-Z]+\.[a-zA-Z]+$/)
    }
  })
})
