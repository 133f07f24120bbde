import { useTranslation } from 'react-i18next'
import { useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { RhUiRefreshIcon } from '../../components/icons.ts'
import { ServiceTokenSecret } from '../../components/ServiceTokenSecret.tsx'
import { Mono, RelativeTime, ShortDate, State } from '../../components/small.tsx'
import { figure } from '../../i18n/formats.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { RotateServiceToken } from './RotateServiceToken.tsx'

export function ServiceOverview({ service }: { readonly service: ServiceRow }) {
  const { t } = useTranslation()
  const whyNot = useWhyNot()
  const { refusalText } = useRefusalText()
  const rotate = whyNot('serviceToken.rotate', service.id)
  const reveal = whyNot('serviceToken.reveal', service.id)
  const ending = service.tokens.some((token) => token.endsAt !== 0)
  const reason = rotate ? refusalText(rotate) : ending ? t('refusal.rotation_under_way') : undefined
  return (
    <div className="lk-body">
      <div className="lk-columns">
        <section className="lk-panel" aria-label={t('services.token')}>
          <div className="lk-toolbar">
            <h2>{t('services.token')}</h2>
            <span className="lk-subtle lk-ellipsis">{t('services.tokenNote')}</span>
            <span className="lk-space" />
            <ActionButton
              variant="tertiary"
              size="sm"
              icon={<RhUiRefreshIcon />}
              reason={reason}
              onClick={() =>
                openDialog((close) => (
                  <RotateServiceToken serviceId={service.id} serviceName={service.name} onClose={close} />
                ))
              }
            >
              {t('services.rotateButton')}
            </ActionButton>
          </div>
          <ul className="lk-lines">
            {service.tokens.map((token) => (
              <li key={token.id}>
                <ServiceTokenSecret
                  serviceId={service.id}
                  serviceName={service.name}
                  token={token}
                  reason={reveal && refusalText(reveal)}
                />
                <span className="lk-space" />
                {token.endsAt === 0 ? (
                  <State kind="ok">{t('services.tokenActive')}</State>
                ) : (
                  <State kind="waiting">
                    {t('services.tokenEnds')} <RelativeTime at={token.endsAt} />
                  </State>
                )}
                <span className="lk-subtle">
                  {t('services.lastUsed')} <RelativeTime at={token.lastUsedAt} />
                </span>
              </li>
            ))}
          </ul>
        </section>
        <section className="lk-panel" aria-label={t('services.facts')}>
          <dl className="lk-facts lk-panel-body">
            <dt>{t('services.systemName')}</dt>
            <dd className="lk-cell">
              <Mono>{service.systemName}</Mono>
              <CopyButton variant="icon" label={t('services.copySystemName')} text={service.systemName} />
            </dd>
            <dt>{t('services.pattern')}</dt>
            <dd>{t(`services.patterns.${service.pattern}`)}</dd>
            <dt>{t('services.applications')}</dt>
            <dd>{figure(service.applications)}</dd>
            <dt>{t('services.createdAt')}</dt>
            <dd>
              <ShortDate at={service.createdAt} />
            </dd>
            <dt>{t('services.updatedAt')}</dt>
            <dd>
              <RelativeTime at={service.updatedAt} />
            </dd>
            <dt>{t('services.description')}</dt>
            <dd className="lk-prewrap">
              {service.description || <span className="lk-subtle">{t('services.none')}</span>}
            </dd>
          </dl>
        </section>
      </div>
    </div>
  )
}
