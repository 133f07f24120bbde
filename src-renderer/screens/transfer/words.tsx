/** Why a file or a row is not taken, and how far a job is, in words. */
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Refusal } from '../../../shared/domain/outcome.ts'
import { type TransferReason, transferReasons } from '../../../shared/domain/transfer-refusal.ts'
import { refusalText } from '../../app/refusal.ts'
import { figure } from '../../i18n/formats.ts'
import type { Progress } from './use-progress.ts'

function isReason(value: unknown): value is TransferReason {
  return (transferReasons as readonly unknown[]).includes(value)
}

/** The sentence of a refusal: what a file lacks is said more closely than a form would. */
export function transferRefusal(refusal: Refusal, t: TFunction): string {
  const { code, params, field } = refusal
  const { reason } = params
  if (code === 'invalid' && isReason(reason)) {
    return t(`transfer.reasons.${reason}`, { line: 0, value: '', column: '', supported: '', ...params })
  }
  if (code === 'taken' && typeof params.row === 'number') return t('transfer.reasons.sameRow', { row: params.row + 1 })
  if (code === 'taken' && params.value === undefined) return t('transfer.reasons.taken')
  if (code === 'not_found') return t('transfer.reasons.notFound')
  if (code === 'too_long' && field === 'file') return t('transfer.reasons.tooLarge')
  if (code === 'wrong_state' && params.state === 'stale') return t('transfer.reasons.stale')
  return refusalText(refusal)
}

/** A whole number of bytes as people read it: 12 KB, 3.4 MB. */
export function size(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${figure(value < 10 && unit > 0 ? Math.round(value * 10) / 10 : Math.round(value))} ${units[unit]}`
}

/** A bar with words: what is being done, and how far. */
export function ProgressBar({
  words,
  done,
  total,
}: {
  readonly words: string
  readonly done: number
  readonly total: number
}) {
  return (
    <div className="lk-progress">
      <div className="lk-row">
        <span role="status">{words}</span>
        <span className="lk-space" />
        <span className="lk-subtle lk-num">
          {total > 0 ? `${Math.min(100, Math.floor((done / total) * 100))} %` : ''}
        </span>
      </div>
      <progress aria-label={words} max={Math.max(1, total)} {...(total > 0 && { value: done })} />
    </div>
  )
}

export function usePhase(progress: Progress | undefined): string {
  const { t } = useTranslation()
  return t(`transfer.phase.${progress?.phase ?? 'none'}`)
}
