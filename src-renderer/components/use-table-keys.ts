import { useEffect, useMemo, useRef } from 'react'
import { type Action, useActions } from '../app/actions/registry.ts'
import type { RowAction } from './data-table.ts'

/** J and K for the main table of a screen, and the actions of the row that has the focus, in the one registry. */
export function useTableKeys({
  active,
  row,
  move,
}: {
  readonly active: boolean
  readonly row: { readonly name: string; readonly actions: readonly RowAction[] } | undefined
  readonly move: (step: number) => void
}): void {
  const latest = useRef(move)
  useEffect(() => {
    latest.current = move
  })
  const name = row?.name
  const rowActions = row?.actions
  const actions = useMemo((): readonly Action[] => {
    const moves: Action[] = active
      ? [
          {
            id: 'list.next',
            group: 'here',
            titleKey: 'common.nextRow',
            keys: 'j',
            keysOnly: true,
            run: () => latest.current(1),
          },
          {
            id: 'list.previous',
            group: 'here',
            titleKey: 'common.previousRow',
            keys: 'k',
            keysOnly: true,
            run: () => latest.current(-1),
          },
        ]
      : []
    const own = (rowActions ?? []).map(
      (action): Action => ({
        id: `row.${action.id}`,
        group: 'here',
        titleKey: action.titleKey,
        ...(name !== undefined && { about: name }),
        ...(action.icon && { icon: action.icon }),
        ...(action.keys !== undefined && { keys: action.keys }),
        reason: () => action.reason,
        run: action.run,
      }),
    )
    return [...moves, ...own]
  }, [active, name, rowActions])
  useActions(actions)
}
