import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { createMetric, updateMetric } from '../../../shared/domain/plan.ts'
import { systemNameFrom } from '../../../shared/domain/text.ts'
import { ask } from '../../app/ask.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Field } from '../../components/form/Field.tsx'
import { FormDialog } from '../../components/form/FormDialog.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiMonitoringIcon, RhUiTrashIcon } from '../../components/icons.ts'
import { Rich } from '../../components/small.tsx'
import { notify } from '../../state/notices.ts'
import type { Metric } from './metrics.ts'

interface DialogProps {
  readonly service: ServiceRow
  readonly onClose: () => void
}

const { shape } = createMetric.input
const createSchema = z.object({
  name: shape.name,
  systemName: z.union([z.literal('').transform(() => undefined), shape.systemName]),
  unit: updateMetric.input.shape.unit.unwrap(),
})

/** A metric, or a method below `parent`. */
export function CreateMetric({ service, parent, onClose }: DialogProps & { readonly parent?: Metric | undefined }) {
  const { t } = useTranslation()
  const { form, failure, busy, submit } = useCommandForm({
    schema: createSchema,
    values: { name: '', systemName: '', unit: parent?.unit ?? 'hit' },
    async run({ name, systemName, unit }) {
      await ask.service.createMetric.mutate({
        serviceId: service.id,
        name,
        unit,
        ...(systemName !== undefined && { systemName }),
        ...(parent && { parentId: parent.id }),
      })
      onClose()
      notify('done', t('plans.metricCreated', { name }))
    },
  })
  return (
    <FormDialog
      title={t(parent ? 'plans.addMethod' : 'plans.addMetric')}
      subject={parent ? `${service.name} · ${parent.name}` : service.name}
      icon={RhUiMonitoringIcon}
      submit={t('common.create')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field form={form} name="name" label={t('plans.name')} autoFocus />
      <Field
        form={form}
        name="systemName"
        label={t('plans.systemName')}
        hint={t('common.optional')}
        help={t('plans.metricSystemNameHelp')}
        placeholder={systemNameFrom(form.watch('name') ?? '')}
        mono
      />
      <Field form={form} name="unit" label={t('plans.unit')} help={t('plans.unitHelp')} max={64} />
      {parent && <p className="lk-subtle">{t('plans.methodText', { name: parent.name })}</p>}
    </FormDialog>
  )
}

const editSchema = createSchema.pick({ name: true, unit: true })

export function EditMetric({ service, metric, onClose }: DialogProps & { readonly metric: Metric }) {
  const { t } = useTranslation()
  const { form, failure, busy, submit } = useCommandForm({
    schema: editSchema,
    values: { name: metric.name, unit: metric.unit },
    async run(edited) {
      await ask.service.updateMetric.mutate({ serviceId: service.id, metricId: metric.id, ...edited })
      onClose()
      notify('done', t('plans.savedToast', { name: edited.name }))
    },
  })
  return (
    <FormDialog
      title={t('plans.editMetric')}
      subject={`${metric.name} · ${metric.systemName}`}
      icon={RhUiMonitoringIcon}
      submit={t('common.save')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field form={form} name="name" label={t('plans.name')} autoFocus />
      <Field form={form} name="unit" label={t('plans.unit')} help={t('plans.unitHelp')} max={64} />
    </FormDialog>
  )
}

export function DeleteMetric({ service, metric, onClose }: DialogProps & { readonly metric: Metric }) {
  const { t } = useTranslation()
  return (
    <ConfirmDialog
      title={t('plans.deleteMetric')}
      subject={`${metric.name} · ${service.name}`}
      icon={RhUiTrashIcon}
      confirm={t('common.delete')}
      onConfirm={async () => {
        await ask.service.deleteMetric.mutate({ serviceId: service.id, metricId: metric.id })
        notify('done', t('plans.deletedToast', { name: metric.name }))
      }}
      onClose={onClose}
    >
      <p>
        <Rich text={t('plans.deleteMetricText', { systemName: metric.systemName })} />
      </p>
    </ConfirmDialog>
  )
}
