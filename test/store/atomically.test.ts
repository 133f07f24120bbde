import { createRxDatabase, type RxDatabase, type RxJsonSchema } from 'rxdb'
import { afterEach, describe, expect, it } from 'vitest'
import { atomically } from '../../src-main/store/sqlite-storage/index.ts'
import { memoryEngine, ownEngines } from './engines.ts'

const schema = (fields: string[]): RxJsonSchema<Record<string, string>> =>
  ({
    version: 0,
    primaryKey: 'id',
    type: 'object',
    properties: {
      id: { type: 'string', maxLength: 60 },
      ...Object.fromEntries(fields.map((field) => [field, { type: 'string', maxLength: 60, default: 'live' }])),
    },
    required: ['id'],
    indexes: [fields[0]],
  }) as unknown as RxJsonSchema<Record<string, string>>

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function open(engine: (typeof ownEngines)[number], name = 'together') {
  const { storage, remove } = engine.open()
  cleanups.push(remove)
  const database = await createRxDatabase({ name, storage, multiInstance: false })
  cleanups.push(() => database.close())
  return addCollections(database)
}

async function addCollections(database: RxDatabase) {
  const { services, events } = await database.addCollections({
    services: { schema: schema(['name', 'state']) },
    events: { schema: schema(['what']) },
  })
  if (!services || !events) throw new Error('collections are missing')
  return { database, services, events }
}

describe.each(ownEngines)('$name', (engine) => {
  it('writes a document and its audit event together, and both are seen at once', async () => {
    const { database, services, events } = await open(engine)
    const seen: string[][] = []
    const subscription = services
      .find({ sort: [{ name: 'asc' }] })
      .$.subscribe((found) => seen.push(found.map((one) => one.get('name'))))
    const outcome = await atomically(database, [
      { collection: services, documents: [{ document: { id: 's1', name: 'Maps' } }] },
      { collection: events, documents: [{ document: { id: 'e1', what: 'created' } }] },
    ])
    expect(outcome).toMatchObject({
      ok: true,
      documents: [[{ id: 's1', state: 'live', _deleted: false }], [{ id: 'e1' }]],
    })
    const service = await services.findOne('s1').exec(true)
    expect(service.toJSON(true)).toMatchObject({ name: 'Maps', state: 'live', _rev: `1-${database.token}` })
    await atomically(database, [
      {
        collection: services,
        documents: [{ previous: service.toJSON(true), document: { ...service.toJSON(), name: 'Atlas' } }],
      },
      { collection: events, documents: [{ document: { id: 'e2', what: 'renamed' } }] },
    ])
    expect(service.getLatest().toJSON(true)).toMatchObject({ name: 'Atlas', _rev: `2-${database.token}` })
    expect((await services.find({ selector: { name: 'Atlas' } }).exec()).map((one) => one.primary)).toEqual(['s1'])
    await expect.poll(() => seen.at(-1)).toEqual(['Atlas'])
    subscription.unsubscribe()
  })

  it('writes nothing where one document conflicts', async () => {
    const { database, services, events } = await open(engine)
    await services.insert({ id: 's1', name: 'Maps' })
    const seen: unknown[] = []
    events.$.subscribe((event) => seen.push(event))
    const stale = { id: 's1', name: 'Maps', _rev: '1-somebody' }
    const outcome = await atomically(database, [
      { collection: events, documents: [{ document: { id: 'e1', what: 'renamed' } }] },
      { collection: services, documents: [{ previous: stale, document: { ...stale, name: 'Atlas' } }] },
    ])
    expect(outcome).toMatchObject({
      ok: false,
      conflicts: [{ collection: 'services', documentId: 's1', documentInDb: { name: 'Maps' } }],
    })
    expect(await events.find().exec()).toEqual([])
    expect((await services.findOne('s1').exec())?.get('name')).toBe('Maps')
    expect(seen).toEqual([])
  })

  it('deletes, and brings a deleted document back as new', async () => {
    const { database, services } = await open(engine)
    const service = await services.insert({ id: 's1', name: 'Maps' })
    const documents = [{ previous: service.toJSON(true), document: { ...service.toJSON(), _deleted: true } }]
    expect(await atomically(database, [{ collection: services, documents }])).toMatchObject({ ok: true })
    expect(await services.findOne('s1').exec()).toBeNull()
    const again = await atomically(database, [
      { collection: services, documents: [{ document: { id: 's1', name: 'New' } }] },
    ])
    expect(again).toMatchObject({ ok: true, documents: [[{ _rev: `3-${database.token}` }]] })
    expect((await services.findOne('s1').exec())?.get('name')).toBe('New')
  })

  it('refuses collections of another database or another storage', async () => {
    const { database, services } = await open(engine)
    const other = await open(engine, 'another')
    const elsewhere = await addCollections(
      await createRxDatabase({ name: 'memory', storage: memoryEngine.open().storage, multiInstance: false }),
    )
    cleanups.push(() => elsewhere.database.close())
    for (const collection of [other.services, elsewhere.services]) {
      const write = async () =>
        atomically(database, [
          { collection: services, documents: [{ document: { id: 's1', name: 'Maps' } }] },
          { collection, documents: [{ document: { id: 's2', name: 'Maps' } }] },
        ])
      await expect(write()).rejects.toMatchObject({ code: 'foreign_collection' })
    }
    expect(await services.find().exec()).toEqual([])
  })
})
