/** Service › Usage rules (A8, A11, A12, A15). */
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type Refusal, refuse } from '../../../shared/domain/outcome.ts'
import { type FilterMode, filterModes, usageRulesSchema } from '../../../shared/domain/service-schema.ts'
import { ask, trpc } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { refusalText, useRefusalText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { FieldErrorLine } from '../../components/form/Field.tsx'
import { Options } from '../../components/form/Options.tsx'
import { Note } from '../../components/small.tsx'
import { figure } from '../../i18n/formats.ts'
import { notify } from '../../state/notices.ts'
import { SettingsForm } from '../service-integration/SettingsForm.tsx'
import { useSettings } from '../service-integration/use-settings.ts'

interface Rules {
  readonly [field: string]: string | boolean
  /** As typed. */
  readonly keyLimit: string
  readonly atLeastOneKey: boolean
  readonly customKeys: boolean
  readonly approvalRequired: boolean
  readonly developersMayRegenerate: boolean
  readonly developersMayManageKeys: boolean
  readonly ipFilter: FilterMode
  readonly referrerFilter: FilterMode
}

const keyRules = ['atLeastOneKey', 'customKeys'] as const
const peopleRules = ['approvalRequired', 'developersMayRegenerate', 'developersMayManageKeys'] as const
type Toggle = (typeof keyRules)[number] | (typeof peopleRules)[number]

function limitOf(text: string): number | undefined {
  const read = usageRulesSchema.shape.keyLimit.safeParse(/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN)
  return read.success ? read.data : undefined
}

function wrongRules({ keyLimit }: Rules): { readonly [field: string]: Refusal } {
  return limitOf(keyLimit) === undefined ? { keyLimit: refuse('invalid') } : {}
}

export function RulesTab({ service }: { readonly service: ServiceRow }) {
  const { t } = useTranslation()
  const id = useId()
  useRefusalText()
  const whyNot = useWhyNot()
  const refused = whyNot('service.edit', service.id)
  // Turning "at least one key" off or on marks applications: who may not see them may not (A8).
  const unseeing = refused ? undefined : whyNot('application.edit', service.id)
  const saved: Rules = { ...service.usageRules, keyLimit: String(service.usageRules.keyLimit) }
  const settings = useSettings<Rules>({
    saved,
    draft: `service.rules/${service.id}`,
    check: wrongRules,
    async save({ keyLimit, ...changed }) {
      const limit = keyLimit === undefined ? undefined : limitOf(keyLimit)
      const given = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined))
      const { result } = await ask.service.updateUsageRules.mutate({
        id: service.id,
        ...given,
        ...(limit !== undefined && { keyLimit: limit }),
      })
      const { becameKeyless, endedKeyless } = result
      const text =
        becameKeyless > 0
          ? t('rules.becameKeyless', { count: becameKeyless, figure: figure(becameKeyless) })
          : endedKeyless > 0
            ? t('rules.endedKeyless', { count: endedKeyless, figure: figure(endedKeyless) })
            : t('rules.saved', { name: service.name })
      notify('done', text)
      return true
    },
  })
  const { values, set, errors } = settings
  const disabled = refused !== undefined
  const locksOut = (field: 'ipFilter' | 'referrerFilter') =>
    values[field] === 'required' && saved[field] !== 'required' && service.applications > 0
  // Reads every application, so it is asked for only where it matters.
  const gaps = useQuery({
    ...trpc.service.filterGaps.queryOptions({ id: service.id }),
    enabled: !disabled && unseeing === undefined && (locksOut('ipFilter') || locksOut('referrerFilter')),
  }).data
  const withKeys = service.pattern === 'app_id_key'

  const toggles = (
    names: readonly Toggle[],
    reasonOf: (name: Toggle) => string | undefined,
    label: string,
    hint?: string,
  ) => (
    <Options
      label={label}
      {...(hint !== undefined && { hint })}
      name={label}
      many
      chosen={names.filter((name) => values[name])}
      options={names.map((value) => ({
        value,
        title: t(`rules.rule.${value}`),
        meaning: t(`rules.meaning.${value}`),
        reason: reasonOf(value),
      }))}
      onChange={(chosen) => {
        for (const name of names) if (values[name] !== chosen.includes(name)) set(name, chosen.includes(name))
      }}
    />
  )

  return (
    <SettingsForm settings={settings} refused={refused && refusalText(refused)}>
      <fieldset className="lk-group lk-rules" disabled={disabled}>
        <legend className="lk-sr">{t('rules.title')}</legend>
        <section className="lk-stack" aria-label={t('rules.keys')}>
          <div className="lk-field">
            <label htmlFor={`${id}-limit`}>{t('rules.keyLimit')}</label>
            <input
              id={`${id}-limit`}
              className="lk-input lk-number"
              inputMode="numeric"
              value={values.keyLimit}
              autoComplete="off"
              aria-invalid={errors.keyLimit !== undefined}
              aria-describedby={`${id}-limit-help`}
              onChange={(event) => set('keyLimit', event.target.value)}
            />
            <div id={`${id}-limit-help`}>
              {errors.keyLimit ? (
                <FieldErrorLine text={t('rules.keyLimitRange')} />
              ) : (
                <p className="lk-help">{t('rules.keyLimitHelp')}</p>
              )}
            </div>
          </div>
          {toggles(
            keyRules,
            (name) => (name === 'atLeastOneKey' && unseeing ? refusalText(unseeing) : undefined),
            t('rules.keys'),
            withKeys ? undefined : t('rules.onlyWithKeys'),
          )}
          {!values.atLeastOneKey && (
            <Note title={t('rules.keylessTitle')}>
              {t(saved.atLeastOneKey ? 'rules.keylessWarning' : 'rules.keylessText')}
            </Note>
          )}
          {toggles(peopleRules, () => undefined, t('rules.people'))}
        </section>
        <section className="lk-stack" aria-label={t('rules.filters')}>
          {(['ipFilter', 'referrerFilter'] as const).map((field) => (
            <div key={field} className="lk-stack lk-close">
              <Options
                label={t(`rules.rule.${field}`)}
                name={field}
                chosen={[values[field]]}
                options={filterModes.map((value) => ({
                  value,
                  title: t(`rules.mode.${value}`),
                  meaning: t(`rules.${field}.${value}`),
                }))}
                onChange={([value]) => value && set(field, value)}
              />
              {locksOut(field) && gaps?.[field] !== 0 && (
                <Note
                  title={
                    gaps
                      ? t(`rules.lockOutCount.${field}`, { count: gaps[field], figure: figure(gaps[field]) })
                      : t(`rules.lockOut.${field}`)
                  }
                >
                  {t('rules.lockOutText')}
                </Note>
              )}
            </div>
          ))}
        </section>
      </fieldset>
    </SettingsForm>
  )
}
