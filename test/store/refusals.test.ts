/** Bad input and bad places: each has its own code and message, and changes nothing. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import type { StoreReport } from '../../src-main/store/sqlite-storage/index.ts'
import { newFolder, openInstance, ownEngines } from './engines.ts'
import { ask, change, insertion, thing, thingSchema } from './rows.ts'

/** Bytes of a page of the storage's files. */
const PAGE = 16_384
const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

describe.each(ownEngines)('$name', (engine) => {
  const { storage, folder, remove } = engine.open({ documentLimit: 2_000 })
  afterAll(remove)

  it('document_too_large: nothing of the call is written', async () => {
    const instance = await openInstance(storage, thingSchema)
    const rows = [insertion(thing('a')), insertion(thing('b', { name: 'x'.repeat(2_000) }))]
    await expect(instance.bulkWrite(rows, 'test')).rejects.toMatchObject({
      code: 'document_too_large',
      details: { limit: 2_000 },
    })
    expect(await ask(instance, { selector: {} })).toEqual([])
    await instance.remove()
  })

  it('unknown_operator, invalid_query: named by shape, never by value', async () => {
    const instance = await openInstance(storage, thingSchema)
    await instance.bulkWrite([insertion(thing('a'))], 'test')
    for (const selector of [
      { name: { $like: 'secret' } },
      { $xor: [{ name: 'secret' }] },
      { $or: [{ name: { $not: { $near: 'secret' } } }] },
    ]) {
      const error = await ask(instance, { selector }).catch((reason) => reason)
      expect(error).toMatchObject({ code: 'unknown_operator' })
      expect(JSON.stringify([error.message, error.details])).not.toContain('secret')
    }
    await expect(ask(instance, { selector: { $or: 'x' } })).rejects.toMatchObject({ code: 'invalid_query' })
    for (const page of [{ limit: 1.5 }, { skip: 0.5 }]) {
      await expect(ask(instance, { selector: {}, ...page })).rejects.toMatchObject({ code: 'invalid_query' })
    }
    await instance.remove()
  })

  it('closed: every method says so', async () => {
    const instance = await openInstance(storage, thingSchema, { database: 'closing' })
    await instance.close()
    for (const call of [
      () => instance.bulkWrite([insertion(thing('a'))], 'test'),
      () => ask(instance, { selector: {} }),
      () => instance.findDocumentsById(['a'], true),
      () => instance.getChangedDocumentsSince?.(1),
      () => instance.getAttachmentData('a', 'b', 'c'),
      () => instance.cleanup(0),
      () => instance.remove(),
    ]) {
      await expect(Promise.resolve(call())).rejects.toMatchObject({ code: 'closed' })
    }
  })

  it('not_a_store: files of other programs stay as they are', async () => {
    const text = join(folder, 'text.sqlite')
    writeFileSync(text, 'Dear diary, this is no database. '.repeat(20))
    const other = join(folder, 'other.sqlite')
    const database = new DatabaseSync(other)
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE mine (a); INSERT INTO mine VALUES (1)')
    database.close()
    const before = [digest(text), digest(other)]
    for (const name of ['text', 'other']) {
      await expect(openInstance(storage, thingSchema, { database: name })).rejects.toMatchObject({
        code: 'not_a_store',
      })
    }
    expect([digest(text), digest(other)]).toEqual(before)
  })

  it('newer_version: a file of a later program is not touched', async () => {
    const instance = await openInstance(storage, thingSchema, { database: 'later' })
    await instance.close()
    const file = join(folder, 'later.sqlite')
    const database = new DatabaseSync(file)
    database.exec('PRAGMA user_version = 99')
    database.close()
    const before = digest(file)
    await expect(openInstance(storage, thingSchema, { database: 'later' })).rejects.toMatchObject({
      code: 'newer_version',
      details: { version: 99, supported: 1 },
    })
    expect(digest(file)).toBe(before)
  })

  it('locked: a file that another connection holds', async () => {
    const instance = await openInstance(storage, thingSchema, { database: 'held' })
    await instance.bulkWrite([insertion(thing('a'))], 'test')
    const script = `
      import { getRxStorageNodeSqlite } from ${JSON.stringify(new URL('../../src-main/store/sqlite-storage/index.ts', import.meta.url).href)}
      import { openInstance } from ${JSON.stringify(new URL('./engines.ts', import.meta.url).href)}
      import { thingSchema } from ${JSON.stringify(new URL('./rows.ts', import.meta.url).href)}
      const storage = getRxStorageNodeSqlite({ folder: ${JSON.stringify(folder)} })
      await openInstance(storage, thingSchema, { database: 'held' }).then(() => console.log('opened'), (error) => console.log(error.code))`
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(child.stdout.trim() || child.stderr).toBe('locked')
    expect(await ask(instance, { selector: {} })).toHaveLength(1)
    await instance.remove()
  })

  it('files are their owner’s alone: 0600 in a folder of 0700', async () => {
    if (process.platform === 'win32') return
    const private_ = engine.open({ folder: join(folder, 'new', 'folder') })
    const instance = await openInstance(private_.storage, thingSchema, { database: 'mode' })
    await instance.bulkWrite([insertion(thing('a'))], 'test')
    const inside = join(folder, 'new', 'folder')
    for (const name of readdirSync(inside))
      expect([name, statSync(join(inside, name)).mode & 0o777]).toEqual([name, 0o600])
    expect(statSync(inside).mode & 0o777).toBe(0o700)
    await instance.close()
    private_.remove()
  })

  it('disk_full: what was written before is intact, and it goes on when there is space', async () => {
    // SQLite answers a full disk and a reached max_page_count alike, with SQLITE_FULL.
    const small = engine.open({ maxPages: 40, cache: { entries: 2 } })
    const instance = await openInstance(small.storage, thingSchema, { database: 'small' })
    const written: string[] = []
    let refusal: unknown
    for (let index = 0; index < 1_000 && !refusal; index++) {
      const rows = Array.from({ length: 5 }, (_, row) => thing(`t${index}-${row}`, { name: 'x'.repeat(300) }))
      await instance.bulkWrite(rows.map(insertion), 'test').then(
        () => written.push(...rows.map((row) => row.id as string)),
        (error) => {
          refusal = error
        },
      )
    }
    expect(refusal).toMatchObject({ code: 'disk_full' })
    expect(written.length).toBeGreaterThan(100)
    const found = (await ask(instance, { selector: {}, sort: [{ id: 'asc' }] })).map((document) => document.id)
    expect(found).toEqual([...written].sort())
    const some = await instance.findDocumentsById(written.slice(0, 60), false)
    const gone = some.map((document) => change(document, { name: '', _deleted: true, _meta: { lwt: 1 } }))
    await instance.bulkWrite(
      gone.map((row) => ({ ...row, document: { ...row.document, _meta: { lwt: 1 } } })),
      'test',
    )
    await instance.cleanup(0)
    expect((await instance.bulkWrite([insertion(thing('after'))], 'test')).error).toEqual([])
    await instance.close()
    const again = await openInstance(small.storage, thingSchema, { database: 'small' })
    expect(await ask(again, { selector: {} })).toHaveLength(written.length - 60 + 1)
    await again.remove()
    small.remove()
  })

  it('a damaged file is moved aside after an unclean exit, reported, and never deleted', async () => {
    const reports: StoreReport[] = []
    const damaged = engine.open({ report: (report) => reports.push(report) })
    const file = join(damaged.folder, 'damaged.sqlite')
    const instance = await openInstance(damaged.storage, thingSchema, { database: 'damaged' })
    await instance.bulkWrite(
      Array.from({ length: 500 }, (_, index) => insertion(thing(`t${index}`))),
      'test',
    )
    await instance.close()
    const bytes = readFileSync(file)
    const database = new DatabaseSync(file)
    database.exec(`UPDATE store_state SET value = 0 WHERE name = 'clean'`)
    database.close()
    const unclean = readFileSync(file)
    for (let page = 5; page < unclean.length / PAGE - 1; page += 2)
      unclean.fill(0xaa, page * PAGE + 100, page * PAGE + 700)
    writeFileSync(file, unclean)
    const before = digest(file)
    const fresh = await openInstance(damaged.storage, thingSchema, { database: 'damaged' })
    expect(await ask(fresh, { selector: {} })).toEqual([])
    const [report] = reports
    if (report?.kind !== 'moved_aside') throw new Error('no report')
    expect(report.message).toContain(report.movedTo)
    expect(digest(report.movedTo)).toBe(before)
    expect(report.problems.length).toBeGreaterThan(0)
    await fresh.close()
    // Control: the same file, undamaged and as uncleanly left, opens without a report.
    writeFileSync(file, bytes)
    const again = new DatabaseSync(file)
    again.exec(`UPDATE store_state SET value = 0 WHERE name = 'clean'`)
    again.close()
    const whole = await openInstance(damaged.storage, thingSchema, { database: 'damaged' })
    expect(await ask(whole, { selector: {} })).toHaveLength(500)
    expect(reports).toHaveLength(1)
    await whole.remove()
    damaged.remove()
  })
})

it('read_only: a folder that may not be written', (context) => {
  if (process.platform === 'win32') context.skip('folders have no such mode here')
  const folder = newFolder()
  chmodSync(folder, 0o777)
  const closed = join(folder, 'closed')
  mkdirSync(closed, { mode: 0o555 })
  const script = `
    if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534) }
    const { getRxStorageNodeSqlite } = await import(${JSON.stringify(new URL('../../src-main/store/sqlite-storage/index.ts', import.meta.url).href)})
    const { openInstance } = await import(${JSON.stringify(new URL('./engines.ts', import.meta.url).href)})
    const { thingSchema } = await import(${JSON.stringify(new URL('./rows.ts', import.meta.url).href)})
    const storage = getRxStorageNodeSqlite({ folder: ${JSON.stringify(closed)} })
    await openInstance(storage, thingSchema, { database: 'x' }).then(() => console.log('opened'), (error) => console.log(error.code))`
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  expect(child.stdout.trim() || child.stderr).toBe('read_only')
  expect(readdirSync(closed)).toEqual([])
})
