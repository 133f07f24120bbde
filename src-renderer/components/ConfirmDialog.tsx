import { Button } from '@patternfly/react-core'
import { type ComponentType, type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalText } from '../app/refusal.ts'
import { BusyButton } from './BusyButton.tsx'
import { Dialog } from './Dialog.tsx'
import { Note } from './small.tsx'

/**
 * Asks before what cannot be taken back: names the object, its last use and what is affected. `typedName` only where
 * it was used in the last 7 days or more than 10 objects go. What fails is said in the dialog.
 */
export function ConfirmDialog({
  title,
  subject,
  icon,
  confirm,
  typedName,
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string
  readonly subject?: ReactNode
  readonly icon?: ComponentType
  /** The button's words: what it does, not "OK". */
  readonly confirm: string
  readonly typedName?: string | undefined
  readonly onConfirm: () => Promise<void>
  readonly onClose: () => void
  readonly children?: ReactNode
}) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const ready = typedName === undefined || typed.trim() === typedName.trim()

  async function run(event?: FormEvent): Promise<void> {
    event?.preventDefault()
    if (!ready || busy) return
    setBusy(true)
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={title}
      subject={subject}
      {...(icon && { icon })}
      danger
      focus={typedName === undefined ? 'title' : 'field'}
      onClose={onClose}
      buttons={
        <>
          <Button variant="tertiary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <BusyButton variant="danger" isDisabled={!ready} busy={busy} onClick={() => void run()}>
            {confirm}
          </BusyButton>
        </>
      }
    >
      {children}
      {typedName !== undefined && (
        <form className="lk-field" onSubmit={(event) => void run(event)}>
          <label>
            {t('common.typeName', { name: typedName })}
            <input
              className="lk-input"
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
            />
          </label>
        </form>
      )}
      {failure !== undefined && <Note kind="failed" title={errorText(failure)} />}
    </Dialog>
  )
}
