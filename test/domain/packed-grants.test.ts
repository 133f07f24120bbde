import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestWords, isDigest, packDigest } from '../../shared/domain/packed-digest.ts'
import { createPackedGrants, fact, type IdentifiedBy } from '../../shared/domain/packed-grants.ts'
import { isText, packText, textWords } from '../../shared/domain/packed-text.ts'
import type { ApplicationGrant, KeyGrant } from '../../shared/domain/snapshot.ts'
import { digest, noon, ulidOf } from './fixtures.ts'

const ids = fc.integer({ min: 0, max: 30 }).map((number) => ulidOf(`id ${number}`))
/** Digests as they are, and texts that are nearly ones: whoever reads a store may meet any. */
const digests = fc.oneof(
  fc.integer({ min: 0, max: 12 }).map((number) => digest(`secret ${number}`)),
  fc.constantFrom(
    '',
    'not a digest',
    'g'.repeat(64),
    digest('secret 1').toUpperCase(),
    `${digest('secret 1')}0`,
    'ﬀ'.repeat(64),
  ),
  fc.integer({ min: 0, max: 63 }).map((at) => {
    const text = digest('secret 1')
    return `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`
  }),
)
const appIds = fc.oneof(
  fc.integer({ min: 0, max: 20 }).map((number) => `app-${number}`),
  fc.constantFrom(
    'a',
    'a\0',
    'ab',
    'é',
    'ŁŁ',
    'Łé',
    '가나다',
    'x'.repeat(28),
    'x'.repeat(29),
    'x'.repeat(255),
    '__proto__',
  ),
)
const lists = fc.constantFrom<readonly string[]>([], [], ['10.0.0.0/8'])
const secrets: fc.Arbitrary<readonly KeyGrant[]> = fc.array(
  fc.record({ id: ids, digest: digests, endsAt: fc.constantFrom(0, 0, noon), ipRanges: lists, referrers: lists }),
  { maxLength: 2 },
)
const grants: fc.Arbitrary<ApplicationGrant> = fc.record({
  id: ids,
  serviceId: fc.constant(ulidOf('service')),
  accountId: ids,
  planId: fc.option(ids, { nil: undefined }),
  state: fc.constantFrom('pending', 'live', 'suspended'),
  userKeyDigest: digests,
  appId: appIds,
  keys: secrets,
  clientSecrets: secrets,
  redirectUrls: fc.constant([]),
  ipRanges: lists,
  referrers: lists,
})

/** What a record says of the application with this identifier; the one secret by trying every digest there is. */
function packed(index: ReturnType<typeof createPackedGrants>, identifier: string, tried: readonly string[]) {
  const place = index.find(identifier)
  if (place === -1) return undefined
  const is = (asked: number) => index.is(place, asked)
  const one = is(fact.oneKey) || is(fact.oneSecret)
  return {
    grant: index.at(place),
    id: index.id(place),
    planId: index.planId(place),
    live: is(fact.live),
    filtered: is(fact.filtered),
    keyless: is(fact.keyless),
    one: one ? [is(fact.oneKey), index.onlyId(place), tried.filter((each) => index.isOnly(place, each))] : undefined,
  }
}

/** The same, read from the grant. */
function plain(by: IdentifiedBy, grant: ApplicationGrant | undefined, tried: readonly string[]) {
  if (grant === undefined) return undefined
  const simple = (all: readonly KeyGrant[]) =>
    all.length === 1 && all.every((each) => each.endsAt === 0 && each.ipRanges.length + each.referrers.length === 0)
      ? all[0]
      : undefined
  const key = simple(grant.keys)
  const only = key ?? simple(grant.clientSecrets)
  const packs = by === 'appId' && only !== undefined && /^[0-9a-f]{64}$/.test(only.digest)
  return {
    grant,
    id: grant.id,
    planId: grant.planId,
    live: grant.state === 'live',
    filtered: grant.ipRanges.length + grant.referrers.length > 0,
    keyless: grant.keys.length === 0,
    one: packs ? [key !== undefined, only.id, tried.filter((each) => each === only.digest)] : undefined,
  }
}

function compare(by: IdentifiedBy, written: readonly ApplicationGrant[], asked: readonly ApplicationGrant[]): void {
  const index = createPackedGrants(by)
  const map = new Map<string, ApplicationGrant>()
  for (const grant of written) {
    index.set(grant)
    map.set(grant[by], grant)
  }
  const tried = [
    ...new Set(asked.flatMap((grant) => [...grant.keys, ...grant.clientSecrets]).map((each) => each.digest)),
  ]
  for (const grant of asked) {
    expect(packed(index, grant[by], tried)).toEqual(plain(by, map.get(grant[by]), tried))
  }
}

describe('packed texts and digests', () => {
  const texts = fc.oneof(appIds, digests, fc.string({ maxLength: 40, unit: 'binary' }))
  const pairs = fc.oneof(
    fc.tuple(texts, texts),
    texts.map((text) => [text, text] as const),
  )

  it('D3: a packed text is equal to itself and to no other', () => {
    const words = new Uint32Array(1 + textWords)
    fc.assert(
      fc.property(pairs, ([one, other]) => {
        words.fill(0)
        if (packText(one, words, 1)) expect(isText(other, one.length, words, 1)).toBe(one === other)
        else expect(one.length > textWords * 4 || /[^\0-\xff]/.test(one)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
    for (const [one, other] of [
      ['a', 'a\0'],
      ['\u0100', '\u0200'],
      ['ca', 'c\u0161'],
    ] as const) {
      words.fill(0)
      packText(one, words, 1)
      expect(isText(other, one.length, words, 1)).toBe(false)
    }
  })

  it('D4: a packed digest is equal to itself and to no other', () => {
    const words = new Uint32Array(1 + digestWords)
    fc.assert(
      fc.property(pairs, ([one, other]) => {
        const isPacked = packDigest(one, words, 1)
        expect(isPacked).toBe(/^[0-9a-f]{64}$/.test(one))
        if (isPacked) expect(isDigest(other, words, 1)).toBe(one === other)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('packed grants', () => {
  const worlds = fc.tuple(fc.array(grants, { maxLength: 40 }), fc.array(grants, { maxLength: 10 }))

  it.each(['appId', 'userKeyDigest'] as const)('D3, D4: by %s they say what the grants say', (by) => {
    fc.assert(
      fc.property(worlds, ([written, others]) => compare(by, written, [...written, ...others])),
      { numRuns: 400 },
    )
  })

  it('D4: and the comparison sees a record that says something else', () => {
    const [grant] = fc.sample(grants, { numRuns: 1, seed: 1 }) as [ApplicationGrant]
    const index = createPackedGrants('appId')
    index.set({ ...grant, state: 'live' })
    expect(() => compare('appId', [{ ...grant, state: 'live' }], [grant])).not.toThrow()
    const said = packed(index, grant.appId, [])
    for (const other of [
      { ...grant, state: 'suspended' as const },
      {
        ...grant,
        state: 'live' as const,
        keys: [],
        clientSecrets: [],
        ipRanges: grant.ipRanges.length ? [] : ['::/0'],
      },
      { ...grant, state: 'live' as const, planId: ulidOf('another plan') },
    ]) {
      expect(said).not.toEqual({ ...plain('appId', other, []), grant: said?.grant })
    }
  })

  it('D3: a change of the same identifier replaces every fact of its record', () => {
    fc.assert(
      fc.property(grants, grants, (before, after) => {
        compare('appId', [before, { ...after, appId: before.appId }], [{ ...after, appId: before.appId }])
      }),
      { numRuns: 400 },
    )
  })
})
