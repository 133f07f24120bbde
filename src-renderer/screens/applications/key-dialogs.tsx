/** What can be done with credentials: add, roll, edit and delete keys, regenerate the API key, rotate the client secret. */
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { appKeyInput, userKeyInput } from '../../../shared/domain/credential.ts'
import { type Overlap, overlapNames } from '../../../shared/domain/rotation.ts'
import { textSchema } from '../../../shared/domain/text.ts'
import { ask } from '../../app/ask.ts'
import { errorText, refusalOf, refusalText } from '../../app/refusal.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Field } from '../../components/form/Field.tsx'
import { FormDialog } from '../../components/form/FormDialog.tsx'
import { Segments } from '../../components/form/Options.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiAddIcon, RhUiEditIcon, RhUiRefreshIcon, RhUiTrashIcon } from '../../components/icons.ts'
import { revealAfter } from '../../components/RevealDialog.tsx'
import { Note, RelativeTime, Rich } from '../../components/small.tsx'
import { useNow } from '../../components/use-now.ts'
import { notify } from '../../state/notices.ts'
import { expiryOf } from '../tokens/expiry.ts'
import { ExpiryField, type KeyExpiryChoice } from './ExpiryField.tsx'
import { ownSecret } from './own-secret.ts'
import type { ApplicationDetail, ApplicationKey } from './rows.ts'
import { usedLately, useKeyName } from './words.tsx'

interface CredentialDialogProps {
  readonly application: ApplicationDetail
  readonly onClose: () => void
}
interface KeyDialogProps extends CredentialDialogProps {
  readonly item: ApplicationKey
}

/** A field for a key of one's own where the service allows that; else the sentence that it does not. */
function OwnKey({ allowed, children }: { readonly allowed: boolean; readonly children: ReactNode }) {
  const { t } = useTranslation()
  return allowed ? children : <p className="lk-help">{t('applications.noCustomKeys')}</p>
}

const createSchema = z.object({ label: textSchema(255), key: ownSecret(appKeyInput) })

/** A7: one more key. */
export function CreateKey({ application, onClose }: CredentialDialogProps) {
  const { t } = useTranslation()
  const now = useNow()
  const [expiry, setExpiry] = useState<{ choice: KeyExpiryChoice; day: string; error?: string }>({
    choice: 'never',
    day: '',
  })
  const { id, name } = application
  const { form, failure, busy, submit } = useCommandForm({
    schema: createSchema,
    values: { label: '', key: '' },
    async run({ label, key }) {
      const wanted = expiry.choice === 'keep' ? undefined : expiryOf(expiry.choice, expiry.day)
      if (wanted === undefined) return setExpiry({ ...expiry, error: t('refusal.required') })
      try {
        const { reveals } = await ask.application.createKey.mutate({
          id,
          label,
          expiry: wanted,
          ...(key !== '' && { key }),
        })
        revealAfter(onClose, reveals, label === '' ? name : `${name} · ${label}`)
      } catch (error) {
        const refusal = refusalOf(error)
        if (refusal?.field !== 'expiry') throw error
        setExpiry({ ...expiry, error: refusalText(refusal) })
      }
    },
  })
  return (
    <FormDialog
      title={t('applications.addKey')}
      subject={name}
      icon={RhUiAddIcon}
      width={680}
      submit={t('applications.addKey')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        form={form}
        name="label"
        label={t('applications.label')}
        hint={t('common.optional')}
        help={t('applications.labelHelp')}
        autoFocus
      />
      <ExpiryField
        choice={expiry.choice}
        day={expiry.day}
        now={now}
        error={expiry.error}
        onChange={(choice, day) => setExpiry({ choice, day })}
      />
      <OwnKey allowed={application.usageRules.customKeys}>
        <Field
          form={form}
          name="key"
          label={t('applications.ownKey')}
          hint={t('common.optional')}
          help={t('applications.ownKeyHelp')}
          type="password"
          mono
          min={5}
        />
      </OwnKey>
    </FormDialog>
  )
}

const editSchema = z.object({ label: textSchema(255) })

/** A7: label and expiry; an expiry, once reached, is not undone. */
export function EditKey({ application, item, onClose }: KeyDialogProps) {
  const { t } = useTranslation()
  const now = useNow()
  const keyName = useKeyName()
  const [expiry, setExpiry] = useState<{ choice: KeyExpiryChoice; day: string; error?: string }>({
    choice: 'keep',
    day: '',
  })
  const { id } = application
  const { form, failure, busy, submit } = useCommandForm({
    schema: editSchema,
    values: { label: item.label },
    async run({ label }) {
      const wanted = expiry.choice === 'keep' ? undefined : expiryOf(expiry.choice, expiry.day)
      if (expiry.choice === 'date' && wanted === undefined) {
        return setExpiry({ ...expiry, error: t('refusal.required') })
      }
      try {
        await ask.application.updateKey.mutate({
          id,
          keyId: item.id,
          label,
          ...(wanted !== undefined && { expiry: wanted }),
        })
        onClose()
        const undo = () =>
          void ask.application.updateKey
            .mutate({ id, keyId: item.id, label: item.label })
            .catch((error: unknown) => notify('failed', errorText(error)))
        notify('done', t('applications.keyEdited', { name: keyName({ ...item, label }) }), wanted ? undefined : undo)
      } catch (error) {
        const refusal = refusalOf(error)
        if (refusal?.field !== 'expiry') throw error
        setExpiry({ ...expiry, error: refusalText(refusal) })
      }
    },
  })
  return (
    <FormDialog
      title={t('applications.editKey')}
      subject={`${application.name} · ${keyName(item)}`}
      icon={RhUiEditIcon}
      width={680}
      submit={t('common.save')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field form={form} name="label" label={t('applications.label')} hint={t('common.optional')} autoFocus />
      {item.standing === 'expired' ? (
        <p className="lk-help">{t('applications.staysExpired')}</p>
      ) : (
        <ExpiryField
          keep
          choice={expiry.choice}
          day={expiry.day}
          now={now}
          error={expiry.error}
          onChange={(choice, day) => setExpiry({ choice, day })}
        />
      )}
    </FormDialog>
  )
}

const rollSchema = z.object({ key: ownSecret(appKeyInput) })

/** A7: a successor with the label, filters and lifetime of the old key, which ends after the overlap. */
export function RollKey({ application, item, onClose }: KeyDialogProps) {
  const { t } = useTranslation()
  const keyName = useKeyName()
  const { id, name, usageRules } = application
  const usable = application.keys.filter(({ standing }) => standing !== 'expired').length
  const full = usable >= usageRules.keyLimit
  const [overlap, setOverlap] = useState<Overlap>(full ? 'now' : '24h')
  const { form, failure, busy, submit } = useCommandForm({
    schema: rollSchema,
    values: { key: '' },
    async run({ key }) {
      const { reveals } = await ask.application.rollKey.mutate({
        id,
        keyId: item.id,
        overlap,
        ...(key !== '' && { key }),
      })
      revealAfter(onClose, reveals, `${name} · ${keyName(item)}`)
    },
  })
  return (
    <FormDialog
      title={t('applications.rollKey')}
      subject={`${name} · ${keyName(item)}`}
      icon={RhUiRefreshIcon}
      submit={t('applications.rollButton')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      {full ? (
        <Note title={t('applications.rollFull', { limit: usageRules.keyLimit })} />
      ) : (
        <OverlapField label={t('applications.oldKeyEnds')} overlap={overlap} onChange={setOverlap} />
      )}
      <p>
        <Rich text={t(overlap === 'now' ? 'applications.rollNow' : 'applications.rollLater')} />
      </p>
      <OwnKey allowed={usageRules.customKeys}>
        <Field
          form={form}
          name="key"
          label={t('applications.ownKey')}
          hint={t('common.optional')}
          help={t('applications.ownKeyHelp')}
          type="password"
          mono
          min={5}
        />
      </OwnKey>
    </FormDialog>
  )
}

function OverlapField({
  label,
  overlap,
  onChange,
}: {
  readonly label: string
  readonly overlap: Overlap
  readonly onChange: (overlap: Overlap) => void
}) {
  const { t } = useTranslation()
  return (
    <Segments
      label={label}
      name="overlap"
      chosen={overlap}
      options={overlapNames.map((value) => ({ value, title: t(`common.overlap.${value}`) }))}
      onChange={onChange}
    />
  )
}

/** A7, A8: gone at once. Where it is the last one of a service without *at least one key*, says what that opens. */
export function DeleteKey({ application, item, onClose }: KeyDialogProps) {
  const { t } = useTranslation()
  const keyName = useKeyName()
  const called = keyName(item)
  const opens = application.keys.length === 1 && !application.usageRules.atLeastOneKey
  return (
    <ConfirmDialog
      title={t('applications.deleteKeyTitle')}
      subject={`${application.name} · ${called}`}
      icon={RhUiTrashIcon}
      confirm={t('applications.deleteKey')}
      typedName={usedLately(item.lastUsedAt) && item.standing !== 'expired' ? called : undefined}
      onConfirm={async () => {
        await ask.application.deleteKey.mutate({ id: application.id, keyId: item.id })
        notify('done', t('applications.keyDeleted', { name: called }))
      }}
      onClose={onClose}
    >
      <p>
        <Rich text={t('applications.deleteKeyText')} />
      </p>
      <p>
        {t('applications.lastUsed')}
        {': '}
        <RelativeTime at={item.lastUsedAt} />
      </p>
      {opens && <Note title={t('applications.becomesKeyless')}>{t('applications.keylessText')}</Note>}
    </ConfirmDialog>
  )
}

const regenerateSchema = z.object({ userKey: ownSecret(userKeyInput) })

/** A6: the old key stops at once. */
export function RegenerateUserKey({ application, onClose }: CredentialDialogProps) {
  const { t } = useTranslation()
  const { id, name, userKey: current } = application
  const { form, failure, busy, submit } = useCommandForm({
    schema: regenerateSchema,
    values: { userKey: '' },
    async run({ userKey }) {
      const { reveals } = await ask.application.regenerateUserKey.mutate({ id, ...(userKey !== '' && { userKey }) })
      revealAfter(onClose, reveals, name)
    },
  })
  return (
    <FormDialog
      title={t('applications.regenerateTitle')}
      subject={`${name} · ${application.serviceName}`}
      icon={RhUiRefreshIcon}
      submit={t('applications.regenerate')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      {current && (
        <Note title={t('applications.regenerateText')}>
          {t('applications.lastUsed')}
          {': '}
          <RelativeTime at={current.lastUsedAt} />
        </Note>
      )}
      <OwnKey allowed={application.usageRules.customKeys}>
        <Field
          form={form}
          name="userKey"
          label={t('applications.ownUserKey')}
          hint={t('common.optional')}
          help={t('applications.ownUserKeyHelp')}
          type="password"
          mono
          max={256}
        />
      </OwnKey>
    </FormDialog>
  )
}

/** A9: a new client secret; the old one ends after the overlap. */
export function RotateClientSecret({ application, onClose }: CredentialDialogProps) {
  const { t } = useTranslation()
  const [overlap, setOverlap] = useState<Overlap>('24h')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  async function rotate(): Promise<void> {
    setBusy(true)
    try {
      const { reveals } = await ask.application.rotateClientSecret.mutate({ id: application.id, overlap })
      revealAfter(onClose, reveals, application.name)
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  return (
    <FormDialog
      title={t('applications.rotateTitle')}
      subject={application.name}
      icon={RhUiRefreshIcon}
      submit={t('applications.rotate')}
      busy={busy}
      failure={failure}
      onSubmit={rotate}
      onClose={onClose}
    >
      <OverlapField label={t('applications.oldSecretEnds')} overlap={overlap} onChange={setOverlap} />
      <p>
        <Rich text={t(overlap === 'now' ? 'applications.rotateNow' : 'applications.rotateLater')} />
      </p>
    </FormDialog>
  )
}
