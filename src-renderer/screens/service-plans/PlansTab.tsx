/** Service › Plans and metrics (P1, P2, P3). */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { alertLevels } from '../../../shared/domain/service-schema.ts'
import { ask } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { errorText, refusalText, useRefusalText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { RhUiLockIcon } from '../../components/icons.ts'
import { Note } from '../../components/small.tsx'
import { notify } from '../../state/notices.ts'
import { editsInTurn } from './in-turn.ts'
import { MetricPanel } from './MetricPanel.tsx'
import { PlanPanels } from './PlanPanels.tsx'

export function PlansTab({ service }: { readonly service: ServiceRow }) {
  useRefusalText()
  const refused = useWhyNot()('service.edit', service.id)
  const reason = refused && refusalText(refused)
  return (
    <div className="lk-body">
      {reason !== undefined && <Note kind="quiet" icon={<RhUiLockIcon />} title={reason} />}
      <MetricPanel service={service} reason={reason} />
      <PlanPanels service={service} reason={reason} />
      <AlertPanel service={service} reason={reason} />
    </div>
  )
}

type Level = (typeof alertLevels)[number]

/** P3: saved at once, because taking it back is one press. */
function AlertPanel({ service, reason }: { readonly service: ServiceRow; readonly reason: string | undefined }) {
  const { t } = useTranslation()
  const { id } = service
  const levels = alertLevels.filter((level) => service.alertLevels.includes(level))
  const edit = useMemo(
    () =>
      editsInTurn<Level>(
        async () => {
          const kept = (await ask.service.get.query({ id })).alertLevels
          return alertLevels.filter((level) => kept.includes(level))
        },
        (next) => ask.service.updateAlertLevels.mutate({ id, levels: [...next] }),
      ),
    [id],
  )
  const turn = (level: Level, on: boolean) =>
    edit((kept) => (on ? [...kept, level] : kept.filter((other) => other !== level)))

  async function toggle(level: Level, on: boolean): Promise<void> {
    try {
      await turn(level, on)
      notify('done', t(on ? 'plans.alertOn' : 'plans.alertOff', { level }), () => {
        turn(level, !on).catch((error: unknown) => notify('failed', errorText(error)))
      })
    } catch (error) {
      notify('failed', errorText(error))
    }
  }
  return (
    <section className="lk-panel" aria-labelledby="alerts">
      <div className="lk-toolbar">
        <h2 id="alerts">{t('plans.alerts')}</h2>
        <span className="lk-subtle lk-ellipsis">{t('plans.alertsText')}</span>
      </div>
      <fieldset className="lk-levels" disabled={reason !== undefined}>
        <legend className="lk-sr">{t('plans.alerts')}</legend>
        {alertLevels.map((level) => (
          <label key={level} className="lk-level">
            <span className="lk-tick">
              <input
                type="checkbox"
                checked={levels.includes(level)}
                onChange={(event) => void toggle(level, event.target.checked)}
              />
            </span>
            {t('plans.percent', { level })}
          </label>
        ))}
      </fieldset>
    </section>
  )
}
