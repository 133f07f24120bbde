import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '../components/PageHeader.tsx'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <div className="lk-page">
      <PageHeader title={t('frame.notFoundTitle')} sentence={t('frame.notFoundText')} />
      <div className="lk-body">
        <Link to="/" className="lk-link">
          {t('frame.toOverview')}
        </Link>
      </div>
    </div>
  )
}
