/** A page of settings: its body scrolls, the save bar is there while something is unsaved. Ctrl/Cmd+Enter saves. */
import { Button } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalText } from '../../app/refusal.ts'
import { BusyButton } from '../../components/BusyButton.tsx'
import { RhUiErrorFillIcon, RhUiLockIcon } from '../../components/icons.ts'
import { Kbd } from '../../components/Kbd.tsx'
import { Note } from '../../components/small.tsx'
import type { Settings, Values } from './use-settings.ts'

export function SettingsForm<T extends Values>({
  settings,
  refused,
  children,
}: {
  readonly settings: Settings<T>
  /** Why nothing can be changed here. */
  readonly refused: string | undefined
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const { count, busy, failure, errors, save, discard } = settings
  const wrong = Object.keys(errors).length > 0
  return (
    <form
      className="lk-settings"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        void save()
      }}
    >
      <div className="lk-body">
        {refused !== undefined && <Note kind="quiet" icon={<RhUiLockIcon />} title={refused} />}
        {children}
      </div>
      {(count > 0 || failure !== undefined) && (
        <div className="lk-form-foot lk-save-bar">
          <BusyButton type="submit" variant="primary" busy={busy} isDisabled={wrong || refused !== undefined}>
            {t('integration.save')}
          </BusyButton>
          <Button variant="link" onClick={discard}>
            {t('integration.discard')}
          </Button>
          {failure === undefined ? (
            <span role="status" className="lk-subtle">
              {t('integration.unsaved', { count })}
            </span>
          ) : (
            <span role="alert" className="lk-error">
              <RhUiErrorFillIcon />
              {errorText(failure)}
            </span>
          )}
          <span className="lk-space" />
          <span className="lk-row lk-small lk-subtle">
            <Kbd keys="Mod+Enter" />
            {t('integration.toSave')}
          </span>
        </div>
      )}
    </form>
  )
}
