import { Button } from '@patternfly/react-core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { trpc, useStatus } from '../../app/ask.ts'
import { useMay } from '../../app/person.ts'
import { RhUiCheckCircleFillIcon, RhUiHistoryIcon, RhUiKeyIcon } from '../../components/icons.ts'
import { ListFailed } from '../../components/ListEmpty.tsx'
import { Waiting } from '../../components/ObjectGate.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { RelativeTime, State, type StateKind } from '../../components/small.tsx'
import { figure } from '../../i18n/formats.ts'
import { EventSentence } from '../audit/words.tsx'
import { Expiry } from '../tokens/words.tsx'
import { figures } from './figures.ts'
import { NextSteps } from './NextSteps.tsx'

const tokenCards = [
  ['active', 'ok'],
  ['expiring', 'warn'],
  ['expired', 'over'],
  ['neverUsed', 'waiting'],
] as const satisfies readonly (readonly [string, StateKind])[]

export function OverviewPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay()
  const status = useStatus()
  const answer = useQuery(trpc.overview.queryOptions({}))
  const { data } = answer
  const name = status?.open?.name ?? ''
  return (
    <div className="lk-page">
      <PageHeader title={t('overview.title')} sentence={t('overview.sentence', { name })} />
      {!data ? (
        answer.error ? (
          <ListFailed error={answer.error} onRetry={() => void answer.refetch()} />
        ) : (
          <Waiting />
        )
      ) : (
        <div className="lk-body">
          <ul className="lk-cards lk-figures" aria-label={t('overview.figures')}>
            {figures
              .filter(({ needs }) => may(needs))
              .map(({ id, to, icon: Icon }) => (
                <li key={id}>
                  <Link className="lk-card" to={to}>
                    <span className="lk-row">
                      <Icon />
                      {t(`overview.${id}`)}
                    </span>
                    <span className="lk-card-figure">{figure(data[id])}</span>
                  </Link>
                </li>
              ))}
          </ul>
          <NextSteps overview={data} />
          <div className="lk-columns lk-even">
            <section className="lk-panel" aria-label={t('overview.yourTokens')}>
              <div className="lk-toolbar">
                <h2>{t('overview.yourTokens')}</h2>
                <span className="lk-space" />
                <Button variant="link" size="sm" onClick={() => void navigate({ to: '/tokens' })}>
                  {t('overview.openTokens')}
                </Button>
              </div>
              <ul className="lk-lines lk-tokens">
                {tokenCards.map(([id, kind]) => (
                  <li key={id}>
                    <Link to="/tokens" search={{ filter: id }} className="lk-plainlink">
                      <State kind={kind}>{t(`tokens.cards.${id}`)}</State>
                      <span className="lk-small lk-subtle lk-space">{t(`tokens.meaning.${id}`)}</span>
                      <span className="lk-num lk-strong">{figure(data.tokens[id])}</span>
                    </Link>
                  </li>
                ))}
              </ul>
              <div className="lk-toolbar lk-sub">
                <h2>{t('overview.expiring')}</h2>
              </div>
              {data.expiring.length === 0 ? (
                <p className="lk-empty">
                  <RhUiCheckCircleFillIcon />
                  {t('overview.nothingExpires')}
                </p>
              ) : (
                <ul className="lk-lines">
                  {data.expiring.map((token) => (
                    <li key={token.id}>
                      <Link className="lk-name lk-link lk-ellipsis" to={`/tokens/${token.id}`}>
                        {token.name}
                      </Link>
                      <span className="lk-space" />
                      <Expiry token={token} />
                    </li>
                  ))}
                </ul>
              )}
            </section>
            {may('audit.view') && (
              <section className="lk-panel" aria-label={t('overview.recent')}>
                <div className="lk-toolbar">
                  <h2>{t('overview.recent')}</h2>
                  <span className="lk-space" />
                  <Button variant="link" size="sm" onClick={() => void navigate({ to: '/audit' })}>
                    {t('overview.openAudit')}
                  </Button>
                </div>
                {data.recent.length === 0 ? (
                  <p className="lk-empty">
                    <RhUiHistoryIcon />
                    {t('audit.empty')}
                  </p>
                ) : (
                  <ul className="lk-lines lk-events">
                    {data.recent.map((event) => (
                      <li key={event.id}>
                        {event.objectCollection === 'accessToken' ? <RhUiKeyIcon /> : <RhUiHistoryIcon />}
                        <div>
                          <p className="lk-ellipsis">
                            <EventSentence event={event} />
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
            )}
          </div>
        </div>
      )}
    </div>
  )
}
