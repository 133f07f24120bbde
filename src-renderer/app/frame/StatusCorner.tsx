import { useTranslation } from 'react-i18next'
import { RhUiDesktopIcon, RhUiDisconnectedIcon, RhUiLabIcon } from '../../components/icons.ts'
import { useBridgeStatus } from '../ask.ts'
import { useOpenWorkspace } from '../person.ts'

/** A quiet corner: where the data is and what waits. Muted, because offline is normal. Sync adds its counts here. */
export function StatusCorner() {
  const { t } = useTranslation()
  const open = useOpenWorkspace()
  const connection = useBridgeStatus()
  const lost = connection !== 'open'
  return (
    <div className="lk-status" role="status">
      {lost ? <RhUiDisconnectedIcon /> : open?.sample ? <RhUiLabIcon /> : <RhUiDesktopIcon />}
      <span>{t(lost ? 'frame.statusLost' : open?.sample ? 'frame.statusSample' : 'frame.statusLocal')}</span>
      {!lost && (
        <>
          <span className="lk-optional" aria-hidden="true">
            {'·'}
          </span>
          <span className="lk-optional">{t('frame.statusNothingWaits')}</span>
        </>
      )}
    </div>
  )
}
