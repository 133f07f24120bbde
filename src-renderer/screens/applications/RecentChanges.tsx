/** The newest events of one object, for who may see the audit. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { trpc } from '../../app/ask.ts'
import { useMay } from '../../app/person.ts'
import type { AuditRow } from '../../app/rows.ts'
import { RhUiHistoryIcon, RhUiViewIcon } from '../../components/icons.ts'
import { ListFailed } from '../../components/ListEmpty.tsx'
import { Waiting } from '../../components/ObjectGate.tsx'
import { RelativeTime, Rich } from '../../components/small.tsx'
import { EventSentence } from '../audit/words.tsx'

export function RecentChanges({ objectId }: { readonly objectId: string }) {
  const { t } = useTranslation()
  const allowed = useMay()('audit.view')
  const answer = useQuery({ ...trpc.audit.list.queryOptions({ objectId, limit: 6 }), enabled: allowed })
  if (!allowed) return null
  const rows = answer.data?.rows
  return (
    <section className="lk-panel" aria-label={t('applications.recent')}>
      <div className="lk-toolbar lk-bare">
        <h2>{t('applications.recent')}</h2>
        <span className="lk-space" />
        <Link className="lk-link" to="/audit" search={{ object: objectId } as never}>
          {t('applications.openAudit')}
        </Link>
      </div>
      {rows === undefined ? (
        answer.error ? (
          <ListFailed error={answer.error} onRetry={() => void answer.refetch()} />
        ) : (
          <Waiting />
        )
      ) : rows.length === 0 ? (
        <p className="lk-panel-body lk-filter-body lk-subtle">{t('applications.noChanges')}</p>
      ) : (
        <ul className="lk-lines lk-events lk-unruled">
          {rows.map((event) => (
            <li key={event.id}>
              {/(revealed|copied)$/.test(event.code) ? <RhUiViewIcon /> : <RhUiHistoryIcon />}
              <div>
                <p>
                  <OwnSentence event={event} />
                </p>
                <p className="lk-small lk-subtle">
                  {event.actorName || t('audit.system')} {'·'} <RelativeTime at={event.at} />
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** On the object's own page its name says nothing: what is said is which key, which plan, which state. */
function OwnSentence({ event }: { readonly event: AuditRow }) {
  const { t, i18n } = useTranslation()
  const key = `applications.events.${event.code}`
  const change = event.changes.find(({ field }) => field === 'key' || field === 'plan')
  if (!i18n.exists(key)) return <EventSentence event={event} />
  const plain = (value: unknown) =>
    String(value ?? '')
      .replaceAll('*', '∗')
      .replaceAll('`', 'ˋ')
  const [before, after] = [plain(change?.before), plain(change?.after)]
  if (event.code === 'application.updated' && change?.field === 'plan') {
    return <Rich text={t('applications.planChanged', { before, after })} />
  }
  return <Rich text={t(key, { what: after || before || 'none' })} />
}
