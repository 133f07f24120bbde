import { Button } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { RhUiDisconnectedIcon, RhUiViewIcon, RhUiWarningFillIcon } from '../../components/icons.ts'
import { notify } from '../../state/notices.ts'
import { ask, queryClient, useBridgeStatus, useStatus } from '../ask.ts'
import { errorText } from '../refusal.ts'

/** What concerns the whole window: connection lost, looking through a member's eyes, a store that was put aside. */
export function Banners() {
  const { t } = useTranslation()
  const connection = useBridgeStatus()
  const status = useStatus()
  const open = status?.open
  const aside = status?.movedAside.at(-1)
  if (connection === 'closed') {
    return (
      <div className="lk-banner" role="alert">
        <RhUiDisconnectedIcon />
        <span>{t('frame.lost')}</span>
        <span className="lk-space" />
        <Button variant="tertiary" size="sm" onClick={() => void queryClient.refetchQueries({ type: 'active' })}>
          {t('common.retry')}
        </Button>
      </div>
    )
  }
  if (open?.previewedBy) {
    return (
      <div className="lk-banner" role="status">
        <RhUiViewIcon />
        <span>{t('frame.preview', { name: open.person.name })}</span>
        <span className="lk-space" />
        <Button
          variant="tertiary"
          size="sm"
          onClick={() => ask.console.preview.mutate({}).catch((error: unknown) => notify('failed', errorText(error)))}
        >
          {t('frame.stopPreview')}
        </Button>
      </div>
    )
  }
  if (aside) {
    return (
      <div className="lk-banner" role="status">
        <RhUiWarningFillIcon />
        <span>{t(`frame.movedAside.${aside.reason}`, { path: aside.path })}</span>
      </div>
    )
  }
  return null
}
