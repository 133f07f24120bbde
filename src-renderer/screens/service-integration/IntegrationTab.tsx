/** Service › Integration: the pattern and its lock, parameter names, where credentials are sent, statuses, *Try it*. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type Refusal, refuse } from '../../../shared/domain/outcome.ts'
import {
  credentialLocations,
  type Pattern,
  parameterNameSchema,
  patterns,
} from '../../../shared/domain/service-schema.ts'
import { ask, trpc } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { refusalOf, refusalText, useRefusalText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { Options } from '../../components/form/Options.tsx'
import { RhUiCaretDownIcon, RhUiDuplicateIcon, RhUiInformationIcon, RhUiLockIcon } from '../../components/icons.ts'
import { Note } from '../../components/small.tsx'
import { figure } from '../../i18n/formats.ts'
import { notify } from '../../state/notices.ts'
import { showImpact } from './ImpactDialog.tsx'
import { PatternCards } from './PatternCards.tsx'
import { SettingsForm } from './SettingsForm.tsx'
import { TextSetting } from './TextSetting.tsx'
import { TryIt } from './TryIt.tsx'
import { useSettings } from './use-settings.ts'

const nameFields = ['userKey', 'appId', 'appKey'] as const
const statusFields = ['missing', 'wrong', 'overLimit'] as const
const statuses = [400, 401, 403, 404, 409, 422, 429, 503] as const
/** What a pattern reads from a call; the tokens of OAuth have a name of their own. */
const namesOf = { api_key: ['userKey'], app_id_key: ['appId', 'appKey'], oauth: [] } as const satisfies Record<
  Pattern,
  readonly (typeof nameFields)[number][]
>

interface Integration {
  readonly [field: string]: string | number
  readonly pattern: Pattern
  readonly location: (typeof credentialLocations)[number]
  readonly userKey: string
  readonly appId: string
  readonly appKey: string
  readonly missing: number
  readonly wrong: number
  readonly overLimit: number
}

/** The same as the engine will say, while it is typed (A3). */
function wrongNames(values: Integration): { readonly [field: string]: Refusal } {
  const wrong: Record<string, Refusal> = {}
  const seen = new Set<string>()
  for (const field of nameFields) {
    const name = values[field]
    const read = parameterNameSchema.safeParse(name)
    const code = read.error?.issues[0]?.message
    if (code === 'required' || code === 'too_long' || code === 'invalid') wrong[field] = refuse(code, { max: 255 })
    else if (seen.has(name.toLowerCase())) wrong[field] = refuse('taken', { value: name })
    seen.add(name.toLowerCase())
  }
  return wrong
}

export function IntegrationTab({ service }: { readonly service: ServiceRow }) {
  const { t } = useTranslation()
  const id = useId()
  const { errorText } = useRefusalText()
  const whyNot = useWhyNot()
  const refused = whyNot('service.edit', service.id)
  const saved: Integration = {
    pattern: service.pattern,
    location: service.credentialsLocation,
    ...service.parameterNames,
    ...service.errorStatuses,
  }
  const settings = useSettings({
    saved,
    draft: `service.integration/${service.id}`,
    check: wrongNames,
    async save({ pattern, location, ...rest }) {
      const given = (fields: readonly string[]) =>
        Object.fromEntries(
          Object.entries(rest).filter(([field, value]) => fields.includes(field) && value !== undefined),
        )
      if (location !== undefined || Object.keys(rest).length > 0) {
        await ask.service.updateIntegration.mutate({
          id: service.id,
          ...(location !== undefined && { credentialsLocation: location }),
          parameterNames: given(nameFields),
          errorStatuses: given(statusFields),
        })
      }
      if (pattern !== undefined) {
        try {
          await ask.service.changePattern.mutate({ id: service.id, pattern })
        } catch (error) {
          // Someone got credentials meanwhile, or holds some of the chosen pattern from an earlier time.
          if (refusalOf(error)?.code !== 'pattern_locked') throw error
          showImpact(service, pattern)
          return false
        }
      }
      notify('done', t('integration.savedToast', { name: service.name }))
      return true
    },
  })
  const { values, set } = settings
  const other = patterns.find((pattern) => pattern !== service.pattern) ?? service.pattern
  // A change of pattern is a change of what applications hold (A2): it takes the right to these as well.
  const barred = whyNot('application.view', service.id) ?? whyNot('application.edit', service.id)
  const asks = refused === undefined && barred === undefined
  const impact = useQuery({
    ...trpc.service.impact.queryOptions({ id: service.id, target: other }),
    enabled: asks,
  })
  // Who may not ask what breaks sees the lock wherever there are applications.
  const holders = impact.data
    ? impact.data.applications.filter(({ stops, stopsKeyless }) => stops > 0 || stopsKeyless).length
    : asks
      ? 0
      : service.applications
  const locked = holders > 0 || barred !== undefined
  const disabled = refused !== undefined
  const names = { userKey: values.userKey, appId: values.appId, appKey: values.appKey }
  const shownNames = namesOf[values.pattern]
  const otherNames = nameFields.filter((field) => !shownNames.some((shown) => shown === field))

  return (
    <SettingsForm settings={settings} refused={refused && refusalText(refused)}>
      {holders > 0 && <LockBanner service={service} holders={holders} mayAsk={asks} />}
      {barred && holders === 0 && barred.code !== refused?.code && (
        <Note kind="quiet" icon={<RhUiLockIcon />} title={t('integration.barred')}>
          {refusalText(barred)}
        </Note>
      )}
      {impact.error && <Note kind="failed" title={errorText(impact.error)} />}
      <PatternCards
        current={service.pattern}
        chosen={values.pattern}
        locked={locked}
        waiting={asks && impact.data === undefined}
        names={names}
        disabled={disabled}
        onChoose={(pattern) => set('pattern', pattern)}
      />
      {values.pattern !== service.pattern && !locked && (
        <Note kind="quiet" icon={<RhUiInformationIcon />} title={t('integration.free')}>
          {t('integration.freeText')}
        </Note>
      )}
      <div className="lk-integration">
        <div className="lk-stack lk-wide">
          <fieldset className="lk-group" disabled={disabled}>
            <legend>{t('integration.names')}</legend>
            {shownNames.length > 0 ? (
              <div className="lk-two">
                {shownNames.map((field) => (
                  <TextSetting
                    key={field}
                    label={t(`integration.name.${field}`)}
                    value={values[field]}
                    error={settings.errors[field]}
                    describedBy={`${id}-names`}
                    onChange={(value) => set(field, value)}
                  />
                ))}
              </div>
            ) : (
              <p className="lk-subtle">{t('integration.oauthNames')}</p>
            )}
            <p className="lk-help" id={`${id}-names`}>
              {t('integration.namesHelp')}
            </p>
            {otherNames.some((field) => settings.errors[field]) && (
              <Note kind="failed" title={t('integration.otherNameTaken')} />
            )}
          </fieldset>
          {values.pattern !== 'oauth' && (
            <fieldset className="lk-group lk-flush" disabled={disabled}>
              <Options
                label={t('integration.location')}
                name="location"
                chosen={[values.location]}
                options={credentialLocations.map((value) => ({
                  value,
                  title: t(`integration.locations.${value}`),
                  meaning: t(
                    value === 'basic'
                      ? `integration.locationMeaning.${values.pattern === 'api_key' ? 'basicKey' : 'basic'}`
                      : `integration.locationMeaning.${value}`,
                  ),
                  aside: value === 'headers' && <span className="lk-subtle">{t('integration.recommended')}</span>,
                }))}
                onChange={([value]) => value && set('location', value)}
              />
            </fieldset>
          )}
          <fieldset className="lk-group" disabled={disabled}>
            <legend>{t('integration.refused')}</legend>
            <div className="lk-three">
              {statusFields.map((field) => (
                <label key={field} className="lk-field">
                  <span className="lk-label">{t(`integration.status.${field}`)}</span>
                  <span className="lk-select">
                    <select
                      className="lk-input lk-mono"
                      value={values[field]}
                      onChange={(event) => set(field, Number(event.target.value))}
                    >
                      {[...new Set([...statuses, saved[field]])]
                        .toSorted((one, two) => one - two)
                        .map((status) => (
                          <option key={status} value={status}>
                            {status}
                          </option>
                        ))}
                    </select>
                    <RhUiCaretDownIcon />
                  </span>
                </label>
              ))}
            </div>
            <p className="lk-help">{t('integration.refusedHelp')}</p>
          </fieldset>
        </div>
        <TryIt service={service} shape={{ pattern: service.pattern, location: values.location, names }} />
      </div>
    </SettingsForm>
  )
}

function LockBanner({
  service,
  holders,
  mayAsk,
}: {
  readonly service: ServiceRow
  readonly holders: number
  readonly mayAsk: boolean
}) {
  const { t } = useTranslation()
  const creating = useWhyNot()('service.create')
  const mayMigrate = creating === undefined && service.migratedTo === undefined && service.state !== 'retired'
  return (
    <div className="lk-note lk-locked">
      <RhUiLockIcon />
      <div>
        <strong>{t('integration.lockTitle', { count: holders, figure: figure(holders) })}</strong>
        <p>{t('integration.lockText')}</p>
      </div>
      {mayAsk && (
        <button type="button" className="lk-link" onClick={() => showImpact(service)}>
          {t('integration.seeImpact')}
        </button>
      )}
      {mayMigrate && (
        <Link className="pf-v6-c-button pf-m-tertiary" to={`/services/${service.id}/migrate`}>
          <span className="pf-v6-c-button__icon pf-m-start">
            <RhUiDuplicateIcon />
          </span>
          <span className="pf-v6-c-button__text">{t('integration.migrateInstead')}</span>
        </Link>
      )}
    </div>
  )
}
