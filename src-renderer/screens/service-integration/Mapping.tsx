/** What a migration made: which application became which. No secret is in it. */
import { Button } from '@patternfly/react-core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { csvOf } from '../../../shared/domain/csv.ts'
import type { Pattern } from '../../../shared/domain/service-schema.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { download } from '../../components/download.ts'
import { RhUiApplicationsIcon, RhUiExportIcon, RhUiInformationIcon } from '../../components/icons.ts'
import { Mono, Note } from '../../components/small.tsx'
import { figure } from '../../i18n/formats.ts'
import type { Migration } from './MigratePage.tsx'

const shown = 200

export function Mapping({
  service,
  migration,
  name,
  pattern,
}: {
  readonly service: ServiceRow
  readonly migration: Migration
  readonly name: string
  readonly pattern: Pattern
}) {
  const { t } = useTranslation()
  const { serviceId, applications } = migration
  const dropped = applications.reduce((sum, { droppedKeyFilters }) => sum + droppedKeyFilters, 0)
  return (
    <div className="lk-body">
      <Note kind="quiet" icon={<RhUiInformationIcon />} title={t('integration.bothWork', { old: service.name, name })}>
        {t('integration.bothWorkText', { old: service.name })}
      </Note>
      {dropped > 0 && <Note title={t('integration.droppedFilters', { count: dropped })} />}
      <section className="lk-panel" aria-labelledby="mapping">
        <div className="lk-toolbar">
          <h2 id="mapping">
            {t('integration.mapping')} <span>{figure(applications.length)}</span>
          </h2>
          <span className="lk-space" />
          <Button
            variant="tertiary"
            size="sm"
            icon={<RhUiExportIcon />}
            isDisabled={applications.length === 0}
            onClick={() =>
              download(
                `${service.systemName}-mapping.csv`,
                csvOf(
                  ['application', 'old_application_id', 'new_application_id', 'account_id', 'new_app_id'],
                  applications.map((line) => [line.name, line.from, line.to, line.accountId, line.appId]),
                ),
                'text/csv',
              )
            }
          >
            {t('integration.downloadMapping')}
          </Button>
        </div>
        {applications.length === 0 ? (
          <div className="lk-empty">
            <RhUiApplicationsIcon />
            <p>{t('integration.noMapping')}</p>
          </div>
        ) : (
          <div className="lk-simple-scroll">
            <table className="lk-simple">
              <thead>
                <tr>
                  <th scope="col">{t('integration.application')}</th>
                  <th scope="col">{t('integration.oldId')}</th>
                  <th scope="col">{t('integration.newId')}</th>
                  {pattern !== 'api_key' && <th scope="col">{t(`integration.identifier.${pattern}`)}</th>}
                </tr>
              </thead>
              <tbody>
                {applications.slice(0, shown).map((line) => (
                  <tr key={line.to}>
                    <th scope="row">{line.name}</th>
                    <td>
                      <Mono subtle>{line.from}</Mono>
                    </td>
                    <td>
                      <Mono>{line.to}</Mono>
                    </td>
                    {pattern !== 'api_key' && (
                      <td>
                        <Mono>{line.appId}</Mono>
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
            {applications.length > shown && (
              <p className="lk-subtle lk-more">
                {t('integration.andMore', { count: figure(applications.length - shown) })}
              </p>
            )}
          </div>
        )}
      </section>
      <div className="lk-row">
        <Link className="pf-v6-c-button pf-m-primary" to={`/services/${serviceId}`}>
          <span className="pf-v6-c-button__text">{t('integration.openNew', { name })}</span>
        </Link>
        <Link className="lk-link lk-pad" to={`/services/${service.id}/integration`}>
          {t('integration.backToOld', { name: service.name })}
        </Link>
      </div>
    </div>
  )
}
