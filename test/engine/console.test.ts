import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { founding, openTestConsole, passphrase, refusalOf, type TestConsole } from './console-fixture.ts'

let clock = 0
let console_: TestConsole

beforeEach(async () => {
  clock = Date.UTC(2026, 10, 22, 12)
  console_ = await openTestConsole({ now: () => clock })
})
afterEach(() => console_.close())

/** Every file below a folder. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

describe('a workspace', () => {
  it('is made with its founding admin, and asks for a passphrase where no keychain guards it', async () => {
    const refusal = await refusalOf(console_.caller.console.createWorkspace(founding))
    expect(refusal).toMatchObject({ code: 'required', field: 'passphrase' })
    expect((await console_.caller.console.status()).workspaces).toEqual([])

    await console_.caller.console.createWorkspace({ ...founding, passphrase })
    const status = await console_.caller.console.status()
    expect(status.state).toBe('open')
    expect(status.open?.person).toMatchObject({ name: 'Dana Whitfield', role: 'admin' })
    expect((await console_.caller.audit.list({})).rows.map(({ code }) => code).sort()).toEqual([
      'member.founded',
      'workspace.created',
    ])
  })

  it('is locked after a restart, and opens with the passphrase and with the recovery code', async () => {
    const { reveals } = await console_.caller.console.createWorkspace({ ...founding, passphrase })
    const { secret: recoveryCode } = await console_.caller.secret.take({ ticket: reveals[0]?.ticket ?? '' })
    await console_.caller.service.create({ name: 'Payments API' })
    await console_.restart()
    expect((await console_.caller.console.status()).state).toBe('locked')
    expect(await refusalOf(console_.caller.service.list({}))).toMatchObject({ code: 'locked' })

    await console_.caller.console.unlock({ passphrase })
    expect((await console_.caller.service.list({})).rows.map(({ name }) => name)).toEqual(['Payments API'])
    await console_.caller.console.lock()
    await console_.caller.console.unlock({ recoveryCode: recoveryCode.toLowerCase().replaceAll('-', ' ') })
    expect((await console_.caller.console.status()).state).toBe('open')
  })

  it('says that a passphrase is wrong, and makes guessing wait longer each time', async () => {
    await console_.caller.console.createWorkspace({ ...founding, passphrase })
    await console_.caller.console.lock()
    const guess = () => refusalOf(console_.caller.console.unlock({ passphrase: 'not this one' }))
    expect(await guess()).toMatchObject({ code: 'wrong_passphrase', field: 'passphrase', params: { wait: 0 } })
    await guess()
    expect(await guess()).toMatchObject({ code: 'wrong_passphrase', params: { wait: 1 } })
    expect(await refusalOf(console_.caller.console.unlock({ passphrase }))).toMatchObject({ code: 'try_later' })
    clock += 1000
    expect(await guess()).toMatchObject({ params: { wait: 2 } })
    clock += 2000
    await console_.caller.console.unlock({ passphrase })
    expect((await console_.caller.console.status()).state).toBe('open')
  })

  it('that is corrupt is moved aside whole, and the console says where', async () => {
    await console_.caller.console.createWorkspace({ ...founding, passphrase })
    const { current } = await console_.caller.console.status()
    await console_.main.close()
    const store = join(console_.dataDirectory, 'workspaces', current?.id ?? '', 'store.sqlite')
    writeFileSync(store, 'this is no database at all '.repeat(200))
    await console_.restart()
    await console_.caller.console.unlock({ passphrase })
    const status = await console_.caller.console.status()
    expect(status.state).toBe('none')
    expect(status.workspaces).toEqual([])
    const aside = status.movedAside[0]
    expect(['corrupt', 'not_a_store']).toContain(aside?.reason)
    expect(existsSync(join(aside?.path ?? '', 'vault.json'))).toBe(true)
    expect(filesBelow(aside?.path ?? '').some((path) => readFileSync(path).includes('this is no database'))).toBe(true)
  })

  it('of a later version of Latchkey is moved aside whole too, and named as such', async () => {
    await console_.caller.console.createWorkspace({ ...founding, passphrase })
    const { current } = await console_.caller.console.status()
    await console_.main.close()
    const file = new DatabaseSync(join(console_.dataDirectory, 'workspaces', current?.id ?? '', 'store.sqlite'))
    const { user_version: version } = file.prepare('PRAGMA user_version').get() as { user_version: number }
    file.exec(`PRAGMA user_version = ${version + 1}`)
    file.close()
    await console_.restart()
    await console_.caller.console.unlock({ passphrase })
    const { movedAside, state } = await console_.caller.console.status()
    expect([state, movedAside[0]?.reason]).toEqual(['none', 'newer_version'])
    expect(existsSync(join(movedAside[0]?.path ?? '', 'store.sqlite'))).toBe(true)
  })

  it('keeps its files to their owner', async () => {
    await console_.caller.console.createWorkspace({ ...founding, passphrase })
    for (const path of filesBelow(console_.dataDirectory)) expect(statSync(path).mode & 0o077, path).toBe(0)
  })
})

describe('the audit chain (U1)', () => {
  const storeOf = async () => {
    const { current } = await console_.caller.console.status()
    return join(console_.dataDirectory, 'workspaces', current?.id ?? '')
  }
  /** Takes the newest events out of the store while the program is stopped, and starts it again. */
  async function cutEnd(count: number, also?: (folder: string) => void) {
    const folder = await storeOf()
    await console_.main.close()
    const file = new DatabaseSync(join(folder, 'store.sqlite'))
    const [{ name } = { name: '' }] = file
      .prepare("SELECT name_of_table AS name FROM store_collection WHERE name = 'auditEvent'")
      .all() as { name: string }[]
    file.exec(`DELETE FROM "${name}" WHERE k IN (SELECT k FROM "${name}" ORDER BY seq DESC LIMIT ${count})`)
    file.close()
    also?.(folder)
    await console_.restart()
    await console_.caller.console.unlock({ passphrase })
  }

  it('misses events that were taken off its end, and goes on missing them after the next one', async () => {
    await console_.caller.console.createWorkspace({ ...founding, passphrase })
    await console_.caller.service.create({ name: 'Payments API' })
    const { events } = await console_.caller.audit.verify({})
    await cutEnd(1)
    expect(await console_.caller.audit.verify({})).toMatchObject({ events: events - 1, fault: { fault: 'missing' } })
    await console_.caller.service.create({ name: 'Ledger API' })
    expect(await console_.caller.audit.verify({})).toMatchObject({ fault: { fault: 'missing', sequence: events } })
  })

  it('accuses nobody where the kept end is older than the store, or is gone', async () => {
    await console_.caller.console.createWorkspace({ ...founding, passphrase })
    const older = readFileSync(join(await storeOf(), 'audit-head'))
    await console_.caller.service.create({ name: 'Payments API' })
    await cutEnd(0, (folder) => writeFileSync(join(folder, 'audit-head'), older))
    expect(await console_.caller.audit.verify({})).toMatchObject({ fault: undefined })
    await cutEnd(0, (folder) => rmSync(join(folder, 'audit-head')))
    expect(await console_.caller.audit.verify({})).toMatchObject({ fault: undefined })
  })
})

describe('the sample workspace', () => {
  it('stands beside others, is badged, and goes in one call', async () => {
    await console_.caller.console.openSample()
    const { open, workspaces } = await console_.caller.console.status()
    expect(open).toMatchObject({ sample: true, name: 'Meridian Payments' })
    expect(workspaces).toHaveLength(1)
    const services = await console_.caller.service.list({})
    expect(Object.groupBy(services.rows, ({ pattern }) => pattern)).toMatchObject({
      api_key: { length: 3 },
      app_id_key: { length: 3 },
      oauth: { length: 3 },
    })
    expect(await console_.caller.overview({})).toMatchObject({ accounts: 40, applications: 200, members: 9 })
    expect(await console_.caller.audit.verify({})).toMatchObject({ fault: undefined })
    await console_.caller.console.deleteSample()
    expect(await console_.caller.console.status()).toMatchObject({ state: 'none', workspaces: [] })
    expect(filesBelow(console_.dataDirectory)).toHaveLength(1)
  })
})
