/** What can be done with accounts and their developers. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { descriptionSchema, emailSchema, nameSchema } from '../../../shared/domain/text.ts'
import { ask, trpc } from '../../app/ask.ts'
import { errorText } from '../../app/refusal.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Field } from '../../components/form/Field.tsx'
import { FormDialog } from '../../components/form/FormDialog.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiAddIcon, RhUiEditIcon, RhUiTrashIcon } from '../../components/icons.ts'
import { RelativeTime, Rich } from '../../components/small.tsx'
import { notify } from '../../state/notices.ts'
import { usedLately } from '../applications/words.tsx'
import type { AccountRow, Developer } from './rows.ts'

const editSchema = z.object({ name: nameSchema, note: descriptionSchema })

/** Name and note; taking it back is safe, so the toast offers it. */
export function EditAccount({
  account: { id, name, note },
  onClose,
}: {
  readonly account: AccountRow
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const { form, failure, busy, submit } = useCommandForm({
    schema: editSchema,
    values: { name, note },
    async run(edited) {
      await ask.account.update.mutate({ id, ...edited })
      onClose()
      notify('done', t('accounts.edited', { name: edited.name }), () => {
        ask.account.update.mutate({ id, name, note }).catch((error: unknown) => notify('failed', errorText(error)))
      })
    },
  })
  return (
    <FormDialog
      title={t('accounts.edit')}
      subject={name}
      icon={RhUiEditIcon}
      submit={t('common.save')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field form={form} name="name" label={t('accounts.name')} autoFocus />
      <Field form={form} name="note" label={t('accounts.note')} hint={t('common.optional')} long max={4000} />
    </FormDialog>
  )
}

const developerSchema = z.object({ name: nameSchema, email: emailSchema })

/** A15: adds a developer, or changes one. */
export function EditDeveloper({
  account,
  developer,
  onClose,
}: {
  readonly account: AccountRow
  readonly developer?: Developer
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const { form, failure, busy, submit } = useCommandForm({
    schema: developerSchema,
    values: { name: developer?.name ?? '', email: developer?.email ?? '' },
    async run(filled) {
      if (developer) {
        await ask.account.updateDeveloper.mutate({ id: account.id, developerId: developer.id, ...filled })
      } else await ask.account.addDeveloper.mutate({ id: account.id, ...filled })
      onClose()
      notify('done', t(developer ? 'accounts.developerEdited' : 'accounts.developerAdded', { name: filled.name }))
    },
  })
  return (
    <FormDialog
      title={t(developer ? 'accounts.editDeveloper' : 'accounts.addDeveloper')}
      subject={account.name}
      icon={developer ? RhUiEditIcon : RhUiAddIcon}
      submit={t(developer ? 'common.save' : 'accounts.addDeveloper')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field form={form} name="name" label={t('accounts.developerName')} autoFocus />
      <Field form={form} name="email" label={t('accounts.email')} type="email" max={254} />
    </FormDialog>
  )
}

export function RemoveDeveloper({
  account,
  developer,
  onClose,
}: {
  readonly account: AccountRow
  readonly developer: Developer
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <ConfirmDialog
      title={t('accounts.removeDeveloperTitle')}
      subject={`${developer.name} · ${account.name}`}
      icon={RhUiTrashIcon}
      confirm={t('accounts.removeDeveloper')}
      onConfirm={async () => {
        await ask.account.removeDeveloper.mutate({ id: account.id, developerId: developer.id })
        notify('done', t('accounts.developerRemoved', { name: developer.name }))
      }}
      onClose={onClose}
    >
      <p>{t('accounts.removeDeveloperText')}</p>
    </ConfirmDialog>
  )
}

/** Names what goes with it; the name is typed where more than 10 objects go or one was used in the last 7 days. */
export function DeleteAccount({
  account,
  onDone,
  onClose,
}: {
  readonly account: AccountRow
  readonly onDone?: () => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const { id, name, applications, developers } = account
  const hanging = useQuery(
    trpc.application.list.queryOptions({ accountId: id, sort: 'lastUsedAt', direction: 'desc', limit: 5 }),
  )
  const rows = hanging.data?.rows ?? []
  const newest = rows[0]?.lastUsedAt ?? 0
  const grave = applications > 10 || usedLately(newest)
  return (
    <ConfirmDialog
      title={t('accounts.deleteTitle')}
      subject={name}
      icon={RhUiTrashIcon}
      confirm={t('accounts.delete')}
      typedName={grave ? name : undefined}
      onConfirm={async () => {
        await ask.account.delete.mutate({ id })
        notify('done', t('accounts.deleted', { name }))
        onDone?.()
      }}
      onClose={onClose}
    >
      <p>
        <Rich text={t('accounts.deleteText', { applications, developers: developers.length })} />
      </p>
      {rows.length > 0 && (
        <ul className="lk-lines lk-hanging">
          {rows.map((row) => (
            <li key={row.id}>
              <strong className="lk-ellipsis">{row.name}</strong>
              <span className="lk-subtle">{row.serviceName}</span>
              <span className="lk-space" />
              <span className="lk-subtle">
                {t('applications.lastUsed')} <RelativeTime at={row.lastUsedAt} />
              </span>
            </li>
          ))}
          {applications > rows.length && (
            <li className="lk-subtle">{t('accounts.andMore', { count: applications - rows.length })}</li>
          )}
        </ul>
      )}
    </ConfirmDialog>
  )
}
