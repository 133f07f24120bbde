/**
 * The applications of a service by one of their identifiers, and what the common call asks of each (one key that never
 * ends, live, no filters) in one record of 64 bytes. At 100,000 applications a decision waits for memory: a grant, its
 * lists, its keys and their texts lie on some ten lines far apart. Whatever a record cannot say is read from the grant
 * itself, which stays the whole truth.
 */
import type { Ulid } from './id.ts'
import { createIdentifierIndex, type IdentifierIndex, type IndexRows } from './identifier-index.ts'
import { digestWords, isDigest, packDigest } from './packed-digest.ts'
import { isText, packText, textWords } from './packed-text.ts'
import type { ApplicationGrant, KeyGrant } from './snapshot.ts'

/** A record: facts (with the length of the text above them), then a text, then a digest. */
const digestAt = 1 + textWords
const recordWords = digestAt + digestWords

/** Facts of a record, one bit each. */
export const fact = {
  /** The application's state is `live`. */
  live: 1,
  /** The application has filters of its own. */
  filtered: 2,
  /** It has no app key at all. */
  keyless: 4,
  /** The digest is that of its one app key, which never ends and has no filters. */
  oneKey: 8,
  /** The digest is that of its one client secret, which never ends. */
  oneSecret: 16,
  /** The identifier is packed here: it need not be read from the grant. */
  identifier: 32,
} as const
const lengthShift = 8

/** Which identifier applications are found by. */
export type IdentifiedBy = 'userKeyDigest' | 'appId'

/** Applications by an identifier. Places are those of `find`. */
export interface PackedGrants extends IdentifierIndex<ApplicationGrant> {
  at(place: number): ApplicationGrant
  /** True where the fact (a value of `fact`) holds of the application. */
  is(place: number, asked: number): boolean
  /** True where this is the digest of the one key or secret; to be asked only with `oneKey` or `oneSecret`. */
  isOnly(place: number, digest: string): boolean
  /** The id of that key or secret. */
  onlyId(place: number): Ulid | undefined
  id(place: number): Ulid
  planId(place: number): Ulid | undefined
}

/** The one secret that a record can say everything of. */
function onlyOne(secrets: readonly KeyGrant[]): KeyGrant | undefined {
  const [first] = secrets
  if (first === undefined || secrets.length > 1 || first.endsAt !== 0) return undefined
  return first.ipRanges.length === 0 && first.referrers.length === 0 ? first : undefined
}

/** What is answered of a grant, side by side, without following its reference. */
const cellsEach = 4
type Cell = ApplicationGrant | Ulid | undefined

export function createPackedGrants(by: IdentifiedBy): PackedGrants {
  let words = new Uint32Array(0)
  let cells: Cell[] = []

  /** Packs the one secret that the record has room for; the facts that say which it is. */
  function writeSecret(record: number, grant: ApplicationGrant, cell: number): number {
    cells[cell] = undefined
    // The room of the digest is taken by the identifier, and the key rule of that pattern is the look-up itself (A6).
    if (by === 'userKeyDigest') return 0
    const key = onlyOne(grant.keys)
    const only = key ?? onlyOne(grant.clientSecrets)
    if (only === undefined || !packDigest(only.digest, words, record + digestAt)) return 0
    cells[cell] = only.id
    return key === undefined ? fact.oneSecret : fact.oneKey
  }

  function writeIdentifier(record: number, grant: ApplicationGrant): number {
    if (by === 'userKeyDigest') {
      return packDigest(grant.userKeyDigest, words, record + digestAt) ? fact.identifier : 0
    }
    return packText(grant.appId, words, record + 1) ? fact.identifier | (grant.appId.length << lengthShift) : 0
  }

  function at(place: number): ApplicationGrant {
    return cells[place * cellsEach] as ApplicationGrant
  }

  const rows: IndexRows<ApplicationGrant> = {
    reset(places) {
      words = new Uint32Array(places * recordWords)
      cells = []
    },
    write(place, grant) {
      const record = place * recordWords
      const cell = place * cellsEach
      const filtered = grant.ipRanges.length > 0 || grant.referrers.length > 0
      cells[cell] = grant
      cells[cell + 1] = grant.id
      cells[cell + 2] = grant.planId
      words[record] =
        (grant.state === 'live' ? fact.live : 0) |
        (filtered ? fact.filtered : 0) |
        (grant.keys.length === 0 ? fact.keyless : 0) |
        writeSecret(record, grant, cell + 3) |
        writeIdentifier(record, grant)
    },
    at,
    holds(place, identifier) {
      const record = place * recordWords
      const facts = words[record] ?? 0
      if ((facts & fact.identifier) === 0) return at(place)[by] === identifier
      return by === 'userKeyDigest'
        ? isDigest(identifier, words, record + digestAt)
        : isText(identifier, facts >>> lengthShift, words, record + 1)
    },
  }

  return Object.assign(
    createIdentifierIndex<ApplicationGrant>((grant) => grant[by], rows),
    {
      at,
      is: (place: number, asked: number) => ((words[place * recordWords] ?? 0) & asked) !== 0,
      isOnly: (place: number, digest: string) => isDigest(digest, words, place * recordWords + digestAt),
      id: (place: number) => cells[place * cellsEach + 1] as Ulid,
      planId: (place: number) => cells[place * cellsEach + 2] as Ulid | undefined,
      onlyId: (place: number) => cells[place * cellsEach + 3] as Ulid | undefined,
    },
  )
}
