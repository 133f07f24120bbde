/** Random histories of writes, deletions and revivals: state and events must be memory storage's own. */
import { type BulkWriteRow, createRevision } from 'rxdb'
import { describe, expect, it } from 'vitest'
import type { StoredDocument } from '../../src-main/store/sqlite-storage/layout.ts'
import { type AnyInstance, memoryEngine, openInstance, ownEngines } from './engines.ts'
import { type Random, randomFrom, seedOfRun } from './random.ts'
import { ask, thing, thingSchema } from './rows.ts'

const seed = seedOfRun()
const IDS = Array.from({ length: 40 }, (_, index) => `${index % 3 === 0 ? '😀' : 'd'}${index}`)

/** Rows over distinct documents: mostly right about what is stored, sometimes wrong. */
function randomRows(random: Random, known: ReadonlyMap<string, StoredDocument>): BulkWriteRow<StoredDocument>[] {
  const ids = new Set(Array.from({ length: 1 + random.below(8) }, () => random.pick(IDS)))
  return [...ids].map((id) => {
    const stored = known.get(id)
    const fields = { name: `n${random.below(5)}`, rank: random.below(9), _deleted: random.chance(0.25) }
    if (!stored || random.chance(0.1)) return { document: thing(id, fields) }
    const previous = random.chance(0.1) ? { ...stored, _rev: '1-nobody' } : stored
    return { previous, document: { ...thing(id, fields), _rev: createRevision(`t${random.below(1e6)}`, previous) } }
  })
}

async function stateOf(instance: AnyInstance): Promise<unknown> {
  return {
    living: await ask(instance, { selector: { _deleted: { $eq: false } }, sort: [{ rank: 'desc' }] }),
    all: await instance.findDocumentsById(IDS, true),
  }
}

function eventsOf(instance: AnyInstance): unknown[] {
  const events: unknown[] = []
  instance.changeStream().subscribe((bulk) => {
    for (const event of bulk.events) events.push([bulk.context, event])
  })
  return events
}

describe.each(ownEngines)('$name', (engine) => {
  it('ends in the same state, by the same events, with re-opening at any point', async () => {
    const random = randomFrom(seed)
    let writes = 0
    let reopened = 0
    for (let round = 0; round < 30; round++) {
      const ours = engine.open({ transactionRows: 1 + random.below(6), cache: { entries: 1 + random.below(30) } })
      const oracle = await openInstance(memoryEngine.open().storage, thingSchema)
      let instance = await openInstance(ours.storage, thingSchema, { database: 'history' })
      const known = new Map<string, StoredDocument>()
      const expected = eventsOf(oracle)
      let events = eventsOf(instance)
      for (let step = 0; step < 40; step++) {
        const rows = randomRows(random, known)
        writes += rows.length
        const [theirs, own] = [await oracle.bulkWrite(rows, `s${step}`), await instance.bulkWrite(rows, `s${step}`)]
        expect(own.error).toEqual(theirs.error)
        const failed = new Set(own.error.map((error) => error.documentId))
        for (const row of rows) {
          if (!failed.has(row.document.id as string))
            known.set(row.document.id as string, row.document as StoredDocument)
        }
        expect(events.splice(0)).toEqual(expected.splice(0))
        if (random.chance(0.1)) {
          await instance.close()
          instance = await openInstance(ours.storage, thingSchema, { database: 'history' })
          events = eventsOf(instance)
          reopened++
        }
        if (random.chance(0.2)) expect(await stateOf(instance)).toEqual(await stateOf(oracle))
      }
      expect(await stateOf(instance)).toEqual(await stateOf(oracle))
      await instance.remove()
      ours.remove()
    }
    console.log(`histories on ${engine.name}: ${writes} rows, re-opened ${reopened} times, STORE_SEED=${seed}`)
  })

  it('keeps the order of writes that nobody waited for', async () => {
    const random = randomFrom(seed)
    const ours = engine.open({ transactionRows: 3 })
    const instance = await openInstance(ours.storage, thingSchema)
    const events = eventsOf(instance)
    const batches = Array.from({ length: 60 }, (_, batch) =>
      Array.from({ length: 1 + random.below(12) }, (_, index) => ({ document: thing(`b${batch}-${index}`) })),
    )
    const reads: Promise<StoredDocument[]>[] = []
    const results = batches.map((rows, batch) => {
      if (batch % 7 === 0) reads.push(ask(instance, { selector: {} }))
      return instance.bulkWrite(rows, 'parallel')
    })
    for (const { error } of await Promise.all(results)) expect(error).toEqual([])
    await Promise.all(reads)
    expect(events.map((event) => (event as [string, { documentId: string }])[1].documentId)).toEqual(
      batches.flat().map((row) => row.document.id),
    )
    await instance.remove()
    ours.remove()
  })

  it('one document twice in one call: the second row meets the first', async () => {
    const ours = engine.open()
    const instance = await openInstance(ours.storage, thingSchema)
    const first = thing('a', { name: 'one' })
    const second = { previous: first, document: { ...first, name: 'two', _rev: '2-test' } }
    const { error } = await instance.bulkWrite([{ document: first }, second, { document: thing('a') }], 'test')
    expect(error).toMatchObject([{ status: 409, documentInDb: { name: 'two' } }])
    expect(await ask(instance, { selector: {} })).toMatchObject([{ name: 'two' }])
    await instance.remove()
    ours.remove()
  })
})

it('control: a storage that loses one write in a hundred is found out', async () => {
  const random = randomFrom(seed)
  const oracle = await openInstance(memoryEngine.open().storage, thingSchema)
  const lossy = await openInstance(memoryEngine.open().storage, thingSchema)
  for (let index = 0; index < 100; index++) {
    const row = { document: thing(`d${index}`, { rank: random.below(9) }) }
    await oracle.bulkWrite([row], 'test')
    if (index !== 57) await lossy.bulkWrite([row], 'test')
  }
  expect(await ask(lossy, { selector: {} })).not.toEqual(await ask(oracle, { selector: {} }))
})
