/** The batches that the crash test writes, and what they must have left behind. */

import {
  getRxStorageNodeSqlite,
  type NodeSqliteStorage,
  type StoreReport,
} from '../../src-main/store/sqlite-storage/index.ts'
import type { StoredDocument } from '../../src-main/store/sqlite-storage/layout.ts'
import { type AnyInstance, openInstance } from '../store/engines.ts'
import { change, thing, thingSchema } from '../store/rows.ts'

export const BATCH_ROWS = 10

export type CrashStore = {
  readonly storage: NodeSqliteStorage
  readonly instance: AnyInstance
  readonly reports: StoreReport[]
}

export async function openStore(folder: string): Promise<CrashStore> {
  const reports: StoreReport[] = []
  const storage = getRxStorageNodeSqlite({ folder, report: (report) => reports.push(report) })
  return { storage, reports, instance: await openInstance(storage, thingSchema, { database: 'crash' }) }
}

export const idOf = (batch: number, row: number): string => `b${batch.toString().padStart(6, '0')}-${row}`

/** Rows of a document add up: `rank` is the number of its batch, and its name says which state it is in. */
export function newDocument(batch: number, row: number): StoredDocument {
  return thing(idOf(batch, row), {
    rank: batch,
    name: 'first',
    filling: 'x'.repeat(50 + ((batch * 37 + row * 11) % 3_000)),
  })
}

/** Inserts a batch, and in the same bulkWrite changes row 0 and deletes row 1 of the batch before. */
export async function atomicBatch(
  { storage, instance }: CrashStore,
  batch: number,
): Promise<{ from: number; to: number }> {
  const from = storage.counters('crash')?.seq ?? 0
  const rows = Array.from({ length: BATCH_ROWS }, (_, row) => ({ document: newDocument(batch, row) }))
  const before = await instance.findDocumentsById([idOf(batch - 1, 0), idOf(batch - 1, 1)], false)
  const changes = before.map((document) =>
    document.id.endsWith('-0')
      ? change(document, { name: 'changed' })
      : change(document, { name: 'deleted', _deleted: true }),
  )
  const { error } = await instance.bulkWrite([...rows, ...changes], 'crash')
  if (error.length > 0) throw new Error(`batch ${batch} conflicts`)
  return { from, to: storage.counters('crash')?.seq ?? 0 }
}

/** Everything wrong with what a killed writer left, given the last batch it acknowledged. Empty where all is well. */
export async function faultsOf({ storage, instance }: CrashStore, acknowledged: number): Promise<string[]> {
  const faults: string[] = []
  const page = await instance.getChangedDocumentsSince?.(1_000_000)
  const documents = new Map((page?.documents ?? []).map((document) => [document.id as string, document]))
  let batches = 0
  while (documents.has(idOf(batches, 0))) batches++
  if (batches <= acknowledged) faults.push(`batch ${acknowledged} was acknowledged, ${batches} batches are there`)
  if (batches > acknowledged + 2) faults.push(`${batches} batches are there, ${acknowledged} was the last acknowledged`)
  for (let batch = 0; batch < batches; batch++) {
    const last = batch === batches - 1
    for (let row = 0; row < BATCH_ROWS; row++) {
      const document = documents.get(idOf(batch, row))
      const state = row > 1 || last ? 'first' : row === 0 ? 'changed' : 'deleted'
      if (!document) faults.push(`document ${idOf(batch, row)} is missing`)
      else if (
        document.name !== state ||
        document.filling !== newDocument(batch, row).filling ||
        document._deleted !== (state === 'deleted')
      ) {
        faults.push(`document ${idOf(batch, row)} is ${document.name}, not ${state}`)
      }
    }
  }
  if (documents.size !== batches * BATCH_ROWS) faults.push(`${documents.size} documents in ${batches} batches`)
  const seq = storage.counters('crash')?.seq ?? -1
  if (page && page.checkpoint.seq > seq) faults.push(`a document has seq ${page.checkpoint.seq}, the file's is ${seq}`)
  return faults
}
