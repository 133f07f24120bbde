import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../app/ask.ts'
import { useLanguageItems, useThemeItems } from '../../app/frame/AccountMenu.tsx'
import { Mark } from '../../app/frame/Mark.tsx'
import {
  RhUiAutoLightDarkModeIcon,
  RhUiCaretDownIcon,
  RhUiDisconnectedIcon,
  RhUiHardDriveIcon,
  RhUiLanguageIcon,
  RhUiViewOffIcon,
} from '../../components/icons.ts'
import { MenuButton } from '../../components/Menu.tsx'
import { languages } from '../../i18n/index.ts'
import { useView } from '../../state/view.ts'

/** What is seen before a workspace is open: what this is at the left, one thing to do at the right. */
export function Shell({ status, children }: { readonly status?: Status; readonly children: ReactNode }) {
  const { t } = useTranslation()
  const { language, theme } = useView()
  const languageItems = useLanguageItems()
  const themeItems = useThemeItems()
  return (
    <div className="lk-first">
      <header className="lk-first-side">
        <div className="lk-first-brand">
          <Mark size={36} />
          <span translate="no">{'Latchkey'}</span>
        </div>
        <div>
          <p className="lk-first-claim">{t('firstRun.claim')}</p>
          <p className="lk-first-text">{t('firstRun.text')}</p>
          <ul>
            <li>
              <RhUiHardDriveIcon />
              <span>
                {t('firstRun.folder')}
                {status && <span className="lk-mono lk-subtle">{status.dataDirectory}</span>}
              </span>
            </li>
            <li>
              <RhUiViewOffIcon />
              {t('firstRun.digests')}
            </li>
            <li>
              <RhUiDisconnectedIcon />
              {t('firstRun.honest')}
            </li>
          </ul>
        </div>
        <div className="lk-row">
          <MenuButton label={t('common.language')} className="lk-filter" items={languageItems}>
            <RhUiLanguageIcon />
            {languages[language]}
            <RhUiCaretDownIcon />
          </MenuButton>
          <MenuButton label={t('common.themeTitle')} className="lk-filter" items={themeItems}>
            <RhUiAutoLightDarkModeIcon />
            {t(`common.theme.${theme}`)}
            <RhUiCaretDownIcon />
          </MenuButton>
          <span className="lk-space" />
          {status && <span className="lk-small lk-subtle">{status.version}</span>}
        </div>
      </header>
      <main className="lk-sheet lk-first-sheet">
        <div className="lk-first-body">{children}</div>
      </main>
    </div>
  )
}
