/** Events in the reader's language: the trail keeps codes and parameters, never sentences. */
import { useTranslation } from 'react-i18next'
import type { AuditRow } from '../../app/rows.ts'
import { Mono, Rich } from '../../components/small.tsx'
import { shortDate } from '../../i18n/formats.ts'

/** The nouns that have events, as codes begin. */
export const auditNouns = [
  'accessToken',
  'serviceToken',
  'service',
  'application',
  'account',
  'member',
  'workspace',
] as const

/** "Access token **CI pipeline** created"; a code without a sentence is shown as it is. */
export function EventSentence({ event }: { readonly event: Pick<AuditRow, 'code' | 'objectName'> }) {
  const { t, i18n } = useTranslation()
  const key = `audit.code.${event.code}`
  if (!i18n.exists(key)) {
    return (
      <>
        <Mono>{event.code}</Mono> <strong>{event.objectName}</strong>
      </>
    )
  }
  // A name may hold what marks emphasis: it must not close it.
  return <Rich text={t(key, { name: event.objectName.replaceAll('*', '∗').replaceAll('`', 'ˋ') })} />
}

/** A value before or after a change, as text. */
export function useChangeText(): (field: string, value: AuditRow['changes'][number]['before']) => string {
  const { t } = useTranslation()
  return (field, value) => {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return t('audit.nothing')
    if (typeof value === 'boolean') return t(value ? 'audit.on' : 'audit.off')
    if (typeof value === 'number' && /At$/.test(field)) return value === 0 ? t('common.never') : shortDate(value)
    if (Array.isArray(value)) return value.join(', ')
    return String(value)
  }
}
