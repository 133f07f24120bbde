import { Button } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { setLimit } from '../../../shared/domain/plan.ts'
import type { Period } from '../../../shared/domain/service-schema.ts'
import { ask } from '../../app/ask.ts'
import { errorText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { Field } from '../../components/form/Field.tsx'
import { FormDialog } from '../../components/form/FormDialog.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiMonitoringIcon, RhUiTrashIcon } from '../../components/icons.ts'
import { Rich } from '../../components/small.tsx'
import { notify } from '../../state/notices.ts'
import type { Metric, Plan } from './metrics.ts'

/** Digits, with separators as people write them. */
const schema = z.object({
  value: z
    .string()
    .transform((text) => text.replaceAll(/[\s,._]/g, ''))
    .refine((text) => text !== '', 'required')
    .refine((text) => /^\d+$/.test(text) && setLimit.input.shape.value.safeParse(Number(text)).success, 'invalid'),
})

export function LimitDialog({
  service,
  plan,
  metric,
  period,
  limit,
  onClose,
}: {
  readonly service: ServiceRow
  readonly plan: Plan
  readonly metric: Metric
  readonly period: Period
  readonly limit: Plan['limits'][number] | undefined
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const [removing, setRemoving] = useState(false)
  const at = { serviceId: service.id, planId: plan.id }
  const about = { plan: plan.name, metric: metric.name, period: t(`plans.period.${period}`) }
  const { form, failure, busy, submit } = useCommandForm({
    schema,
    values: { value: limit ? String(limit.value) : '' },
    async run({ value }) {
      await ask.service.setLimit.mutate({ ...at, metricId: metric.id, period, value: Number(value) })
      onClose()
      notify('done', t('plans.limitSet', about))
    },
  })
  async function remove(): Promise<void> {
    if (!limit || removing) return
    setRemoving(true)
    try {
      await ask.service.deleteLimit.mutate({ ...at, limitId: limit.id })
      onClose()
      notify('done', t('plans.limitRemoved', about), () => {
        ask.service.setLimit
          .mutate({ ...at, metricId: metric.id, period, value: limit.value })
          .catch((error: unknown) => notify('failed', errorText(error)))
      })
    } catch (error) {
      notify('failed', errorText(error))
      setRemoving(false)
    }
  }
  return (
    <FormDialog
      title={t(limit ? 'plans.changeLimit' : 'plans.setLimit')}
      subject={`${plan.name} · ${metric.name}`}
      icon={RhUiMonitoringIcon}
      submit={t('common.save')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        form={form}
        name="value"
        label={t('plans.limitLabel', { metric: metric.name, period: t(`plans.period.${period}`) })}
        help={t('plans.limitHelp')}
        codes={{ invalid: t('plans.wholeNumber') }}
        autoFocus
      />
      <p className="lk-subtle">
        <Rich text={t(`plans.window.${period}`)} />
      </p>
      {limit && (
        <div>
          <Button
            variant="secondary"
            isDanger
            size="sm"
            icon={<RhUiTrashIcon />}
            isDisabled={removing}
            onClick={() => void remove()}
          >
            {t('plans.removeLimit')}
          </Button>
        </div>
      )}
    </FormDialog>
  )
}
