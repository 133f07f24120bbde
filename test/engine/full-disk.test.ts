import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../shared/domain/actor.ts'
import { makeUlid } from '../../shared/domain/id.ts'
import { createService } from '../../shared/domain/service.ts'
import { foundWorkspace } from '../../shared/domain/workspace-commands.ts'
import { auditVerify } from '../../shared/protocol/queries.ts'
import { ChangeFeed } from '../../src-main/engine/change-feed.ts'
import { Engine, randomSource } from '../../src-main/engine/engine.ts'
import { createVault } from '../../src-main/store/vault.ts'
import { openWorkspaceStore } from '../../src-main/store/workspace-store.ts'
import { refusalOf } from './console-fixture.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-full-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('a full disk', () => {
  it('refuses the change, keeps everything, and goes on when there is room again', async () => {
    const id = makeUlid(Date.now(), randomSource)
    const { vault } = await createVault(join(folder, 'vault.json'), id, { kind: 'none' })
    const open = async (maxPages?: number) => {
      const store = await openWorkspaceStore(folder, id, maxPages === undefined ? {} : { maxPages })
      const options = { workspace: id, device: id, store, vault, feed: new ChangeFeed(), now: Date.now }
      return { store, engine: await Engine.open(options) }
    }
    const founding = { workspaceName: 'Full', memberName: 'Dana', memberEmail: 'dana@full.example' }
    let { store, engine } = await open(80)
    const { result } = await engine.apply(
      (context) => foundWorkspace(founding, false, context),
      { kind: 'system' },
      'console',
    )
    const actor: Actor = { kind: 'member', member: result.admin }
    const create = (name: string) =>
      engine.run(
        createService,
        createService.input.parse({ name, description: 'x'.repeat(3000) }),
        async () => actor,
        'console',
      )
    const fillUp = async () => {
      for (let made = 0; ; made++) await create(`Service ${made}`)
    }
    expect(
      await refusalOf(fillUp().catch((error: unknown) => Promise.reject(Object.assign(new Error(), { cause: error })))),
    ).toMatchObject({
      code: 'disk_full',
    })
    const kept = await store.count('service')
    expect(kept).toBeGreaterThan(0)
    // A service and its event are written together or not at all.
    expect(await store.count('auditEvent', { code: 'service.created' })).toBe(kept)
    expect(await engine.ask(auditVerify, {}, actor)).toMatchObject({ fault: undefined })
    await store.close()
    ;({ store, engine } = await open())
    await create('One more')
    expect(await store.count('service')).toBe(kept + 1)
    expect(await engine.ask(auditVerify, {}, actor)).toMatchObject({ fault: undefined })
    await store.close()
  })
})
