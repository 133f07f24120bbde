import { useTranslation } from 'react-i18next'
import { RhUiNotificationIcon, RhUiSearchIcon } from '../../components/icons.ts'
import { Kbd } from '../../components/Kbd.tsx'
import { useNotices } from '../../state/notices.ts'
import { setView } from '../../state/view.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { StatusCorner } from './StatusCorner.tsx'
import { WorkspaceSwitcher } from './WorkspaceSwitcher.tsx'

export function Masthead() {
  const { t } = useTranslation()
  const unread = useNotices((notices) => notices.unread)
  return (
    <header className="lk-masthead">
      <WorkspaceSwitcher />
      <button
        type="button"
        className="lk-searchbox"
        aria-haspopup="dialog"
        onClick={() => setView({ paletteOpen: true })}
      >
        <RhUiSearchIcon />
        <span className="lk-ellipsis">{t('frame.search')}</span>
        <Kbd keys="Mod+k" />
      </button>
      <div className="lk-corner">
        <StatusCorner />
        <button
          type="button"
          className={unread > 0 ? 'lk-icon-button lk-32 lk-bell lk-unread' : 'lk-icon-button lk-32 lk-bell'}
          aria-label={t('frame.bell', { count: unread })}
          title={t('frame.notifications')}
          onClick={() => setView(({ drawerOpen }) => ({ drawerOpen: !drawerOpen }))}
        >
          <RhUiNotificationIcon />
        </button>
        <AccountMenu />
      </div>
    </header>
  )
}
