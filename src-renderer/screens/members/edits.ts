/** Rights that were chosen and not saved yet, by member: a look at another member or screen loses none of them. */
import { create } from 'zustand'
import type { Rights } from './rights.ts'

export const useEdits = create<{ readonly edits: ReadonlyMap<string, Rights> }>()(() => ({ edits: new Map() }))

export function editRights(id: string, rights: Rights | undefined): void {
  useEdits.setState(({ edits }) => {
    const next = new Map(edits)
    if (rights === undefined) next.delete(id)
    else next.set(id, rights)
    return { edits: next }
  })
}
