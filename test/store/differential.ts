/** Asks storages and the oracle the same random questions. */
import { type FilledMangoQuery, normalizeMangoQuery, type PreparedQuery, prepareQuery } from 'rxdb'
import type { StoredDocument } from '../../src-main/store/sqlite-storage/layout.ts'
import { type AnyStorage, type Engine, memoryEngine, openInstance } from './engines.ts'
import { expectedIds } from './oracle.ts'
import { randomFrom } from './random.ts'
import { querySchema, randomDocuments, randomQuery, type Wildness } from './random-documents.ts'

export type Comparison = {
  queries: number
  /** Queries mingo itself refuses. */
  refused: number
  /** Queries that SQL answered alone, by engine. */
  fallbacks: number
  /** Queries put to memory storage as well. */
  memory: number
  readonly mismatches: { engine: string; query: unknown; expected: unknown; got: unknown }[]
}

/** Paths that hold arrays and objects. */
const UNORDERED = new Set(['note', 'tags', 'deep.x'])
const DOCUMENTS = 90
const QUERIES = 250

/** Runs at least `wanted` queries against each engine. Stops at the fifth mismatch. */
export async function compareRandomly(
  engines: readonly Engine[],
  seed: number,
  wanted: number,
  wrap: (storage: AnyStorage) => AnyStorage = (storage) => storage,
): Promise<Comparison> {
  const random = randomFrom(seed)
  const comparison: Comparison = { queries: 0, refused: 0, fallbacks: 0, memory: 0, mismatches: [] }
  const opened = engines.map((engine) => {
    const open = engine.open({ report: (report) => report.kind === 'fallback' && comparison.fallbacks++ })
    return { engine, ...open, storage: wrap(open.storage) }
  })
  for (let round = 0; comparison.queries < wanted && comparison.mismatches.length < 5; round++) {
    const wildness = (['tidy', 'gaps', 'wild', 'gaps'] as const satisfies Wildness[])[round % 4] ?? 'tidy'
    const documents = randomDocuments(random, DOCUMENTS, wildness)
    const ids = documents.map((document) => document.id as string)
    const tidy = wildness === 'tidy'
    const storages = tidy ? [...opened, { engine: memoryEngine, ...memoryEngine.open() }] : opened
    const instances = await Promise.all(storages.map(({ storage }) => openInstance(storage, querySchema)))
    for (const instance of instances) {
      await instance.bulkWrite(
        documents.map((document) => ({ document: structuredClone(document) })),
        'test',
      )
    }
    for (let count = 0; count < QUERIES; count++) {
      const query = normalizeMangoQuery(
        querySchema,
        randomQuery(random, ids, tidy) as never,
      ) as FilledMangoQuery<StoredDocument>
      let expected: string[]
      try {
        expected = expectedIds(querySchema, documents, query)
      } catch {
        comparison.refused++
        continue
      }
      comparison.queries++
      const prepared = prepare(query)
      for (const [index, instance] of instances.entries()) {
        const engine = storages[index]?.engine.name ?? ''
        if (engine === memoryEngine.name) {
          // RxDB's comparator takes different arrays and objects for equal and stops there, so that their order is
          // whatever order a storage scanned in. Ours is the order of ids; memory's is that of an index.
          if (query.sort.some((term) => UNORDERED.has(Object.keys(term)[0] ?? ''))) continue
          comparison.memory++
        }
        const result = await instance.query(prepared)
        const got = result.documents.map((document) => document.id as string)
        // Memory storage counts past skip and limit, against RxDB's own description of count().
        const bounded = query.skip > 0 || query.limit !== undefined
        const counted =
          bounded && engine === memoryEngine.name ? expected.length : (await instance.count(prepared)).count
        const same = got.length === expected.length && got.every((id, at) => id === expected[at])
        if (!same || counted !== expected.length) {
          comparison.mismatches.push({ engine, query, expected, got: same ? counted : got })
        }
      }
    }
    await Promise.all(instances.map((instance) => instance.remove()))
  }
  for (const open of opened) open.remove()
  return comparison
}

function prepare(query: FilledMangoQuery<StoredDocument>): PreparedQuery<StoredDocument> {
  return prepareQuery(querySchema, query)
}
