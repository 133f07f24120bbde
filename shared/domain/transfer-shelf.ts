/**
 * What a plan knows of one collection: the documents that are stored, as far as they were read, and over them those
 * that the plan makes or changes; which id of the file became which of ours; which row touched which document first.
 */
import type { Envelope } from './document.ts'
import type { Ulid } from './id.ts'

export interface Named extends Envelope {
  readonly name: string
}

export class Shelf<D extends Named> {
  readonly #stored = new Map<Ulid, D>()
  readonly #planned = new Map<Ulid, { readonly before: D | undefined; readonly after: D }>()
  readonly #byName = new Map<string, Ulid[]>()
  readonly #ofFile = new Map<string, Ulid>()
  readonly #touched = new Map<Ulid, number>()

  /** A document of the store. */
  know(document: D): void {
    if (this.#stored.has(document.id)) return
    this.#stored.set(document.id, document)
    this.#index(document.name, document.id)
  }

  /** The document as it is stored. */
  stored(id: Ulid): D | undefined {
    return this.#stored.get(id)
  }

  /** The document as the plan leaves it. */
  get(id: Ulid): D | undefined {
    return this.#planned.get(id)?.after ?? this.#stored.get(id)
  }

  put(after: D): void {
    this.#planned.set(after.id, { before: this.#stored.get(after.id), after })
    this.#index(after.name, after.id)
  }

  /** Documents as the plan leaves them. */
  *all(): Generator<D> {
    for (const [id, document] of this.#stored) yield this.#planned.get(id)?.after ?? document
    for (const [id, { after }] of this.#planned) if (!this.#stored.has(id)) yield after
  }

  planned(): Iterable<{ readonly before: D | undefined; readonly after: D }> {
    return this.#planned.values()
  }

  /** Documents that have this name now. */
  named(name: string): D[] {
    const documents = (this.#byName.get(name) ?? []).map((id) => this.get(id))
    return documents.filter((document): document is D => document?.name === name)
  }

  /** Remembers which of our ids a row's own id stands for. */
  map(fileId: string, id: Ulid): void {
    this.#ofFile.set(fileId, id)
  }

  /** Our id of a row's own id. */
  mapped(fileId: string): Ulid | undefined {
    return this.#ofFile.get(fileId)
  }

  /** The row that touched the document before this one, if any. */
  touch(id: Ulid, row: number): number | undefined {
    const first = this.#touched.get(id)
    if (first === undefined) this.#touched.set(id, row)
    return first
  }

  #index(name: string, id: Ulid): void {
    const ids = this.#byName.get(name)
    if (ids === undefined) this.#byName.set(name, [id])
    else if (!ids.includes(id)) ids.push(id)
  }
}
