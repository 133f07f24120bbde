/** Choices as rows with a line of meaning: check boxes or radios, native underneath. */
import type { ReactNode } from 'react'
import { RhUiLockIcon } from '../icons.ts'

export interface Option<Value extends string> {
  readonly value: Value
  readonly title: ReactNode
  readonly meaning?: string
  /** At the right: a code, "Recommended". */
  readonly aside?: ReactNode
  /** Why it cannot be chosen. */
  readonly reason?: string | undefined
}

export function Options<Value extends string>({
  label,
  hint,
  name,
  options,
  chosen,
  many = false,
  side = false,
  error,
  onChange,
}: {
  readonly label: string
  readonly hint?: string
  readonly name: string
  readonly options: readonly Option<Value>[]
  readonly chosen: readonly Value[]
  readonly many?: boolean
  /** Beside each other. */
  readonly side?: boolean
  readonly error?: ReactNode
  readonly onChange: (chosen: readonly Value[]) => void
}) {
  return (
    <fieldset className="lk-field">
      <legend>
        {label} {hint && <span>{hint}</span>}
      </legend>
      <div className={side ? 'lk-options lk-side' : 'lk-options'}>
        {options.map(({ value, title, meaning, aside, reason }) => (
          <label key={value} className="lk-option">
            <input
              type={many ? 'checkbox' : 'radio'}
              name={name}
              value={value}
              disabled={reason !== undefined}
              checked={chosen.includes(value)}
              onChange={(event) => {
                if (!many) onChange([value])
                else onChange(event.target.checked ? [...chosen, value] : chosen.filter((other) => other !== value))
              }}
            />
            <div>
              <strong>{title}</strong>
              {meaning && <p>{meaning}</p>}
              {reason && (
                <p className="lk-why">
                  <RhUiLockIcon />
                  {reason}
                </p>
              )}
            </div>
            {aside}
          </label>
        ))}
      </div>
      {error}
    </fieldset>
  )
}

/** A row of short choices. */
export function Segments<Value extends string>({
  label,
  name,
  options,
  chosen,
  after,
  onChange,
}: {
  readonly label: string
  readonly name: string
  readonly options: readonly { readonly value: Value; readonly title: string }[]
  readonly chosen: Value
  readonly after?: ReactNode
  readonly onChange: (value: Value) => void
}) {
  return (
    <fieldset className="lk-field">
      <legend>{label}</legend>
      <div className="lk-row" style={{ flexWrap: 'wrap', gap: 12 }}>
        <div className="lk-segments">
          {options.map(({ value, title }) => (
            <label key={value}>
              <input
                type="radio"
                name={name}
                value={value}
                checked={chosen === value}
                onChange={() => onChange(value)}
              />
              {title}
            </label>
          ))}
        </div>
        {after}
      </div>
    </fieldset>
  )
}
