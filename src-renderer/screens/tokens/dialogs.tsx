/** What can be done with an access token: rename or narrow, rotate, delete. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { scopes, tokenPermissions } from '../../../shared/domain/access-token-schema.ts'
import { type Overlap, overlapNames } from '../../../shared/domain/rotation.ts'
import { nameSchema } from '../../../shared/domain/text.ts'
import { ask } from '../../app/ask.ts'
import { errorText } from '../../app/refusal.ts'
import type { AccessTokenRow } from '../../app/rows.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Field, FieldErrorLine } from '../../components/form/Field.tsx'
import { FormDialog } from '../../components/form/FormDialog.tsx'
import { fieldErrorText } from '../../components/form/field-error.ts'
import { Options, Segments } from '../../components/form/Options.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiEditIcon, RhUiRefreshIcon, RhUiTrashIcon } from '../../components/icons.ts'
import { revealAfter } from '../../components/RevealDialog.tsx'
import { RelativeTime, Rich } from '../../components/small.tsx'
import { notify } from '../../state/notices.ts'
import { hint } from './words.tsx'

interface TokenDialogProps {
  readonly token: AccessTokenRow
  readonly onClose: () => void
}

const editSchema = z.object({
  name: nameSchema,
  scopes: z.array(z.enum(scopes)).min(1, 'required'),
  permission: z.enum(tokenPermissions),
})

/** T13: the name changes, rights only narrow. A new name can be taken back; narrowed rights cannot. */
export function EditAccessToken({ token, onClose }: TokenDialogProps) {
  const { t } = useTranslation()
  const { id, name } = token
  const { form, failure, busy, submit } = useCommandForm({
    schema: editSchema,
    values: { name, scopes: [...token.scopes], permission: token.permission },
    async run(edited) {
      await ask.accessToken.update.mutate({ id, ...edited })
      onClose()
      const narrowed = edited.scopes.length < token.scopes.length || edited.permission !== token.permission
      const undo = () =>
        void ask.accessToken.update.mutate({ id, name }).catch((error: unknown) => notify('failed', errorText(error)))
      notify('done', t('tokens.edited', { name: edited.name }), narrowed ? undefined : undo)
    },
  })
  const chosen = form.watch('scopes') ?? []
  const permission = form.watch('permission') ?? token.permission
  const scopesError = form.formState.errors.scopes
  const narrows = chosen.length < token.scopes.length || permission !== token.permission
  return (
    <FormDialog
      title={t('tokens.edit')}
      subject={`${name} · ${hint(token)}`}
      icon={RhUiEditIcon}
      submit={t('common.save')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field form={form} name="name" label={t('tokens.name')} autoFocus />
      <Options
        label={t('tokens.scopes')}
        hint={t('tokens.onlyNarrower')}
        name="scopes"
        many
        chosen={chosen}
        options={token.scopes.map((value) => ({ value, title: t(`common.scope.${value}`) }))}
        onChange={(next) => form.setValue('scopes', [...next], { shouldValidate: true, shouldDirty: true })}
        error={scopesError && <FieldErrorLine text={t('tokens.oneScope')} />}
      />
      {token.permission === 'rw' && (
        <Options
          label={t('tokens.permission')}
          name="permission"
          side
          chosen={[permission]}
          options={tokenPermissions.map((value) => ({ value, title: t(`common.permission.${value}`) }))}
          onChange={([value]) => value && form.setValue('permission', value, { shouldDirty: true })}
        />
      )}
      {form.formState.errors.permission && <FieldErrorLine text={fieldErrorText(form.formState.errors.permission)} />}
      {narrows && <p>{t('tokens.cannotWiden')}</p>}
    </FormDialog>
  )
}

/** T13: a successor with the same rights; the old one ends after the overlap. */
export function RotateAccessToken({ token, onClose }: TokenDialogProps) {
  const { t } = useTranslation()
  const [overlap, setOverlap] = useState<Overlap>('24h')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  async function rotate(): Promise<void> {
    setBusy(true)
    try {
      const { reveals } = await ask.accessToken.rotate.mutate({ id: token.id, overlap })
      revealAfter(onClose, reveals, token.name)
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  return (
    <FormDialog
      title={t('tokens.rotate')}
      subject={`${token.name} · ${hint(token)}`}
      icon={RhUiRefreshIcon}
      submit={t('tokens.rotateButton')}
      busy={busy}
      failure={failure}
      onSubmit={rotate}
      onClose={onClose}
    >
      <Segments
        label={t('tokens.oldEnds')}
        name="overlap"
        chosen={overlap}
        options={overlapNames.map((value) => ({ value, title: t(`common.overlap.${value}`) }))}
        onChange={setOverlap}
      />
      <p>
        <Rich text={t(overlap === 'now' ? 'tokens.rotateNow' : 'tokens.rotateLater')} />
      </p>
    </FormDialog>
  )
}

const recentMs = 7 * 86_400_000

/** True where it still works and was used in the last 7 days: to take it away, its name is typed. */
export function usedLately({ lastUsedAt, standing }: Pick<AccessTokenRow, 'lastUsedAt' | 'standing'>): boolean {
  return lastUsedAt !== 0 && Date.now() - lastUsedAt < recentMs && standing !== 'expired'
}

/** T7: invalid at once. The name is typed only where the token was used in the last 7 days. */
export function DeleteAccessToken({ token, onClose }: TokenDialogProps) {
  const { t } = useTranslation()
  return (
    <ConfirmDialog
      title={t('tokens.deleteTitle')}
      subject={`${token.name} · ${hint(token)}${token.own ? '' : ` · ${token.ownerName}`}`}
      icon={RhUiTrashIcon}
      confirm={t('tokens.deleteButton')}
      typedName={usedLately(token) ? token.name : undefined}
      onConfirm={async () => {
        await ask.accessToken.delete.mutate({ id: token.id })
        notify('done', t('tokens.deleted', { name: token.name }))
      }}
      onClose={onClose}
    >
      <p>
        <Rich text={t('tokens.deleteText')} />
      </p>
      <p>
        {t('tokens.lastUsed')}: <RelativeTime at={token.lastUsedAt} />
      </p>
    </ConfirmDialog>
  )
}
