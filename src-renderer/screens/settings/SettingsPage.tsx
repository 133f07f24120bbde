import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { nameSchema } from '../../../shared/domain/text.ts'
import { ask, type Open, type Status, useStatus } from '../../app/ask.ts'
import { useWorkspaceCommands } from '../../app/frame/use-workspace-commands.tsx'
import { useWhyNot } from '../../app/person.ts'
import { errorText, useRefusalText } from '../../app/refusal.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { BusyButton } from '../../components/BusyButton.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { Field } from '../../components/form/Field.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiExportIcon, RhUiLockIcon } from '../../components/icons.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Mono, Note } from '../../components/small.tsx'
import { notify } from '../../state/notices.ts'
import { useTransferReasons } from '../transfer/use-transfer-reasons.ts'

export function SettingsPage() {
  const { t } = useTranslation()
  const status = useStatus()
  const open = status?.open
  if (!open) return null
  return (
    <div className="lk-page">
      <PageHeader title={t('settings.title')} sentence={t('settings.sentence')} />
      <div className="lk-body">
        <Name key={`${open.id}${open.name}${open.person.id}`} open={open} />
        <Facts status={status} open={open} />
        <Places status={status} />
        <Transfer />
        {open.sample && <Sample preview={open.previewedBy !== undefined} />}
      </div>
    </div>
  )
}

function Panel({
  title,
  note,
  children,
}: {
  readonly title: string
  readonly note?: string
  readonly children: ReactNode
}) {
  return (
    <section className="lk-panel lk-readable" aria-label={title}>
      <div className="lk-toolbar">
        <h2>{title}</h2>
        {note && <span className="lk-subtle">{note}</span>}
      </div>
      {children}
    </section>
  )
}

const schema = z.object({ name: nameSchema })

function Name({ open }: { readonly open: Open }) {
  const { t } = useTranslation()
  const { refusalText } = useRefusalText()
  const refused = useWhyNot()('workspace.edit')
  const { id, name } = open
  const { form, failure, busy, submit } = useCommandForm({
    schema,
    values: { name },
    async run(edited) {
      await ask.workspace.rename.mutate({ id, name: edited.name })
      form.reset({ name: edited.name })
      notify('done', t('settings.renamed', { name: edited.name }), () => {
        ask.workspace.rename.mutate({ id, name }).catch((error: unknown) => notify('failed', errorText(error)))
      })
    },
  })
  return (
    <Panel title={t('settings.workspace')}>
      <form
        className="lk-panel-body"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy && refused === undefined) void submit()
        }}
      >
        <fieldset className="lk-rights" disabled={refused !== undefined}>
          <legend className="lk-sr">{t('settings.workspace')}</legend>
          <Field form={form} name="name" label={t('settings.name')} help={t('settings.nameHelp')} />
          {refused ? (
            <Note kind="quiet" icon={<RhUiLockIcon />} title={refusalText(refused)} />
          ) : (
            <div>
              <BusyButton type="submit" variant="primary" busy={busy} isDisabled={!form.formState.isDirty}>
                {t('common.save')}
              </BusyButton>
            </div>
          )}
          {failure !== undefined && <Note kind="failed" title={errorText(failure)} />}
        </fieldset>
      </form>
    </Panel>
  )
}

function Facts({ status, open }: { readonly status: Status; readonly open: Open }) {
  const { t } = useTranslation()
  const copied = (label: string, text: string) => (
    <span className="lk-row">
      <Mono>{text}</Mono>
      <CopyButton variant="icon" label={t('settings.copy', { what: label })} text={text} />
    </span>
  )
  return (
    <Panel title={t('settings.facts')}>
      <dl className="lk-facts lk-panel-body lk-settings-facts">
        <dt>{t('settings.id')}</dt>
        <dd>{copied(t('settings.id'), open.id)}</dd>
        <dt>{t('settings.device')}</dt>
        <dd>{copied(t('settings.device'), open.device)}</dd>
        <dt>{t('settings.folder')}</dt>
        <dd>{copied(t('settings.folder'), status.dataDirectory)}</dd>
        <dt>{t('settings.protection')}</dt>
        <dd>{t(`settings.protections.${status.current?.protection ?? 'none'}`)}</dd>
        <dt>{t('settings.program')}</dt>
        <dd>{t('settings.programText', { version: status.version, host: status.host })}</dd>
      </dl>
    </Panel>
  )
}

const kinds = ['objects', 'secrets', 'accessTokens', 'vaultKey', 'view'] as const

function Places({ status }: { readonly status: Status }) {
  const { t } = useTranslation()
  const protection = status.current?.protection ?? 'none'
  return (
    <Panel title={t('settings.places')} note={t('settings.placesNote')}>
      <dl className="lk-facts lk-panel-body lk-settings-facts">
        {kinds.map((kind) => (
          <div key={kind} className="lk-contents">
            <dt>{t(`settings.kind.${kind}`)}</dt>
            <dd>{kind === 'vaultKey' ? t(`settings.vaultKey.${protection}`) : t(`settings.place.${kind}`)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

function Transfer() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const reasons = useTransferReasons()
  // Shown while at least one of the two can be done; who may neither reads why.
  const reason = reasons.import === undefined ? undefined : reasons.export
  return (
    <Panel title={t('settings.transfer')}>
      <div className="lk-panel-body lk-row">
        <p>{t('settings.transferText')}</p>
        <span className="lk-space" />
        <ActionButton
          variant="tertiary"
          icon={<RhUiExportIcon />}
          reason={reason}
          onClick={() => void navigate({ to: '/settings/transfer' })}
        >
          {t('settings.toTransfer')}
        </ActionButton>
      </div>
    </Panel>
  )
}

function Sample({ preview }: { readonly preview: boolean }) {
  const { t } = useTranslation()
  const { deleteSample } = useWorkspaceCommands()
  return (
    <Panel title={t('settings.sample')}>
      <div className="lk-panel-body lk-row">
        <p>{t('settings.sampleText')}</p>
        <span className="lk-space" />
        <ActionButton
          variant="secondary"
          isDanger
          reason={preview ? t('refusal.preview_read_only') : undefined}
          onClick={deleteSample}
        >
          {t('frame.deleteSample')}
        </ActionButton>
      </div>
    </Panel>
  )
}
