import { Button } from '@patternfly/react-core'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { figure } from '../i18n/formats.ts'
import { ActionButton } from './ActionButton.tsx'
import { RhUiCloseIcon } from './icons.ts'

export interface ToolbarChip {
  readonly id: string
  readonly title: string
  readonly clear: () => void
}

export interface BulkAction {
  readonly id: string
  /** With the count it applies to: "Suspend 2". */
  readonly title: string
  readonly icon?: ComponentType
  readonly danger?: boolean
  readonly reason?: string | undefined
  readonly run: () => void
}

/** Title, count and chips of a list; with a selection the bulk bar takes their place at the same height. */
export function Toolbar({
  title,
  note,
  total,
  all,
  chips,
  tools,
  selected,
  bulk,
  onClear,
}: {
  readonly title: string
  readonly note?: string
  readonly total: number | undefined
  readonly all?: number | undefined
  readonly chips: readonly ToolbarChip[]
  readonly tools?: ReactNode
  readonly selected: number
  readonly bulk: readonly BulkAction[]
  readonly onClear: () => void
}) {
  const { t } = useTranslation()
  const selecting = selected > 0
  const count =
    total === undefined
      ? ''
      : all !== undefined && all !== total
        ? t('common.countOf', { total: figure(total), all: figure(all) })
        : figure(total)
  return (
    <div className={selecting ? 'lk-toolbar lk-selecting' : 'lk-toolbar'}>
      {selecting ? (
        <>
          <span className="lk-strong" role="status">
            {t('common.selected', { count: selected })}
          </span>
          <Button variant="link" size="sm" onClick={onClear}>
            {t('common.clearSelection')}
          </Button>
          {bulk.map(({ id, title, icon: Icon, danger, reason, run }) => (
            <ActionButton
              key={id}
              size="sm"
              variant={danger ? 'secondary' : 'tertiary'}
              isDanger={danger === true}
              {...(Icon && { icon: <Icon /> })}
              reason={reason}
              onClick={run}
            >
              {title}
            </ActionButton>
          ))}
        </>
      ) : (
        <>
          <h2>
            {title} <span>{count}</span>
          </h2>
          {note && <span className="lk-subtle lk-ellipsis">{note}</span>}
          {chips.map((chip) => (
            <span key={chip.id} className="lk-chip">
              {chip.title}
              <button
                type="button"
                className="lk-icon-button"
                aria-label={t('common.removeFilter', { name: chip.title })}
                onClick={chip.clear}
              >
                <RhUiCloseIcon />
              </button>
            </span>
          ))}
        </>
      )}
      <span className="lk-space" />
      {tools}
    </div>
  )
}
