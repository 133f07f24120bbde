/** A pasted set. A whole call may be pasted into any field: it is taken apart by the service's parameter names. */
import { type ClipboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServiceRow } from '../../app/rows.ts'
import { RhUiViewIcon, RhUiViewOffIcon } from '../../components/icons.ts'
import { type PastedSet, readSet } from './asked.ts'

const fieldsOf = {
  api_key: ['userKey', 'appId'],
  app_id_key: ['appId', 'appKey', 'userKey'],
  oauth: ['appId', 'appKey', 'userKey'],
} as const
/** Those that the pattern does not want are shown once they hold something: both kinds at once are refused. */
const wanted = { api_key: ['userKey'], app_id_key: ['appId', 'appKey'], oauth: ['appId', 'appKey'] } as const

export function PasteFields({
  service: { pattern, parameterNames },
  pasted,
  onChange,
}: {
  readonly service: ServiceRow
  readonly pasted: PastedSet
  readonly onChange: (set: PastedSet) => void
}) {
  const { t } = useTranslation()
  const titles = {
    userKey: t('applications.userKey'),
    appId: t(pattern === 'oauth' ? 'applications.clientId' : 'applications.appId'),
    appKey: t(pattern === 'oauth' ? 'applications.clientSecret' : 'applications.appKey'),
  }
  function onPaste(event: ClipboardEvent): void {
    const set = readSet(event.clipboardData.getData('text'), parameterNames)
    if (!set) return
    event.preventDefault()
    onChange(set)
  }
  const shown = fieldsOf[pattern].filter(
    (field) => (wanted[pattern] as readonly string[]).includes(field) || pasted[field] !== '',
  )
  return (
    <>
      {shown.map((field) => (
        <SecretInput
          key={field}
          label={titles[field]}
          parameter={parameterNames[field]}
          value={pasted[field]}
          secret={field !== 'appId'}
          onPaste={onPaste}
          onChange={(value) => onChange({ ...pasted, [field]: value })}
        />
      ))}
      <p className="lk-help">{t('test.pasteHelp')}</p>
    </>
  )
}

function SecretInput({
  label,
  parameter,
  value,
  secret,
  onPaste,
  onChange,
}: {
  readonly label: string
  readonly parameter: string
  readonly value: string
  readonly secret: boolean
  readonly onPaste: (event: ClipboardEvent) => void
  readonly onChange: (value: string) => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const [shown, setShown] = useState(false)
  const toggle = t(shown ? 'test.hideField' : 'test.showField', { name: label })
  return (
    <div className="lk-field">
      <label htmlFor={id}>
        {label} <span className="lk-mono">{parameter}</span>
      </label>
      <div className="lk-adding">
        <input
          id={id}
          className="lk-input lk-mono"
          type={secret && !shown ? 'password' : 'text'}
          autoComplete="off"
          spellCheck={false}
          maxLength={512}
          value={value}
          onPaste={onPaste}
          onChange={(event) => onChange(event.target.value)}
        />
        {secret && (
          <button
            type="button"
            className="lk-icon-button lk-32"
            aria-label={toggle}
            title={toggle}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            {shown ? <RhUiViewOffIcon /> : <RhUiViewIcon />}
          </button>
        )}
      </div>
    </div>
  )
}
