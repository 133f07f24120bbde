/** The engine's own rules for lists, with the words for what breaks them. */
import { useTranslation } from 'react-i18next'
import { maxFilters } from '../../../shared/domain/application-schema.ts'
import { isRedirectUrl } from '../../../shared/domain/credential.ts'
import { normalizeIpRange, normalizeReferrer } from '../../../shared/domain/filter.ts'
import type { ListRule } from './ListEditor.tsx'

/** Shown in empty fields; the same in every language (RFC 5737, RFC 2606). */
export const examples = {
  ipRanges: '203.0.113.0/24',
  referrers: '*.example.com',
  redirectUrls: 'https://app.example.com/callback',
  ip: '203.0.113.77',
  referrer: 'https://shop.example.com/cart',
} as const

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
