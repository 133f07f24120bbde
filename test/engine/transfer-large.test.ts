/**
 * A large import over a real store. LATCHKEY_IMPORT_ROWS sets the number of applications (100000 for the whole size;
 * the suite takes 10000 so that it stays quick on two cores).
 */
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { founding, openTestConsole, passphrase, type TestConsole } from './console-fixture.ts'
import { exported, settled, sha256, upload } from './transfer-fixture.ts'

const rows = Number(process.env.LATCHKEY_IMPORT_ROWS ?? 10_000)
let console_: TestConsole

beforeEach(async () => {
  console_ = await openTestConsole()
  await console_.caller.console.createWorkspace({ ...founding, passphrase })
})
afterEach(() => console_.close())

/** Three services of the three patterns, an account for every hundred applications, keys as another system made them. */
function largeFile(count: number): string {
  const services = ['api_key', 'app_id_key', 'oauth'].map((pattern, at) => ({
    id: at + 1,
    name: `Service ${at}`,
    pattern,
  }))
  const accounts = Array.from({ length: Math.ceil(count / 100) }, (_, at) => ({ id: at, name: `Account ${at}` }))
  const hex = (seed: number, length: number) => (seed * 2_654_435_761).toString(16).padStart(length, '0').slice(-length)
  const applications = Array.from({ length: count }, (_, at) => {
    const base = { id: at, service: (at % 3) + 1, account: Math.floor(at / 100), name: `Application ${at}` }
    if (at % 3 === 0) return { ...base, userKey: `uk-${hex(at, 28)}` }
    if (at % 3 === 1)
      return {
        ...base,
        appId: `id-${at}`,
        keys: [`ak-${hex(at, 28)}`, { value: `bk-${hex(at, 28)}`, label: 'Backup' }],
      }
    return { ...base, appId: `client-${at}`, clientSecrets: [`cs-${hex(at, 28)}`] }
  })
  return JSON.stringify({ format: 'latchkey', version: 1, services, accounts, applications })
}

/** The longest that the event loop was held up, in ms, while the work went on. */
async function longestHold<T>(work: Promise<T>): Promise<{ result: T; ms: number }> {
  let longest = 0
  let over = false
  const watching = (async () => {
    while (!over) {
      const from = performance.now()
      await setTimeout(1)
      longest = Math.max(longest, performance.now() - from)
    }
  })()
  const result = await work.finally(() => {
    over = true
  })
  await watching
  return { result, ms: longest }
}

describe('an import of many applications', () => {
  it('is planned and written with progress, and the event loop goes on turning', async () => {
    const { caller } = console_
    const file = largeFile(rows)
    const times: Record<string, number> = {}
    let from = performance.now()
    const took = (what: string) => {
      times[what] = Math.round(performance.now() - from)
      from = performance.now()
    }
    const id = await upload(caller, file)
    took('upload')
    await caller.transfer.plan({ id })
    const plan = await longestHold(settled(caller, id))
    took('plan')
    expect(plan.result).toMatchObject({ state: 'ready', counts: { application: { make: rows, refuse: 0 } } })
    await caller.transfer.commit({ id })
    const commit = await longestHold(settled(caller, id))
    took('commit')
    expect(commit.result).toMatchObject({ state: 'done' })
    expect(commit.result.done).toBe(commit.result.total)
    expect((await caller.application.list({ limit: 1 })).total).toBe(rows)
    process.stdout.write(
      `${rows} applications, ${Math.round(file.length / 1e6)} MB: ${JSON.stringify(times)} ms; longest hold: plan ${Math.round(plan.ms)} ms, commit ${Math.round(commit.ms)} ms; ${Math.round(process.memoryUsage().rss / 1e6)} MB\n`,
    )
  })

  it('that is cancelled half-way through its writing leaves everything as it was', async () => {
    const { caller } = console_
    await caller.account.create({ name: 'There before' })
    const contents = async () => {
      const { text } = await exported(caller)
      const events = await caller.audit.list({ limit: 500 })
      // Exports are events of their own.
      const others = events.rows.filter(({ code }) => code !== 'workspace.exported')
      return sha256(JSON.stringify([text.replace(/"exportedAt": "[^"]*"/, ''), others]))
    }
    const before = await contents()
    const id = await upload(caller, largeFile(Math.min(rows, 3000)))
    await caller.transfer.plan({ id })
    expect(await settled(caller, id)).toMatchObject({ state: 'ready' })
    await caller.transfer.commit({ id })
    let written = 0
    while (written === 0) {
      await setTimeout(1)
      written = (await caller.transfer.progress({ id })).done
    }
    await caller.transfer.cancel({ id })
    const progress = await settled(caller, id)
    expect(progress).toMatchObject({ state: 'cancelled' })
    expect(progress.done, 'it was under way').toBeGreaterThan(0)
    expect(progress.done, 'it was not over').toBeLessThan(progress.total)
    expect(await contents()).toBe(before)
    expect(await caller.audit.verify({})).toMatchObject({ fault: undefined })

    // The control: the same file, not cancelled, changes what is compared; and the engine still writes.
    const again = await upload(caller, largeFile(10))
    await caller.transfer.plan({ id: again })
    await settled(caller, again)
    await caller.transfer.commit({ id: again })
    expect(await settled(caller, again)).toMatchObject({ state: 'done' })
    expect(await contents()).not.toBe(before)
  })
})
