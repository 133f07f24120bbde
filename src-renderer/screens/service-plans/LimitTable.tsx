import { useTranslation } from 'react-i18next'
import { type Period, periods } from '../../../shared/domain/service-schema.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { figure } from '../../i18n/formats.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { LimitDialog } from './LimitDialog.tsx'
import { type Metric, metricTree, type Plan } from './metrics.ts'

/** How much of each metric a plan allows in each period: a press on a cell sets, changes or takes away a limit. */
export function LimitTable({
  service,
  plan,
  reason,
}: {
  readonly service: ServiceRow
  readonly plan: Plan
  readonly reason: string | undefined
}) {
  const { t } = useTranslation()
  return (
    <div className="lk-simple-scroll">
      <table className="lk-simple lk-limit-table">
        <caption className="lk-sr">{t('plans.limitsOf', { name: plan.name })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('plans.metric')}</th>
            {periods.map((period) => (
              <th key={period} scope="col">
                {t(`plans.period.${period}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {metricTree(service.metrics).map((metric) => (
            <tr key={metric.id}>
              <th scope="row" className={metric.parentId === undefined ? undefined : 'lk-method'}>
                {metric.name}
              </th>
              {periods.map((period) => (
                <td key={period}>
                  <Limit service={service} plan={plan} metric={metric} period={period} reason={reason} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Limit({
  service,
  plan,
  metric,
  period,
  reason,
}: {
  readonly service: ServiceRow
  readonly plan: Plan
  readonly metric: Metric
  readonly period: Period
  readonly reason: string | undefined
}) {
  const { t } = useTranslation()
  const limit = plan.limits.find((each) => each.metricId === metric.id && each.period === period)
  const shown = limit ? figure(limit.value) : '–'
  const said = limit ? shown : t('plans.unlimited')
  if (reason !== undefined) {
    return (
      <span className="lk-limit lk-still" title={reason}>
        <span aria-hidden="true">{shown}</span>
        <span className="lk-sr">{said}</span>
      </span>
    )
  }
  const label = t('plans.limitCell', {
    plan: plan.name,
    metric: metric.name,
    period: t(`plans.period.${period}`),
    value: said,
  })
  return (
    <button
      type="button"
      className={limit ? 'lk-limit' : 'lk-limit lk-none'}
      aria-label={label}
      title={label}
      onClick={() =>
        openDialog((close) => (
          <LimitDialog service={service} plan={plan} metric={metric} period={period} limit={limit} onClose={close} />
        ))
      }
    >
      {shown}
    </button>
  )
}
