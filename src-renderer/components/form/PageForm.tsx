/** A form on a page of its own: fields, review rail, action bar pinned at the bottom. Ctrl/Cmd+Enter submits. */
import { Button } from '@patternfly/react-core'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalText } from '../../app/refusal.ts'
import { BusyButton } from '../BusyButton.tsx'
import { Kbd } from '../Kbd.tsx'
import { Note } from '../small.tsx'

export function PageForm({
  submit,
  onSubmit,
  busy,
  failure,
  cancelTo,
  unusable = false,
  review,
  children,
}: {
  /** The button's words. */
  readonly submit: string
  readonly onSubmit: () => Promise<void>
  readonly busy: boolean
  readonly failure: unknown
  readonly cancelTo: string
  readonly unusable?: boolean
  readonly review?: ReactNode
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const navigate = useNavigate()
  return (
    <form
      className="lk-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy && !unusable) void onSubmit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
        if (event.ctrlKey || event.metaKey) {
          event.preventDefault()
          if (!busy && !unusable) void onSubmit()
        }
      }}
    >
      <div className="lk-form-body">
        <div className="lk-form-fields">
          {children}
          {failure !== undefined && <Note kind="failed" title={errorText(failure)} />}
        </div>
        {review}
      </div>
      <div className="lk-form-foot">
        <BusyButton type="submit" variant="primary" busy={busy} isDisabled={unusable}>
          {submit}
        </BusyButton>
        <Button variant="link" onClick={() => void navigate({ to: cancelTo })}>
          {t('common.cancel')}
        </Button>
        <span className="lk-space" />
        <span className="lk-row lk-small lk-subtle">
          <Kbd keys="Mod+Enter" />
          {t('common.toSubmit')}
        </span>
      </div>
    </form>
  )
}
