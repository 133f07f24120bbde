/**
 * One registry of actions: the palette, the "?" sheet, keys and buttons read it. Actions of all screens are there from
 * the start (`screens/<noun>/index.ts`); actions of what is on screen come and go with `useActions`.
 */
import type { ComponentType } from 'react'
import { useEffect } from 'react'
import { create } from 'zustand'
import type { WhyNot } from '../person.ts'

export const actionGroups = ['here', 'create', 'goTo', 'view', 'workspace'] as const
export type ActionGroup = (typeof actionGroups)[number]

/** What an action may ask and do. */
export interface ActionContext {
  readonly whyNot: WhyNot
  readonly navigate: (to: string) => void
}

export interface Action {
  readonly id: string
  readonly group: ActionGroup
  readonly titleKey: string
  /** Fills the title's placeholders. */
  readonly titleValues?: Readonly<Record<string, string | number>>
  /** What it is about, shown beside the title: a name, never a secret. */
  readonly about?: string
  readonly icon?: ComponentType
  /** For example `n`, `Delete`, `g s` (one after the other), `Mod+k`, `Mod+Shift+s`. `Mod` is Ctrl, or Cmd on a Mac. */
  readonly keys?: string
  /** Other words that find it in the palette, in any language. */
  readonly words?: string
  /** Why it cannot be run now, as a sentence; undefined where it can. A disabled action keeps its place and says why. */
  readonly reason?: (context: ActionContext) => string | undefined
  /** Not shown at all, for example where a right is missing that the person will never ask for. */
  readonly hidden?: (context: ActionContext) => boolean
  /** Keys only: not in the palette. */
  readonly keysOnly?: boolean
  readonly run: (context: ActionContext) => void
}

interface Registry {
  readonly layers: readonly { readonly id: number; readonly actions: readonly Action[] }[]
}

export const useRegistry = create<Registry>()(() => ({ layers: [] }))
let lastLayer = 0

/** Adds actions until the answer is called. Later layers win where keys or ids are the same. */
export function addActions(actions: readonly Action[]): () => void {
  const id = ++lastLayer
  useRegistry.setState(({ layers }) => ({ layers: [...layers, { id, actions }] }))
  return () => useRegistry.setState(({ layers }) => ({ layers: layers.filter((layer) => layer.id !== id) }))
}

/** Actions of a component, for as long as it is on screen. Memoise the list. */
export function useActions(actions: readonly Action[]): void {
  useEffect(() => (actions.length === 0 ? undefined : addActions(actions)), [actions])
}

/** Newest layer first; an id occurs once. */
export function actionsOf({ layers }: Registry): readonly Action[] {
  const seen = new Set<string>()
  return layers
    .toReversed()
    .flatMap((layer) => layer.actions)
    .filter(({ id }) => !seen.has(id) && seen.add(id))
}

/** The action for pressed keys: that which came last wins, hidden ones do not count. */
export function actionForKeys(actions: readonly Action[], pressed: string, context: ActionContext): Action | undefined {
  return actions.find((action) => action.keys === pressed && !action.hidden?.(context))
}

/** True where some action's keys begin with what was pressed so far and go on. */
export function startsSequence(actions: readonly Action[], pressed: string): boolean {
  return actions.some(({ keys }) => keys?.startsWith(`${pressed} `))
}
