import { Button } from '@patternfly/react-core'
import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask, type Status } from '../../app/ask.ts'
import { errorText } from '../../app/refusal.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { BusyButton } from '../../components/BusyButton.tsx'
import { RhUiCheckIcon, RhUiLabIcon, RhUiLaptopIcon, RhUiServerIcon } from '../../components/icons.ts'
import { RelativeTime } from '../../components/small.tsx'
import { notify } from '../../state/notices.ts'
import { CreateWorkspace } from './CreateWorkspace.tsx'
import { Shell } from './Shell.tsx'

export function FirstRun({ status }: { readonly status: Status }) {
  const { t } = useTranslation()
  const [creating, setCreating] = useState(false)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    document.title = 'Latchkey'
  }, [])

  async function run(step: () => Promise<unknown>): Promise<void> {
    setBusy(true)
    try {
      await step()
    } catch (error) {
      notify('failed', errorText(error))
    } finally {
      setBusy(false)
    }
  }

  if (creating) {
    return (
      <Shell status={status}>
        <CreateWorkspace status={status} onCancel={() => setCreating(false)} />
      </Shell>
    )
  }
  return (
    <Shell status={status}>
      <h1>{t('firstRun.title')}</h1>
      <p className="lk-subtle">{t('firstRun.sentence')}</p>
      <div className="lk-choices">
        {status.workspaces.length > 0 && (
          <ul className="lk-choice lk-known" aria-label={t('firstRun.known')}>
            {status.workspaces.map((workspace) => (
              <li key={workspace.id}>
                {workspace.sample ? <RhUiLabIcon /> : <RhUiLaptopIcon />}
                <span className="lk-strong lk-ellipsis">{workspace.name}</span>
                <span className="lk-small lk-subtle lk-space">
                  <RelativeTime at={workspace.lastOpenedAt} />
                </span>
                <Button
                  variant="tertiary"
                  size="sm"
                  isDisabled={busy}
                  aria-label={t('firstRun.openNamed', { name: workspace.name })}
                  onClick={() => void run(() => ask.console.openWorkspace.mutate({ id: workspace.id }))}
                >
                  {t('firstRun.open')}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <Choice
          name="create"
          icon={RhUiLaptopIcon}
          first
          points={['createPoint1', 'createPoint2', 'createPoint3']}
          button={
            <Button variant="primary" isDisabled={busy} onClick={() => setCreating(true)}>
              {t('firstRun.create')}
            </Button>
          }
        />
        <Choice
          name="connect"
          icon={RhUiServerIcon}
          points={['connectPoint1', 'connectPoint2']}
          reason={t('firstRun.connectReason')}
          button={
            <ActionButton variant="tertiary" reason={t('firstRun.connectReason')}>
              {t('firstRun.connect')}
            </ActionButton>
          }
        />
        <Choice
          name="explore"
          icon={RhUiLabIcon}
          points={['explorePoint1', 'explorePoint2']}
          button={
            <BusyButton
              variant="tertiary"
              isDisabled={busy}
              busy={busy}
              onClick={() => void run(() => ask.console.openSample.mutate())}
            >
              {t('firstRun.explore')}
            </BusyButton>
          }
        />
      </div>
    </Shell>
  )
}

function Choice({
  name,
  icon: Icon,
  points,
  first = false,
  reason,
  button,
}: {
  readonly name: 'create' | 'connect' | 'explore'
  readonly icon: ComponentType
  readonly points: readonly string[]
  readonly first?: boolean
  readonly reason?: string
  readonly button: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <section className={first ? 'lk-choice lk-chosen' : 'lk-choice'}>
      <div className={first ? 'lk-tile' : 'lk-tile lk-grey'}>
        <Icon />
      </div>
      <div>
        <h2>{t(`firstRun.${name}Title`)}</h2>
        <p>{reason ?? t(`firstRun.${name}Text`)}</p>
        <ul>
          {points.map((point) => (
            <li key={point}>
              <RhUiCheckIcon />
              {t(`firstRun.${point}`)}
            </li>
          ))}
        </ul>
      </div>
      {button}
    </section>
  )
}
