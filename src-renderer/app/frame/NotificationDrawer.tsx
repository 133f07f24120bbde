import { Button } from '@patternfly/react-core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { RhUiCloseIcon, RhUiNotificationIcon } from '../../components/icons.ts'
import { RelativeTime } from '../../components/small.tsx'
import { NoticeIcon } from '../../components/Toasts.tsx'
import { clearNotices, markRead, undoNotice, useNotices } from '../../state/notices.ts'
import { setView } from '../../state/view.ts'

/** Every toast that was, newest first; never a secret. */
export function NotificationDrawer() {
  const { t } = useTranslation()
  const all = useNotices((notices) => notices.all)
  const closeButton = useRef<HTMLButtonElement>(null)
  useEffect(markRead)
  useEffect(() => closeButton.current?.focus(), [])
  const close = () => {
    setView({ drawerOpen: false })
    document.querySelector<HTMLElement>('.lk-bell')?.focus()
  }
  return (
    <aside
      className="lk-drawer"
      aria-label={t('frame.notifications')}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <div className="lk-drawer-head">
        <h2>{t('frame.notifications')}</h2>
        {all.length > 0 && (
          <Button variant="link" size="sm" onClick={clearNotices}>
            {t('frame.clearNotifications')}
          </Button>
        )}
        <button
          ref={closeButton}
          type="button"
          className="lk-icon-button lk-32"
          aria-label={t('common.close')}
          onClick={close}
        >
          <RhUiCloseIcon />
        </button>
      </div>
      {all.length === 0 ? (
        <div className="lk-empty">
          <RhUiNotificationIcon />
          <p>{t('frame.noNotifications')}</p>
        </div>
      ) : (
        <ul>
          {all.map(({ id, kind, text, at, undo }) => (
            <li key={id}>
              <NoticeIcon kind={kind} />
              <div>
                <p>{text}</p>
                <p className="lk-small lk-subtle">
                  <RelativeTime at={at} />
                </p>
              </div>
              {undo && (
                <>
                  <span className="lk-space" />
                  <Button
                    variant="link"
                    size="sm"
                    aria-label={t('frame.undoOf', { what: text })}
                    onClick={() => {
                      undoNotice(id)
                      // The button goes with what it offered.
                      closeButton.current?.focus()
                    }}
                  >
                    {t('common.undo')}
                  </Button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </aside>
  )
}
