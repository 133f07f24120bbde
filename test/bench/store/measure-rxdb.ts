/** Measures one RxStorage through RxDB, as the application uses it. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRxDatabase, type RxCollection, type RxDatabase, type RxJsonSchema, type RxStorage } from 'rxdb'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { getRxStorageNodeSqlite } from '../../../src-main/store/sqlite-storage/index.ts'
import { cpuMicros, cpuMillisEach, FINDS, longestBlock, median, ROUNDS, settle, wallMillis } from './clock.ts'
import {
  type BenchDocument,
  benchDocument,
  benchSchema,
  LISTED,
  listedService,
  serviceCount,
  serviceId,
} from './documents.ts'
import type { Measurements } from './measurements.ts'

const BATCH = 1_000
const PATCHES = 200
/** The longest list, of which each further look leaves one document out, down to 50 at the last of the rounds. */
const MOST_LISTED = 50 + 2 * ROUNDS - 1

export async function measureRxdb(
  engine: 'memory' | 'dexie' | 'ours',
  count: number,
  progress: (results: Measurements) => void,
): Promise<Measurements> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  const storage = await storageOf(engine, folder)
  let { database, collection } = await open(storage)
  const results: Measurements = {}

  let cpu = 0
  results.longestBlock = await longestBlock(async () => {
    for (let from = 0; from < count; from += BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) =>
        benchDocument(from + index, count),
      )
      cpu += await cpuMicros(() => collection.bulkInsert(batch))
    }
  })
  results.bulkInsert = cpu / count
  progress(results)
  await settle()

  results.findOne =
    1e3 *
    (await cpuMillisEach(FINDS, (index) => collection.findOne(benchDocument(scatter(index, count), count).id).exec()))
  progress(results)
  results.listDescending = await cpuMillisEach(2 * LISTED, (index) =>
    list(collection, listedService(index, count), MOST_LISTED - Math.floor(index / LISTED)),
  )
  progress(results)
  results.listAll = await cpuMillisEach(3, (index) =>
    collection.find({ selector: {}, sort: [{ createdAt: 'desc' }], limit: 50 + index }).exec(),
  )
  progress(results)
  results.count = await cpuMillisEach(60, (index) =>
    collection
      .count({ selector: { serviceId: serviceId(index % serviceCount(count)), createdAt: { $gte: index } } })
      .exec(),
  )
  const rows = (index: number) =>
    collection.find({ selector: { serviceId: serviceId(0) }, limit: 100_000 + index }).exec()
  await settle()
  results.manyRowsCold = await wallMillis(() => rows(0))
  results.manyRows = await cpuMillisEach(15, (index) => rows(index + 1))

  progress(results)
  await settle()
  results.bulkUpsert =
    (await cpuMicros(async () => {
      for (let from = 0; from < 5_000; from += BATCH) {
        await collection.bulkUpsert(
          Array.from({ length: BATCH }, (_, index) => ({ ...benchDocument(from + index, count), name: 'Renamed' })),
        )
      }
    })) / 5_000
  const patched = await Promise.all(
    Array.from({ length: ROUNDS * PATCHES }, (_, index) =>
      collection.findOne(benchDocument(scatter(index, count), count).id).exec(true),
    ),
  )
  results.patch = 1e3 * (await cpuMillisEach(PATCHES, (index) => patched[index]?.patch({ name: `Patched ${index}` })))

  progress(results)
  results.liveQuery = await liveQueryMillis(collection, count)
  results.rss = process.memoryUsage.rss() / 1024 / 1024

  if (engine === 'ours') {
    await database.close()
    results.fileSize = statSync(join(folder, 'bench.sqlite')).size / 1024 / 1024
    const times: number[] = []
    for (let round = 0; round < 7; round++) {
      times.push(
        await wallMillis(async () => {
          ;({ database, collection } = await open(storage))
          await collection.findOne(benchDocument(round, count).id).exec()
        }),
      )
      await database.close()
    }
    results.reopen = median(times)
    progress(results)
    const firstLooks: number[] = []
    for (let round = 0; round < 7; round++) {
      ;({ database, collection } = await open(storage))
      await settle()
      const used = await cpuMicros(async () => {
        for (let index = 0; index < LISTED; index++) await list(collection, listedService(index, count), 50)
      })
      firstLooks.push(used / 1e3 / LISTED)
      await database.close()
    }
    results.listFirst = median(firstLooks)
  }
  rmSync(folder, { recursive: true, force: true })
  return results
}

async function storageOf(engine: 'memory' | 'dexie' | 'ours', folder: string): Promise<RxStorage<unknown, unknown>> {
  if (engine === 'memory') return getRxStorageMemory() as unknown as RxStorage<unknown, unknown>
  if (engine === 'ours') return getRxStorageNodeSqlite({ folder }) as unknown as RxStorage<unknown, unknown>
  const { getRxStorageDexie } = await import('rxdb/plugins/storage-dexie')
  const { IDBKeyRange, indexedDB } = await import('fake-indexeddb')
  return getRxStorageDexie({ indexedDB, IDBKeyRange }) as unknown as RxStorage<unknown, unknown>
}

async function open(
  storage: RxStorage<unknown, unknown>,
): Promise<{ database: RxDatabase; collection: RxCollection<BenchDocument> }> {
  const database = await createRxDatabase({ name: 'bench', storage, multiInstance: false, eventReduce: true })
  const { applications } = await database.addCollections({
    applications: { schema: benchSchema as unknown as RxJsonSchema<BenchDocument> },
  })
  return { database, collection: applications as unknown as RxCollection<BenchDocument> }
}

/**
 * What a list screen asks for. RxDB answers a query that it knows from its own cache, so the limits differ; they go
 * down, so that a list looked at again shows nothing that was not in it before.
 */
function list(collection: RxCollection<BenchDocument>, service: string, limit: number): Promise<unknown> {
  return collection.find({ selector: { serviceId: service }, sort: [{ createdAt: 'desc' }], limit }).exec()
}

/** From insert to the emission of a list that shows the document: the median of 100, in ms. */
async function liveQueryMillis(collection: RxCollection<BenchDocument>, count: number): Promise<number> {
  let seen: (first: string | undefined) => void = () => {}
  const subscription = collection
    .find({ selector: { serviceId: serviceId(0) }, sort: [{ createdAt: 'desc' }], limit: 50 })
    .$.subscribe((documents) => seen(documents[0]?.id))
  await settle()
  const samples: number[] = []
  for (let index = 0; index < 100; index++) {
    const document = {
      ...benchDocument(index, count),
      id: `live_${index}`,
      serviceId: serviceId(0),
      createdAt: 9_000_000_000_000 + index,
    }
    const shown = new Promise<void>((resolve) => {
      seen = (first) => first === document.id && resolve()
    })
    samples.push(
      await wallMillis(async () => {
        await collection.insert(document)
        await shown
      }),
    )
  }
  subscription.unsubscribe()
  await settle()
  return median(samples)
}

const scatter = (index: number, count: number): number => (index * 48_271) % count
