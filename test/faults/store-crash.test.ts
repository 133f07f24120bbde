/** SIGKILL at random moments: what was acknowledged is there, whole, and numbered upward. */
import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { newFolder } from '../store/engines.ts'
import { randomFrom, seedOfRun } from '../store/random.ts'
import { change } from '../store/rows.ts'
import { faultsOf, idOf, openStore } from './store-crash-batches.ts'

const ROUNDS = 50
const seed = seedOfRun()

type Acknowledged = { batch: number; from: number; to: number }

/** Lets a writer write for some time after its first acknowledgement, kills it, and gives what it acknowledged. */
async function writeUntilKilled(folder: string, first: number, afterMs: number): Promise<Acknowledged[]> {
  const script = join(import.meta.dirname, 'store-crash-child.ts')
  const child: ChildProcess = spawn(process.execPath, [script, folder, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  let armed = false
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text
    if (!armed && output.startsWith('open\n')) {
      armed = true
      setTimeout(() => child.kill('SIGKILL'), afterMs)
    }
  })
  await ended
  const lines = output.split('\n').slice(1, -1) // the last line may be half written, so it does not count
  return lines.map((line) => {
    const [batch = -1, from = -1, to = -1] = line.split(' ').map(Number)
    return { batch, from, to }
  })
}

it(`survives ${ROUNDS} kills`, { timeout: 300_000 }, async () => {
  const random = randomFrom(seed)
  const folder = newFolder()
  let acknowledged = -1
  let seq = 0
  let batches = 0
  let unacknowledged = 0
  for (let round = 0; round < ROUNDS; round++) {
    const store = await openStore(folder)
    const first = await nextBatch(store.instance, acknowledged + 1)
    unacknowledged += first - acknowledged - 1
    await store.instance.close()
    const written = await writeUntilKilled(folder, first, random.below(round % 5 === 0 ? 12 : 90))
    for (const one of written) {
      expect(one.from).toBeGreaterThanOrEqual(seq)
      expect(one.to).toBeGreaterThan(one.from)
      seq = one.to
    }
    batches += written.length
    acknowledged = written.at(-1)?.batch ?? first - 1
    const database = new DatabaseSync(join(folder, 'crash.sqlite'))
    expect(database.prepare('PRAGMA quick_check').all()).toEqual([{ quick_check: 'ok' }])
    database.close()
    const after = await openStore(folder)
    expect(await faultsOf(after, acknowledged)).toEqual([])
    expect(after.reports).toEqual([])
    expect(after.storage.counters('crash')?.seq).toBeGreaterThanOrEqual(seq)
    await after.instance.close()
  }
  console.log(
    `crashes: ${ROUNDS} kills, ${batches} batches acknowledged, ${unacknowledged} written but not acknowledged, seq ${seq}, STORE_SEED=${seed}`,
  )
  expect(batches).toBeGreaterThan(ROUNDS)
  rmSync(folder, { recursive: true, force: true })
})

it('control: a lost document, a half written batch and a claim too many are found out', async () => {
  const folder = newFolder()
  const store = await openStore(folder)
  const { atomicBatch } = await import('./store-crash-batches.ts')
  for (let batch = 0; batch < 5; batch++) await atomicBatch(store, batch)
  expect(await faultsOf(store, 4)).toEqual([])
  expect(await faultsOf(store, 5)).not.toEqual([])
  const [document] = await store.instance.findDocumentsById([idOf(2, 4)], false)
  await store.instance.bulkWrite([change(document, { filling: 'half' })], 'test')
  expect(await faultsOf(store, 4)).toEqual([`document ${idOf(2, 4)} is first, not first`])
  const [half] = await store.instance.findDocumentsById([idOf(2, 4)], false)
  await store.instance.bulkWrite(
    [change(half, { _deleted: true, _meta: { lwt: 1 } })].map((row) => ({
      ...row,
      document: { ...row.document, _meta: { lwt: 1 } },
    })),
    'test',
  )
  await store.instance.cleanup(0)
  expect(await faultsOf(store, 4)).toContain(`document ${idOf(2, 4)} is missing`)
  await store.instance.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The first batch that is not there: the last one may have been written but not acknowledged. */
async function nextBatch(instance: Awaited<ReturnType<typeof openStore>>['instance'], from: number): Promise<number> {
  let batch = from
  while ((await instance.findDocumentsById([idOf(batch, 0)], true)).length > 0) batch++
  return batch
}
