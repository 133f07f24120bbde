/** The same work on bare node:sqlite, written by hand: what any storage on SQLite is measured against. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { cpuMicros, cpuMillisEach, FINDS, longestBlock, median, medianMillis } from './clock.ts'
import { benchDocument, LISTED, listedService, serviceCount, serviceId } from './documents.ts'
import type { Measurements } from './measurements.ts'

const BATCH = 1_000
const scatter = (index: number, count: number): number => (index * 48_271) % count

export async function measureRaw(count: number): Promise<Measurements> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  const file = join(folder, 'raw.sqlite')
  let database = open(file)
  database.exec(`
    CREATE TABLE docs (k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, service TEXT, state TEXT, at REAL, data TEXT);
    CREATE INDEX by_service ON docs (service, at, id);
    CREATE INDEX by_state ON docs (state, at, id);
    CREATE INDEX by_time ON docs (at, id);`)
  const results: Measurements = {}
  const insert = database.prepare('INSERT INTO docs (id, service, state, at, data) VALUES (?, ?, ?, ?, ?)')

  let cpu = 0
  results.longestBlock = await longestBlock(async () => {
    for (let from = 0; from < count; from += BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) =>
        benchDocument(from + index, count),
      )
      cpu += await cpuMicros(() => {
        database.exec('BEGIN')
        for (const one of batch) insert.run(one.id, one.serviceId, one.state, one.createdAt, JSON.stringify(one))
        database.exec('COMMIT')
      })
      await new Promise((resolve) => setImmediate(resolve))
    }
  })
  results.bulkInsert = cpu / count

  const byId = database.prepare('SELECT data FROM docs WHERE id = ?')
  results.findOne =
    1e3 *
    (await cpuMillisEach(FINDS, (index) =>
      JSON.parse((byId.get(benchDocument(scatter(index, count), count).id) as { data: string }).data),
    ))
  results.listDescending = await cpuMillisEach(2 * LISTED, lister(database, count))
  const listAll = database.prepare('SELECT data FROM docs ORDER BY at DESC, id LIMIT 50')
  results.listAll = await cpuMillisEach(3, () => listAll.all().map((row) => JSON.parse(String(row.data))))
  const counted = database.prepare('SELECT count(*) AS n FROM docs WHERE service = ? AND at >= ?')
  results.count = await cpuMillisEach(60, (index) => counted.get(serviceId(index % serviceCount(count)), index))
  const many = database.prepare('SELECT data FROM docs WHERE service = ?')
  results.manyRows = await cpuMillisEach(15, () => many.all(serviceId(0)).map((row) => JSON.parse(String(row.data))))

  const update = database.prepare('UPDATE docs SET service = ?, state = ?, at = ?, data = ? WHERE id = ?')
  results.bulkUpsert =
    (await cpuMicros(() => {
      for (let from = 0; from < 5_000; from += BATCH) {
        database.exec('BEGIN')
        for (let index = from; index < from + BATCH; index++) {
          const one = { ...benchDocument(index, count), name: 'Renamed' }
          update.run(one.serviceId, one.state, one.createdAt, JSON.stringify(one), one.id)
        }
        database.exec('COMMIT')
      }
    })) / 5_000
  results.patch =
    1e3 *
    (await cpuMillisEach(200, (index) => {
      const one = { ...benchDocument(scatter(index, count), count), name: 'Patched' }
      update.run(one.serviceId, one.state, one.createdAt, JSON.stringify(one), one.id)
    }))
  results.rss = process.memoryUsage.rss() / 1024 / 1024
  database.close()
  results.fileSize = statSync(file).size / 1024 / 1024
  results.reopen = await medianMillis(7, () => {
    database = open(file)
    database.prepare('SELECT data FROM docs WHERE id = ?').get(benchDocument(1, count).id)
    database.close()
  })
  const firstLooks: number[] = []
  for (let round = 0; round < 7; round++) {
    database = open(file)
    const list = lister(database, count)
    const used = await cpuMicros(() => {
      for (let index = 0; index < LISTED; index++) list(index)
    })
    firstLooks.push(used / 1e3 / LISTED)
    database.close()
  }
  results.listFirst = median(firstLooks)
  rmSync(folder, { recursive: true, force: true })
  return results
}

/** Reads the list of the service that has its turn. */
function lister(database: DatabaseSync, count: number): (index: number) => unknown {
  const list = database.prepare('SELECT data FROM docs WHERE service = ? ORDER BY at DESC, id LIMIT 50')
  return (index) => list.all(listedService(index, count)).map((row) => JSON.parse(String(row.data)))
}

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  return database
}
