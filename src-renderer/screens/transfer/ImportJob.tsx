import { Button } from '@patternfly/react-core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { csvCell } from '../../../shared/domain/csv.ts'
import { transferKinds } from '../../../shared/domain/transfer-schema.ts'
import { ask } from '../../app/ask.ts'
import { refusalOf, useRefusalText } from '../../app/refusal.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { BusyButton } from '../../components/BusyButton.tsx'
import { download } from '../../components/download.ts'
import { RhUiDocumentIcon, RhUiExportIcon, RhUiLockIcon } from '../../components/icons.ts'
import { Note, Rich, State } from '../../components/small.tsx'
import { figure, shortDate } from '../../i18n/formats.ts'
import { notify } from '../../state/notices.ts'
import { dropImport, type FileJob, refetchProgress } from './jobs.ts'
import { Report } from './Report.tsx'
import { type Progress, useProgress } from './use-progress.ts'
import { ProgressBar, size, transferRefusal, usePhase } from './words.tsx'

/** One file from its upload to its result. */
export function ImportJob({ job, reason }: { readonly job: FileJob; readonly reason: string | undefined }) {
  const { t } = useTranslation()
  const answer = useProgress(job.id)
  const progress = answer.data
  const phase = usePhase(progress)
  const state = job.complete ? (progress?.state ?? 'planning') : 'uploading'
  const gone = answer.error !== null && refusalOf(answer.error)?.code === 'gone'
  useEffect(() => {
    if (gone || state === 'cancelled') dropImport(gone ? 'dropped' : 'cancelled')
  }, [gone, state])

  const working = state === 'uploading' || state === 'planning' || state === 'committing'
  return (
    <div className="lk-import">
      <section className="lk-panel" aria-label={job.name}>
        <div className="lk-toolbar">
          <RhUiDocumentIcon />
          <h2 className="lk-ellipsis">
            {job.name} <span>{size(job.bytes)}</span>
          </h2>
          {progress?.source && <Source source={progress.source} />}
          <span className="lk-space" />
          {working ? (
            <Button
              variant="tertiary"
              size="sm"
              onClick={() =>
                state === 'committing'
                  ? void ask.transfer.cancel.mutate({ id: job.id }).catch(() => undefined)
                  : dropImport()
              }
            >
              {t('common.cancel')}
            </Button>
          ) : (
            <Button variant="tertiary" size="sm" onClick={() => dropImport()}>
              {t(state === 'done' ? 'transfer.another' : 'transfer.otherFile')}
            </Button>
          )}
        </div>
        <div className="lk-panel-body lk-stack">
          {state === 'uploading' && <ProgressBar words={t('transfer.uploading')} done={job.sent} total={job.bytes} />}
          {(state === 'planning' || state === 'committing') && (
            <ProgressBar
              words={state === 'committing' ? t('transfer.committing') : phase}
              done={progress?.done ?? 0}
              total={progress?.total ?? 0}
            />
          )}
          {state === 'failed' && progress && <Failed job={job} progress={progress} />}
          {progress && (state === 'ready' || state === 'refused') && (
            <Verdict job={job} progress={progress} reason={reason} />
          )}
          {state === 'done' && progress && <Done job={job} progress={progress} />}
        </div>
      </section>
      {(state === 'ready' || state === 'refused' || state === 'done') && progress && (
        <Report key={state} id={job.id} progress={progress} />
      )}
    </div>
  )
}

function Source({ source }: { readonly source: NonNullable<Progress['source']> }) {
  const { t } = useTranslation()
  const parts = [
    ...(source.workspace === '' ? [] : [t('transfer.from', { name: source.workspace })]),
    ...(source.exportedAt === undefined ? [] : [shortDate(source.exportedAt)]),
    ...(source.encrypted ? [t('transfer.encrypted')] : []),
  ]
  return <span className="lk-subtle lk-ellipsis">{parts.join(' · ')}</span>
}

function sum(progress: Progress, count: 'make' | 'change' | 'same' | 'refuse' | 'issued'): number {
  return transferKinds.reduce((all, kind) => all + progress.counts[kind][count], 0)
}

/** The whole file was not taken: a passphrase may cure it, else another file. */
function Failed({ job, progress }: { readonly job: FileJob; readonly progress: Progress }) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const [passphrase, setPassphrase] = useState('')
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const { refusal } = progress
  const asked = refusal?.field === 'passphrase'

  async function again(secret?: string): Promise<void> {
    if (busy) return
    setBusy(true)
    setFailure(undefined)
    try {
      await ask.transfer.plan.mutate({ id: job.id, ...(secret !== undefined && { passphrase: secret }) })
      setPassphrase('')
      refetchProgress(job.id)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }

  if (asked) {
    return (
      <form
        className="lk-stack lk-passphrase"
        onSubmit={(event) => {
          event.preventDefault()
          if (passphrase !== '') void again(passphrase)
        }}
      >
        <Note kind="quiet" icon={<RhUiLockIcon />} title={t('transfer.needsPassphrase')}>
          {t('transfer.needsPassphraseText')}
        </Note>
        <div className="lk-field">
          <label>
            {t('transfer.passphrase')}
            <input
              className="lk-input"
              type="password"
              autoComplete="off"
              // biome-ignore lint/a11y/noAutofocus: the one thing to do now
              autoFocus
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
            />
          </label>
        </div>
        {refusal.code === 'wrong_passphrase' && <Note kind="failed" title={transferRefusal(refusal, t)} />}
        {failure !== undefined && <Note kind="failed" title={errorText(failure)} />}
        <div>
          <BusyButton type="submit" variant="primary" busy={busy} isDisabled={passphrase === ''}>
            {t('transfer.open')}
          </BusyButton>
        </div>
      </form>
    )
  }
  const line = refusal?.params.line
  return (
    <>
      <Note kind="failed" title={refusal ? transferRefusal(refusal, t) : t('transfer.failed')}>
        {[
          t('transfer.nothingWritten'),
          ...(typeof line === 'number' && line > 0 ? [t('transfer.atLine', { line })] : []),
          ...(refusal?.field ? [t('transfer.atField', { field: refusal.field })] : []),
        ].join(' ')}
      </Note>
      {failure !== undefined && <Note kind="failed" title={errorText(failure)} />}
      {(refusal?.code === 'wrong_state' || refusal?.code === 'store_failed' || refusal?.code === 'disk_full') && (
        <div>
          <BusyButton variant="primary" busy={busy} onClick={() => void again()}>
            {t('transfer.checkAgain')}
          </BusyButton>
        </div>
      )}
    </>
  )
}

/** What would happen, and the button that makes it happen: all of it, or nothing. */
function Verdict({
  job,
  progress,
  reason,
}: {
  readonly job: FileJob
  readonly progress: Progress
  readonly reason: string | undefined
}) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const stale = refusalOf(failure)?.params.state === 'stale'
  const [make, change, refused, issued] = [
    sum(progress, 'make'),
    sum(progress, 'change'),
    sum(progress, 'refuse'),
    sum(progress, 'issued'),
  ]
  const count = make + change

  async function run(step: 'commit' | 'plan'): Promise<void> {
    setBusy(true)
    setFailure(undefined)
    try {
      await ask.transfer[step].mutate({ id: job.id })
      refetchProgress(job.id)
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }

  const refusal = refusalOf(failure)
  return (
    <>
      {progress.state === 'refused' ? (
        <Note kind="failed" title={t('transfer.refusedTitle', { count: refused })}>
          {t('transfer.refusedText')}
        </Note>
      ) : (
        <p className="lk-verdict" role="status">
          <Rich text={count === 0 ? t('transfer.nothingToDo') : t('transfer.wouldDo', { make, change })} />{' '}
          {issued > 0 && t('transfer.wouldIssue', { count: issued })}
        </p>
      )}
      {progress.accessTokens > 0 && (
        <p className="lk-subtle">{t('transfer.tokensStay', { count: progress.accessTokens })}</p>
      )}
      {failure !== undefined && (
        <Note kind="failed" title={refusal ? transferRefusal(refusal, t) : errorText(failure)} />
      )}
      {progress.state === 'ready' && count > 0 && (
        <div className="lk-row">
          {stale ? (
            <BusyButton variant="primary" busy={busy} onClick={() => void run('plan')}>
              {t('transfer.checkAgain')}
            </BusyButton>
          ) : reason !== undefined ? (
            <ActionButton variant="primary" reason={reason}>
              {t('transfer.commit', { count })}
            </ActionButton>
          ) : (
            <BusyButton variant="primary" busy={busy} onClick={() => void run('commit')}>
              {t('transfer.commit', { count })}
            </BusyButton>
          )}
          <span className="lk-subtle">{t('transfer.allOrNothing')}</span>
        </div>
      )}
    </>
  )
}

const mappingPage = 500

/** Which object of the file became which of ours, as a table. */
async function saveMapping(job: FileJob): Promise<void> {
  const lines = [['kind', 'line', 'name', 'field', 'from', 'to']]
  for (let skip = 0; ; skip += mappingPage) {
    const { rows } = await ask.transfer.report.query({ id: job.id, skip, limit: mappingPage })
    for (const { kind, line, name, sourceId, objectId, mapped = [] } of rows) {
      lines.push([kind, String(line), name, 'id', sourceId, objectId])
      for (const { field, from, to } of mapped) lines.push([kind, String(line), name, field, from, to])
    }
    if (rows.length < mappingPage) break
  }
  const text = lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
  download(`${job.name.replace(/\.[^.]*$/, '')}-ids.csv`, text, 'text/csv')
}

function Done({ job, progress }: { readonly job: FileJob; readonly progress: Progress }) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const issued = sum(progress, 'issued')
  return (
    <>
      <p className="lk-verdict" role="status">
        <State kind="ok">
          <Rich text={t('transfer.done', { make: sum(progress, 'make'), change: sum(progress, 'change') })} />
        </State>
      </p>
      <ul className="lk-plain-list">
        {transferKinds
          .filter((kind) => progress.counts[kind].make + progress.counts[kind].change > 0)
          .map((kind) => (
            <li key={kind}>
              {t('transfer.doneKind', {
                kind: t(`transfer.kinds.${kind}`),
                make: figure(progress.counts[kind].make),
                change: figure(progress.counts[kind].change),
              })}
            </li>
          ))}
      </ul>
      {issued > 0 && <p>{t('transfer.issued', { count: issued })}</p>}
      <div className="lk-row">
        <Button
          variant="tertiary"
          icon={<RhUiExportIcon />}
          onClick={() => saveMapping(job).catch((error: unknown) => notify('failed', errorText(error)))}
        >
          {t('transfer.mapping')}
        </Button>
        <span className="lk-subtle">{t('transfer.mappingText')}</span>
      </div>
    </>
  )
}
