import i18next from 'i18next'
import type { FieldError } from 'react-hook-form'
import { type Refusal, refusalCodes } from '../../../shared/domain/outcome.ts'
import { refusalText } from '../../app/refusal.ts'

/** A field's error as a sentence: its message is a refusal code (from a schema) or a whole refusal (from the engine). */
export function fieldErrorText(
  error: FieldError,
  params: Readonly<Record<string, number>> = {},
  empty = false,
): string {
  const { message = '' } = error
  if (error.type === 'refusal') return refusalText(JSON.parse(message) as Refusal)
  const code = refusalCodes.find((known) => known === message)
  // An empty field that has to be something needs no lesson in its format.
  if (empty && code === 'invalid') return refusalText({ ok: false, code: 'required', params })
  return code ? refusalText({ ok: false, code, params }) : i18next.t('refusal.invalid', { value: '' })
}
