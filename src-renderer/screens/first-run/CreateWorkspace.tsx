import { Button } from '@patternfly/react-core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { createWorkspaceSchema, passphraseSchema } from '../../../shared/protocol/console.ts'
import { ask, type Status } from '../../app/ask.ts'
import { useRefusalText } from '../../app/refusal.ts'
import { BusyButton } from '../../components/BusyButton.tsx'
import { Field } from '../../components/form/Field.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { revealSecrets } from '../../components/RevealDialog.tsx'
import { Note } from '../../components/small.tsx'

/** The passphrase is typed twice where no keychain guards the vault key; the engine takes it once. */
function formSchema(keychain: boolean) {
  return z
    .object({
      ...createWorkspaceSchema.omit({ passphrase: true }).shape,
      passphrase: keychain ? z.literal('') : passphraseSchema,
      repeated: z.string(),
    })
    .refine(({ passphrase, repeated }) => passphrase === repeated, { path: ['repeated'], message: 'not_the_same' })
}

export function CreateWorkspace({ status, onCancel }: { readonly status: Status; readonly onCancel: () => void }) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const schema = useMemo(() => formSchema(status.keychain), [status.keychain])
  const { form, failure, busy, submit } = useCommandForm({
    schema,
    values: { workspaceName: '', memberName: '', memberEmail: '', passphrase: '', repeated: '' },
    async run({ repeated: _repeated, passphrase, ...founding }) {
      const { reveals } = await ask.console.createWorkspace.mutate({
        ...founding,
        ...(passphrase !== '' && { passphrase }),
      })
      form.reset()
      revealSecrets(reveals, founding.workspaceName)
    },
  })
  return (
    <form
      className="lk-first-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <div>
        <h1>{t('firstRun.createTitle')}</h1>
        <p className="lk-subtle">{t('firstRun.createText')}</p>
      </div>
      <Field
        form={form}
        name="workspaceName"
        label={t('firstRun.workspaceName')}
        help={t('firstRun.workspaceNameHelp')}
        autoFocus
      />
      <div className="lk-two">
        <Field form={form} name="memberName" label={t('firstRun.memberName')} autoComplete="name" />
        <Field
          form={form}
          name="memberEmail"
          label={t('firstRun.memberEmail')}
          type="email"
          autoComplete="email"
          max={254}
        />
      </div>
      {status.keychain ? (
        <Note kind="quiet" title={t('firstRun.keychain')}>
          {t('firstRun.keychainText')}
        </Note>
      ) : (
        <div className="lk-two">
          <Field
            form={form}
            name="passphrase"
            label={t('firstRun.passphrase')}
            type="password"
            autoComplete="new-password"
            help={t('firstRun.passphraseHelp')}
            min={8}
            max={1024}
          />
          <Field
            form={form}
            name="repeated"
            label={t('firstRun.repeated')}
            type="password"
            autoComplete="new-password"
            codes={{ not_the_same: t('firstRun.notTheSame') }}
          />
        </div>
      )}
      {failure !== undefined && <Note kind="failed" title={errorText(failure)} />}
      <div className="lk-row">
        <BusyButton type="submit" variant="primary" busy={busy}>
          {t('firstRun.createButton')}
        </BusyButton>
        <Button variant="link" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
