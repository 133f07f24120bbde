/**
 * An index of many objects by a text of theirs: open addressing in one typed array. A `Map` of 100,000 texts costs a
 * look-up about six reads of memory far apart, this about three, and at that size reads are what a decision waits for.
 */
export interface IdentifierIndex<T> {
  readonly size: number
  get(key: string): T | undefined
  /** Replaces what was there under the same key. */
  set(value: T): void
  delete(key: string): void
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

const gone = -1

/** @param keyOf the text of an object; it must not change while the object is here. */
export function createIdentifierIndex<T>(keyOf: (value: T) => string): IdentifierIndex<T> {
  // Pairs of (hash, place in `values` + 1); 0: free, −1: was taken.
  let slots = new Int32Array(32)
  let mask = 15
  let used = 0
  let values: (T | undefined)[] = []
  let size = 0

  /** The slot of a key, or −1. */
  function slotOf(key: string, hash: number): number {
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const place = slots[at * 2 + 1] ?? 0
      if (place === 0) return -1
      if (place === gone || slots[at * 2] !== hash) continue
      const value = values[place - 1]
      if (value !== undefined && keyOf(value) === key) return at
    }
  }

  function put(value: T, hash: number): void {
    let at = hash & mask
    while ((slots[at * 2 + 1] ?? 0) !== 0) at = (at + 1) & mask
    values.push(value)
    slots[at * 2] = hash
    slots[at * 2 + 1] = values.length
    used += 1
  }

  /** Places left behind by deletions are taken back whenever the table is laid out anew. */
  function layOut(): void {
    const held = values.filter((value) => value !== undefined)
    let capacity = 16
    while (capacity < held.length * 4) capacity *= 2
    slots = new Int32Array(capacity * 2)
    mask = capacity - 1
    used = 0
    values = []
    for (const value of held) put(value, hashOf(keyOf(value)))
  }

  return {
    get size() {
      return size
    },
    get(key) {
      const at = slotOf(key, hashOf(key))
      return at === -1 ? undefined : values[(slots[at * 2 + 1] ?? 0) - 1]
    },
    set(value) {
      const key = keyOf(value)
      const hash = hashOf(key)
      const at = slotOf(key, hash)
      if (at !== -1) {
        values[(slots[at * 2 + 1] ?? 0) - 1] = value
        return
      }
      if ((used + 1) * 2 > mask + 1) layOut()
      put(value, hash)
      size += 1
    },
    delete(key) {
      const at = slotOf(key, hashOf(key))
      if (at === -1) return
      values[(slots[at * 2 + 1] ?? 0) - 1] = undefined
      slots[at * 2 + 1] = gone
      size -= 1
    },
  }
}
