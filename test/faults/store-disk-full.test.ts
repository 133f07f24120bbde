/** A disk that is really full: a tmpfs of 2 MB. Skipped loudly where mounting is not allowed. */
import { execFileSync } from 'node:child_process'
import { rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder, openInstance, ownEngines } from '../store/engines.ts'
import { ask, insertion, thing, thingSchema } from '../store/rows.ts'

describe.each(ownEngines)('$name', (engine) => {
  it('says disk_full, keeps all that was committed, and goes on when there is space again', async (context) => {
    const disk = newFolder()
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk], { stdio: 'pipe' })
    } catch {
      console.warn('SKIPPED: a tmpfs cannot be mounted here; refusals.test.ts fills a bounded file instead')
      context.skip('mounting is not allowed')
    }
    try {
      const ballast = join(disk, 'ballast')
      writeFileSync(ballast, Buffer.alloc(600 * 1024))
      const opened = engine.open({ folder: disk })
      let instance = await openInstance(opened.storage, thingSchema, { database: 'full' })
      const written: string[] = []
      let refusal: unknown
      for (let batch = 0; batch < 1_000 && !refusal; batch++) {
        const rows = Array.from({ length: 10 }, (_, row) => thing(`t${batch}-${row}`, { filling: 'x'.repeat(900) }))
        await instance.bulkWrite(rows.map(insertion), 'test').then(
          () => written.push(...rows.map((row) => row.id as string)),
          (error) => {
            refusal = error
          },
        )
      }
      expect(refusal).toMatchObject({ code: 'disk_full' })
      const found = async () =>
        (await ask(instance, { selector: {}, sort: [{ id: 'asc' }] })).map((document) => document.id)
      expect(await found()).toEqual([...written].sort())
      unlinkSync(ballast)
      for (const id of ['after-1', 'after-2']) {
        await instance.bulkWrite([insertion(thing(id))], 'test')
        written.push(id)
      }
      await instance.close()
      instance = await openInstance(opened.storage, thingSchema, { database: 'full' })
      expect(await found()).toEqual([...written].sort())
      console.log(`disk full on ${engine.name}: refused after ${written.length - 2} documents, went on with space`)
      await instance.close()
      opened.remove()
    } finally {
      execFileSync('umount', ['-l', disk])
      rmSync(disk, { recursive: true, force: true })
    }
  })
})
