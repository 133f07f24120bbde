import { useMemo } from 'react'
import { type Action, useActions } from '../app/actions/registry.ts'
import type { RowAction } from './data-table.ts'

/**
 * The actions of the object that a page or a panel shows, in the one registry for as long as it is on screen. Memoise the
 * list.
 * @param withKeys false where a list on the same page has rows of its own, whose keys are the same
 */
export function usePageActions(name: string, actions: readonly RowAction[], withKeys = true): void {
  useActions(
    useMemo(
      () =>
        actions.map(
          ({ id, titleKey, icon, keys, reason, run }): Action => ({
            id: `page.${id}`,
            group: 'here',
            titleKey,
            about: name,
            ...(icon && { icon }),
            ...(withKeys && keys !== undefined && { keys }),
            reason: () => reason,
            run,
          }),
        ),
      [actions, name, withKeys],
    ),
  )
}
