/** What one click can do about a refusal, where that is natural: allow this address, accept, resume. */
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isRedirectUrl } from '../../../shared/domain/credential.ts'
import { normalizeIpRange, normalizeReferrer, referrerHost } from '../../../shared/domain/filter.ts'
import { ask } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { errorText, refusalText } from '../../app/refusal.ts'
import { notify } from '../../state/notices.ts'
import type { Answered } from './asked.ts'

export interface Mend {
  readonly title: string
  readonly reason?: string | undefined
  /** True where something is added to a list. */
  readonly adds?: boolean
  /** True where it only leads to the place that has to change. */
  readonly leads?: boolean
  readonly run: () => Promise<void>
}

type Lists = { ipRanges: string[] } | { referrers: string[] }

export function useMend(): (answered: Answered) => Mend | undefined {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const whyNot = useWhyNot()

  return ({ test, application, service, circumstances }) => {
    const { code, params } = test
    if (code === 'service_not_active') {
      return {
        title: t('test.mend.service'),
        leads: true,
        run: () => navigate({ to: `/services/${service.id}` }),
      }
    }
    if (!application || code === undefined) return undefined
    const { id } = application
    const refused = whyNot('application.edit', service.id)
    const reason = refused && refusalText(refused)
    const keyId = test.steps.find(({ check }) => check === 'key')?.params.keyId
    const key = params.list === 'key' ? application.keys.find((each) => each.id === keyId) : undefined

    /** Sets lists of the key or of the application; the toast takes it back. */
    const setLists = async (lists: Lists, before: Lists, said: string) => {
      const set = (value: Lists) =>
        key
          ? ask.application.updateKeyFilters.mutate({ id, keyId: key.id, ...value })
          : ask.application.updateFilters.mutate({ id, ...value })
      await set(lists)
      notify('done', said, () => {
        set(before).catch((error: unknown) => notify('failed', errorText(error)))
      })
    }
    const holder = key ?? application
    switch (code) {
      case 'ip_not_allowed': {
        const range = normalizeIpRange(circumstances.ip)
        if (range === undefined || holder.ipRanges.length >= 25) return undefined
        const address = circumstances.ip.trim()
        return {
          title: t('test.mend.allow', { value: address }),
          adds: true,
          reason,
          run: () =>
            setLists(
              { ipRanges: [...holder.ipRanges, range] },
              { ipRanges: [...holder.ipRanges] },
              t('test.mend.allowed', { value: address }),
            ),
        }
      }
      case 'referrer_not_allowed': {
        const host = referrerHost(circumstances.referrer)
        const domain = host === undefined ? undefined : normalizeReferrer(host)
        if (domain === undefined || holder.referrers.length >= 25) return undefined
        return {
          title: t('test.mend.allow', { value: domain }),
          adds: true,
          reason,
          run: () =>
            setLists(
              { referrers: [...holder.referrers, domain] },
              { referrers: [...holder.referrers] },
              t('test.mend.allowed', { value: domain }),
            ),
        }
      }
      case 'redirect_uri_invalid': {
        const uri = circumstances.redirectUri
        if (!isRedirectUrl(uri) || application.redirectUrls.length >= 25) return undefined
        const before = [...application.redirectUrls]
        return {
          title: t('test.mend.redirect'),
          adds: true,
          reason,
          async run() {
            await ask.application.updateRedirectUrls.mutate({ id, redirectUrls: [...before, uri] })
            notify('done', t('test.mend.allowed', { value: uri }), () => {
              ask.application.updateRedirectUrls
                .mutate({ id, redirectUrls: before })
                .catch((error: unknown) => notify('failed', errorText(error)))
            })
          },
        }
      }
      case 'application_not_active':
        if (params.account) {
          return {
            title: t('test.mend.account'),
            leads: true,
            run: () => navigate({ to: `/accounts/${application.accountId}` }),
          }
        }
        return params.state === 'pending'
          ? {
              title: t('applications.accept'),
              reason,
              run: async () => void (await ask.application.accept.mutate({ id })),
            }
          : {
              title: t('applications.resume'),
              reason,
              run: async () => void (await ask.application.resume.mutate({ id })),
            }
      case 'application_key_invalid':
      case 'limits_exceeded':
        return { title: t('test.mend.application'), leads: true, run: () => navigate({ to: `/applications/${id}` }) }
      default:
        return undefined
    }
  }
}
