/** Plans, each with its limits as a table of metrics and periods (P2). */
import { useQueries } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActions } from '../../app/actions/registry.ts'
import { ask, trpc } from '../../app/ask.ts'
import { useMay } from '../../app/person.ts'
import { errorText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import {
  RhUiAddIcon,
  RhUiCaretDownIcon,
  RhUiCaretRightIcon,
  RhUiCheckIcon,
  RhUiDuplicateIcon,
  RhUiEditIcon,
  RhUiEllipsisVerticalIcon,
  RhUiTagIcon,
  RhUiTrashIcon,
} from '../../components/icons.ts'
import { MenuButton } from '../../components/Menu.tsx'
import { Mono, State, Tag } from '../../components/small.tsx'
import { figure } from '../../i18n/formats.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { notify } from '../../state/notices.ts'
import { LimitTable } from './LimitTable.tsx'
import type { Plan } from './metrics.ts'
import { CreatePlan, DeletePlan, EditPlan } from './plan-dialogs.tsx'

/** With more plans than this only the default one begins open. */
const fewPlans = 4

export function PlanPanels({ service, reason }: { readonly service: ServiceRow; readonly reason: string | undefined }) {
  const { t } = useTranslation()
  const may = useMay()
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const counts = useQueries({
    queries: service.plans.map(({ id }) => ({
      ...trpc.application.list.queryOptions({ serviceId: service.id, planId: id, limit: 1 }),
      enabled: may('application.view', service.id),
    })),
  })
  const create = (copyOf?: Plan) =>
    openDialog((close) => <CreatePlan service={service} copyOf={copyOf} onClose={close} />)
  useActions(
    useMemo(
      () => [
        {
          id: 'plan.create',
          group: 'create',
          titleKey: 'plans.addPlan',
          about: service.name,
          icon: RhUiAddIcon,
          keys: 'n',
          reason: () => reason,
          run: () => openDialog((close) => <CreatePlan service={service} copyOf={undefined} onClose={close} />),
        },
      ],
      [service, reason],
    ),
  )
  const add = (
    <ActionButton variant="tertiary" size="sm" icon={<RhUiAddIcon />} reason={reason} onClick={() => create()}>
      {t('plans.addPlan')}
    </ActionButton>
  )
  return (
    <section className="lk-panel" aria-labelledby="plans">
      <div className="lk-toolbar">
        <h2 id="plans">
          {t('plans.plans')} <span>{figure(service.plans.length)}</span>
        </h2>
        <span className="lk-subtle lk-ellipsis">{t('plans.plansText')}</span>
        <span className="lk-space" />
        {service.plans.length > 0 && add}
      </div>
      {service.plans.length === 0 && (
        <div className="lk-empty">
          <RhUiTagIcon />
          <p>{t('plans.noPlans')}</p>
          {add}
        </div>
      )}
      {service.plans.map((plan, index) => {
        const beginsOpen = service.plans.length <= fewPlans || plan.id === service.defaultPlanId
        const open = beginsOpen !== toggled.has(plan.id)
        const count = counts[index]?.data?.total
        return (
          <section key={plan.id} className="lk-plan" aria-label={plan.name}>
            <div className="lk-plan-head">
              <button
                type="button"
                className="lk-plan-name"
                aria-expanded={open}
                onClick={() => {
                  const next = new Set(toggled)
                  if (!next.delete(plan.id)) next.add(plan.id)
                  setToggled(next)
                }}
              >
                {open ? <RhUiCaretDownIcon /> : <RhUiCaretRightIcon />}
                {plan.name}
              </button>
              <Mono subtle>{plan.systemName}</Mono>
              <State kind={plan.state === 'published' ? 'ok' : 'over'}>{t(`plans.state.${plan.state}`)}</State>
              {plan.id === service.defaultPlanId && <Tag>{t('plans.default')}</Tag>}
              <span className="lk-space" />
              <span className="lk-subtle">
                {t('plans.limitCount', { count: plan.limits.length })}
                {count !== undefined && ` · ${t('plans.applicationCount', { count, figure: figure(count) })}`}
              </span>
              <PlanMenu
                service={service}
                plan={plan}
                reason={reason}
                applications={count}
                onCopy={() => create(plan)}
              />
            </div>
            {open && <LimitTable service={service} plan={plan} reason={reason} />}
          </section>
        )
      })}
    </section>
  )
}

function PlanMenu({
  service,
  plan,
  reason,
  applications,
  onCopy,
}: {
  readonly service: ServiceRow
  readonly plan: Plan
  readonly reason: string | undefined
  /** Undefined where they may not be seen. */
  readonly applications: number | undefined
  readonly onCopy: () => void
}) {
  const { t } = useTranslation()
  const isDefault = plan.id === service.defaultPlanId
  const published = plan.state === 'published'
  const run = (command: () => Promise<unknown>, text: string) => {
    command().then(
      () => notify('done', text),
      (error: unknown) => notify('failed', errorText(error)),
    )
  }
  const at = { serviceId: service.id, planId: plan.id }
  return (
    <MenuButton
      label={t('common.moreActions', { name: plan.name })}
      end
      items={[
        {
          id: 'edit',
          title: t('plans.editPlan'),
          icon: RhUiEditIcon,
          reason,
          run: () => openDialog((close) => <EditPlan service={service} plan={plan} onClose={close} />),
        },
        {
          id: 'publish',
          title: t(published ? 'plans.hide' : 'plans.publish'),
          icon: RhUiTagIcon,
          reason,
          run: () =>
            run(
              () => ask.service.updatePlan.mutate({ ...at, state: published ? 'hidden' : 'published' }),
              t('plans.savedToast', { name: plan.name }),
            ),
        },
        {
          id: 'default',
          title: t(isDefault ? 'plans.noDefault' : 'plans.makeDefault'),
          icon: RhUiCheckIcon,
          reason,
          run: () =>
            run(
              () => ask.service.setDefaultPlan.mutate({ serviceId: service.id, planId: isDefault ? null : plan.id }),
              t('plans.savedToast', { name: plan.name }),
            ),
        },
        { id: 'copy', title: t('plans.copyPlan'), icon: RhUiDuplicateIcon, reason, run: onCopy },
        {
          id: 'delete',
          title: t('plans.deletePlan'),
          icon: RhUiTrashIcon,
          danger: true,
          divided: true,
          reason:
            reason ??
            (applications ? t('plans.planInUse', { count: applications, figure: figure(applications) }) : undefined),
          run: () => openDialog((close) => <DeletePlan service={service} plan={plan} onClose={close} />),
        },
      ]}
    >
      <RhUiEllipsisVerticalIcon />
    </MenuButton>
  )
}
