/**
 * Parsed documents of one file, bounded by number and by bytes of JSON, so that a document read again costs neither
 * parsing nor, where it is asked for by id, a look into the database. An entry is the document's current revision:
 * every write replaces or blanks it once it is committed, and no other process can write, because the file is locked.
 *
 * A clock instead of a list of uses: entries stand in a ring in the order they came. When the bound is passed, the
 * hand takes the oldest; one that was used since the hand last saw it gets another round. A hit only sets a mark.
 */
import type { StoredDocument } from './layout.ts'

export type CacheLimits = {
  /** Documents kept at most. */
  readonly entries: number
  /** Bytes of JSON kept at most, counted in UTF-16 code units. */
  readonly bytes: number
}

type Entry = {
  readonly table: TableCache
  readonly key: number
  readonly id: string
  /** Undefined: blanked, until a write or a read fills it again or the hand comes by. */
  document: StoredDocument | undefined
  bytes: number
  isUsed: boolean
  next: Entry | undefined
}

export class DocumentCache {
  readonly #limits: CacheLimits
  #oldest: Entry | undefined
  #newest: Entry | undefined
  #entries = 0
  #bytes = 0
  hits = 0
  /** Documents that had to be parsed. */
  misses = 0

  constructor(limits: CacheLimits) {
    this.#limits = limits
  }

  forTable(): TableCache {
    return new TableCache(this)
  }

  /** Told by a table of a new entry. */
  add(entry: Entry): void {
    this.#entries++
    this.#append(entry)
    this.resized(entry.bytes)
  }

  /** Told by a table that its entries hold so many bytes more. */
  resized(bytes: number): void {
    this.#bytes += bytes
    while (this.#entries > this.#limits.entries || this.#bytes > this.#limits.bytes) this.#turnHand()
  }

  get entries(): number {
    return this.#entries
  }

  #turnHand(): void {
    const entry = this.#oldest as Entry
    this.#oldest = entry.next
    entry.next = undefined
    if (entry.isUsed) {
      entry.isUsed = false
      this.#append(entry)
      return
    }
    entry.table.evict(entry)
    this.#entries--
    this.#bytes -= entry.bytes
  }

  #append(entry: Entry): void {
    if (this.#oldest && this.#newest) this.#newest.next = entry
    else this.#oldest = entry
    this.#newest = entry
  }
}

export class TableCache {
  readonly #whole: DocumentCache
  /** By row key: an array, because keys are small numbers in a row, and a list of fifty documents asks fifty times. */
  readonly #byKey: (Entry | undefined)[] = []
  readonly #byId = new Map<string, Entry>()

  constructor(whole: DocumentCache) {
    this.#whole = whole
  }

  get(key: number): StoredDocument | undefined {
    return this.#used(this.#byKey[key])
  }

  getById(id: string): StoredDocument | undefined {
    return this.#used(this.#byId.get(id))
  }

  set(key: number, id: string, document: StoredDocument, bytes: number): void {
    const known = this.#byKey[key]
    if (known) {
      const grown = bytes - known.bytes
      known.document = document
      known.bytes = bytes
      known.isUsed = true
      this.#whole.resized(grown)
      return
    }
    const entry: Entry = { table: this, key, id, document, bytes, isUsed: false, next: undefined }
    this.#byKey[key] = entry
    this.#byId.set(id, entry)
    this.#whole.add(entry)
  }

  /** Forgets what a row holds; its place in the ring stays until the hand comes by. */
  delete(key: number): void {
    const entry = this.#byKey[key]
    if (entry) blank(entry)
  }

  /** Told by the ring that an entry is out. */
  evict(entry: Entry): void {
    this.#byKey[entry.key] = undefined
    this.#byId.delete(entry.id)
  }

  clear(): void {
    for (const entry of this.#byId.values()) blank(entry)
  }

  #used(entry: Entry | undefined): StoredDocument | undefined {
    if (!entry?.document) return undefined
    this.#whole.hits++
    entry.isUsed = true
    return entry.document
  }
}

function blank(entry: Entry): void {
  entry.document = undefined
  entry.isUsed = false
}
