import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { emailSchema, nameSchema } from '../../../shared/domain/text.ts'
import { ask, trpc } from '../../app/ask.ts'
import { errorText } from '../../app/refusal.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Field } from '../../components/form/Field.tsx'
import { FormDialog } from '../../components/form/FormDialog.tsx'
import { Options } from '../../components/form/Options.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiEditIcon, RhUiKeyIcon, RhUiTrashIcon, RhUiViewIcon } from '../../components/icons.ts'
import { ListFailed } from '../../components/ListEmpty.tsx'
import { Waiting } from '../../components/ObjectGate.tsx'
import { RelativeTime, Rich } from '../../components/small.tsx'
import { notify } from '../../state/notices.ts'
import type { MemberRow } from './rights.ts'

interface MemberDialogProps {
  readonly member: MemberRow
  readonly onClose: () => void
}

const editSchema = z.object({ name: nameSchema, email: emailSchema })

/** Name and e-mail; taking it back is safe, so the toast offers it. */
export function EditMember({ member, onClose }: MemberDialogProps) {
  const { t } = useTranslation()
  const { id, name, email } = member
  const { form, failure, busy, submit } = useCommandForm({
    schema: editSchema,
    values: { name, email },
    async run(edited) {
      await ask.member.update.mutate({ id, ...edited })
      onClose()
      notify('done', t('members.edited', { name: edited.name }), () => {
        ask.member.update.mutate({ id, name, email }).catch((error: unknown) => notify('failed', errorText(error)))
      })
    },
  })
  return (
    <FormDialog
      title={t('members.edit')}
      subject={name}
      icon={RhUiEditIcon}
      submit={t('common.save')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field form={form} name="name" label={t('members.name')} autoFocus />
      <Field form={form} name="email" label={t('members.email')} type="email" max={254} />
    </FormDialog>
  )
}

const recentMs = 7 * 86_400_000
const mostNamed = 8

/** M3, T10: the tokens go with their owner, so they are named. The name is typed where one of them is in use. */
export function DeleteMember({
  member,
  onDeleted,
  onClose,
}: MemberDialogProps & { readonly onDeleted?: (() => void) | undefined }) {
  const { t } = useTranslation()
  const answer = useQuery(trpc.accessToken.list.queryOptions({ owner: 'all', limit: 500 }))
  const tokens = answer.data?.rows.filter(({ ownerId }) => ownerId === member.id) ?? []
  const inUse = tokens.some(({ lastUsedAt }) => lastUsedAt !== 0 && Date.now() - lastUsedAt < recentMs)
  return (
    <ConfirmDialog
      title={t('members.deleteTitle')}
      subject={`${member.name} · ${member.email}`}
      icon={RhUiTrashIcon}
      confirm={t('members.deleteButton')}
      typedName={inUse || member.tokens > 10 ? member.name : undefined}
      onConfirm={async () => {
        const { result } = await ask.member.delete.mutate({ id: member.id })
        notify('done', t('members.deleted', { name: member.name, count: result.tokens }))
        onDeleted?.()
      }}
      onClose={onClose}
    >
      <p>
        <Rich text={t('members.deleteText', { count: member.tokens })} />
      </p>
      {answer.isPending && member.tokens > 0 && <Waiting />}
      {tokens.length > 0 && (
        <ul className="lk-going">
          {tokens.slice(0, mostNamed).map((token) => (
            <li key={token.id}>
              <RhUiKeyIcon />
              <span className="lk-ellipsis">{token.name}</span>
              <span className="lk-subtle">
                {t('members.tokenUsed')} <RelativeTime at={token.lastUsedAt} />
              </span>
            </li>
          ))}
          {member.tokens > mostNamed && (
            <li className="lk-subtle">{t('members.moreTokens', { count: member.tokens - mostNamed })}</li>
          )}
        </ul>
      )}
    </ConfirmDialog>
  )
}

/** M5 from the palette or the page's head: whose eyes to look through. */
export function ChoosePreview({
  onPreview,
  onClose,
}: {
  readonly onPreview: (memberId: string) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const [find, setFind] = useState('')
  const [chosen, setChosen] = useState<string>()
  const answer = useQuery(trpc.member.list.queryOptions({ state: 'active', limit: 500 }))
  const text = find.trim().toLocaleLowerCase()
  const shown = (answer.data?.rows ?? []).filter(
    ({ self, name, email }) => !self && `${name}\n${email}`.toLocaleLowerCase().includes(text),
  )
  return (
    <FormDialog
      title={t('members.previewTitle')}
      subject={t('members.previewText')}
      icon={RhUiViewIcon}
      submit={t('members.previewButton')}
      busy={false}
      failure={undefined}
      unusable={!shown.some(({ id }) => id === chosen)}
      onSubmit={async () => {
        if (chosen === undefined) return
        onClose()
        onPreview(chosen)
      }}
      onClose={onClose}
    >
      <div className="lk-field">
        <label>
          {t('members.find')}
          <input
            className="lk-input"
            type="search"
            autoComplete="off"
            spellCheck={false}
            value={find}
            onChange={(event) => setFind(event.target.value)}
          />
        </label>
      </div>
      {answer.error ? (
        <ListFailed error={answer.error} onRetry={() => void answer.refetch()} />
      ) : shown.length === 0 ? (
        <p className="lk-subtle" role="status">
          {answer.isPending ? t('common.loading') : t('members.nobodyToPreview')}
        </p>
      ) : (
        <div className="lk-choose-member">
          <Options
            label={t('members.title')}
            name="preview"
            chosen={chosen === undefined ? [] : [chosen]}
            options={shown.map(({ id, name, email, role }) => ({
              value: id,
              title: name,
              meaning: email,
              aside: <span className="lk-subtle">{t(`common.role.${role}`)}</span>,
            }))}
            onChange={([id]) => setChosen(id)}
          />
        </div>
      )}
    </FormDialog>
  )
}
