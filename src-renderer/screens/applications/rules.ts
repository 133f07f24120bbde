/** The engine's own rules for lists, with the words for what breaks them. */
import { useTranslation } from 'react-i18next'
import { maxFilters } from '../../../shared/domain/application-schema.ts'
import { isRedirectUrl } from '../../../shared/domain/credential.ts'
import { normalizeIpRange, normalizeReferrer } from '../../../shared/domain/filter.ts'
import type { ListRule } from './ListEditor.tsx'

export function useListRules(): Readonly<Record<'ipRanges' | 'referrers' | 'redirectUrls', ListRule>> {
  const { t } = useTranslation()
  return {
    ipRanges: { normalize: normalizeIpRange, wrong: t('applications.noRange'), max: maxFilters },
    referrers: { normalize: normalizeReferrer, wrong: t('applications.noDomain'), max: maxFilters },
    redirectUrls: {
      normalize: (text) => (isRedirectUrl(text.trim()) ? text.trim() : undefined),
      wrong: t('applications.noRedirectUrl'),
      max: 25,
    },
  }
}
