/**
 * An index of many objects by a text of theirs: open addressing in one typed array of words. At 100,000 objects reads
 * of memory are what a look-up waits for: a `Map` costs about six far apart, this one, and what its rows cost.
 */
export interface IdentifierIndex<T> {
  readonly size: number
  get(key: string): T | undefined
  /** The place of the row of the object with this text; −1 where there is none. Good until the next `set`. */
  find(key: string): number
  /** Replaces what was there under the same key. Throws RangeError beyond 16 million objects. */
  set(value: T): void
  delete(key: string): void
}

/** Where the objects of an index are kept, a row for each place. */
export interface IndexRows<T> {
  /** Forgets all rows and makes room for so many. */
  reset(places: number): void
  write(place: number, value: T): void
  /** The object of a row that was written. */
  at(place: number): T
  /** True where `key` is the text of the object of this row. */
  holds(place: number, key: string): boolean
}

/** FNV-1a over at most 24 characters and the length: of a digest that is plenty, of an App ID nearly always all. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5 ^ key.length
  const end = key.length <= 24 ? key.length : 16
  for (let at = 0; at < end; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  // Long App IDs often begin alike and differ at their end.
  if (key.length > 24) {
    for (let at = key.length - 8; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  }
  hash ^= hash >>> 15
  return hash
}

// A slot: the place + 1, and below it eight bits of the hash, so that few rows are read in vain.
const placeShift = 8
const tagMask = 0xff
const mostPlaces = 2 ** (32 - placeShift) - 1
const free = 0
/** Was taken: no place, but a tag. */
const gone = tagMask
const fewest = 16

/** How many slots are taken at most, counting those left behind: half, so that a search ends soon. */
function roomOf(capacity: number): number {
  return capacity / 2
}

/** @param keyOf the text of an object; it must not change while the object is here. */
export function createIdentifierIndex<T>(keyOf: (value: T) => string, rows: IndexRows<T>): IdentifierIndex<T> {
  let slots = new Uint32Array(fewest)
  let mask = fewest - 1
  let places = 0
  let size = 0
  rows.reset(roomOf(fewest))

  /** The slot of a key, or −1. */
  function slotOf(key: string): number {
    const hash = hashOf(key)
    const tag = hash >>> 24
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const slot = slots[at] ?? free
      if (slot === free) return -1
      if ((slot & tagMask) === tag && slot !== gone && rows.holds((slot >>> placeShift) - 1, key)) return at
    }
  }

  function placeOf(at: number): number {
    return ((slots[at] ?? free) >>> placeShift) - 1
  }

  function put(value: T, hash: number): void {
    let at = hash & mask
    while ((slots[at] ?? free) !== free) at = (at + 1) & mask
    rows.write(places, value)
    places += 1
    slots[at] = (places << placeShift) | (hash >>> 24)
  }

  /** Places left behind by deletions are taken back whenever the table is laid out anew. */
  function layOut(): void {
    const held: T[] = []
    for (const slot of slots) if (slot >>> placeShift !== 0) held.push(rows.at((slot >>> placeShift) - 1))
    let capacity = fewest
    while (capacity < held.length * 4) capacity *= 2
    slots = new Uint32Array(capacity)
    mask = capacity - 1
    places = 0
    rows.reset(roomOf(capacity))
    for (const value of held) put(value, hashOf(keyOf(value)))
  }

  return {
    get size() {
      return size
    },
    get(key) {
      const at = slotOf(key)
      return at === -1 ? undefined : rows.at(placeOf(at))
    },
    find(key) {
      const at = slotOf(key)
      return at === -1 ? -1 : placeOf(at)
    },
    set(value) {
      const key = keyOf(value)
      const at = slotOf(key)
      if (at !== -1) {
        rows.write(placeOf(at), value)
        return
      }
      if (places + 1 > roomOf(mask + 1)) layOut()
      if (places >= mostPlaces) throw new RangeError(`An index holds at most ${mostPlaces} objects.`)
      put(value, hashOf(key))
      size += 1
    },
    delete(key) {
      const at = slotOf(key)
      if (at === -1) return
      slots[at] = gone
      size -= 1
    },
  }
}
