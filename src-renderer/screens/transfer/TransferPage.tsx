import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Note } from '../../components/small.tsx'
import { ExportPanel } from './ExportPanel.tsx'
import { ImportJob } from './ImportJob.tsx'
import { ImportStart } from './ImportStart.tsx'
import { useJobs } from './jobs.ts'
import { useTransferReasons } from './use-transfer-reasons.ts'

export function TransferPage() {
  const { t } = useTranslation()
  const reasons = useTransferReasons()
  const job = useJobs((jobs) => jobs.import)
  const reason = reasons.import ?? reasons.export
  return (
    <div className="lk-page">
      <PageHeader
        title={t('transfer.title')}
        crumbs={[{ title: t('settings.title'), to: '/settings' }]}
        sentence={t('transfer.sentence')}
      />
      {job ? (
        <div className="lk-body lk-fill lk-importing">
          <ImportJob key={job.id} job={job} reason={reasons.import} />
        </div>
      ) : (
        <div className="lk-body">
          {reason !== undefined && <Note title={reason} />}
          <div className="lk-columns lk-even">
            <ImportStart reason={reasons.import} />
            <ExportPanel reason={reasons.export} />
          </div>
        </div>
      )}
    </div>
  )
}
