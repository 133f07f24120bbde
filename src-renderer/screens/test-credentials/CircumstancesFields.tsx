/** Who calls, from where, and how much: what the filters and limits look at. */
import { Button } from '@patternfly/react-core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServiceRow } from '../../app/rows.ts'
import { RhUiAddIcon, RhUiCaretDownIcon, RhUiCloseIcon } from '../../components/icons.ts'
import { examples } from '../applications/rules.ts'
import type { Circumstances, UsageLine } from './asked.ts'

let lastLine = 0

export function CircumstancesFields({
  service,
  value,
  onChange,
}: {
  readonly service: ServiceRow
  readonly value: Circumstances
  readonly onChange: (value: Circumstances) => void
}) {
  const { t } = useTranslation()
  const { usageRules, metrics } = service
  const setLine = (line: UsageLine) =>
    onChange({ ...value, usage: value.usage.map((other) => (other.id === line.id ? line : other)) })
  return (
    <>
      <TextField
        label={t('test.ip')}
        hint={usageRules.ipFilter === 'off' ? t('test.notLooked') : undefined}
        value={value.ip}
        placeholder={examples.ip}
        max={64}
        onChange={(ip) => onChange({ ...value, ip })}
      />
      <TextField
        label={t('test.referrer')}
        hint={usageRules.referrerFilter === 'off' ? t('test.notLooked') : undefined}
        value={value.referrer}
        placeholder={examples.referrer}
        max={2000}
        onChange={(referrer) => onChange({ ...value, referrer })}
      />
      {service.pattern === 'oauth' && (
        <TextField
          label={t('test.redirectUri')}
          hint={t('common.optional')}
          value={value.redirectUri}
          placeholder={examples.redirectUrls}
          max={2000}
          onChange={(redirectUri) => onChange({ ...value, redirectUri })}
        />
      )}
      <fieldset className="lk-field">
        <legend>
          {t('test.usage')} <span>{t('common.optional')}</span>
        </legend>
        <div className="lk-usage">
          {value.usage.map((line, index) => (
            <div key={line.id} className="lk-adding">
              <span className="lk-select">
                <select
                  className="lk-input lk-mono"
                  aria-label={t('test.metricLine', { number: index + 1 })}
                  value={line.metric}
                  onChange={(event) => setLine({ ...line, metric: event.target.value })}
                >
                  {metrics.map(({ id, systemName }) => (
                    <option key={id} value={systemName}>
                      {systemName}
                    </option>
                  ))}
                  {!metrics.some(({ systemName }) => systemName === line.metric) && (
                    <option value={line.metric}>{line.metric}</option>
                  )}
                </select>
                <RhUiCaretDownIcon />
              </span>
              <input
                className="lk-input lk-mono lk-amount"
                aria-label={t('test.valueLine', { number: index + 1 })}
                inputMode="numeric"
                autoComplete="off"
                maxLength={64}
                value={line.value}
                onChange={(event) => setLine({ ...line, value: event.target.value })}
              />
              <button
                type="button"
                className="lk-icon-button lk-32"
                aria-label={t('test.removeLine', { number: index + 1 })}
                title={t('test.removeLine', { number: index + 1 })}
                onClick={() => onChange({ ...value, usage: value.usage.filter(({ id }) => id !== line.id) })}
              >
                <RhUiCloseIcon />
              </button>
            </div>
          ))}
          {value.usage.length < 50 && (
            <Button
              variant="tertiary"
              size="sm"
              icon={<RhUiAddIcon />}
              onClick={() => {
                const used = new Set(value.usage.map(({ metric }) => metric))
                const next = metrics.find(({ systemName }) => !used.has(systemName)) ?? metrics[0]
                const line = { id: ++lastLine, metric: next?.systemName ?? '', value: '1' }
                onChange({ ...value, usage: [...value.usage, line] })
              }}
            >
              {t('test.addLine')}
            </Button>
          )}
        </div>
      </fieldset>
    </>
  )
}

function TextField({
  label,
  hint,
  value,
  placeholder,
  max,
  onChange,
}: {
  readonly label: string
  readonly hint: string | undefined
  readonly value: string
  readonly placeholder: string
  readonly max: number
  readonly onChange: (value: string) => void
}) {
  const id = useId()
  return (
    <div className="lk-field">
      <label htmlFor={id}>
        {label} {hint !== undefined && <span>{hint}</span>}
      </label>
      <input
        id={id}
        className="lk-input lk-mono"
        value={value}
        placeholder={placeholder}
        maxLength={max}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
