import { Button } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { closeToast, type Notice, undoNotice, useNotices } from '../state/notices.ts'
import { RhUiCheckCircleFillIcon, RhUiCloseIcon, RhUiErrorFillIcon, RhUiInformationIcon } from './icons.ts'

export function NoticeIcon({ kind }: { readonly kind: Notice['kind'] }) {
  if (kind === 'done') return <RhUiCheckCircleFillIcon style={{ color: 'var(--lk-ok)' }} />
  if (kind === 'failed') return <RhUiErrorFillIcon style={{ color: 'var(--lk-bad)' }} />
  return <RhUiInformationIcon style={{ color: 'var(--lk-subtle)' }} />
}

export function Toasts() {
  const { t } = useTranslation()
  const { all, toasts } = useNotices()
  return (
    <div className="lk-toasts" role="status" aria-label={t('frame.notifications')}>
      {all
        .filter(({ id }) => toasts.includes(id))
        .map(({ id, kind, text, undo }) => (
          <div key={id} className="lk-toast">
            <NoticeIcon kind={kind} />
            <div>{text}</div>
            {undo && (
              <Button variant="link" size="sm" onClick={() => undoNotice(id)}>
                {t('common.undo')}
              </Button>
            )}
            <button
              type="button"
              className="lk-icon-button"
              aria-label={t('common.close')}
              onClick={() => closeToast(id)}
            >
              <RhUiCloseIcon />
            </button>
          </div>
        ))}
    </div>
  )
}
