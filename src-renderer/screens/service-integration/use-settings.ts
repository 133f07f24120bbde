/**
 * Settings that wait for *Save*: only what was edited is kept and sent, so that what others change meanwhile shows
 * through. A draft of it outlives a crash; it comes back only where the fields still hold what it was typed over.
 */
import { useBlocker } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import type { Refusal } from '../../../shared/domain/outcome.ts'
import { useOpenWorkspace } from '../../app/person.ts'
import { refusalOf } from '../../app/refusal.ts'
import { forgetDraft, loadDraft, saveDraft } from '../../drafts/database.ts'
import { askToLeave } from './LeaveDialog.tsx'

type Value = string | number | boolean
export type Values = { readonly [field: string]: Value }

export interface Settings<T extends Values> {
  readonly values: T
  readonly changed: Partial<T>
  readonly count: number
  readonly busy: boolean
  readonly failure: unknown
  readonly errors: { readonly [K in keyof T]?: Refusal }
  readonly set: <K extends keyof T & string>(field: K, value: T[K]) => void
  readonly discard: () => void
  readonly save: () => Promise<void>
}

/** The edited fields that differ from what is saved. */
function differing<T extends Values>(saved: T, edited: Partial<T>): Partial<T> {
  return Object.fromEntries(
    Object.entries(edited).filter(([field, value]) => value !== undefined && value !== saved[field]),
  ) as Partial<T>
}

export function useSettings<T extends Values>({
  saved,
  draft,
  check,
  save,
}: {
  readonly saved: T
  /** The draft's name, for example `service.integration/01J…`. */
  readonly draft: string
  readonly check: (values: T) => { readonly [K in keyof T]?: Refusal }
  /** Answers false where it did not save and said so itself. */
  readonly save: (changed: Partial<T>) => Promise<boolean>
}): Settings<T> {
  const workspace = useOpenWorkspace()?.id ?? ''
  const draftId = `${workspace}/${draft}`
  const [edited, setEdited] = useState<Partial<T>>({})
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const [refused, setRefused] = useState<Refusal>()
  const changed = differing(saved, edited)
  const count = Object.keys(changed).length
  const values: T = { ...saved, ...changed }
  const state = JSON.stringify({ changed, base: Object.keys(changed).map((field) => saved[field]) })

  // Once for each object: what a crash left behind.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is saved later is no reason to look again
  useEffect(() => {
    let ended = false
    loadDraft(draftId).then(
      (found) => {
        if (ended || !found) return
        const { typed, over } = found.values as { typed?: Partial<T>; over?: Partial<T> }
        if (!typed || !over || Object.entries(over).some(([field, value]) => saved[field] !== value)) return
        setEdited((now) => ({ ...typed, ...now }))
      },
      () => undefined,
    )
    return () => {
      ended = true
    }
  }, [draftId])

  useEffect(() => {
    const { changed } = JSON.parse(state) as { changed: Partial<T> }
    if (Object.keys(changed).length === 0) return
    const over = Object.fromEntries(Object.keys(changed).map((field) => [field, saved[field]]))
    const timer = setTimeout(
      () => saveDraft({ id: draftId, values: { typed: changed, over }, at: Date.now() }).catch(() => undefined),
      400,
    )
    return () => clearTimeout(timer)
  }, [state, draftId, saved])

  const discard = useCallback(() => {
    setEdited({})
    setFailure(undefined)
    setRefused(undefined)
    forgetDraft(draftId).catch(() => undefined)
  }, [draftId])

  useBlocker({
    shouldBlockFn: async () => {
      if (count === 0) return false
      if (!(await askToLeave(count))) return true
      discard()
      return false
    },
    enableBeforeUnload: () => count > 0,
  })

  const errors = { ...check(values) }
  const field = refused?.field?.split('.').at(-1)
  if (refused && field !== undefined && field in saved) Object.assign(errors, { [field]: refused })
  return {
    values,
    changed,
    count,
    busy,
    failure,
    errors,
    set(name, value) {
      setEdited((now) => ({ ...now, [name]: value }))
      setRefused(undefined)
      setFailure(undefined)
    },
    discard,
    async save() {
      if (busy || count === 0 || Object.keys(check(values)).length > 0) return
      setBusy(true)
      setFailure(undefined)
      try {
        if (await save(changed)) discard()
      } catch (error) {
        const refusal = refusalOf(error)
        if (refusal?.field !== undefined && (refusal.field.split('.').at(-1) ?? '') in saved) setRefused(refusal)
        else setFailure(error)
      } finally {
        setBusy(false)
      }
    },
  }
}
