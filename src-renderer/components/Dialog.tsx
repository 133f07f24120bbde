/** The shape of every dialog: tile, title, subject line; body; tinted footer with a note at the left, primary right. */
import { Modal } from '@patternfly/react-core'
import { type ComponentType, type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { RhUiCloseIcon } from './icons.ts'

export function Dialog({
  title,
  subject,
  icon: Icon,
  danger = false,
  width = 600,
  focus = 'title',
  note,
  buttons,
  onClose,
  children,
}: {
  readonly title: string
  readonly subject?: ReactNode
  readonly icon?: ComponentType
  readonly danger?: boolean
  readonly width?: number
  /** Where the focus begins: at the title, which is read out, or in the first field. */
  readonly focus?: 'title' | 'field'
  /** At the left of the footer. */
  readonly note?: ReactNode
  readonly buttons: ReactNode
  /** Esc and ×. A click outside never closes a dialog. */
  readonly onClose: () => void
  readonly children?: ReactNode
}) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <Modal
      isOpen
      width={width}
      aria-labelledby={id}
      onEscapePress={onClose}
      elementToFocus={focus === 'title' ? `[id="${id}"]` : `[id="${id}-body"] :is(input, textarea, select)`}
    >
      <div className="lk-dialog-head">
        {Icon && (
          <div className={danger ? 'lk-tile lk-danger' : 'lk-tile'} style={{ flex: 'none' }}>
            <Icon />
          </div>
        )}
        <div>
          <h2 id={id} tabIndex={-1}>
            {title}
          </h2>
          {subject && <p>{subject}</p>}
        </div>
        <button type="button" className="lk-icon-button lk-32" aria-label={t('common.close')} onClick={onClose}>
          <RhUiCloseIcon />
        </button>
      </div>
      <div className="lk-dialog-body" id={`${id}-body`}>
        {children}
      </div>
      <div className="lk-dialog-foot">
        <span>{note}</span>
        {buttons}
      </div>
    </Modal>
  )
}
