/** Drives import and export through the bridge as a screen would: parts, progress, report. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Verdict } from '../../shared/domain/transfer-plan.ts'
import { bridgeRouter } from '../../shared/protocol/bridge.ts'
import type { TransferFormat, TransferProgress } from '../../shared/protocol/transfer.ts'
import { openConsoleSession } from '../../src-main/engine/session.ts'
import { Console } from '../../src-main/workspaces/console.ts'
import type { Caller } from './console-fixture.ts'

/** A console whose store and vault can be looked into, beside what its bridge tells. */
export function openInside(now: () => number) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'latchkey-transfer-'))
  const inside = new Console({ dataDirectory, host: 'browser', keychain: undefined, version: '0.0.0', now })
  const { session, close } = openConsoleSession(inside)
  return {
    caller: bridgeRouter.createCaller({ session }) as Caller,
    get open() {
      return inside.open
    },
    async close() {
      close()
      await inside.close()
      rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** Waits until the job stands in a state where nothing goes on. */
export async function settled(caller: Caller, id: string): Promise<TransferProgress> {
  for (;;) {
    const progress = await caller.transfer.progress({ id })
    if (!['planning', 'committing', 'exporting'].includes(progress.state)) return progress
    await setTimeout(5)
  }
}

export async function upload(
  caller: Caller,
  text: string,
  format: TransferFormat = 'json',
  partLength = 131_072,
): Promise<string> {
  const { id } = await caller.transfer.begin({ format })
  for (let from = 0; from < text.length; from += partLength) {
    await caller.transfer.append({ id, text: text.slice(from, from + partLength) })
  }
  return id
}

export interface Planned {
  readonly id: string
  readonly progress: TransferProgress
  readonly rows: readonly Verdict[]
}

export async function planned(
  caller: Caller,
  file: object | string,
  { format = 'json', passphrase }: { format?: TransferFormat; passphrase?: string } = {},
): Promise<Planned> {
  const id = await upload(caller, typeof file === 'string' ? file : JSON.stringify(file), format)
  await caller.transfer.plan({ id, ...(passphrase === undefined ? {} : { passphrase }) })
  const progress = await settled(caller, id)
  return { id, progress, rows: (await caller.transfer.report({ id, limit: 500 })).rows }
}

/** Plans and commits; fails where that is refused. */
export async function imported(
  caller: Caller,
  file: object | string,
  options: Parameters<typeof planned>[2] = {},
): Promise<Planned> {
  const plan = await planned(caller, file, options)
  if (plan.progress.state !== 'ready') {
    const refused = plan.rows.filter(({ action }) => action === 'refuse').slice(0, 3)
    throw new Error(`${plan.progress.state}: ${JSON.stringify(plan.progress.refusal)} ${JSON.stringify(refused)}`)
  }
  await caller.transfer.commit({ id: plan.id })
  const progress = await settled(caller, plan.id)
  if (progress.state !== 'done') throw new Error(`${progress.state}: ${JSON.stringify(progress.refusal)}`)
  return { ...plan, progress }
}

export async function exported(
  caller: Caller,
  passphrase?: string,
  format: TransferFormat = 'json',
): Promise<{ text: string; parts: number }> {
  const { id } = await caller.transfer.export({ format, ...(passphrase === undefined ? {} : { passphrase }) })
  const progress = await settled(caller, id)
  if (progress.state !== 'exported') throw new Error(`${progress.state}: ${JSON.stringify(progress.refusal)}`)
  let text = ''
  for (let part = 0; ; part += 1) {
    const read = await caller.transfer.read({ id, part })
    text += read.text
    if (read.last) return { text, parts: part + 1 }
  }
}

/** Every file below a folder, as bytes. */
export function bytesBelow(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Buffer.concat(files.map((entry) => readFileSync(join(entry.parentPath, entry.name))))
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
