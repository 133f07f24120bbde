import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useActions } from '../../app/actions/registry.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { RhUiAddIcon, RhUiEditIcon, RhUiEllipsisVerticalIcon, RhUiTrashIcon } from '../../components/icons.ts'
import { MenuButton } from '../../components/Menu.tsx'
import { Mono, Tag } from '../../components/small.tsx'
import { figure } from '../../i18n/formats.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { CreateMetric, DeleteMetric, EditMetric } from './metric-dialogs.tsx'
import { dependentsOf, type Metric, metricTree } from './metrics.ts'

/** Metrics with their methods below them (P1). */
export function MetricPanel({
  service,
  reason,
}: {
  readonly service: ServiceRow
  readonly reason: string | undefined
}) {
  const { t } = useTranslation()
  const create = (parent?: Metric) =>
    openDialog((close) => <CreateMetric service={service} parent={parent} onClose={close} />)
  useActions(
    useMemo(
      () => [
        {
          id: 'metric.create',
          group: 'create',
          titleKey: 'plans.addMetric',
          about: service.name,
          icon: RhUiAddIcon,
          reason: () => reason,
          run: () => openDialog((close) => <CreateMetric service={service} parent={undefined} onClose={close} />),
        },
      ],
      [service, reason],
    ),
  )
  return (
    <section className="lk-panel" aria-labelledby="metrics">
      <div className="lk-toolbar">
        <h2 id="metrics">
          {t('plans.metrics')} <span>{figure(service.metrics.length)}</span>
        </h2>
        <span className="lk-subtle lk-ellipsis">{t('plans.metricsText')}</span>
        <span className="lk-space" />
        <ActionButton variant="tertiary" size="sm" icon={<RhUiAddIcon />} reason={reason} onClick={() => create()}>
          {t('plans.addMetric')}
        </ActionButton>
      </div>
      <div className="lk-simple-scroll">
        <table className="lk-simple">
          <thead>
            <tr>
              <th scope="col">{t('plans.name')}</th>
              <th scope="col">{t('plans.systemName')}</th>
              <th scope="col">{t('plans.unit')}</th>
              <th scope="col">
                <span className="lk-sr">{t('common.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {metricTree(service.metrics).map((metric) => (
              <tr key={metric.id}>
                <th scope="row" className={metric.parentId === undefined ? undefined : 'lk-method'}>
                  {metric.name}
                  {metric === service.metrics[0] && <Tag>{t('plans.firstMetric')}</Tag>}
                </th>
                <td>
                  <Mono subtle>{metric.systemName}</Mono>
                </td>
                <td>{metric.unit}</td>
                <td className="lk-actions">
                  <MetricMenu service={service} metric={metric} reason={reason} onMethod={() => create(metric)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function MetricMenu({
  service,
  metric,
  reason,
  onMethod,
}: {
  readonly service: ServiceRow
  readonly metric: Metric
  readonly reason: string | undefined
  readonly onMethod: () => void
}) {
  const { t } = useTranslation()
  const { methods, limits } = dependentsOf(service, metric)
  const inUse =
    metric === service.metrics[0]
      ? t('plans.firstStays')
      : methods + limits > 0
        ? t('plans.metricInUse', { methods, limits, both: methods > 0 && limits > 0 ? 'yes' : 'no' })
        : undefined
  return (
    <MenuButton
      label={t('common.moreActions', { name: metric.name })}
      end
      items={[
        ...(metric.parentId === undefined
          ? [{ id: 'method', title: t('plans.addMethod'), icon: RhUiAddIcon, reason, run: onMethod }]
          : []),
        {
          id: 'edit',
          title: t('plans.editMetric'),
          icon: RhUiEditIcon,
          reason,
          run: () => openDialog((close) => <EditMetric service={service} metric={metric} onClose={close} />),
        },
        {
          id: 'delete',
          title: t('plans.deleteMetric'),
          icon: RhUiTrashIcon,
          danger: true,
          divided: true,
          reason: reason ?? inUse,
          run: () => openDialog((close) => <DeleteMetric service={service} metric={metric} onClose={close} />),
        },
      ]}
    >
      <RhUiEllipsisVerticalIcon />
    </MenuButton>
  )
}
