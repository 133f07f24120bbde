/**
 * The list of the console: a real table whose body is virtual (two spacer rows), sorted and windowed in the database.
 * Inside the body PatternFly's class names only: its components cost 56–86 ms a frame at 100k rows, these 45 ms.
 */
import {
  columnVisibilityFeature,
  createColumnHelper,
  type RowSelectionState,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Page } from '../../shared/protocol/query.ts'
import { useView } from '../state/view.ts'
import {
  type Column,
  type ColumnMenuEntry,
  columnMenu,
  hiddenColumns,
  type RowAction,
  type Sort,
} from './data-table.ts'
import { RhUiArrowDownIcon, RhUiArrowUpIcon, RhUiColumnsIcon, RhUiEllipsisVerticalFillIcon } from './icons.ts'
import { ListEmpty, type ListEmptyProps, ListFailed } from './ListEmpty.tsx'
import { MenuButton } from './Menu.tsx'
import { TableFoot } from './TableFoot.tsx'
import { type BulkAction, Toolbar, type ToolbarChip } from './Toolbar.tsx'
import type { List } from './use-list.ts'
import { useTableKeys } from './use-table-keys.ts'

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature })

export interface DataTableProps<Row extends object> {
  /** Names the table in what is kept (columns switched off). */
  readonly id: string
  readonly title: string
  readonly titleNote?: string
  readonly list: List<Page<Row>>
  /** All rows, whatever the filters: "5 of 7". */
  readonly all?: number | undefined
  readonly columns: readonly Column<Row>[]
  readonly rowId: (row: Row) => string
  readonly rowName: (row: Row) => string
  /** Dims a row whose object is over. */
  readonly dimmed?: (row: Row) => boolean
  readonly sort: Sort
  readonly onSort: (sort: Sort) => void
  readonly chips?: readonly ToolbarChip[]
  readonly tools?: ReactNode
  readonly rowActions?: (row: Row) => readonly RowAction[]
  readonly onOpen?: (row: Row) => void
  readonly bulk?: (ids: readonly string[], clear: () => void) => readonly BulkAction[]
  readonly empty: ListEmptyProps
  /** True where a filter or a search is on: an empty list is then "not found". */
  readonly filtered: boolean
  readonly onClearFilters: () => void
  /** 40 where rows have avatars. */
  readonly rowHeight?: 36 | 40
  /** The row whose object is open beside the list. */
  readonly openId?: string | undefined
  /** Of the column of row actions, in px; less where no action is inline. */
  readonly actionsWidth?: number
  /** J and K begin here; one table a screen. */
  readonly main?: boolean
}

export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { id, list, columns, rowId, rowName, sort, rowActions, bulk, rowHeight = 36, main = true } = props
  const { t } = useTranslation()
  const scroll = useRef<HTMLDivElement>(null)
  const [selection, setSelection] = useState<RowSelectionState>({})
  const [question, setQuestion] = useState(list.question)
  if (question !== list.question) {
    // Nobody acts on rows that are out of sight.
    setQuestion(list.question)
    setSelection({})
  }
  const [focused, setFocused] = useState(0)
  const hidden = useView((view) => view.hiddenColumns[id])

  const virtual = useVirtualizer({
    count: list.total,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: 32,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const { show } = list
  useEffect(() => show(first, last), [show, first, last])

  const shown = items.map(({ index }) => list.row(index))
  const rows = shown.filter((row) => row !== undefined)
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>()
    return columns.map((column) =>
      helper.display({ id: column.id, header: column.title, cell: ({ row }) => column.cell(row.original) }),
    )
  }, [columns])
  const columnVisibility = useMemo(
    () => Object.fromEntries(hiddenColumns(hidden, columns).map((name) => [name, false])),
    [hidden, columns],
  )
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    state: { rowSelection: selection, columnVisibility },
    onRowSelectionChange: setSelection,
  })
  const tableRows = table.getRowModel().rowsById
  const visible = table.getVisibleLeafColumns().flatMap(({ id }) => columns.find((column) => column.id === id) ?? [])
  const selected = Object.keys(selection)
  const clear = useCallback(() => setSelection({}), [])

  const focusRow = useCallback(
    (index: number) => {
      const target = Math.min(Math.max(0, index), list.total - 1)
      if (target < 0) return
      setFocused(target)
      virtual.scrollToIndex(target, { align: 'auto' })
      // Once it is drawn.
      requestAnimationFrame(() =>
        requestAnimationFrame(() =>
          scroll.current?.querySelector<HTMLElement>(`tr[aria-rowindex="${target + 2}"]`)?.focus(),
        ),
      )
    },
    [list.total, virtual],
  )
  const toggle = useCallback((key: string) => {
    setSelection((selection) => {
      const { [key]: was, ...rest } = selection
      return was ? rest : { ...selection, [key]: true }
    })
  }, [])
  const current = list.row(focused)
  const actions = useMemo(() => (current && rowActions ? rowActions(current) : []), [current, rowActions])
  const [hasFocus, setHasFocus] = useState(false)
  useTableKeys({
    active: main,
    row: hasFocus && current ? { name: rowName(current), actions } : undefined,
    move: (step) => focusRow(hasFocus ? focused + step : focused),
  })

  function onRowKey(event: KeyboardEvent<HTMLTableRowElement>, row: Row, index: number): void {
    if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return
    const steps: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: list.total - 1,
      PageDown: index + 12,
      PageUp: index - 12,
    }
    const step = steps[event.key]
    if (step !== undefined) {
      event.preventDefault()
      focusRow(step)
    } else if (event.key === 'Enter' && props.onOpen) {
      event.preventDefault()
      props.onOpen(row)
    } else if (event.key === ' ' && bulk) {
      event.preventDefault()
      toggle(rowId(row))
    }
  }

  const hideable: readonly ColumnMenuEntry[] = columns.filter((column) => column.hideable)
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const span = visible.length + (bulk ? 1 : 0) + (rowActions ? 1 : 0)
  const loading = list.page === undefined && list.error === undefined
  const sortedTitle = columns.find((column) => column.sort === sort.field)?.title ?? ''
  const allShown = rows.length > 0 && rows.every((row) => selection[rowId(row)])

  return (
    <section className="lk-panel" aria-label={props.title}>
      <Toolbar
        title={props.title}
        {...(props.titleNote !== undefined && { note: props.titleNote })}
        total={list.page?.total}
        all={props.all}
        chips={props.chips ?? []}
        tools={
          <>
            {props.tools}
            {hideable.length > 0 && (
              <MenuButton
                label={t('common.columns')}
                className="lk-icon-button lk-32"
                end
                items={columnMenu(id, hideable)}
              >
                <RhUiColumnsIcon />
              </MenuButton>
            )}
          </>
        }
        selected={selected.length}
        bulk={bulk && selected.length > 0 ? bulk(selected, clear) : []}
        onClear={clear}
      />
      {list.error !== undefined ? (
        <ListFailed error={list.error} onRetry={list.retry} />
      ) : list.page?.total === 0 ? (
        <ListEmpty {...props.empty} filtered={props.filtered} onClearFilters={props.onClearFilters} />
      ) : (
        <>
          <div ref={scroll} className="lk-scroll" aria-busy={loading}>
            <table
              className={`pf-v6-c-table pf-m-grid-md pf-m-compact lk-table${rowHeight === 40 ? ' lk-r40' : ''}`}
              aria-label={props.title}
              aria-rowcount={list.total + 1}
              onFocus={() => setHasFocus(true)}
              onBlur={(event) => {
                if (!event.currentTarget.contains(event.relatedTarget)) setHasFocus(false)
              }}
            >
              <colgroup>
                {bulk && <col style={{ width: 48 }} />}
                {visible.map((column) => (
                  <col key={column.id} style={{ width: column.width }} />
                ))}
                {rowActions && <col style={{ width: props.actionsWidth ?? 104 }} />}
              </colgroup>
              <thead className="pf-v6-c-table__thead">
                <tr className="pf-v6-c-table__tr" aria-rowindex={1}>
                  {bulk && (
                    <th className="pf-v6-c-table__th" scope="col">
                      <label className="lk-tick">
                        <input
                          type="checkbox"
                          aria-label={t('common.selectShown')}
                          checked={allShown}
                          ref={(box) => {
                            if (box) box.indeterminate = !allShown && selected.length > 0
                          }}
                          onChange={() =>
                            setSelection((selection) => {
                              const shown = rows.map(rowId)
                              const others = Object.entries(selection).filter(([key]) => !shown.includes(key))
                              return Object.fromEntries([
                                ...others,
                                ...(allShown ? [] : shown.map((key) => [key, true])),
                              ])
                            })
                          }
                        />
                      </label>
                    </th>
                  )}
                  {visible.map((column) => (
                    <HeadCell key={column.id} column={column} sort={sort} onSort={props.onSort} />
                  ))}
                  {rowActions && (
                    <th className="pf-v6-c-table__th" scope="col">
                      <span className="lk-sr">{t('common.actions')}</span>
                    </th>
                  )}
                </tr>
              </thead>
              <tbody className="pf-v6-c-table__tbody">
                {loading && <Bones columns={span} />}
                {before > 0 && (
                  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row is not focusable; this one only holds the place
                  <tr aria-hidden="true" className="lk-spacer">
                    <td colSpan={span} style={{ height: before }} />
                  </tr>
                )}
                {items.map(({ index }) => {
                  const row = list.row(index)
                  const tableRow = row && tableRows[rowId(row)]
                  if (!row || !tableRow) return <Bone key={index} index={index} columns={span} />
                  const key = rowId(row)
                  const chosen = selection[key] === true
                  const own = rowActions?.(row) ?? []
                  return (
                    <tr
                      key={key}
                      className={`pf-v6-c-table__tr${props.dimmed?.(row) ? ' lk-dim' : ''}`}
                      aria-rowindex={index + 2}
                      aria-selected={bulk ? chosen : undefined}
                      aria-current={key === props.openId ? 'true' : undefined}
                      tabIndex={index === focused || (focused < first && index === first) ? 0 : -1}
                      onFocus={() => setFocused(index)}
                      onKeyDown={(event) => onRowKey(event, row, index)}
                      onDoubleClick={() => props.onOpen?.(row)}
                    >
                      {bulk && (
                        <td className="pf-v6-c-table__td">
                          <label className="lk-tick">
                            <input
                              type="checkbox"
                              tabIndex={-1}
                              aria-label={t('common.selectRow', { name: rowName(row) })}
                              checked={chosen}
                              onChange={() => toggle(key)}
                            />
                          </label>
                        </td>
                      )}
                      {tableRow.getVisibleCells().map((cell) => {
                        const column = visible.find(({ id }) => id === cell.column.id)
                        return (
                          <td
                            key={cell.id}
                            className={column?.align === 'end' ? 'pf-v6-c-table__td lk-end' : 'pf-v6-c-table__td'}
                          >
                            <table.FlexRender cell={cell} />
                          </td>
                        )
                      })}
                      {rowActions && (
                        <td className="pf-v6-c-table__td lk-actions">
                          <div>
                            {own
                              .filter((action) => action.inline)
                              .map((action) => {
                                const Icon = action.icon
                                const label = t(action.titleKey)
                                return (
                                  <button
                                    key={action.id}
                                    type="button"
                                    className="lk-icon-button"
                                    aria-label={`${label}: ${rowName(row)}`}
                                    title={action.reason ?? label}
                                    aria-disabled={action.reason !== undefined}
                                    onClick={() => action.reason === undefined && action.run()}
                                  >
                                    {Icon && <Icon />}
                                  </button>
                                )
                              })}
                            {own.length > 0 && (
                              <MenuButton
                                label={t('common.moreActions', { name: rowName(row) })}
                                end
                                items={own.map((action) => ({ ...action, title: t(action.titleKey) }))}
                              >
                                <RhUiEllipsisVerticalFillIcon />
                              </MenuButton>
                            )}
                          </div>
                        </td>
                      )}
                    </tr>
                  )
                })}
                {after > 0 && (
                  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: as above
                  <tr aria-hidden="true" className="lk-spacer">
                    <td colSpan={span} style={{ height: after }} />
                  </tr>
                )}
              </tbody>
            </table>
          </div>
          <TableFoot
            first={first}
            last={last}
            total={list.total}
            sortedBy={sortedTitle}
            select={bulk !== undefined}
            keys={actions}
            visible={main}
          />
        </>
      )}
    </section>
  )
}

function HeadCell<Row>({
  column,
  sort,
  onSort,
}: {
  readonly column: Column<Row>
  readonly sort: Sort
  readonly onSort: (sort: Sort) => void
}) {
  const sorted = column.sort !== undefined && column.sort === sort.field
  const direction = sorted ? (sort.direction === 'asc' ? 'ascending' : 'descending') : undefined
  return (
    <th
      className={column.align === 'end' ? 'pf-v6-c-table__th lk-end' : 'pf-v6-c-table__th'}
      scope="col"
      aria-sort={direction}
    >
      {column.sort === undefined ? (
        column.title
      ) : (
        <button
          type="button"
          onClick={() =>
            onSort({
              field: column.sort ?? '',
              direction:
                sorted && sort.direction === (column.first ?? 'asc')
                  ? opposite(sort.direction)
                  : sorted
                    ? opposite(sort.direction)
                    : (column.first ?? 'asc'),
            })
          }
        >
          {column.title}
          {sorted && (sort.direction === 'asc' ? <RhUiArrowUpIcon /> : <RhUiArrowDownIcon />)}
        </button>
      )}
    </th>
  )
}

const opposite = (direction: Sort['direction']): Sort['direction'] => (direction === 'asc' ? 'desc' : 'asc')

function Bone({ index, columns }: { readonly index: number; readonly columns: number }) {
  return (
    <tr className="pf-v6-c-table__tr" aria-rowindex={index + 2}>
      {Array.from({ length: columns }, (_, cell) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells of a placeholder have nothing else
        <td key={cell} className="pf-v6-c-table__td">
          <span className="lk-bone" />
        </td>
      ))}
    </tr>
  )
}

function Bones({ columns }: { readonly columns: number }) {
  return [0, 1, 2, 3, 4].map((index) => <Bone key={index} index={index} columns={columns} />)
}
