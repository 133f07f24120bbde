/** Reads an uploaded file into rows, in small steps. Refuses the whole file by throwing a `RefusalError`. */
import { parse } from 'csv-parse'
import { type Refusal, RefusalError, refuse } from '../../../shared/domain/outcome.ts'
import { csvHeader, csvRow } from '../../../shared/domain/transfer-csv.ts'
import type { RawRow } from '../../../shared/domain/transfer-plan.ts'
import { invalid, refusalOfRow } from '../../../shared/domain/transfer-refusal.ts'
import {
  accessTokenRowSchema,
  headerSchema,
  kindOfList,
  maxTransferRows,
  type TransferHeader,
  type TransferKind,
  type TransferList,
  transferFormat,
  transferLists,
  transferVersion,
} from '../../../shared/domain/transfer-schema.ts'
import { JsonSplitter, maxPieceLength, type Piece } from '../../../shared/domain/transfer-split.ts'
import type { Breath } from './breath.ts'

export interface ReadFile {
  readonly header: TransferHeader
  readonly rows: Readonly<Record<TransferKind, RawRow[]>>
  readonly accessTokens: number
}

function refused(refusal: Refusal): RefusalError {
  return new RefusalError(refusal)
}

function emptyRows(): Record<TransferKind, RawRow[]> {
  return { service: [], account: [], application: [], member: [] }
}

/** @param progress is told the bytes read so far. */
export async function readJsonFile(
  parts: readonly string[],
  breath: Breath,
  progress: (bytes: number) => void,
): Promise<ReadFile> {
  const splitter = new JsonSplitter([...transferLists, 'accessTokens'])
  const fields = new Map<string, unknown>()
  const rows = emptyRows()
  let accessTokens = 0
  let count = 0
  let bytes = 0
  for (const part of parts) {
    // Long parts are taken in small bites, so that none of them outlasts the budget.
    for (let from = 0; from < part.length; from += 32_768) {
      for (const piece of splitter.push(part.slice(from, from + 32_768))) {
        const value = parsed(piece)
        if (piece.kind === 'field') fields.set(piece.field, value)
        else if (piece.field === 'accessTokens') {
          checkAccessToken(piece, value)
          accessTokens += 1
        } else rows[kindOfList[piece.field as TransferList]].push({ index: piece.index, line: piece.line, value })
        if (piece.kind === 'row') count += 1
        if (count > maxTransferRows) throw refused(refuse('too_many', { max: maxTransferRows }))
        if (breath.due) await breath.take()
      }
      if (breath.due) await breath.take()
    }
    bytes += Buffer.byteLength(part)
    progress(bytes)
  }
  const fault = splitter.end()
  if (bytes === 0) throw refused(invalid('empty'))
  if (fault !== undefined) throw refused(fault)
  return { header: headerOf(fields), rows, accessTokens }
}

function parsed(piece: Piece): unknown {
  try {
    return JSON.parse(piece.text)
  } catch {
    // The parser's own message quotes the text, which may be a secret.
    throw refused(invalid('not_json', undefined, { line: piece.line }))
  }
}

function checkAccessToken(piece: Extract<Piece, { kind: 'row' }>, value: unknown): void {
  const checked = accessTokenRowSchema.safeParse(value)
  if (checked.success) return
  const refusal = refusalOfRow(checked.error, value, `accessTokens.${piece.index}`)
  throw refused({ ...refusal, params: { ...refusal.params, line: piece.line } })
}

function headerOf(fields: ReadonlyMap<string, unknown>): TransferHeader {
  if (fields.get('format') !== transferFormat) throw refused(invalid('wrong_format', 'format'))
  if (fields.get('version') !== transferVersion) {
    throw refused(invalid('wrong_version', 'version', { supported: transferVersion }))
  }
  // Not through an object literal: a field called __proto__ must stay a field, to be named.
  const value = Object.fromEntries(fields)
  const header = headerSchema.safeParse(value)
  if (!header.success) throw refused(refusalOfRow(header.error, value))
  return header.data
}

/** A table of applications. Lines whose cells cannot be read become refused rows; a broken table is no table. */
export async function readCsvFile(
  parts: readonly string[],
  breath: Breath,
  progress: (bytes: number) => void,
): Promise<ReadFile> {
  const rows = emptyRows()
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxPieceLength,
  })
  let columns: ReturnType<typeof csvHeader> | undefined
  let fault: Refusal | undefined
  parser.on('error', (error) => {
    const code = (error as { code?: unknown }).code
    const lines = (error as { lines?: unknown }).lines
    const line = typeof lines === 'number' ? lines : 0
    fault =
      code === 'CSV_MAX_RECORD_SIZE'
        ? refuse('too_long', { max: maxPieceLength, line })
        : invalid('not_csv', undefined, { line })
  })
  parser.on('readable', () => {
    for (let record = parser.read(); record !== null; record = parser.read()) {
      const { record: cells, info } = record as { record: string[]; info: { lines: number } }
      if (fault !== undefined) continue
      if (columns === undefined) {
        columns = csvHeader(cells)
        if ('ok' in columns) fault = columns
        continue
      }
      if ('ok' in columns) continue
      rows.application.push(csvRaw(columns, cells, rows.application.length, info.lines))
      if (rows.application.length > maxTransferRows) fault = refuse('too_many', { max: maxTransferRows })
    }
  })
  const ended = new Promise<void>((resolve) => parser.once('close', resolve))
  let bytes = 0
  let half = ''
  for (const part of parts) {
    for (let from = 0; from < part.length && fault === undefined; from += 32_768) {
      const text = half + part.slice(from, from + 32_768)
      // A pair of surrogates cut in two would be lost on its way through the stream's bytes.
      half = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : ''
      const whole = half === '' ? text : text.slice(0, -1)
      if (!whole.isWellFormed()) fault = refuse('malformed_text', { line: rows.application.length + 2 })
      else parser.write(Buffer.from(whole, 'utf8'))
      await breath.take()
    }
    bytes += Buffer.byteLength(part)
    progress(bytes)
  }
  if (half !== '') fault ??= refuse('malformed_text')
  if (fault === undefined) parser.end()
  else parser.destroy()
  await ended
  if (fault !== undefined) throw refused(fault)
  if (columns === undefined || rows.application.length === 0) throw refused(invalid('empty'))
  return { header: { format: transferFormat, version: transferVersion }, rows, accessTokens: 0 }
}

function csvRaw(columns: Parameters<typeof csvRow>[0], cells: readonly string[], index: number, line: number): RawRow {
  if (cells.length !== columns.length) {
    return { index, line, value: {}, refusal: invalid('not_csv', undefined, { line, cells: cells.length }) }
  }
  const row = csvRow(columns, cells)
  return 'ok' in row ? { index, line, value: {}, refusal: row as Refusal } : { index, line, value: row }
}
