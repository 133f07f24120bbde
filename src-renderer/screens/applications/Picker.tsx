/** A field that finds one object among many: type to search in the database, arrows, Enter; Esc leaves it as it was. */
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useDeferredValue, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldErrorLine } from '../../components/form/Field.tsx'
import { RhUiCaretDownIcon } from '../../components/icons.ts'

export interface Pick {
  readonly id: string
  readonly name: string
  readonly detail?: string
}

export function Picker({
  label,
  hint,
  name,
  value,
  find,
  onPick,
  placeholder,
  help,
  error,
  autoFocus = false,
}: {
  readonly label: string
  readonly hint?: string
  /** Names the question in the cache. */
  readonly name: string
  readonly value: Pick | undefined
  readonly find: (text: string) => Promise<readonly Pick[]>
  readonly onPick: (picked: Pick | undefined) => void
  readonly placeholder?: string
  readonly help?: ReactNode
  readonly error?: string | undefined
  readonly autoFocus?: boolean
}) {
  const { t } = useTranslation()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  /** What is typed while the list is open; closed, the field shows what was picked. */
  const [text, setText] = useState<string>()
  const [at, setAt] = useState(0)
  const open = text !== undefined
  const wanted = useDeferredValue(text === value?.name ? '' : (text ?? ''))
  const found = useQuery({
    queryKey: ['picker', name, wanted],
    queryFn: () => find(wanted),
    enabled: open,
    // What was pasted may be a secret: it leaves the cache with the list.
    gcTime: 0,
  })
  const options = found.data ?? []

  useEffect(() => {
    // A page whose one purpose is this form begins in its first field.
    if (autoFocus) input.current?.focus()
  }, [autoFocus])
  useEffect(() => {
    if (open) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })

  function close(): void {
    setText(undefined)
    setAt(0)
  }
  function pick(option: Pick | undefined): void {
    if (!option) return
    onPick(option)
    close()
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      if (!open) setText(value?.name ?? '')
      else setAt((at + step + options.length) % Math.max(1, options.length))
    } else if (event.key === 'Enter' && open && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      pick(options[at])
    } else if (event.key === 'Escape' && open) {
      event.preventDefault()
      event.stopPropagation()
      close()
    }
  }

  return (
    <div className="lk-field lk-picker">
      <label htmlFor={id}>
        {label} {hint && <span>{hint}</span>}
      </label>
      <div className="lk-picker-box">
        <input
          ref={input}
          id={id}
          className="lk-input"
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && options[at] ? `${id}-${options[at].id}` : undefined}
          aria-invalid={error !== undefined}
          aria-describedby={`${id}-help`}
          autoComplete="off"
          spellCheck={false}
          maxLength={512}
          placeholder={placeholder}
          value={text ?? value?.name ?? ''}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
          onClick={(event) => {
            if (open) return
            setText(value?.name ?? '')
            event.currentTarget.select()
          }}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={close}
          onKeyDown={onKeyDown}
        />
        <RhUiCaretDownIcon />
        <div
          ref={list}
          id={`${id}-list`}
          className="lk-picker-list"
          role="listbox"
          aria-label={label}
          hidden={!open}
          tabIndex={-1}
        >
          {options.map((option, index) => (
            <button
              type="button"
              key={option.id}
              id={`${id}-${option.id}`}
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              className="lk-picker-option"
              // The field keeps the focus and has the keys; the pointer picks here.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(option)}
            >
              <span className="lk-ellipsis">{option.name}</span>
              {option.detail && <small className="lk-ellipsis">{option.detail}</small>}
            </button>
          ))}
          {open && options.length === 0 && !found.isPending && (
            <p className="lk-picker-none" role="presentation">
              {t('frame.nothingFound')}
            </p>
          )}
        </div>
      </div>
      <div id={`${id}-help`}>
        {error === undefined ? help && <p className="lk-help">{help}</p> : <FieldErrorLine text={error} />}
      </div>
    </div>
  )
}
