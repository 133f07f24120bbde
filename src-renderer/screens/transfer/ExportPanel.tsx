import { Button } from '@patternfly/react-core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { passphraseSchema } from '../../../shared/protocol/console.ts'
import { ask } from '../../app/ask.ts'
import { useOpenWorkspace } from '../../app/person.ts'
import { refusalOf, useRefusalText } from '../../app/refusal.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { BusyButton } from '../../components/BusyButton.tsx'
import { Field } from '../../components/form/Field.tsx'
import { Options } from '../../components/form/Options.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiExportIcon } from '../../components/icons.ts'
import { Note, State } from '../../components/small.tsx'
import { dropExport, useJobs } from './jobs.ts'
import { exportName, saveExport } from './save-export.ts'
import { useProgress } from './use-progress.ts'
import { ProgressBar, size, transferRefusal, usePhase } from './words.tsx'

const whats = ['everything', 'applications'] as const
const carries = ['without', 'with'] as const

const schema = z
  .object({ what: z.enum(whats), secrets: z.enum(carries), passphrase: z.string(), repeated: z.string() })
  .superRefine(({ what, secrets, passphrase, repeated }, context) => {
    if (what !== 'everything' || secrets !== 'with') return
    const checked = passphraseSchema.safeParse(passphrase)
    if (!checked.success) {
      context.addIssue({
        code: 'custom',
        path: ['passphrase'],
        message: checked.error.issues[0]?.message ?? 'required',
      })
    } else if (passphrase !== repeated) {
      context.addIssue({ code: 'custom', path: ['repeated'], message: 'not_the_same' })
    }
  })

/** The workspace as a file: what goes along is chosen, and written to the audit. */
export function ExportPanel({ reason }: { readonly reason: string | undefined }) {
  const { t } = useTranslation()
  const id = useJobs((jobs) => jobs.export)
  return (
    <section className="lk-panel" aria-label={t('transfer.export')}>
      <div className="lk-toolbar">
        <h2>{t('transfer.export')}</h2>
      </div>
      {id === undefined ? <ExportForm reason={reason} /> : <ExportJob key={id} id={id} />}
    </section>
  )
}

function ExportForm({ reason }: { readonly reason: string | undefined }) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const { form, failure, busy, submit } = useCommandForm({
    schema,
    values: { what: 'everything', secrets: 'without', passphrase: '', repeated: '' },
    async run({ what, secrets, passphrase }) {
      const { id } = await ask.transfer.export.mutate({
        format: what === 'everything' ? 'json' : 'csv',
        ...(what === 'everything' && secrets === 'with' && { passphrase }),
      })
      form.reset()
      useJobs.setState({ export: id })
    },
  })
  const { what = 'everything', secrets = 'without' } = form.watch()
  return (
    <form
      className="lk-panel-body lk-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (reason === undefined && !busy) void submit()
      }}
    >
      <Options
        label={t('transfer.what')}
        name="what"
        chosen={[what]}
        options={whats.map((value) => ({
          value,
          title: t(`transfer.whats.${value}`),
          meaning: t(`transfer.whatMeaning.${value}`),
        }))}
        onChange={([value]) => value && form.setValue('what', value)}
      />
      {what === 'everything' && (
        <Options
          label={t('transfer.secrets')}
          name="secrets"
          chosen={[secrets]}
          options={carries.map((value) => ({
            value,
            title: t(`transfer.carry.${value}`),
            meaning: t(`transfer.carryMeaning.${value}`),
          }))}
          onChange={([value]) => value && form.setValue('secrets', value)}
        />
      )}
      {what === 'everything' && secrets === 'with' && (
        <div className="lk-two">
          <Field
            form={form}
            name="passphrase"
            label={t('transfer.newPassphrase')}
            type="password"
            autoComplete="new-password"
            help={t('transfer.newPassphraseHelp')}
            min={8}
            max={1024}
          />
          <Field
            form={form}
            name="repeated"
            label={t('transfer.repeated')}
            type="password"
            autoComplete="new-password"
            codes={{ not_the_same: t('transfer.notTheSame') }}
          />
        </div>
      )}
      {failure !== undefined && <Note kind="failed" title={errorText(failure)} />}
      <div className="lk-row">
        {reason === undefined ? (
          <BusyButton type="submit" variant="tertiary" icon={<RhUiExportIcon />} busy={busy}>
            {t('transfer.exportButton')}
          </BusyButton>
        ) : (
          <ActionButton variant="tertiary" icon={<RhUiExportIcon />} reason={reason}>
            {t('transfer.exportButton')}
          </ActionButton>
        )}
        <span className="lk-subtle lk-small">{t('transfer.exportAudited')}</span>
      </div>
    </form>
  )
}

/** Saved by itself once only, also where the reader leaves the screen and comes back. */
let lastSaved = ''

function ExportJob({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const workspace = useOpenWorkspace()?.name ?? ''
  const answer = useProgress(id)
  const progress = answer.data
  const phase = usePhase(progress)
  const [failure, setFailure] = useState<unknown>()
  const state = progress?.state ?? 'exporting'
  const format = progress?.format ?? 'json'
  const parts = progress?.parts ?? 0
  const name = exportName(workspace, format)

  useEffect(() => {
    if (state === 'cancelled' || (answer.error !== null && refusalOf(answer.error)?.code === 'gone')) dropExport()
  }, [state, answer.error])
  useEffect(() => {
    if (state !== 'exported' || lastSaved === id) return
    lastSaved = id
    saveExport(id, parts, name, format).catch(setFailure)
  }, [state, id, parts, name, format])

  return (
    <div className="lk-panel-body lk-stack">
      {state === 'exporting' && (
        <ProgressBar
          words={progress?.phase === 'none' ? t('transfer.exporting') : phase}
          done={progress?.done ?? 0}
          total={progress?.total ?? 0}
        />
      )}
      {state === 'failed' && (
        <Note
          kind="failed"
          title={progress?.refusal ? transferRefusal(progress.refusal, t) : t('transfer.exportFailed')}
        />
      )}
      {state === 'exported' && (
        <p role="status">
          <State kind="ok">{t('transfer.exported', { name, size: size(progress?.bytes ?? 0) })}</State>
        </p>
      )}
      {failure !== undefined && <Note kind="failed" title={errorText(failure)} />}
      <div className="lk-row">
        {state === 'exported' && (
          <Button variant="tertiary" onClick={() => void saveExport(id, parts, name, format).catch(setFailure)}>
            {t('transfer.saveAgain')}
          </Button>
        )}
        <Button variant="link" onClick={dropExport}>
          {t(state === 'exporting' ? 'common.cancel' : 'transfer.finish')}
        </Button>
      </div>
    </div>
  )
}
