/** A short form in a dialog: primary at the right, what fails is said inside. */
import { Button } from '@patternfly/react-core'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalText } from '../../app/refusal.ts'
import { BusyButton } from '../BusyButton.tsx'
import { Dialog } from '../Dialog.tsx'
import { Note } from '../small.tsx'

export function FormDialog({
  title,
  subject,
  icon,
  width,
  submit,
  busy,
  failure,
  unusable = false,
  onSubmit,
  onClose,
  children,
}: {
  readonly title: string
  readonly subject?: ReactNode
  readonly icon?: ComponentType
  readonly width?: number
  readonly submit: string
  readonly busy: boolean
  readonly failure: unknown
  readonly unusable?: boolean
  readonly onSubmit: () => Promise<void>
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const run = () => {
    if (!busy && !unusable) void onSubmit()
  }
  return (
    <Dialog
      title={title}
      subject={subject}
      {...(icon && { icon })}
      {...(width !== undefined && { width })}
      focus="field"
      onClose={onClose}
      buttons={
        <>
          <Button variant="tertiary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <BusyButton variant="primary" busy={busy} isDisabled={unusable} onClick={run}>
            {submit}
          </BusyButton>
        </>
      }
    >
      <form
        className="lk-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          run()
        }}
      >
        {children}
        {failure !== undefined && <Note kind="failed" title={errorText(failure)} />}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  )
}
