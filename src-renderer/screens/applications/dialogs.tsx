/** What can be done with applications as a whole: rename, change the plan, delete. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { descriptionSchema, nameSchema } from '../../../shared/domain/text.ts'
import { ask, trpc } from '../../app/ask.ts'
import { errorText } from '../../app/refusal.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Field } from '../../components/form/Field.tsx'
import { FormDialog } from '../../components/form/FormDialog.tsx'
import { Options } from '../../components/form/Options.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiEditIcon, RhUiTagIcon, RhUiTrashIcon } from '../../components/icons.ts'
import { Waiting } from '../../components/ObjectGate.tsx'
import { RelativeTime, Rich } from '../../components/small.tsx'
import { figure, joined } from '../../i18n/formats.ts'
import { notify } from '../../state/notices.ts'
import { bulkSteps, runMany } from './bulk.tsx'
import type { ActedOn, ApplicationDetail } from './rows.ts'
import { usedLately } from './words.tsx'

const editSchema = z.object({ name: nameSchema, description: descriptionSchema })

/** Name and description; taking it back is safe, so the toast offers it. */
export function EditApplication({
  application: { id, name, description },
  onClose,
}: {
  readonly application: Pick<ApplicationDetail, 'id' | 'name' | 'description'>
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const { form, failure, busy, submit } = useCommandForm({
    schema: editSchema,
    values: { name, description },
    async run(edited) {
      await ask.application.update.mutate({ id, ...edited })
      onClose()
      notify('done', t('applications.edited', { name: edited.name }), () => {
        ask.application.update
          .mutate({ id, name, description })
          .catch((error: unknown) => notify('failed', errorText(error)))
      })
    },
  })
  return (
    <FormDialog
      title={t('applications.edit')}
      subject={name}
      icon={RhUiEditIcon}
      submit={t('common.save')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field form={form} name="name" label={t('applications.name')} autoFocus />
      <Field
        form={form}
        name="description"
        label={t('applications.description')}
        hint={t('common.optional')}
        long
        max={4000}
      />
    </FormDialog>
  )
}

/** From a row of a list, which does not have the description. */
export function EditApplicationOf({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const answer = useQuery(trpc.application.get.queryOptions({ id }))
  const failure = answer.data === undefined ? answer.error : null
  useEffect(() => {
    if (failure === null) return
    // Without an application there is nothing to show, and a dialog that nobody sees would hold all keys.
    onClose()
    notify('failed', errorText(failure))
  }, [failure, onClose])
  return answer.data ? <EditApplication application={answer.data} onClose={onClose} /> : null
}

/** P1: one plan for one application or for many of one service. */
export function ChangePlan({
  rows,
  onDone,
  onClose,
}: {
  readonly rows: readonly ActedOn[]
  readonly onDone?: () => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const [first] = rows
  const service = useQuery(trpc.service.get.queryOptions({ id: first?.serviceId ?? '' }))
  const same = rows.every(({ planId }) => planId === first?.planId) ? first?.planId : undefined
  const [chosen, setChosen] = useState(same)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const plans = service.data?.plans ?? []

  async function change(): Promise<void> {
    if (chosen === undefined) return
    setBusy(true)
    try {
      await runMany('changePlan', rows, (ids) => ask.application.changePlans.mutate({ ids, planId: chosen }))
      onClose()
      onDone?.()
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }

  return (
    <FormDialog
      title={t('applications.changePlan')}
      subject={rows.length === 1 ? first?.name : t('applications.count', { count: rows.length })}
      icon={RhUiTagIcon}
      submit={t('applications.changePlan')}
      busy={busy}
      failure={failure ?? service.error ?? undefined}
      unusable={chosen === undefined || chosen === same}
      onSubmit={change}
      onClose={onClose}
    >
      {service.data === undefined ? (
        // What went wrong is said below the form.
        !service.error && <Waiting />
      ) : plans.length === 0 ? (
        <p>{t('applications.noPlans')}</p>
      ) : (
        <Options
          label={t('applications.plan')}
          name="plan"
          chosen={chosen === undefined ? [] : [chosen]}
          options={plans.map(({ id, name, limits }) => ({
            value: id,
            title: name,
            meaning: t('applications.limitCount', { count: limits.length }),
            aside: id === same && <span className="lk-subtle">{t('applications.currentPlan')}</span>,
          }))}
          onChange={([planId]) => setChosen(planId)}
        />
      )}
    </FormDialog>
  )
}

/** The first names of many, as the line under a dialog's title. */
function namesOf(rows: readonly ActedOn[]): string {
  const names = rows.slice(0, 3).map(({ name }) => name)
  return rows.length > 3 ? `${names.join(', ')}, …` : joined(names)
}

/** Deletes one or many. The name is typed where one was used in the last 7 days, the count where more than 10 go. */
export function DeleteApplications({
  rows,
  onDone,
  onClose,
}: {
  readonly rows: readonly ActedOn[]
  readonly onDone?: () => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const [only, ...others] = rows
  const one = others.length === 0 ? only : undefined
  const lately = rows.filter(({ lastUsedAt }) => usedLately(lastUsedAt)).length
  const typed = one
    ? lately > 0
      ? one.name
      : undefined
    : rows.length > 10 || lately > 0
      ? figure(rows.length)
      : undefined
  return (
    <ConfirmDialog
      title={t('applications.deleteTitle', { count: rows.length })}
      subject={one ? `${one.name} · ${one.accountName}` : namesOf(rows)}
      icon={RhUiTrashIcon}
      confirm={t('applications.deleteButton', { count: rows.length })}
      typedName={typed}
      onConfirm={async () => {
        await runMany('delete', rows, bulkSteps.delete)
        onDone?.()
      }}
      onClose={onClose}
    >
      <p>
        <Rich text={t('applications.deleteText', { count: rows.length })} />
      </p>
      {one ? (
        <p>
          {t('applications.lastUsed')}
          {': '}
          <RelativeTime at={one.lastUsedAt} />
        </p>
      ) : (
        <p>{t('applications.usedLately', { count: lately })}</p>
      )}
    </ConfirmDialog>
  )
}
