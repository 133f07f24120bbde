import { useTranslation } from 'react-i18next'
import type { ServiceRow } from '../../app/rows.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { TestLink } from '../test-credentials/TestLink.tsx'
import { ApplicationTable } from './ApplicationTable.tsx'
import { useNewApplication } from './use-new-application.tsx'

export function ApplicationList() {
  const { t } = useTranslation()
  const { button, emptyAction } = useNewApplication()
  return (
    <div className="lk-page">
      <PageHeader
        title={t('applications.title')}
        sentence={t('applications.sentence')}
        actions={
          <>
            <TestLink />
            {button}
          </>
        }
      />
      <div className="lk-body lk-fill">
        <ApplicationTable emptyAction={emptyAction} />
      </div>
    </div>
  )
}

/** The tab *Applications* of a service. */
export function ServiceApplications({ service }: { readonly service: ServiceRow }) {
  const { t } = useTranslation()
  const retired = service.state === 'retired' ? t('applications.serviceRetired') : undefined
  const { button, emptyAction } = useNewApplication({ service: service.id }, retired)
  return (
    <div className="lk-body lk-fill">
      <ApplicationTable service={service} emptyAction={emptyAction} tools={button} />
    </div>
  )
}
