import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { NodeSqliteStorage } from '../../src-main/store/sqlite-storage/index.ts'
import { filled, openInstance, ownEngines } from './engines.ts'
import { ask, change, insertion, thing, thingSchema } from './rows.ts'

describe.each(ownEngines)('$name', (engine) => {
  it('backs up while in use, restores, and keeps what was replaced', async () => {
    const opened = engine.open()
    const storage = opened.storage as NodeSqliteStorage
    const target = join(opened.folder, 'backup', '..', 'copy.latchkey')
    let instance = await openInstance(storage, thingSchema, { database: 'work' })
    await instance.bulkWrite(
      Array.from({ length: 300 }, (_, index) => insertion(thing(`t${index}`))),
      'test',
    )
    const copying = storage.backup('work', target)
    const meanwhile = instance.bulkWrite([insertion(thing('later'))], 'test')
    await Promise.all([copying, meanwhile])
    expect(statSync(target).mode & 0o777).toBe(0o600)
    await expect(storage.restore('work', target)).rejects.toMatchObject({ code: 'locked' })
    await instance.close()
    const replaced = await storage.restore('work', target)
    instance = await openInstance(storage, thingSchema, { database: 'work' })
    expect(await ask(instance, { selector: {} })).toHaveLength(300)
    await instance.close()
    await storage.restore('work', replaced ?? '')
    instance = await openInstance(storage, thingSchema, { database: 'work' })
    expect(await ask(instance, { selector: {} })).toHaveLength(301)
    await instance.remove()
    opened.remove()
  })

  it('refuses to restore what is not a store, and changes nothing', async () => {
    const opened = engine.open()
    const storage = opened.storage as NodeSqliteStorage
    const before = readdirSync(opened.folder)
    await expect(storage.restore('work', import.meta.filename)).rejects.toMatchObject({ code: 'not_a_store' })
    await expect(storage.restore('work', join(opened.folder, 'nothing'))).rejects.toMatchObject({ code: 'not_a_store' })
    await expect(storage.backup('work', join(opened.folder, 'copy'))).rejects.toMatchObject({ code: 'closed' })
    expect(readdirSync(opened.folder)).toEqual(before)
    opened.remove()
  })

  it('reports sizes and counters', async () => {
    const opened = engine.open()
    const storage = opened.storage as NodeSqliteStorage
    const instance = await openInstance(storage, thingSchema, { database: 'work' })
    const first = thing('a')
    await instance.bulkWrite([insertion(first), insertion(thing('b'))], 'test')
    await instance.bulkWrite([change(first, { _deleted: true })], 'test')
    const size = await storage.size('work')
    expect(size.collections).toEqual([{ name: 'things', version: 0, living: 1, deleted: 1 }])
    expect(size.fileBytes + size.journalBytes).toBeGreaterThan(0)
    await ask(instance, { selector: { name: { $regex: 'of a$' } } })
    expect(storage.counters('work')).toMatchObject({ seq: 3, fallbacks: 1 })
    await instance.remove()
    opened.remove()
  })

  it('lays a table out anew where the indexes changed', async () => {
    const opened = engine.open()
    const before = await openInstance(opened.storage, thingSchema, { database: 'work' })
    await before.bulkWrite(
      Array.from({ length: 450 }, (_, index) =>
        insertion(thing(`t${index}`, { rank: index % 7, flag: index % 2 === 0 })),
      ),
      'test',
    )
    await before.close()
    const changed = filled({
      ...thingSchema,
      properties: { ...thingSchema.properties, flag: { type: 'boolean' } },
      indexes: ['flag', ['flag', 'rank']],
    })
    const after = await openInstance(opened.storage, changed, { database: 'work' })
    expect(await ask(after, { selector: { flag: true, rank: 3 } }, changed)).toHaveLength(32)
    const { documents } = (await after.getChangedDocumentsSince?.(500)) ?? { documents: [] }
    expect(documents).toHaveLength(450)
    await after.remove()
    opened.remove()
  })

  it('deleted text leaves the file', async () => {
    const opened = engine.open()
    const instance = await openInstance(opened.storage, thingSchema, { database: 'work' })
    const secret = thing('a', { name: 'hush-hush-hush' })
    await instance.bulkWrite([insertion(secret), insertion(thing('b', { name: 'stays-here' }))], 'test')
    await instance.bulkWrite([change(secret, { name: '' })], 'test')
    await instance.close()
    const { readFileSync } = await import('node:fs')
    const bytes = readFileSync(join(opened.folder, 'work.sqlite'))
    expect([bytes.includes('hush-hush-hush'), bytes.includes('stays-here')]).toEqual([false, true])
    opened.remove()
  })
})
