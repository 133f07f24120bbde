import { Outlet } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useView } from '../../state/view.ts'
import { KeySheet } from '../actions/KeySheet.tsx'
import { Palette } from '../actions/Palette.tsx'
import { ErrorBoundary } from '../ErrorBoundary.tsx'
import { Banners } from './Banners.tsx'
import { Masthead } from './Masthead.tsx'
import { Navigation } from './Navigation.tsx'
import { NotificationDrawer } from './NotificationDrawer.tsx'
import { useFrameActions } from './use-frame-actions.ts'

/** Where the navigation would take the room that tables need, it is a rail. */
const narrowWindow = matchMedia('(max-width: 1100px)')

function followWidth(changed: () => void): () => void {
  narrowWindow.addEventListener('change', changed)
  return () => narrowWindow.removeEventListener('change', changed)
}

/** The tinted window with one inset sheet. */
export function Frame() {
  const { t } = useTranslation()
  const narrow = useSyncExternalStore(followWidth, () => narrowWindow.matches)
  const { rail, paletteOpen, keySheetOpen, drawerOpen } = useView()
  useFrameActions()
  return (
    <div className={rail || narrow ? 'lk-frame lk-rail' : 'lk-frame'}>
      <button type="button" className="lk-skip" onClick={() => document.getElementById('sheet')?.focus()}>
        {t('frame.skip')}
      </button>
      <Masthead />
      <Banners />
      <Navigation />
      <main className="lk-sheet" id="sheet" tabIndex={-1}>
        <ErrorBoundary>
          <Outlet />
        </ErrorBoundary>
        {drawerOpen && <NotificationDrawer />}
      </main>
      {paletteOpen && <Palette />}
      {keySheetOpen && <KeySheet />}
    </div>
  )
}
