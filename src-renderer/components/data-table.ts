/** What a list's screen says about its columns, order and row actions. */
import type { ComponentType, ReactNode } from 'react'
import { setView, useView } from '../state/view.ts'
import type { MenuItem } from './Menu.tsx'

export interface Column<Row> {
  readonly id: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  /** The field that the database sorts by. */
  readonly sort?: string
  /** The direction of the first press; dates begin with the newest. */
  readonly first?: 'asc' | 'desc'
  /** A CSS width; columns without one share the rest. */
  readonly width?: string
  readonly align?: 'end'
  /** May be switched off. */
  readonly hideable?: boolean
  /** Switched off until the reader asks for it. */
  readonly hiddenAtFirst?: boolean
}

export interface Sort {
  readonly field: string
  readonly direction: 'asc' | 'desc'
}

export interface RowAction {
  readonly id: string
  readonly titleKey: string
  readonly icon?: ComponentType
  /** One key, for example `e`, `r`, `Delete`; works while the row has the focus. */
  readonly keys?: string
  /** Also as an icon in the row; at most two. */
  readonly inline?: boolean
  readonly danger?: boolean
  readonly divided?: boolean
  readonly reason?: string | undefined
  readonly run: () => void
}

export type ColumnMenuEntry = Pick<Column<never>, 'id' | 'title' | 'hiddenAtFirst'>

/** The columns that are switched off in a table: the reader's choice, or those that begin so. */
export function hiddenColumns(
  chosen: readonly string[] | undefined,
  columns: readonly ColumnMenuEntry[],
): readonly string[] {
  return chosen ?? columns.filter(({ hiddenAtFirst }) => hiddenAtFirst).map(({ id }) => id)
}

/** The column chooser of a table. */
export function columnMenu(tableId: string, columns: readonly ColumnMenuEntry[]): () => readonly MenuItem[] {
  return () => {
    const hidden = hiddenColumns(useView.getState().hiddenColumns[tableId], columns)
    return columns.map(({ id, title }) => ({
      id,
      title,
      checked: !hidden.includes(id),
      run: () =>
        setView(({ hiddenColumns }) => ({
          hiddenColumns: {
            ...hiddenColumns,
            [tableId]: hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id],
          },
        })),
    }))
  }
}
