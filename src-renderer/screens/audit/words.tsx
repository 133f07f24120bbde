/** Events in the reader's language: the trail keeps codes and parameters, never sentences. */
import { useTranslation } from 'react-i18next'
import type { AuditRow } from '../../app/rows.ts'
import { Mono, Rich } from '../../components/small.tsx'
import { dateTime, figure } from '../../i18n/formats.ts'
import { fieldWords, lastPart, valueKey } from './field-words.ts'

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

/** The name of a field in the reader's language; one that has no word is shown as the trail has it. */
export function useFieldText(): (field: string) => string {
  const { t, i18n } = useTranslation()
  return (field) => {
    const { key, owner, metric, period } = fieldWords(field)
    if (owner !== undefined && metric !== undefined && period !== undefined) {
      const known = i18n.exists(`plans.period.${period}`) ? t(`plans.period.${period}`) : period
      return t('audit.limitOf', { plan: owner, metric: metric || t('audit.nothing'), period: known })
    }
    if (!i18n.exists(`audit.field.${key}`)) return field
    const part = t(`audit.field.${key}`)
    return owner === undefined ? part : t('audit.partOf', { owner, part })
  }
}

type ChangeValue = AuditRow['changes'][number]['before']

/** A value before or after a change, as text in the reader's language. */
export function useChangeText(): (field: string, value: ChangeValue) => string {
  const { t, i18n } = useTranslation()
  const word = (field: string, value: string) => {
    const key = valueKey(field, value)
    return key !== undefined && i18n.exists(key) ? t(key) : value
  }
  return (field, value) => {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return t('audit.nothing')
    if (typeof value === 'boolean') return t(value ? 'audit.on' : 'audit.off')
    if (typeof value === 'number') {
      if (!/At$/.test(field)) return figure(value)
      return value === 0 ? t('common.never') : dateTime(value)
    }
    // Services stand here by their ids, which say nothing to a reader, and some may be gone.
    if (Array.isArray(value) && lastPart(field) === 'serviceAccess') {
      return t('audit.services', { count: value.length })
    }
    if (Array.isArray(value)) return value.map((item) => word(field, item)).join(', ')
    return word(field, value)
  }
}
