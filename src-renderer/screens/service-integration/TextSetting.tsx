import { useId } from 'react'
import type { Refusal } from '../../../shared/domain/outcome.ts'
import { refusalText } from '../../app/refusal.ts'
import { FieldErrorLine } from '../../components/form/Field.tsx'

/** One short text of a settings page, in mono. */
export function TextSetting({
  label,
  value,
  error,
  describedBy,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly error: Refusal | undefined
  readonly describedBy: string
  readonly onChange: (value: string) => void
}) {
  const id = useId()
  return (
    <div className="lk-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="lk-input lk-mono"
        value={value}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-error ${describedBy}`}
        onChange={(event) => onChange(event.target.value)}
      />
      <div id={`${id}-error`}>{error && <FieldErrorLine text={refusalText(error)} />}</div>
    </div>
  )
}
