import { useTranslation } from 'react-i18next'
import type { Scope, TokenPermission } from '../../../shared/domain/access-token-schema.ts'
import type { Answers } from '../../app/ask.ts'
import { RhUiDesktopIcon, RhUiLockIcon, RhUiUserCheckIcon, RhUiViewOffIcon } from '../../components/icons.ts'
import { Rich, Tag } from '../../components/small.tsx'
import { joined, shortDate } from '../../i18n/formats.ts'

const shownServices = 8

/** In plain words, before the button: what the token will be able to do. */
export function TokenReview({
  grant,
  scopes,
  permission,
  end,
}: {
  readonly grant: Answers['accessToken']['grant']
  readonly scopes: readonly Scope[]
  readonly permission: TokenPermission
  /** When it ends: 0 never, undefined while no day is chosen. */
  readonly end: number | undefined
}) {
  const { t } = useTranslation()
  const services = grant.services === 'all' ? -1 : grant.services.length
  const what = joined(scopes.map((scope) => t(`tokens.whatPart.${scope}`, { services })))
  const until =
    end === 0 ? t('tokens.untilNever') : t('tokens.untilDate', { date: end === undefined ? '…' : shortDate(end) })
  const perService = scopes.some((scope) => scope !== 'finance')
  return (
    <aside className="lk-review" aria-label={t('tokens.review')}>
      <div>
        <h2>{t('tokens.review')}</h2>
        <p className="lk-sentence" aria-live="polite">
          <Rich
            text={
              scopes.length === 0
                ? t('tokens.reviewNothing')
                : t('tokens.reviewText', { verb: t(`tokens.verb.${permission}`), what, until })
            }
          />
        </p>
        {perService && grant.services !== 'all' && grant.services.length > 0 && (
          <p className="lk-tags">
            {grant.services.slice(0, shownServices).map((service) => (
              <Tag key={service.id}>{service.name}</Tag>
            ))}
            {grant.services.length > shownServices && (
              <span>{t('tokens.moreServices', { count: grant.services.length - shownServices })}</span>
            )}
          </p>
        )}
        <ul>
          <li>
            <RhUiUserCheckIcon />
            {t('tokens.reviewFollows')}
          </li>
          <li>
            <RhUiViewOffIcon />
            {t('tokens.reviewOnce')}
          </li>
          <li>
            <RhUiLockIcon />
            {t('tokens.reviewNarrow')}
          </li>
        </ul>
      </div>
      <div className="lk-review-foot">
        <RhUiDesktopIcon />
        <span>
          {t('tokens.localTitle')}
          <span className="lk-subtle lk-block">{t('tokens.localText')}</span>
        </span>
      </div>
    </aside>
  )
}
