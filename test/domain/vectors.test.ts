/** Runs every vector of test/vectors against the domain. The endpoint and the HTTP APIs run the same files. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { authorize } from '../../shared/domain/authorize.ts'
import type { CollectionName, DocumentOf } from '../../shared/domain/collections.ts'
import { ipAllowed, referrerAllowed } from '../../shared/domain/filter.ts'
import { merge } from '../../shared/domain/merge.ts'
import { denial } from '../../shared/domain/permission.ts'
import { isToken } from '../../shared/domain/token-format.ts'
import { parseUsageValue } from '../../shared/domain/usage.ts'
import { windowEnd, windowStart } from '../../shared/domain/usage-window.ts'
import { filePath, fileText, tables } from '../vector-tables/generate.ts'
import { judgedVector } from '../vector-tables/judge-world.ts'
import type { MergeGiven, PermissionGiven } from '../vector-tables/other-cases.ts'
import { currentOf, snapshotOf } from '../vector-tables/world.ts'
import {
  aMember,
  anAccessToken,
  anAccount,
  anAdmin,
  anApplication,
  aService,
  digest,
  throughToken,
  ulidOf,
} from './fixtures.ts'

type Subject = keyof typeof tables
type Cases<S extends Subject> = ReturnType<(typeof tables)[S]>

function casesOf<S extends Subject>(subject: S): Cases<S> {
  return (JSON.parse(readFileSync(filePath(subject), 'utf8')) as { cases: Cases<S> }).cases
}

function each<S extends Subject>(subject: S, run: (one: Cases<S>[number]) => void): void {
  describe(subject, () => {
    for (const one of casesOf(subject)) it(`${one.rule}: ${one.name}`, () => run(one))
  })
}

describe('vector files', () => {
  it.each(Object.keys(tables) as Subject[])('%s.json is what its table makes', (subject) => {
    expect(readFileSync(filePath(subject), 'utf8')).toBe(fileText(subject))
  })
  it('there are at least 500 cases, each of one rule and with a name of its own', () => {
    const cases = (Object.keys(tables) as Subject[]).flatMap((subject) =>
      casesOf(subject).map(({ rule, name }) => ({ rule, key: `${subject}/${name}` })),
    )
    expect(cases.length).toBeGreaterThanOrEqual(500)
    expect(new Set(cases.map(({ key }) => key)).size).toBe(cases.length)
    expect(cases.filter(({ rule }) => !/^[A-Z]\d+$/.test(rule))).toEqual([])
  })
})

each('authorize', ({ given, expect: expected }) => {
  const context = { digest, current: currentOf(given), explain: true }
  const decision = authorize(snapshotOf(given), given.call, given.now, context)
  expect({
    authorized: decision.authorized,
    ...(decision.authorized ? {} : { check: decision.check, code: decision.code }),
  }).toEqual(expected)
  const failed = decision.steps?.findIndex(({ outcome }) => outcome === 'failed') ?? -1
  expect(decision.steps?.map(({ outcome }) => outcome)).toEqual(
    decision.steps?.map((_step, at) =>
      failed === -1 || at < failed ? 'passed' : at === failed ? 'failed' : 'not_reached',
    ),
  )
  expect(decision.steps?.[failed]?.check).toBe(expected.check)
})

const thisService = ulidOf('this service')

function actorOfVector({ member, preview, token }: PermissionGiven) {
  const serviceAccess = { all: 'all' as const, this: [thisService], other: [ulidOf('other service')], none: [] }
  const { services, ...fields } = member
  const person = aMember({ ...fields, sections: [...fields.sections], serviceAccess: serviceAccess[services] })
  if (token !== undefined) {
    return throughToken(anAccessToken(person, { ...token, scopes: [...token.scopes] }), person)
  }
  return { kind: 'member' as const, member: person, ...(preview ? { previewedBy: anAdmin() } : {}) }
}

each('permission', ({ given, expect: expected }) => {
  expect({ allowed: denial(actorOfVector(given), given.action, thisService) === undefined }).toEqual(expected)
})

each('token-format', ({ given, expect: expected }) => {
  expect({ valid: isToken(given.prefix, given.text) }).toEqual(expected)
})

each('usage', ({ given, expect: expected }) => {
  expect(parseUsageValue(given.value) ?? {}).toEqual(expected)
})

each('filter', ({ given, expect: expected }) => {
  const allowed = given.kind === 'ip' ? ipAllowed : referrerAllowed
  expect({ passes: allowed(given.list, given.caller) }).toEqual(expected)
})

each('window', ({ given, expect: expected }) => {
  const at = Date.parse(given.at)
  const end = windowEnd(given.period, at)
  expect({
    start: new Date(windowStart(given.period, at)).toISOString(),
    end: end === Number.POSITIVE_INFINITY ? null : new Date(end).toISOString(),
  }).toEqual(expected)
})

function fixtureOf(collection: MergeGiven['collection']): object {
  const service = aService({ pattern: 'app_id_key' })
  const account = anAccount()
  switch (collection) {
    case 'service':
      return service
    case 'account':
      return account
    case 'application':
      return anApplication(service, account)
    case 'member':
      return aMember()
    case 'accessToken':
      return anAccessToken(anAdmin())
  }
}

each('merge', ({ given, expect: expected }) => {
  type Some = DocumentOf<CollectionName>
  const base = { ...fixtureOf(given.collection), ...given.base } as Some
  const side = (change: object | null) => (change === null ? undefined : ({ ...base, ...change, rev: 2 } as Some))
  const { result, losses } = merge(given.collection as CollectionName, base, side(given.mine), side(given.theirs))
  if (expected.result === null) expect(result).toBeUndefined()
  else expect(result).toMatchObject(expected.result)
  expect(losses.map(({ field, reason }) => [field, reason])).toEqual(expected.losses)
})

each('judge', ({ given, expect: expected }) => {
  const verdict = judgedVector(given)
  const told =
    verdict.verdict === 'applied'
      ? { verdict: verdict.verdict }
      : {
          verdict: verdict.verdict,
          code: verdict.code,
          ...(verdict.field === undefined ? {} : { field: verdict.field }),
        }
  expect(told).toEqual(expected)
})
