import { useTranslation } from 'react-i18next'
import { useOpenWorkspace } from '../../app/person.ts'
import { Segments } from '../../components/form/Options.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Tag } from '../../components/small.tsx'
import { type Language, languages, speak } from '../../i18n/index.ts'
import { setView, themes, useView } from '../../state/view.ts'

export function ProfilePage() {
  const { t } = useTranslation()
  const open = useOpenWorkspace()
  const { language, theme, singleKeys } = useView()
  if (!open) return null
  const { person } = open
  const services =
    person.role === 'admin' || person.serviceAccess === 'all'
      ? t('profile.allServices')
      : t('profile.someServices', { count: person.serviceAccess.length })
  return (
    <div className="lk-page">
      <PageHeader title={t('profile.title')} sentence={t('profile.sentence')} />
      <div className="lk-body">
        <section className="lk-panel lk-readable" aria-label={t('profile.you')}>
          <div className="lk-toolbar">
            <h2>{t('profile.you')}</h2>
            <span className="lk-subtle">{t('profile.youNote')}</span>
          </div>
          <dl className="lk-facts lk-panel-body">
            <dt>{t('profile.name')}</dt>
            <dd>{person.name}</dd>
            <dt>{t('profile.email')}</dt>
            <dd>{person.email}</dd>
            <dt>{t('profile.role')}</dt>
            <dd>{t(`common.role.${person.role}`)}</dd>
            <dt>{t('profile.sections')}</dt>
            <dd className="lk-row" style={{ flexWrap: 'wrap', gap: 4 }}>
              {person.role === 'admin'
                ? t('profile.allSections')
                : person.sections.length === 0
                  ? t('profile.noSections')
                  : person.sections.map((section) => <Tag key={section}>{t(`common.section.${section}`)}</Tag>)}
            </dd>
            <dt>{t('profile.services')}</dt>
            <dd>{services}</dd>
          </dl>
        </section>
        <section className="lk-panel lk-readable" aria-label={t('profile.console')}>
          <div className="lk-toolbar">
            <h2>{t('profile.console')}</h2>
            <span className="lk-subtle">{t('profile.consoleNote')}</span>
          </div>
          <div className="lk-panel-body lk-stack">
            <Segments<Language>
              label={t('common.language')}
              name="language"
              chosen={language}
              options={(Object.keys(languages) as Language[]).map((value) => ({ value, title: languages[value] }))}
              onChange={(value) => {
                setView({ language: value })
                speak(value)
              }}
            />
            <Segments
              label={t('common.themeTitle')}
              name="theme"
              chosen={theme}
              options={themes.map((value) => ({ value, title: t(`common.theme.${value}`) }))}
              onChange={(value) => setView({ theme: value })}
            />
            <div>
              <span className="lk-label">{t('profile.keys')}</span>
              <label className="lk-row">
                <span className="lk-tick">
                  <input
                    type="checkbox"
                    checked={singleKeys}
                    onChange={(event) => setView({ singleKeys: event.target.checked })}
                  />
                </span>
                {t('profile.singleKeys')}
              </label>
              <p className="lk-help">{t('profile.singleKeysHelp')}</p>
            </div>
          </div>
        </section>
      </div>
    </div>
  )
}
