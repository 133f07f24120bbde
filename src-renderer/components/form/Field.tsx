/** A labelled field with help and error: text, secret, long text. Labels above, errors below, both announced. */
import { type ReactNode, useId } from 'react'
import { type FieldError, type FieldPath, type FieldValues, get, type UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { RhUiErrorFillIcon } from '../icons.ts'
import { fieldErrorText } from './field-error.ts'

interface FieldProps<Input extends FieldValues> {
  readonly form: UseFormReturn<Input, unknown, never> | UseFormReturn<Input>
  readonly name: FieldPath<Input>
  readonly label: string
  /** Beside the label, lighter: "optional", "at least one". */
  readonly hint?: string
  readonly help?: ReactNode
  readonly type?: 'text' | 'email' | 'password'
  readonly long?: boolean
  readonly mono?: boolean
  readonly autoFocus?: boolean
  readonly placeholder?: string
  readonly autoComplete?: string
  /** Limits that the error names. */
  readonly max?: number
  readonly min?: number
  /** Sentences for codes that only this form knows. */
  readonly codes?: Readonly<Record<string, string>>
}

export function Field<Input extends FieldValues>({
  form,
  name,
  label,
  hint,
  help,
  type = 'text',
  long = false,
  mono = false,
  autoFocus = false,
  placeholder,
  autoComplete = 'off',
  max = 255,
  min = 0,
  codes = {},
}: FieldProps<Input>) {
  useTranslation()
  const id = useId()
  const { register, formState, getValues } = form as UseFormReturn<Input>
  const error: FieldError | undefined = get(formState.errors, name)
  const common = {
    id,
    className: mono ? 'lk-input lk-mono' : 'lk-input',
    autoComplete,
    spellCheck: long,
    placeholder,
    'aria-invalid': error !== undefined,
    'aria-describedby': `${id}-help`,
    ...register(name),
  }
  return (
    <div className="lk-field">
      <label htmlFor={id}>
        {label} {hint && <span>{hint}</span>}
      </label>
      {/* biome-ignore lint/a11y/noAutofocus: a page whose one purpose is this form begins in its first field */}
      {long ? <textarea {...common} rows={3} /> : <input {...common} type={type} autoFocus={autoFocus} />}
      <div id={`${id}-help`}>
        {error ? (
          <FieldErrorLine
            text={codes[error.message ?? ''] ?? fieldErrorText(error, { max, min }, getValues(name) === '')}
          />
        ) : (
          help && <p className="lk-help">{help}</p>
        )}
      </div>
    </div>
  )
}

export function FieldErrorLine({ text }: { readonly text: string }) {
  return (
    <p className="lk-error" role="alert">
      <RhUiErrorFillIcon />
      {text}
    </p>
  )
}
