import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { createPlan } from '../../../shared/domain/plan.ts'
import { planStates } from '../../../shared/domain/service-schema.ts'
import { nameSchema, systemNameFrom } from '../../../shared/domain/text.ts'
import { ask } from '../../app/ask.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Field } from '../../components/form/Field.tsx'
import { FormDialog } from '../../components/form/FormDialog.tsx'
import { Options } from '../../components/form/Options.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiTagIcon, RhUiTrashIcon } from '../../components/icons.ts'
import { notify } from '../../state/notices.ts'
import type { Plan } from './metrics.ts'

interface DialogProps {
  readonly service: ServiceRow
  readonly onClose: () => void
}

const createSchema = z.object({
  name: nameSchema,
  systemName: z.union([z.literal('').transform(() => undefined), createPlan.input.shape.systemName]),
  state: z.enum(planStates),
})

export function CreatePlan({ service, copyOf, onClose }: DialogProps & { readonly copyOf?: Plan | undefined }) {
  const { t } = useTranslation()
  const { form, failure, busy, submit } = useCommandForm({
    schema: createSchema,
    values: { name: copyOf ? t('plans.copyName', { name: copyOf.name }) : '', systemName: '', state: 'hidden' },
    async run({ name, systemName, state }) {
      await ask.service.createPlan.mutate({
        serviceId: service.id,
        name,
        state,
        ...(systemName !== undefined && { systemName }),
        ...(copyOf && { copyOf: copyOf.id }),
      })
      onClose()
      notify('done', t('plans.planCreated', { name }))
    },
  })
  const state = form.watch('state') ?? 'hidden'
  return (
    <FormDialog
      title={t(copyOf ? 'plans.copyPlan' : 'plans.addPlan')}
      subject={copyOf ? `${service.name} · ${copyOf.name}` : service.name}
      icon={RhUiTagIcon}
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
        placeholder={systemNameFrom(form.watch('name') ?? '')}
        mono
      />
      <Options
        label={t('plans.stateLabel')}
        name="state"
        side
        chosen={[state]}
        options={planStates.map((value) => ({
          value,
          title: t(`plans.state.${value}`),
          meaning: t(`plans.stateMeaning.${value}`),
        }))}
        onChange={([value]) => value && form.setValue('state', value, { shouldDirty: true })}
      />
      {copyOf && <p className="lk-subtle">{t('plans.copyText', { count: copyOf.limits.length })}</p>}
    </FormDialog>
  )
}

export function EditPlan({ service, plan, onClose }: DialogProps & { readonly plan: Plan }) {
  const { t } = useTranslation()
  const { form, failure, busy, submit } = useCommandForm({
    schema: createSchema.pick({ name: true }),
    values: { name: plan.name },
    async run({ name }) {
      await ask.service.updatePlan.mutate({ serviceId: service.id, planId: plan.id, name })
      onClose()
      notify('done', t('plans.savedToast', { name }))
    },
  })
  return (
    <FormDialog
      title={t('plans.editPlan')}
      subject={`${plan.name} · ${plan.systemName}`}
      icon={RhUiTagIcon}
      submit={t('common.save')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field form={form} name="name" label={t('plans.name')} autoFocus />
    </FormDialog>
  )
}

export function DeletePlan({ service, plan, onClose }: DialogProps & { readonly plan: Plan }) {
  const { t } = useTranslation()
  return (
    <ConfirmDialog
      title={t('plans.deletePlan')}
      subject={`${plan.name} · ${service.name}`}
      icon={RhUiTrashIcon}
      confirm={t('common.delete')}
      onConfirm={async () => {
        await ask.service.deletePlan.mutate({ serviceId: service.id, planId: plan.id })
        notify('done', t('plans.deletedToast', { name: plan.name }))
      }}
      onClose={onClose}
    >
      <p>{t('plans.deletePlanText', { count: plan.limits.length })}</p>
      {plan.id === service.defaultPlanId && <p>{t('plans.deleteDefault')}</p>}
    </ConfirmDialog>
  )
}
