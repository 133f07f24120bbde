/**
 * Import and export over the bridge. Frames are small and files are not, so a file travels in parts; work goes on in
 * the main process while the renderer asks how far it is. One import and one export a session; what nobody asks about
 * for 10 minutes is dropped. Nothing is written before `commit`, and then all of it or nothing.
 */
import * as z from 'zod'
import { maxBulk } from '../domain/application-bulk.ts'
import { type Instant, ulidSchema } from '../domain/id.ts'
import type { Refusal } from '../domain/outcome.ts'
import { textSchema } from '../domain/text.ts'
import { type TransferAction, transferActions, type Verdict } from '../domain/transfer-plan.ts'
import { type TransferKind, transferKinds } from '../domain/transfer-schema.ts'
import { passphraseSchema } from './console.ts'
import type { Page } from './query.ts'

/** Most UTF-16 units of one part, either way: a frame holds it however it is escaped. */
export const transferPartLength = 131_072
/** Most bytes (UTF-8) of one file. */
export const transferFileBytes = 268_435_456

export const transferFormats = ['json', 'csv'] as const
export type TransferFormat = (typeof transferFormats)[number]

/**
 * `uploading` → `planning` → `ready` | `refused` (rows) | `failed` (the file) → `committing` → `done`.
 * After `failed` and `refused` the same upload can be planned again, for example with another passphrase.
 * An export is `exporting` → `exported` | `failed`. `cancelled` ends either.
 */
export type TransferState =
  | 'uploading'
  | 'planning'
  | 'ready'
  | 'refused'
  | 'failed'
  | 'committing'
  | 'done'
  | 'exporting'
  | 'exported'
  | 'cancelled'

export type TransferPhase = 'none' | 'reading' | TransferKind | 'accessToken' | 'writing'

export type TransferCounts = Readonly<Record<TransferAction | 'issued', number>>

export interface TransferProgress {
  readonly id: string
  readonly direction: 'import' | 'export'
  readonly format: TransferFormat
  readonly state: TransferState
  /** What is being done, and how far: rows, or bytes while reading. */
  readonly phase: TransferPhase
  readonly done: number
  readonly total: number
  /** Why the whole file failed. Rows have their own in the report. */
  readonly refusal: Refusal | undefined
  /** Per kind, as far as it is planned. `issued`: credentials made anew, because the file does not carry them. */
  readonly counts: Readonly<Record<TransferKind, TransferCounts>>
  /** Access tokens that the file tells of: never imported (T6). */
  readonly accessTokens: number
  /** Where the file says it is from. */
  readonly source:
    | { readonly workspace: string; readonly exportedAt: Instant | undefined; readonly encrypted: boolean }
    | undefined
  /** Of an export: how many parts there are to read, and bytes in all. */
  readonly parts: number
  readonly bytes: number
}

export const transferIdSchema = z.strictObject({ id: z.string().max(64) })
export const transferBeginSchema = z.strictObject({ format: z.enum(transferFormats) })
export const transferAppendSchema = transferIdSchema.extend({ text: z.string().max(transferPartLength, 'too_long') })
export const transferPlanSchema = transferIdSchema.extend({ passphrase: textSchema(1024).optional() })
export const transferReportSchema = transferIdSchema.extend({
  skip: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100),
  action: z.enum(transferActions).optional(),
  kind: z.enum(transferKinds).optional(),
})
export const transferExportSchema = z.strictObject({
  format: z.enum(transferFormats),
  /** Only these applications. As CSV only: a file of JSON carries the services and accounts that its rows hang on. */
  applicationIds: z
    .array(ulidSchema)
    .min(1, 'required')
    .max(maxBulk, 'too_many')
    .transform((list) => [...new Set(list)])
    .optional(),
  /** Given: secrets go along, encrypted under it. Not for CSV, which has no place for them. */
  passphrase: passphraseSchema.optional(),
})
export const transferReadSchema = transferIdSchema.extend({ part: z.int().min(0) })

/** What a session does with files. Every method refuses by throwing a `RefusalError`. */
export interface Transfers {
  begin(input: z.output<typeof transferBeginSchema>): Promise<{ readonly id: string }>
  append(input: z.output<typeof transferAppendSchema>): Promise<{ readonly bytes: number }>
  plan(input: z.output<typeof transferPlanSchema>): Promise<void>
  progress(input: z.output<typeof transferIdSchema>): Promise<TransferProgress>
  report(input: z.output<typeof transferReportSchema>): Promise<Page<Verdict>>
  commit(input: z.output<typeof transferIdSchema>): Promise<void>
  cancel(input: z.output<typeof transferIdSchema>): Promise<void>
  export(input: z.output<typeof transferExportSchema>): Promise<{ readonly id: string }>
  read(input: z.output<typeof transferReadSchema>): Promise<{ readonly text: string; readonly last: boolean }>
}
