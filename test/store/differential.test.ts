import { expect, it } from 'vitest'
import { compareRandomly } from './differential.ts'
import { type AnyStorage, nodeSqliteEngine, ownEngines } from './engines.ts'
import { seedOfRun } from './random.ts'

const seed = seedOfRun()

it('answers 20,000 random queries as RxDB itself does, on both drivers', { timeout: 300_000 }, async () => {
  const comparison = await compareRandomly(ownEngines, seed, 20_000)
  const { mismatches, ...counts } = comparison
  console.log(`differential queries: ${JSON.stringify(counts)} per engine, STORE_SEED=${seed}`)
  expect(mismatches.map((mismatch) => JSON.stringify(mismatch))).toEqual([])
  expect(counts.queries).toBeGreaterThanOrEqual(20_000)
})

it('control: an engine that orders text by UTF-8 is found out', async () => {
  const comparison = await compareRandomly([nodeSqliteEngine], seed, 2_000, orderedByUtf8)
  expect(comparison.mismatches.length).toBeGreaterThan(0)
})

/** Orders a sorted page by the bytes of its titles, as SQLite would if texts were stored as they are. */
function orderedByUtf8(storage: AnyStorage): AnyStorage {
  return {
    ...storage,
    async createStorageInstance(parameters) {
      const instance = await storage.createStorageInstance(parameters)
      const query = instance.query.bind(instance)
      instance.query = async (prepared) => {
        const { documents } = await query(prepared)
        const [term] = prepared.query.sort
        if (!term || !('title' in term)) return { documents }
        const sign = term.title === 'desc' ? -1 : 1
        return {
          documents: [...documents].sort((a, b) => sign * Buffer.compare(titleBytes(a), titleBytes(b))),
        }
      }
      return instance
    },
  }
}

function titleBytes(document: object): Buffer {
  return Buffer.from(String((document as { title?: unknown }).title))
}
