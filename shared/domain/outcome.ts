/**
 * What every rule answers: accepted with a value, or refused with plain data.
 * A refusal crosses process boundaries as it is; only the renderer turns it into a sentence.
 */

/** Why a rule said no. Each code has a sentence in every language under `refusal.<code>`. */
export const refusalCodes = [
  'forbidden',
  'preview_read_only',
  'read_only_token',
  'scope_not_allowed',
  'not_found',
  'invalid',
  'required',
  'too_long',
  'too_short',
  'too_many',
  'malformed_text',
  'unknown_field',
  'taken',
  'widening',
  'in_past',
  'already',
  'wrong_state',
  'last_admin',
  'own_rights',
  'last_key',
  'key_limit',
  'rotation_under_way',
  'wrong_pattern',
  'custom_keys_off',
  'developers_may_not',
  'filter_off',
  'invalid_range',
  'invalid_domain',
  'invalid_url',
  'pattern_locked',
  'in_use',
  'account_not_approved',
  'overlap',
  'locked',
  'wrong_passphrase',
  'try_later',
  'gone',
  'no_workspace',
  'disk_full',
  'store_failed',
  'cancelled',
] as const

export type RefusalCode = (typeof refusalCodes)[number]

/** A parameter of the sentence made from a refusal. Never a secret. */
export type RefusalParam = string | number | boolean

export interface Refusal {
  readonly ok: false
  readonly code: RefusalCode
  /** The input field at fault, dotted (`plans.0.name`), where one is. */
  readonly field?: string
  readonly params: Readonly<Record<string, RefusalParam>>
}

export interface Accepted<T> {
  readonly ok: true
  readonly value: T
}

export type Outcome<T> = Accepted<T> | Refusal

/** An accepted outcome. */
export function accept<T>(value: T): Accepted<T> {
  return { ok: true, value }
}

/** A refusal; `field` names the input at fault, `params` fill the sentence. */
export function refuse(
  code: RefusalCode,
  params: Readonly<Record<string, RefusalParam>> = {},
  field?: string,
): Refusal {
  return field === undefined ? { ok: false, code, params } : { ok: false, code, field, params }
}

/** A refusal as a throwable, for the shells that cross an exception boundary. */
export class RefusalError extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.field === undefined ? refusal.code : `${refusal.code}: ${refusal.field}`)
    this.name = 'RefusalError'
    this.refusal = refusal
  }
}
