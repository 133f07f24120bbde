/** A list of ranges, domains or addresses: chips, and a field that takes one more. Its rule is the engine's own. */
import { Button } from '@patternfly/react-core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldErrorLine } from '../../components/form/Field.tsx'
import { RhUiAddIcon, RhUiCloseIcon } from '../../components/icons.ts'

export interface ListRule {
  /** The canonical form, or undefined where the text is none. */
  readonly normalize: (text: string) => string | undefined
  /** What is said of text that is none. */
  readonly wrong: string
  readonly max: number
}

export function ListEditor({
  label,
  hint,
  items,
  rule,
  placeholder,
  reason,
  addReason,
  busy = false,
  labelHidden = false,
  onChange,
}: {
  readonly label: string
  readonly hint?: string
  readonly items: readonly string[]
  readonly rule: ListRule
  readonly placeholder: string
  /** Why nothing can be changed. */
  readonly reason?: string | undefined
  /** Why nothing can be added. */
  readonly addReason?: string | undefined
  /** A change is under way: the next one would be made from a list that is no more. */
  readonly busy?: boolean
  readonly labelHidden?: boolean
  readonly onChange: (items: readonly string[], added: string | undefined) => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const [text, setText] = useState('')
  const [failure, setFailure] = useState<string>()
  const full = items.length >= rule.max

  function add(): void {
    if (text.trim() === '' || busy) return
    const item = rule.normalize(text)
    const wrong =
      item === undefined ? rule.wrong : items.includes(item) ? t('applications.alreadyListed', { item }) : undefined
    setFailure(wrong)
    if (item === undefined || wrong !== undefined) return
    setText('')
    onChange([...items, item], item)
  }

  return (
    <div className="lk-field">
      <label htmlFor={id} className={labelHidden ? 'lk-sr' : undefined}>
        {label} {hint && <span>{hint}</span>}
      </label>
      {items.length > 0 && (
        <ul className="lk-items" aria-label={label}>
          {items.map((item) => (
            <li key={item} className="lk-item lk-mono">
              <span>{item}</span>
              {reason === undefined && (
                <button
                  type="button"
                  className="lk-icon-button"
                  aria-label={t('applications.removeItem', { item })}
                  title={t('applications.removeItem', { item })}
                  aria-disabled={busy}
                  onClick={() => {
                    if (busy) return
                    onChange(
                      items.filter((other) => other !== item),
                      undefined,
                    )
                  }}
                >
                  <RhUiCloseIcon />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {reason === undefined && addReason === undefined && !full && (
        <div className="lk-adding">
          <input
            id={id}
            className="lk-input lk-mono"
            value={text}
            placeholder={placeholder}
            autoComplete="off"
            spellCheck={false}
            maxLength={2000}
            aria-invalid={failure !== undefined}
            aria-describedby={`${id}-error`}
            onChange={(event) => {
              setText(event.target.value)
              setFailure(undefined)
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
              event.preventDefault()
              event.stopPropagation()
              add()
            }}
          />
          <Button variant="tertiary" icon={<RhUiAddIcon />} isAriaDisabled={busy} onClick={add}>
            {t('applications.addItem')}
          </Button>
        </div>
      )}
      <div id={`${id}-error`}>
        {failure !== undefined && <FieldErrorLine text={failure} />}
        {failure === undefined && addReason !== undefined && <p className="lk-help">{addReason}</p>}
        {failure === undefined && full && <p className="lk-help">{t('applications.listFull', { max: rule.max })}</p>}
      </div>
    </div>
  )
}
