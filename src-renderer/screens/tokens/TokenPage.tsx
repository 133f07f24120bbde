import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { trpc } from '../../app/ask.ts'
import type { AccessTokenRow } from '../../app/rows.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ObjectGate } from '../../components/ObjectGate.tsx'
import { type Crumb, PageHeader } from '../../components/PageHeader.tsx'
import { Mono, RelativeTime, ShortDate } from '../../components/small.tsx'
import { usePageActions } from '../../components/use-page-actions.ts'
import { useTokenActions } from './use-token-actions.tsx'
import { Expiry, hint, RotatedBadge, ScopeTags } from './words.tsx'

export function TokenPage() {
  const { t } = useTranslation()
  const { id = '' } = useParams({ strict: false })
  const answer = useQuery(trpc.accessToken.get.queryOptions({ id }))
  const crumbs = [{ title: t('tokens.title'), to: '/tokens' }]
  return (
    <ObjectGate answer={answer} crumbs={crumbs}>
      {(token) => <Page key={token.id} token={token} crumbs={crumbs} />}
    </ObjectGate>
  )
}

function Page({ token, crumbs }: { readonly token: AccessTokenRow; readonly crumbs: readonly Crumb[] }) {
  const { t } = useTranslation()
  const actionsOf = useTokenActions()
  const actions = useMemo(() => actionsOf(token), [actionsOf, token])
  usePageActions(token.name, actions)
  return (
    <div className="lk-page">
      <PageHeader
        title={token.name}
        crumbs={crumbs}
        facts={
          <>
            <Expiry token={token} />
            <RotatedBadge token={token} />
          </>
        }
        actions={actions.map((action) => {
          const Icon = action.icon
          return (
            <ActionButton
              key={action.id}
              variant={action.danger ? 'secondary' : 'tertiary'}
              isDanger={action.danger === true}
              {...(Icon && { icon: <Icon /> })}
              reason={action.reason}
              onClick={action.run}
            >
              {t(action.titleKey)}
            </ActionButton>
          )
        })}
      />
      <div className="lk-body">
        <section className="lk-panel lk-readable" aria-label={t('tokens.facts')}>
          <dl className="lk-facts lk-panel-body">
            <dt>{t('tokens.token')}</dt>
            <dd>
              <Mono>{`lk_at_${hint(token)}`}</Mono>
            </dd>
            <dt>{t('tokens.owner')}</dt>
            <dd>{token.ownerName}</dd>
            <dt>{t('tokens.scopes')}</dt>
            <dd>
              <ScopeTags scopes={token.scopes} />
            </dd>
            <dt>{t('tokens.permission')}</dt>
            <dd>{t(`common.permission.${token.permission}`)}</dd>
            <dt>{t('tokens.lastUsed')}</dt>
            <dd>
              <RelativeTime at={token.lastUsedAt} />
            </dd>
            <dt>{t('tokens.created')}</dt>
            <dd>
              <ShortDate at={token.createdAt} />
            </dd>
            {token.rotatedTo !== undefined && (
              <>
                <dt>{t('tokens.successor')}</dt>
                <dd>
                  <Link className="lk-link" to={`/tokens/${token.rotatedTo}`}>
                    {t('tokens.openSuccessor')}
                  </Link>
                </dd>
              </>
            )}
          </dl>
        </section>
      </div>
    </div>
  )
}
