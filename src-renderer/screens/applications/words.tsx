/** How applications and their credentials are named and judged on screen. */
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApplicationState } from '../../../shared/domain/application-schema.ts'
import { Mono, State } from '../../components/small.tsx'
import { useNow } from '../../components/use-now.ts'
import { exactUtc, relativeTime, shortDate } from '../../i18n/formats.ts'
import type { ApplicationKey, ApplicationRow } from './rows.ts'

const kinds = { live: 'ok', pending: 'waiting', suspended: 'paused' } as const

export function ApplicationStateWord({ state }: { readonly state: ApplicationState }) {
  const { t } = useTranslation()
  return <State kind={kinds[state]}>{t(`applications.states.${state}`)}</State>
}

/** A long client id keeps its beginning and its end. */
export function shortId(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 5)}…${id.slice(-5)}`
}

/** What an application authenticates with: "2 of 5", "Keyless", or the end of its API key. */
export function CredentialWord({ row }: { readonly row: ApplicationRow }) {
  const { t } = useTranslation()
  if (row.pattern === 'api_key') {
    return row.userKeyTail === '' ? (
      <span className="lk-subtle">{t('applications.oneKey')}</span>
    ) : (
      <Mono subtle>{`••••${row.userKeyTail}`}</Mono>
    )
  }
  if (row.pattern === 'oauth') return <span className="lk-subtle">{t('applications.secret')}</span>
  if (row.keyless) return <State kind="warn">{t('applications.keyless')}</State>
  return (
    <span>
      {t('applications.keysOf', { count: row.keys, limit: row.keyLimit })}
      {row.keys >= row.keyLimit && <span className="lk-subtle"> {t('applications.full')}</span>}
    </span>
  )
}

/** "Never", "in 6 days", "Expired 12 Oct". A key without an end is the normal case, so it carries no warning. */
export function KeyExpiry({ item }: { readonly item: Pick<ApplicationKey, 'expiresAt' | 'standing'> }) {
  const { t } = useTranslation()
  const now = useNow()
  if (item.expiresAt === 0) return <span className="lk-subtle">{t('common.never')}</span>
  const time = (text: string) => (
    <time dateTime={new Date(item.expiresAt).toISOString()} title={exactUtc(item.expiresAt)}>
      {text}
    </time>
  )
  if (item.expiresAt <= now) {
    return <State kind="over">{time(t('applications.expiredOn', { date: shortDate(item.expiresAt) }))}</State>
  }
  return <State kind={item.standing === 'expiring' ? 'warn' : 'ok'}>{time(relativeTime(item.expiresAt, now))}</State>
}

/** A key by its label, else by its end. */
export function useKeyName(): (key: Pick<ApplicationKey, 'label' | 'hintTail'>) => string {
  const { t } = useTranslation()
  return useCallback(
    ({ label, hintTail }) => (label !== '' ? label : hintTail === '' ? t('applications.unnamedKey') : `…${hintTail}`),
    [t],
  )
}

const recentMs = 7 * 86_400_000

/** True where something was used in the last 7 days: to take it away, its name is typed. */
export function usedLately(lastUsedAt: number): boolean {
  return lastUsedAt !== 0 && Date.now() - lastUsedAt < recentMs
}
