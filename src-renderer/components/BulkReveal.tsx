/**
 * Many one-time secrets in one dialog, by the rules of the single one: masked, saved before it closes, Esc and × ask
 * first, the secrets live in this component's state and go with it. They can be downloaded as CSV.
 */
import { Button } from '@patternfly/react-core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { csvOf } from '../../shared/domain/csv.ts'
import type { RevealTicket } from '../../shared/protocol/console.ts'
import { ask } from '../app/ask.ts'
import { useRefusalText } from '../app/refusal.ts'
import { figure } from '../i18n/formats.ts'
import { openDialog } from '../state/dialogs.tsx'
import { ClearingChoice, ClearsIn, useClearing } from './ClipboardClearing.tsx'
import { CopyButton } from './CopyButton.tsx'
import { Dialog } from './Dialog.tsx'
import { download } from './download.ts'
import { RhUiExportIcon, RhUiKeyIcon, RhUiViewIcon, RhUiViewOffIcon } from './icons.ts'
import { masked } from './reveal-commands.ts'
import { Mono, Note } from './small.tsx'

interface Subject {
  readonly to: string
  readonly from: string
  readonly appId: string
}

interface Line {
  readonly ticket: RevealTicket
  /** Undefined: it could not be taken. */
  readonly secret: string | undefined
}

/** Asked for at the same time. */
const atOnce = 24
const shownLines = 200

async function takeAll(tickets: readonly RevealTicket[], onTaken: (count: number) => void): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (let from = 0; from < tickets.length; from += atOnce) {
    const some = await Promise.all(
      tickets.slice(from, from + atOnce).map(async (ticket): Promise<Line> => {
        try {
          return { ticket, secret: (await ask.secret.take.mutate({ ticket: ticket.ticket })).secret }
        } catch {
          return { ticket, secret: undefined }
        }
      }),
    )
    lines.push(...some)
    onTaken(lines.length)
  }
  return lines
}

/** Shows the new credentials of a migration. `subject`: the new service's name. */
export function revealMany(tickets: readonly RevealTicket[], subject: string, applications: readonly Subject[]): void {
  openDialog((close) => <BulkReveal tickets={tickets} subject={subject} applications={applications} onDone={close} />)
}

function BulkReveal({
  tickets,
  subject,
  applications,
  onDone,
}: {
  readonly tickets: readonly RevealTicket[]
  readonly subject: string
  readonly applications: readonly Subject[]
  readonly onDone: () => void
}) {
  const { t } = useTranslation()
  useRefusalText()
  const [lines, setLines] = useState<readonly Line[]>()
  const [taken, setTaken] = useState(0)
  const [shown, setShown] = useState(false)
  const [saved, setSaved] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const clearing = useClearing()
  const begun = useRef(false)
  const kind = tickets[0]?.kind ?? 'userKey'

  useEffect(() => {
    if (begun.current) return
    begun.current = true
    void takeAll(tickets, setTaken).then(setLines)
  }, [tickets])

  const lost = lines?.filter(({ secret }) => secret === undefined).length ?? 0

  function csv(): string {
    const byNew = new Map(applications.map((each) => [each.to, each]))
    return csvOf(
      ['application', 'old_application_id', 'new_application_id', 'new_app_id', 'kind', 'secret'],
      (lines ?? []).map(({ ticket, secret }) => {
        const about = byNew.get(ticket.objectId)
        return [ticket.objectName, about?.from ?? '', ticket.objectId, about?.appId ?? '', ticket.kind, secret ?? '']
      }),
    )
  }

  if (leaving) {
    return (
      <Dialog
        title={t('reveal.leaveTitle')}
        subject={subject}
        icon={RhUiKeyIcon}
        width={640}
        onClose={() => setLeaving(false)}
        buttons={
          <>
            <Button variant="primary" onClick={() => setLeaving(false)}>
              {t('reveal.goBack')}
            </Button>
            <Button variant="secondary" isDanger onClick={onDone}>
              {t('reveal.closeAnyway')}
            </Button>
          </>
        }
      >
        <p>{t('integration.leaveSecrets')}</p>
      </Dialog>
    )
  }
  return (
    <Dialog
      title={t('integration.newCredentials')}
      subject={`${subject} · ${t(`reveal.kind.${kind}`)} · ${figure(tickets.length)}`}
      icon={RhUiKeyIcon}
      width={680}
      onClose={() => (saved ? onDone() : setLeaving(true))}
      note={saved ? '' : t('integration.saveFirst')}
      buttons={
        <Button variant="primary" isDisabled={!saved} onClick={onDone}>
          {t('integration.savedThem')}
        </Button>
      }
    >
      {lines === undefined ? (
        <p role="status">{t('integration.taking', { count: figure(taken), all: figure(tickets.length) })}</p>
      ) : (
        <>
          <div className="lk-row lk-wrap">
            <Button
              variant="primary"
              icon={<RhUiExportIcon />}
              onClick={() => {
                download(`${subject}-credentials.csv`, csv(), 'text/csv')
                setSaved(true)
              }}
            >
              {t('integration.downloadCredentials')}
            </Button>
            <CopyButton
              label={t('integration.copyCredentials')}
              variant="tertiary"
              text={async () => csv()}
              onCopied={(text) => {
                setSaved(true)
                clearing.copied(text)
              }}
            />
            <Button
              variant="plain"
              icon={shown ? <RhUiViewOffIcon /> : <RhUiViewIcon />}
              onClick={() => {
                setShown(!shown)
                setSaved(true)
              }}
            >
              {t(shown ? 'integration.hideThem' : 'integration.revealThem')}
            </Button>
          </div>
          {lost > 0 && <Note kind="failed" title={t('integration.someLost', { count: lost })} />}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className="lk-impact" aria-label={t('integration.newCredentials')} tabIndex={0}>
            <table className="lk-simple">
              <thead>
                <tr>
                  <th scope="col">{t('integration.application')}</th>
                  <th scope="col">{t(`reveal.kind.${kind}`)}</th>
                </tr>
              </thead>
              <tbody>
                {lines.slice(0, shownLines).map(({ ticket, secret }) => (
                  <tr key={ticket.ticket}>
                    <th scope="row">{ticket.objectName}</th>
                    <td>
                      <Mono subtle={!shown}>
                        {secret === undefined ? '—' : shown ? secret : masked(secret).slice(0, 24)}
                      </Mono>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {lines.length > shownLines && (
              <p className="lk-subtle lk-more">
                {t('integration.andMore', { count: figure(lines.length - shownLines) })}
              </p>
            )}
          </section>
          <p className="lk-under">
            <span>{t('integration.credentialsNote')}</span>
            <ClearsIn at={clearing.at} />
          </p>
          <ClearingChoice clearing={clearing} label={t('reveal.clearClipboardMany')} />
        </>
      )}
    </Dialog>
  )
}
