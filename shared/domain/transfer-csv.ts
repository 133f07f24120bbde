/**
 * Applications as a table: its columns, and how a cell becomes a field. Lists stand in one cell, separated by spaces:
 * none of their items holds one. A cell that a spreadsheet would run as a formula has an apostrophe before it.
 */
import { formula, unguarded } from './csv.ts'
import type { Refusal } from './outcome.ts'
import { refuse } from './outcome.ts'
import { invalid } from './transfer-refusal.ts'

/** Columns in the order of an export, each with the field that it fills. */
export const csvColumns = {
  id: 'id',
  name: 'name',
  description: 'description',
  service: 'service',
  account: 'account',
  plan: 'plan',
  state: 'state',
  created_at: 'createdAt',
  user_key: 'userKey',
  app_id: 'appId',
  app_keys: 'keys',
  client_id: 'appId',
  client_secret: 'clientSecrets',
  redirect_urls: 'redirectUrls',
  ip_ranges: 'ipRanges',
  referrers: 'referrers',
} as const
export type CsvColumn = keyof typeof csvColumns

/** What an export writes: never a secret, for a table has no place to encrypt one. */
export const exportedColumns = [
  'id',
  'name',
  'description',
  'service',
  'account',
  'plan',
  'state',
  'created_at',
  'app_id',
  'redirect_urls',
  'ip_ranges',
  'referrers',
] as const satisfies readonly CsvColumn[]

const requiredColumns = ['name', 'service', 'account'] as const satisfies readonly CsvColumn[]
const listColumns: readonly string[] = ['app_keys', 'client_secret', 'redirect_urls', 'ip_ranges', 'referrers']
/** Keys and identifiers may begin like a formula (A6, A7), and nobody reads them in a spreadsheet. */
const credentialColumns: readonly string[] = ['user_key', 'app_id', 'app_keys', 'client_id', 'client_secret']

/** The columns of a header. Refusals: `unknown_field`, `invalid` {reason: twice, missing_column}. */
export function csvHeader(cells: readonly string[]): readonly CsvColumn[] | Refusal {
  const columns: CsvColumn[] = []
  for (const cell of cells) {
    const name = cell.trim().toLowerCase()
    if (!Object.hasOwn(csvColumns, name)) return refuse('unknown_field', {}, name.toWellFormed().slice(0, 64))
    const column = name as CsvColumn
    const taken = columns.some((other) => csvColumns[other] === csvColumns[column])
    if (taken) return invalid('twice', column, { line: 1 })
    columns.push(column)
  }
  const missing = requiredColumns.find((column) => !columns.includes(column))
  return missing === undefined ? columns : invalid('missing_column', missing, { column: missing })
}

/** One line as the value of a row. An empty cell is a field left out. Refusals: `invalid` {reason: formula}. */
export function csvRow(
  columns: readonly CsvColumn[],
  cells: readonly string[],
): Readonly<Record<string, unknown>> | Refusal {
  const row: Record<string, unknown> = {}
  for (const [at, column] of columns.entries()) {
    const cell = cells[at] ?? ''
    if (cell.trim() === '') continue
    if (formula.test(cell) && !credentialColumns.includes(column)) return invalid('formula', column, { column })
    const text = unguarded(cell)
    row[csvColumns[column]] = listColumns.includes(column) ? text.trim().split(/\s+/) : text.trim()
  }
  return row
}
