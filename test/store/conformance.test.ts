/** The contract of an RxStorage: memory storage is the oracle, ours must do the same over either driver. */
import { getChangedDocumentsSince } from 'rxdb'
import { afterAll, describe, expect, it } from 'vitest'
import type { StoredDocument } from '../../src-main/store/sqlite-storage/layout.ts'
import { allEngines, filled, memoryEngine, openInstance } from './engines.ts'
import { ask, attachedSchema, change, countOf, insertion, thing, thingSchema } from './rows.ts'

describe.each(allEngines)('$name', (engine) => {
  const { storage, remove } = engine.open()
  const isOurs = engine !== memoryEngine
  afterAll(remove)

  it('writes new documents and gives them back as they were', async () => {
    const instance = await openInstance(storage, thingSchema)
    const documents = [
      thing('a', { rank: 3 }),
      thing('b', { rank: 1, name: '😀\ue000\u0000' }),
      thing('c', { rank: 2 }),
    ]
    expect((await instance.bulkWrite(documents.map(insertion), 'test')).error).toEqual([])
    expect(await ask(instance, { selector: {}, sort: [{ rank: 'asc' }] })).toEqual([
      documents[1],
      documents[2],
      documents[0],
    ])
    expect(await instance.findDocumentsById(['c', 'missing', 'a'], false)).toEqual([documents[2], documents[0]])
    await instance.remove()
  })

  it('reports a conflict with what is stored, and writes the other rows', async () => {
    const instance = await openInstance(storage, thingSchema)
    const first = thing('a')
    await instance.bulkWrite([insertion(first)], 'test')
    const again = insertion(thing('a', { name: 'again' }))
    const stale = change({ ...first, _rev: '1-other' }, { name: 'stale' })
    const { error } = await instance.bulkWrite([again, insertion(thing('b'))], 'one')
    expect(error).toEqual([
      { status: 409, isError: true, documentId: 'a', writeRow: again, documentInDb: first, context: 'one' },
    ])
    expect((await instance.bulkWrite([stale], 'two')).error).toMatchObject([{ status: 409, documentInDb: first }])
    expect((await ask(instance, { selector: {} })).map(({ id, name }) => [id, name])).toEqual([
      ['a', 'name of a'],
      ['b', 'name of b'],
    ])
    await instance.remove()
  })

  it('emits inserts, updates, deletions and revivals with their context', async () => {
    const instance = await openInstance(storage, thingSchema)
    const events: unknown[] = []
    instance.changeStream().subscribe((bulk) => {
      for (const event of bulk.events) {
        events.push([
          bulk.context,
          event.operation,
          event.documentId,
          event.documentData.name,
          event.previousDocumentData?.name,
        ])
      }
    })
    const first = thing('a', { name: 'one' })
    await instance.bulkWrite([insertion(first)], 'c1')
    const second = change(first, { name: 'two' })
    await instance.bulkWrite([second], 'c2')
    const third = change(second.document as StoredDocument, { name: 'gone', _deleted: true })
    await instance.bulkWrite([third], 'c3')
    await instance.bulkWrite([change(third.document as StoredDocument, { name: 'back', _deleted: false })], 'c4')
    await instance.bulkWrite([insertion(thing('b', { _deleted: true }))], 'c5')
    expect(events).toEqual([
      ['c1', 'INSERT', 'a', 'one', undefined],
      ['c2', 'UPDATE', 'a', 'two', 'one'],
      ['c3', 'DELETE', 'a', 'gone', 'two'],
      ['c4', 'INSERT', 'a', 'back', undefined],
    ])
    await instance.remove()
  })

  it('keeps deleted documents for whoever asks for them, until the cleanup', async () => {
    const instance = await openInstance(storage, thingSchema)
    const first = thing('a')
    await instance.bulkWrite([insertion(first), insertion(thing('b'))], 'test')
    await instance.bulkWrite(
      [change(first, { _deleted: true, _meta: undefined })].map((row) => ({
        ...row,
        document: { ...row.document, _meta: { lwt: Date.now() - 1_000 } },
      })),
      'test',
    )
    expect(await instance.findDocumentsById(['a'], false)).toEqual([])
    expect(await instance.findDocumentsById(['a'], true)).toHaveLength(1)
    expect(await ask(instance, { selector: { _deleted: { $eq: false } } })).toHaveLength(1)
    expect(await ask(instance, { selector: {} })).toHaveLength(2)
    await instance.cleanup(60_000)
    expect(await instance.findDocumentsById(['a'], true)).toHaveLength(1)
    expect(await instance.cleanup(0)).toBe(true)
    expect(await instance.findDocumentsById(['a', 'b'], true)).toHaveLength(1)
    await instance.remove()
  })

  it('counts at once, and as many as the query would give', async () => {
    const instance = await openInstance(storage, thingSchema)
    await instance.bulkWrite(
      Array.from({ length: 20 }, (_, index) => insertion(thing(`t${index}`, { rank: index % 4 }))),
      'test',
    )
    expect(await countOf(instance, { selector: { rank: 3 } })).toEqual({ count: 5, mode: 'fast' })
    expect(await countOf(instance, { selector: { name: { $regex: 't1' } } })).toEqual({ count: 11, mode: 'fast' })
    if (isOurs) {
      expect((await countOf(instance, { selector: { rank: 3 }, limit: 3 })).count).toBe(3)
      expect((await countOf(instance, { selector: { rank: 3 }, skip: 4 })).count).toBe(1)
      expect((await countOf(instance, { selector: { name: { $regex: 't1' } }, skip: 2, limit: 100 })).count).toBe(9)
    }
    await instance.remove()
  })

  it('gives a limit of nothing nothing', async () => {
    const instance = await openInstance(storage, thingSchema)
    await instance.bulkWrite([insertion(thing('a'))], 'test')
    expect(await ask(instance, { selector: {}, limit: 0 })).toEqual([])
    await instance.remove()
  })

  it('pages through the changes, each document once, deleted ones too', async () => {
    const instance = await openInstance(storage, thingSchema)
    const documents = Array.from({ length: 10 }, (_, index) => thing(`t${index}`))
    await instance.bulkWrite(documents.map(insertion), 'test')
    await instance.bulkWrite([change(documents[2] as StoredDocument, { _deleted: true })], 'test')
    let checkpoint: unknown
    const seen: string[] = []
    for (;;) {
      const page = await getChangedDocumentsSince(instance, 4, checkpoint)
      seen.push(...page.documents.map((document) => document.id))
      checkpoint = page.checkpoint
      if (page.documents.length < 4) break
    }
    expect(seen).toEqual(['t0', 't1', 't3', 't4', 't5', 't6', 't7', 't8', 't9', 't2'])
    expect((await getChangedDocumentsSince(instance, 4, checkpoint)).documents).toEqual([])
    await instance.bulkWrite([insertion(thing('late'))], 'test')
    expect((await getChangedDocumentsSince(instance, 4, checkpoint)).documents.map((one) => one.id)).toEqual(['late'])
    await instance.remove()
  })

  it('keeps attachments as blobs, replaces and removes them with their document', async () => {
    const instance = await openInstance(storage, attachedSchema)
    const attach = (text: string) => ({
      length: text.length,
      type: 'text/plain',
      digest: `d-${text}`,
      data: new Blob([text], { type: 'text/plain' }),
    })
    const first = thing('a', { _attachments: { note: attach('one') } })
    expect((await instance.bulkWrite([insertion(first)], 'test')).error).toEqual([])
    const blob = await instance.getAttachmentData('a', 'note', 'd-one')
    expect([await blob.text(), blob.type]).toEqual(['one', 'text/plain'])
    const [stored] = (await instance.findDocumentsById(['a'], false)) as [StoredDocument]
    expect(stored._attachments).toEqual({ note: { length: 3, type: 'text/plain', digest: 'd-one' } })
    const second = change(stored, { _attachments: { note: attach('three'), more: attach('x') } })
    await instance.bulkWrite([second], 'test')
    expect(await (await instance.getAttachmentData('a', 'note', 'd-three')).text()).toBe('three')
    await expect((async () => instance.getAttachmentData('a', 'note', 'd-one'))()).rejects.toThrow()
    const [changed] = (await instance.findDocumentsById(['a'], false)) as [StoredDocument]
    const kept = change(changed, { _attachments: { note: changed._attachments.note } })
    await instance.bulkWrite([kept], 'test')
    await expect((async () => instance.getAttachmentData('a', 'more', 'd-x'))()).rejects.toThrow()
    expect(await (await instance.getAttachmentData('a', 'note', 'd-three')).text()).toBe('three')
    // Memory storage throws here, after it told its listeners of a document that it did not write.
    if (isOurs) {
      const events: unknown[] = []
      const listening = instance.changeStream().subscribe((bulk) => events.push(bulk))
      const gone = { gone: { length: 1, type: 't', digest: 'd' } }
      const { error } = await instance.bulkWrite([insertion(thing('b', { _attachments: gone }))], 'test')
      expect(error).toMatchObject([{ status: 510, attachmentId: 'gone' }])
      expect(events).toEqual([])
      listening.unsubscribe()
    }
    await instance.bulkWrite([change(kept.document as StoredDocument, { _deleted: true, _attachments: {} })], 'test')
    await expect((async () => instance.getAttachmentData('a', 'note', 'd-three'))()).rejects.toThrow()
    await instance.remove()
  })

  it('keeps collections, versions and databases apart', async () => {
    const names = ['things', 'Things', 'thïngs', 'a b', "a'b", 'a"b', 'sqlite_x']
    const instances = await Promise.all([
      ...names.map((collection) => openInstance(storage, thingSchema, { database: 'apart', collection })),
      openInstance(storage, { ...thingSchema, version: 1 }, { database: 'apart' }),
      openInstance(storage, thingSchema, { database: 'apart too' }),
    ])
    for (const [index, instance] of instances.entries()) {
      await instance.bulkWrite([insertion(thing('same', { rank: index }))], 'test')
    }
    for (const [index, instance] of instances.entries()) {
      expect((await ask(instance, { selector: {} })).map((document) => document.rank)).toEqual([index])
    }
    await instances[0]?.remove()
    expect(await ask(instances[1] as never, { selector: {} })).toHaveLength(1)
    for (const instance of instances.slice(1)) await instance.remove()
  })

  it('closes as often as it is told', async () => {
    const instance = await openInstance(storage, thingSchema)
    await Promise.all([instance.close(), instance.close()])
    await instance.close()
  })

  it('two instances of one collection see each other', async () => {
    const one = await openInstance(storage, thingSchema, { database: 'shared' })
    const other = await openInstance(storage, thingSchema, { database: 'shared' })
    const seen: string[] = []
    other.changeStream().subscribe((bulk) => seen.push(...bulk.events.map((event) => event.documentId)))
    await one.bulkWrite([insertion(thing('a'))], 'test')
    expect(seen).toEqual(['a'])
    expect(await ask(other, { selector: {} })).toHaveLength(1)
    await one.close()
    expect(await ask(other, { selector: {} })).toHaveLength(1)
    await other.remove()
  })

  it('refuses what RxDB does in its wrappers: compression, encryption', async () => {
    const refused = async (schema: object) => openInstance(storage, filled({ ...thingSchema, ...schema }) as never)
    await expect(refused({ keyCompression: true })).rejects.toMatchObject({ code: 'UT5' })
    await expect(refused({ encrypted: ['name'] })).rejects.toMatchObject({ code: 'UT6' })
    await expect(refused({ attachments: { compression: 'deflate' } })).rejects.toMatchObject({ code: 'UT7' })
  })
})
