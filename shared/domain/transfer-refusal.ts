/** Why a file or one of its rows is not taken: the refusals of the domain, and a reason where `invalid` says too little. */
import type * as z from 'zod'
import { type Refusal, type RefusalCode, type RefusalParam, refusalCodes, refuse } from './outcome.ts'

/** `params.reason` of an `invalid` refusal of a transfer; each has its own sentence. */
export const transferReasons = [
  /** The text is not JSON. {line} */
  'not_json',
  /** The text is not CSV of one header and rows of as many cells. {line} */
  'not_csv',
  /** Nothing was uploaded, or no row. */
  'empty',
  /** `format` is missing or another. */
  'wrong_format',
  /** `version` is missing or another. {supported} */
  'wrong_version',
  /** A field occurs twice. {line} */
  'twice',
  /** A list is not a list. {line} */
  'not_a_list',
  /** Deeper than any row of the format. {line} */
  'too_deep',
  /** A column that every row needs is not in the header. {column} */
  'missing_column',
  /** A cell would run as a formula in a spreadsheet. {column} */
  'formula',
  /** More than one object has this name. {value} */
  'ambiguous',
  /** The field never changes once the object is made. */
  'fixed',
  /** An encrypted value was moved, edited, or is of another file. */
  'sealed',
  /** A credential both in clear and encrypted. */
  'both',
  /** A method of a method, or a metric with methods that would become one. */
  'nested_method',
] as const
export type TransferReason = (typeof transferReasons)[number]

export function invalid(
  reason: TransferReason,
  field?: string,
  params: Readonly<Record<string, RefusalParam>> = {},
): Refusal {
  return refuse('invalid', { reason, ...params }, field)
}

/** A field name of a file, short and well formed: it is shown, and files may hold anything. */
function shownName(name: string): string {
  return name.toWellFormed().replaceAll('\u0000', '').slice(0, 64)
}

/**
 * The first fault of a row as a refusal. Fields are dotted from the row, or from `prefix`; a value is never told.
 * Codes: those of the schemas' messages, `unknown_field`, `required` for a field left out, else `invalid`.
 */
export function refusalOfRow(error: z.ZodError, row: unknown, prefix = ''): Refusal {
  const issue = error.issues[0]
  if (issue === undefined) return refuse('invalid')
  const path = [...(prefix === '' ? [] : [prefix]), ...issue.path.map(String)]
  if (issue.code === 'unrecognized_keys') {
    return refuse('unknown_field', {}, [...path, issue.keys[0] ?? ''].map(shownName).join('.'))
  }
  const field = path.map(shownName).join('.') || undefined
  if (issue.code === 'invalid_type' && isLeftOut(row, issue.path)) return refuse('required', {}, field)
  const known = (refusalCodes as readonly string[]).includes(issue.message)
  const max = issue.code === 'too_big' ? { max: Number(issue.maximum) } : {}
  const min = issue.code === 'too_small' && issue.message !== 'required' ? { min: Number(issue.minimum) } : {}
  return refuse(known ? (issue.message as RefusalCode) : 'invalid', { ...max, ...min }, field)
}

function isLeftOut(row: unknown, path: readonly PropertyKey[]): boolean {
  let at: unknown = row
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return false
    at = (at as Record<PropertyKey, unknown>)[key]
  }
  return at === undefined
}
