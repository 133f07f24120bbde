/**
 * Parsed documents of one file, bounded by number and by bytes of JSON, so that a document read again costs no
 * parsing. An entry is the document's current revision: every write replaces or drops it once it is committed,
 * and no other process can write, because the file is locked.
 *
 * Two generations instead of a list of uses: when the young one is half the bound, the old one is dropped and the
 * young one grows old. A document in use is moved to the young one, so it stays.
 */
import type { StoredDocument } from './layout.ts'

export type CacheLimits = {
  /** Documents kept at most. */
  readonly entries: number
  /** Bytes of JSON kept at most, counted in UTF-16 code units. */
  readonly bytes: number
}

type Entry = { readonly document: StoredDocument; readonly bytes: number }

export class DocumentCache {
  readonly #limits: CacheLimits
  readonly #tables = new Set<TableCache>()
  #youngEntries = 0
  #youngBytes = 0
  hits = 0
  misses = 0

  constructor(limits: CacheLimits) {
    this.#limits = limits
  }

  forTable(): TableCache {
    const table = new TableCache(this)
    this.#tables.add(table)
    return table
  }

  drop(table: TableCache): void {
    this.#tables.delete(table)
  }

  /** Told by a table that an entry became young. */
  grew(bytes: number): void {
    this.#youngEntries++
    this.#youngBytes += bytes
    if (this.#youngEntries * 2 > this.#limits.entries || this.#youngBytes * 2 > this.#limits.bytes) {
      this.#youngEntries = 0
      this.#youngBytes = 0
      for (const table of this.#tables) table.age()
    }
  }

  get entries(): number {
    let entries = 0
    for (const table of this.#tables) entries += table.entries
    return entries
  }
}

export class TableCache {
  readonly #whole: DocumentCache
  #young = new Map<number, Entry>()
  #old = new Map<number, Entry>()

  constructor(whole: DocumentCache) {
    this.#whole = whole
  }

  get(key: number): StoredDocument | undefined {
    const young = this.#young.get(key)
    if (young) {
      this.#whole.hits++
      return young.document
    }
    const old = this.#old.get(key)
    if (!old) {
      this.#whole.misses++
      return undefined
    }
    this.#whole.hits++
    this.#old.delete(key)
    this.#young.set(key, old)
    this.#whole.grew(old.bytes)
    return old.document
  }

  set(key: number, document: StoredDocument, bytes: number): void {
    this.#old.delete(key)
    this.#young.set(key, { document, bytes })
    this.#whole.grew(bytes)
  }

  delete(key: number): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }

  age(): void {
    this.#old = this.#young
    this.#young = new Map()
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
  }

  get entries(): number {
    return this.#young.size + this.#old.size
  }
}
