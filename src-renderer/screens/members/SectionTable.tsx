import { useTranslation } from 'react-i18next'
import { sections } from '../../../shared/domain/member.ts'
import { Mono } from '../../components/small.tsx'
import { scopeOfSection, sectionsPerService } from './rights.ts'

/** What each section opens, and the scope that a token of its holder may have (M1, M2, T4). */
export function SectionTable() {
  const { t } = useTranslation()
  return (
    <table className="lk-section-table">
      <caption>{t('members.opens.title')}</caption>
      <thead className="lk-sr">
        <tr>
          <th scope="col">{t('members.opens.section')}</th>
          <th scope="col">{t('members.opens.what')}</th>
          <th scope="col">{t('members.opens.scope')}</th>
        </tr>
      </thead>
      <tbody>
        {sections.map((section) => (
          <tr key={section}>
            <th scope="row">{t(`common.section.${section}`)}</th>
            <td>
              {t(`members.opens.${section}`)}
              {sectionsPerService.includes(section) && (
                <span className="lk-subtle">{t('members.opens.perService')}</span>
              )}
            </td>
            <td>{scopeOfSection[section] && <Mono subtle>{scopeOfSection[section]}</Mono>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
