/** What a noun's folder (`screens/<noun>/index.ts`) gives the app: its routes, its navigation entries, its actions. */
import type { AnyRoute } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { Action as Right } from '../../shared/domain/permission.ts'
import type { Action } from './actions/registry.ts'

export const navGroups = ['home', 'apis', 'insight', 'workspace', 'personal', 'foot'] as const
export type NavGroup = (typeof navGroups)[number]

export interface NavEntry {
  readonly id: string
  readonly group: NavGroup
  /** Order within the group; see README for the numbers in use. */
  readonly order: number
  readonly titleKey: string
  readonly icon: ComponentType
  readonly to: string
  /** Shown only to who may (M4); without it, to everybody. */
  readonly needs?: Right
  /** Keys that go there, for example `g s`. */
  readonly keys?: string
  /** A component that shows a count at the right. */
  readonly Count?: ComponentType
}

export interface ScreenModule {
  readonly routes: readonly AnyRoute[]
  readonly nav?: readonly NavEntry[]
  readonly actions?: readonly Action[]
}
