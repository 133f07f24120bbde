/** The small words of the console: state, badge, tag, time, id, emphasis. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { exactUtc, relativeTime, shortDate } from '../i18n/formats.ts'
import {
  RhUiCheckCircleFillIcon,
  RhUiClockIcon,
  RhUiErrorFillIcon,
  RhUiLockIcon,
  RhUiMinusCircleIcon,
  RhUiPauseCircleFillIcon,
  RhUiWarningFillIcon,
} from './icons.ts'
import { useNow } from './use-now.ts'

const stateIcons = {
  ok: <RhUiCheckCircleFillIcon className="lk-ok" />,
  warn: <RhUiWarningFillIcon className="lk-warn" />,
  paused: <RhUiPauseCircleFillIcon />,
  waiting: <RhUiClockIcon />,
  over: <RhUiMinusCircleIcon />,
  bad: <RhUiErrorFillIcon className="lk-bad" />,
  locked: <RhUiLockIcon />,
} as const
export type StateKind = keyof typeof stateIcons

/** An icon and a plain word; never a pill. */
export function State({ kind, children }: { readonly kind: StateKind; readonly children: ReactNode }) {
  return (
    <span className="lk-state">
      {stateIcons[kind]}
      <span>{children}</span>
    </span>
  )
}

/** Dashed: not in force yet (Not active yet, Revoking, Suspending, Edit waiting, Waits for sync, Queued). */
export function PendingBadge({ children }: { readonly children: ReactNode }) {
  return (
    <span className="lk-pending">
      <RhUiClockIcon />
      {children}
    </span>
  )
}

export function Tag({ children, mono }: { readonly children: ReactNode; readonly mono?: boolean }) {
  return <span className={mono ? 'lk-tag lk-mono' : 'lk-tag'}>{children}</span>
}

/** Ids, addresses, parameters, codes. */
export function Mono({ children, subtle }: { readonly children: ReactNode; readonly subtle?: boolean }) {
  return <span className={subtle ? 'lk-mono lk-subtle' : 'lk-mono'}>{children}</span>
}

/** "3 hours ago" with the exact UTC in a tooltip; 0 is never. */
export function RelativeTime({ at, never }: { readonly at: number; readonly never?: string }) {
  const { t } = useTranslation()
  const now = useNow()
  if (at === 0) return <span className="lk-subtle">{never ?? t('common.never')}</span>
  return (
    <time dateTime={new Date(at).toISOString()} title={exactUtc(at)}>
      {relativeTime(at, now)}
    </time>
  )
}

/** "22 Nov 2026" with the exact UTC in a tooltip. */
export function ShortDate({ at }: { readonly at: number }) {
  useTranslation()
  return (
    <time dateTime={new Date(at).toISOString()} title={exactUtc(at)}>
      {shortDate(at)}
    </time>
  )
}

/** A message in which `**…**` is bold and `` `…` `` is an id or a code. */
export function Rich({ text }: { readonly text: string }) {
  const parts = text.split(/(\*\*[^*]+\*\*|`[^`]+`)/)
  return parts.map((part, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence keep their order
    if (part.startsWith('**')) return <strong key={index}>{part.slice(2, -2)}</strong>
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    if (part.startsWith('`')) return <Mono key={index}>{part.slice(1, -1)}</Mono>
    return part
  })
}

/** A grey note with an icon: warnings are no coloured boxes. */
export function Note({
  kind = 'warn',
  icon,
  title,
  children,
}: {
  readonly kind?: 'warn' | 'quiet' | 'failed'
  readonly icon?: ReactNode
  readonly title?: ReactNode
  readonly children?: ReactNode
}) {
  return (
    <div className={`lk-note lk-${kind}`} role={kind === 'failed' ? 'alert' : undefined}>
      {icon ?? (kind === 'failed' ? <RhUiErrorFillIcon /> : <RhUiWarningFillIcon />)}
      <div>
        {title && <strong>{title}</strong>}
        {children && <p>{children}</p>}
      </div>
    </div>
  )
}

/** Initials of a name: two of a Latin one, the first syllable of a Korean one. */
export function Avatar({ name }: { readonly name: string }) {
  const words = name.trim().split(/\s+/)
  const first = words[0] ?? ''
  const initials = /\p{Script=Hangul}/u.test(first)
    ? first.slice(0, 1)
    : `${first.slice(0, 1)}${words.length > 1 ? (words.at(-1) ?? '').slice(0, 1) : ''}`.toUpperCase()
  return (
    <span className="lk-avatar" aria-hidden="true">
      {initials}
    </span>
  )
}
