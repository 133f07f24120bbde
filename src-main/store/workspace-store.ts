/** One workspace's documents: an RxDB database over one SQLite file, seen as plain documents and all-or-nothing writes. */
import { join } from 'node:path'
import { createRxDatabase, type RxCollection, type RxDatabase, type RxDocument } from 'rxdb'
import { type CollectionName, collectionNames, type DocumentOf } from '../../shared/domain/collections.ts'
import type { Write } from '../../shared/domain/command.ts'
import { rxdbSchemaOf } from './rxdb-schema.ts'
import { atomically, getRxStorageNodeSqlite } from './sqlite-storage/index.ts'

type Collections = { [C in CollectionName]: RxCollection<DocumentOf<C>> }

/** A Mango selector. Conditions are put together at run time, so it is not typed by collection. */
export type Selector = Readonly<Record<string, unknown>>

export interface Sort<C extends CollectionName> {
  readonly field: keyof DocumentOf<C> & string
  readonly direction: 'asc' | 'desc'
}

export interface Find<C extends CollectionName> {
  readonly selector?: Selector
  /** First by this, then by the next; ties are ordered by id. */
  readonly sort?: Sort<C> | readonly Sort<C>[]
  readonly skip?: number
  readonly limit?: number
}

export interface WriteOptions {
  /** Undoes the write as long as it is not complete; the reason is thrown. */
  readonly signal?: AbortSignal
  /** Told how many documents are written, of those that will be there together at the end. */
  readonly progress?: (written: number) => void
}

/** Documents of one step of a large write; between two of them the program breathes. */
const documentsPerPart = 100

/** What the engine needs of a store. */
export interface WorkspaceStore {
  get<C extends CollectionName>(collection: C, id: string): Promise<DocumentOf<C> | undefined>
  find<C extends CollectionName>(collection: C, find?: Find<C>): Promise<DocumentOf<C>[]>
  count(collection: CollectionName, selector?: Selector): Promise<number>
  /** All writes or none; throws `WriteConflictError` where a document is not as `before` says. */
  write(writes: readonly Write[], options?: WriteOptions): Promise<void>
  close(): Promise<void>
}

/** Someone else wrote first: what a command decided on is not there any more. */
export class WriteConflictError extends Error {
  constructor(collection: string, id: string) {
    super(`${collection} ${id} was changed by another write.`)
    this.name = 'WriteConflictError'
  }
}

/** Opens (or makes) the store of a workspace in its folder; `maxPages` bounds its file, as a full disk would. Errors are the storage's own, with their codes. */
export async function openWorkspaceStore(
  folder: string,
  id: string,
  limits: { readonly maxPages?: number } = {},
): Promise<WorkspaceStore> {
  const storage = getRxStorageNodeSqlite({ fileOf: () => join(folder, 'store.sqlite'), ...limits })
  const database: RxDatabase<Collections> = await createRxDatabase<Collections>({
    name: `workspace-${id.toLowerCase()}`,
    storage,
    multiInstance: false,
    closeDuplicates: false,
  })
  const creators = Object.fromEntries(collectionNames.map((name) => [name, { schema: rxdbSchemaOf(name) }]))
  await database.addCollections(creators as never)
  return storeOf(database)
}

function chunks<T>(list: readonly T[]): (readonly T[])[] {
  const parts: (readonly T[])[] = []
  for (let from = 0; from < list.length; from += documentsPerPart) parts.push(list.slice(from, from + documentsPerPart))
  return parts
}

function storeOf(database: RxDatabase<Collections>): WorkspaceStore {
  /** The revision under which each plain document was read: a write says with it what it was decided on. */
  const readAs = new WeakMap<object, string>()

  function collectionOf<C extends CollectionName>(name: C): RxCollection<DocumentOf<C>> {
    return database.collections[name] as unknown as RxCollection<DocumentOf<C>>
  }

  function plain<C extends CollectionName>(document: RxDocument<DocumentOf<C>>): DocumentOf<C> {
    const json = document.toJSON() as DocumentOf<C>
    readAs.set(json, document.revision)
    return json
  }

  /** A document that did not come from this store's reads has a revision that no stored document has. */
  function revisionOf(document: object): { _rev: string } {
    return { _rev: readAs.get(document) ?? 'unread' }
  }

  return {
    async get(name, id) {
      const document = await collectionOf(name).findOne(id).exec()
      return document === null ? undefined : plain(document)
    },
    async find(name, { selector = {}, sort, skip, limit } = {}) {
      const sorts = sort === undefined ? [] : [sort].flat()
      const order = sorts.map(({ field, direction }) => ({ [field]: direction }))
      const last = sorts.at(-1)
      if (last !== undefined && last.field !== 'id') order.push({ id: last.direction })
      const documents = await collectionOf(name)
        .find({
          selector: selector as never,
          ...(order.length === 0 ? {} : { sort: order as never }),
          ...(skip === undefined ? {} : { skip }),
          ...(limit === undefined ? {} : { limit }),
        })
        .exec()
      return documents.map((document) => plain(document))
    },
    count: (name, selector = {}) =>
      collectionOf(name)
        .count({ selector: selector as never })
        .exec(),
    async write(writes, { signal, progress } = {}) {
      const byCollection = Map.groupBy(writes, ({ collection }) => collection)
      const parts = [...byCollection].flatMap(([name, ofCollection]) =>
        chunks(ofCollection).map((chunk) => ({
          collection: collectionOf(name),
          documents: chunk.map(({ before, after }) => ({
            previous: before && revisionOf(before),
            document: after ?? { ...before, _deleted: true },
          })),
        })),
      )
      const outcome = await atomically(database, parts, 'write', (written) => {
        signal?.throwIfAborted()
        progress?.(written)
      })
      const conflict = outcome.ok ? undefined : outcome.conflicts[0]
      if (conflict !== undefined) throw new WriteConflictError(conflict.collection, conflict.documentId)
    },
    close: () => database.close().then(() => undefined),
  }
}
