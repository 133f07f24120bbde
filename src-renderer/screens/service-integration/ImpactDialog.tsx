/** What a change of pattern breaks, application by application (A2). It recommends to migrate instead. */
import { Button } from '@patternfly/react-core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Pattern, patterns } from '../../../shared/domain/service-schema.ts'
import { type Answers, ask, trpc } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { refusalOf, useRefusalText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { BusyButton } from '../../components/BusyButton.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Segments } from '../../components/form/Options.tsx'
import { RhUiDuplicateIcon, RhUiLockIcon } from '../../components/icons.ts'
import { ListFailed } from '../../components/ListEmpty.tsx'
import { Waiting } from '../../components/ObjectGate.tsx'
import { Note, Rich, State } from '../../components/small.tsx'
import { figure } from '../../i18n/formats.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { notify } from '../../state/notices.ts'
import { LastUse } from '../service-lifecycle/dialogs.tsx'
import { asksForName, useLastUse } from '../service-lifecycle/last-use.ts'

type Impact = Answers['service']['impact']
type Line = Impact['applications'][number]

/** Lines in the dialog; the rest is counted. */
const shown = 200

export function showImpact(service: ServiceRow, target?: Pattern): void {
  openDialog((close) => <ImpactDialog service={service} first={target} onClose={close} />)
}

function ImpactDialog({
  service,
  first,
  onClose,
}: {
  readonly service: ServiceRow
  readonly first: Pattern | undefined
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const { errorText, refusalText } = useRefusalText()
  const navigate = useNavigate()
  const whyNot = useWhyNot()
  const others = patterns.filter((pattern) => pattern !== service.pattern)
  const [target, setTarget] = useState<Pattern>(first ?? others[0] ?? 'api_key')
  const [understood, setUnderstood] = useState(false)
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const answer = useQuery(trpc.service.impact.queryOptions({ id: service.id, target }))
  const impact = answer.data
  const refused = whyNot('service.edit', service.id) ?? whyNot('application.edit', service.id)
  const creating = whyNot('service.create')
  const lastUse = useLastUse(service)
  const asksName = asksForName(impact?.count ?? 0, lastUse)
  const ready = understood && impact !== undefined && (!asksName || typed.trim() === service.name.trim())

  function choose(pattern: Pattern): void {
    setTarget(pattern)
    setUnderstood(false)
    setTyped('')
    setFailure(undefined)
  }

  async function change(event?: FormEvent): Promise<void> {
    event?.preventDefault()
    if (!ready || busy || refused || !impact) return
    setBusy(true)
    setFailure(undefined)
    try {
      const { count, fingerprint } = impact
      await ask.service.changePattern.mutate({
        id: service.id,
        pattern: target,
        acceptImpact: true,
        expectedImpact: { count, fingerprint },
      })
      onClose()
      notify('done', t('integration.patternChanged', { name: service.name, pattern: t(`services.patterns.${target}`) }))
    } catch (error) {
      setFailure(error)
      setBusy(false)
      // Another impact than the one shown: show the present one, and ask again.
      if (refusalOf(error)?.code === 'pattern_locked') {
        setUnderstood(false)
        void answer.refetch()
      }
    }
  }

  return (
    <Dialog
      title={t('integration.impactTitle')}
      subject={service.name}
      icon={RhUiLockIcon}
      danger
      width={680}
      onClose={onClose}
      buttons={
        <>
          <Button variant="tertiary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <BusyButton
            variant="danger"
            busy={busy}
            isDisabled={!ready || refused !== undefined}
            onClick={() => void change()}
          >
            {t('integration.changeAnyway')}
          </BusyButton>
        </>
      }
    >
      <Segments
        label={t('integration.changeTo')}
        name="target"
        chosen={target}
        options={others.map((value) => ({ value, title: t(`services.patterns.${value}`) }))}
        onChange={choose}
      />
      {impact ? (
        <>
          <ImpactList impact={impact} />
          <LastUse at={lastUse} />
        </>
      ) : answer.error ? (
        <ListFailed error={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        <Waiting />
      )}
      <div className="lk-note lk-quiet lk-recommend">
        <RhUiDuplicateIcon />
        <div>
          <strong>{t('integration.recommend')}</strong>
          <p>{t('integration.recommendText')}</p>
        </div>
        <ActionButton
          variant="tertiary"
          reason={creating ? refusalText(creating) : service.migratedTo ? t('integration.migratedAlready') : undefined}
          onClick={() => {
            onClose()
            void navigate({ to: `/services/${service.id}/migrate` })
          }}
        >
          {t('integration.migrateInstead')}
        </ActionButton>
      </div>
      {impact && impact.count > 0 && (
        <form className="lk-stack lk-close" onSubmit={(event) => void change(event)}>
          <label className="lk-row">
            <span className="lk-tick">
              <input
                type="checkbox"
                checked={understood}
                disabled={refused !== undefined}
                onChange={(event) => setUnderstood(event.target.checked)}
              />
            </span>
            {t('integration.understand', { count: impact.count })}
          </label>
          {asksName && understood && (
            <label className="lk-field">
              <span className="lk-label">{t('common.typeName', { name: service.name })}</span>
              <input
                className="lk-input"
                value={typed}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setTyped(event.target.value)}
              />
            </label>
          )}
        </form>
      )}
      {refused && <Note kind="quiet" icon={<RhUiLockIcon />} title={refusalText(refused)} />}
      {failure !== undefined && (
        <Note
          kind="failed"
          title={refusalOf(failure)?.params.changed === true ? t('integration.impactChanged') : errorText(failure)}
        />
      )}
    </Dialog>
  )
}

function ImpactList({ impact }: { readonly impact: Impact }) {
  const { t } = useTranslation()
  const stop = impact.applications.filter(({ stops, stopsKeyless }) => stops > 0 || stopsKeyless).length
  const regain = impact.applications.filter(({ regains }) => regains).length
  if (impact.count === 0) return <p>{t('integration.breaksNothing')}</p>
  return (
    <>
      <p>
        <Rich text={t('integration.impactSummary', { stop, keyless: impact.becomeKeyless, regain })} />
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="lk-impact" aria-label={t('integration.impactList')} tabIndex={0}>
        <table className="lk-simple">
          <thead>
            <tr>
              <th scope="col">{t('integration.application')}</th>
              <th scope="col">{t('integration.happens')}</th>
            </tr>
          </thead>
          <tbody>
            {impact.applications.slice(0, shown).map((line) => (
              <tr key={line.id}>
                <th scope="row">{line.name}</th>
                <td>
                  <Effects line={line} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {impact.count > shown && (
          <p className="lk-subtle lk-more">{t('integration.andMore', { count: figure(impact.count - shown) })}</p>
        )}
      </section>
    </>
  )
}

function Effects({ line }: { readonly line: Line }) {
  const { t } = useTranslation()
  return (
    <span className="lk-effects">
      {line.stops > 0 && <State kind="bad">{t('integration.stops', { count: line.stops })}</State>}
      {line.stopsKeyless && <State kind="bad">{t('integration.stopsKeyless')}</State>}
      {line.becomesKeyless && <State kind="warn">{t('integration.becomesKeyless')}</State>}
      {line.regains && <State kind="warn">{t('integration.regains')}</State>}
    </span>
  )
}
