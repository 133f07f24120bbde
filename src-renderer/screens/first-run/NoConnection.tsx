import { Button } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../app/ask.ts'
import { RhUiDisconnectedIcon } from '../../components/icons.ts'
import { Shell } from './Shell.tsx'

/** The program does not answer, or this tab has no session: a fresh address is needed. */
export function NoConnection({ refused = false }: { readonly refused?: boolean }) {
  const { t } = useTranslation()
  return (
    <Shell>
      <div className="lk-first-form lk-narrow" role="alert">
        <RhUiDisconnectedIcon />
        <div>
          <h1>{t(refused ? 'firstRun.refusedTitle' : 'firstRun.lostTitle')}</h1>
          <p className="lk-subtle">{t(refused ? 'firstRun.refusedText' : 'firstRun.lostText')}</p>
        </div>
        {!refused && (
          <div>
            <Button variant="primary" onClick={() => void queryClient.refetchQueries()}>
              {t('common.retry')}
            </Button>
          </div>
        )}
      </div>
    </Shell>
  )
}
