/** How tokens are named and judged on screen. */
import { useTranslation } from 'react-i18next'
import type { AccessTokenRow } from '../../app/rows.ts'
import { PendingBadge, State, Tag } from '../../components/small.tsx'
import { useNow } from '../../components/use-now.ts'
import { dayMonth, exactUtc, relativeTime } from '../../i18n/formats.ts'

export function ScopeTags({ scopes }: { readonly scopes: AccessTokenRow['scopes'] }) {
  const { t } = useTranslation()
  return (
    <span className="lk-cell" style={{ gap: 4 }}>
      {scopes.map((scope) => (
        <Tag key={scope}>{t(`common.scope.${scope}`)}</Tag>
      ))}
    </span>
  )
}

/** "in 21 days", "Never expires", "Expired 12 Oct": with the icon of how it stands. */
export function Expiry({ token }: { readonly token: Pick<AccessTokenRow, 'expiresAt' | 'standing'> }) {
  const { t } = useTranslation()
  const now = useNow()
  if (token.expiresAt === 0) return <State kind="warn">{t('tokens.neverExpires')}</State>
  const time = (text: string) => (
    <time dateTime={new Date(token.expiresAt).toISOString()} title={exactUtc(token.expiresAt)}>
      {text}
    </time>
  )
  if (token.expiresAt <= now) {
    return <State kind="over">{time(t('tokens.expiredOn', { date: dayMonth(token.expiresAt, now) }))}</State>
  }
  return <State kind={token.standing === 'expiring' ? 'warn' : 'ok'}>{time(relativeTime(token.expiresAt, now))}</State>
}

/** The name, and that a rotation has made a successor. */
export function RotatedBadge({ token }: { readonly token: Pick<AccessTokenRow, 'rotatedTo' | 'standing'> }) {
  const { t } = useTranslation()
  if (token.rotatedTo === undefined || token.standing === 'expired') return null
  return <PendingBadge>{t('tokens.rotated')}</PendingBadge>
}

export function hint({ hintHead, hintTail }: Pick<AccessTokenRow, 'hintHead' | 'hintTail'>): string {
  return `${hintHead}…${hintTail}`
}
