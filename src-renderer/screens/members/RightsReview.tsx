import { useTranslation } from 'react-i18next'
import { type Section, sections } from '../../../shared/domain/member.ts'
import { RhUiUserCheckIcon } from '../../components/icons.ts'
import { Rich } from '../../components/small.tsx'
import { joined } from '../../i18n/formats.ts'
import { accessOf, type Rights, sectionsPerService } from './rights.ts'
import type { Services } from './use-services.ts'

const mostNamed = 4

/** In plain words what the person can then do, before it is saved; what matters is bold. */
export function useRightsSentence(name: string, rights: Rights, tokens: number, services: Services): string {
  const { t } = useTranslation()
  // The sign that makes text bold is no part of a name.
  const plain = (text: string) => text.replaceAll(/[*`]/g, '')
  const who = plain(name.trim().split(/\s+/)[0] ?? '') || t('members.review.somebody')
  const follow = tokens === 0 ? [] : [`**${t('members.review.tokens', { name: who, count: tokens })}**`]
  if (rights.role === 'admin') return [t('members.review.admin', { name: who }), ...follow].join(' ')

  const access = accessOf(rights)
  const named = access === 'all' ? [] : access.flatMap((id) => services.names.get(id) ?? [])
  const where =
    access === 'all'
      ? `**${t('members.review.allServices')}**`
      : named.length === access.length && named.length <= mostNamed
        ? joined(named.map((service) => `**${plain(service)}**`))
        : `**${t('members.access.count', { count: access.length })}**`
  const none = access !== 'all' && access.length === 0
  let again = false
  const can = rights.sections.flatMap((section) => {
    if (!sectionsPerService.includes(section)) return [t(`members.review.can.${section}`)]
    if (none) return section === 'partners' ? [t('members.review.can.accountsOnly')] : []
    const clause = t(`members.review.can.${section}`, { services: where, again: again ? 'yes' : 'no' })
    again = true
    return [clause]
  })
  const lacks = sections.filter((section) => !rights.sections.includes(section))
  const words = (list: readonly Section[]) =>
    joined(
      list.map((section) => t(`members.review.word.${section}`)),
      undefined,
      'disjunction',
    )
  return [
    can.length === 0
      ? t('members.review.nothing', { name: who })
      : t('members.review.sentence', { name: who, can: joined(can) }),
    ...(can.length > 0 && lacks.length > 0 ? [t('members.review.not', { sections: words(lacks) })] : []),
    ...follow,
  ].join(' ')
}

export function RightsReview(props: {
  readonly name: string
  readonly rights: Rights
  readonly tokens: number
  readonly services: Services
}) {
  const { t } = useTranslation()
  const sentence = useRightsSentence(props.name, props.rights, props.tokens, props.services)
  return (
    <section className="lk-rights-review" aria-label={t('members.review.title')} aria-live="polite">
      <RhUiUserCheckIcon />
      <p>
        <Rich text={sentence} />
      </p>
    </section>
  )
}
