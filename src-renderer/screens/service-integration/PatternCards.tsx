import { useTranslation } from 'react-i18next'
import { type Pattern, patterns } from '../../../shared/domain/service-schema.ts'
import { RhUiFingerprintIcon, RhUiKeyIcon, RhUiSecurityIcon } from '../../components/icons.ts'
import { State, Tag } from '../../components/small.tsx'

const icons = { api_key: RhUiKeyIcon, app_id_key: RhUiFingerprintIcon, oauth: RhUiSecurityIcon } as const

/** The three patterns (A1): the one in use, and the others, free or locked. */
export function PatternCards({
  current,
  chosen,
  locked,
  waiting,
  names,
  disabled,
  onChoose,
}: {
  readonly current: Pattern
  readonly chosen: Pattern
  readonly locked: boolean
  /** Nobody knows yet whether it is locked. */
  readonly waiting: boolean
  readonly names: { readonly userKey: string; readonly appId: string; readonly appKey: string }
  readonly disabled: boolean
  readonly onChoose: (pattern: Pattern) => void
}) {
  const { t } = useTranslation()
  const parameters: Record<Pattern, readonly string[]> = {
    api_key: [names.userKey],
    app_id_key: [names.appId, names.appKey],
    oauth: ['client_id', 'client_secret'],
  }
  return (
    <fieldset className="lk-patterns" disabled={disabled}>
      <legend className="lk-sr">{t('integration.pattern')}</legend>
      {patterns.map((pattern) => {
        const Icon = icons[pattern]
        return (
          <label key={pattern} className="lk-pattern">
            <input
              type="radio"
              name="pattern"
              value={pattern}
              checked={chosen === pattern}
              disabled={(locked || waiting) && pattern !== current}
              onChange={() => onChoose(pattern)}
            />
            <Icon />
            <span className="lk-pattern-head">
              <strong>{t(`services.patterns.${pattern}`)}</strong>
              {pattern === current ? (
                <State kind="ok">{t('integration.inUse')}</State>
              ) : locked ? (
                <State kind="locked">{t('integration.locked')}</State>
              ) : chosen === pattern ? (
                <State kind="waiting">{t('integration.chosen')}</State>
              ) : null}
            </span>
            <span className="lk-pattern-text">{t(`integration.meaning.${pattern}`)}</span>
            <span className="lk-pattern-names">
              {parameters[pattern].map((name) => (
                <Tag key={name} mono>
                  {name}
                </Tag>
              ))}
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}
