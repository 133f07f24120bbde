/** A finished export as a file of the reader's. */
import type { TransferFormat } from '../../../shared/protocol/transfer.ts'
import { ask } from '../../app/ask.ts'

const types = { json: 'application/json;charset=utf-8', csv: 'text/csv;charset=utf-8' } as const

/** After the workspace, with the day: `acme-applications-2026-11-22.csv`. */
export function exportName(workspace: string, format: TransferFormat): string {
  const plain = workspace
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return `${plain || 'latchkey'}${format === 'csv' ? '-applications' : ''}-${new Date().toISOString().slice(0, 10)}.${format}`
}

/** Gathers the parts as they are read and saves them; the page keeps none of them. */
export async function saveExport(id: string, parts: number, name: string, format: TransferFormat): Promise<void> {
  const texts: Blob[] = []
  for (let part = 0; part < parts; part++) {
    const { text } = await ask.transfer.read.mutate({ id, part })
    texts.push(new Blob([text]))
  }
  const address = URL.createObjectURL(new Blob(texts, { type: types[format] }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
