import { useCallback, useEffect } from 'react'
import type { FieldValues, UseFormReturn } from 'react-hook-form'
import { useOpenWorkspace } from '../app/person.ts'
import { forgetDraft, loadDraft, saveDraft } from './database.ts'

const pauseMs = 400

/** Keeps what was typed into a form until it is submitted, and gives it back after a crash or a detour. */
export function useDraft<Input extends FieldValues, Output>(
  form: UseFormReturn<Input, unknown, Output>,
  name: string | undefined,
  omit: readonly string[],
): { readonly forget: () => Promise<void> } {
  const workspace = useOpenWorkspace()?.id
  const id = name !== undefined && workspace !== undefined ? `${workspace}/${name}` : undefined
  // A list written in place is new at every render; its names decide.
  const omitted = omit.join()

  useEffect(() => {
    if (id === undefined) return
    let ended = false
    let timer = 0
    loadDraft(id).then(
      (draft) => {
        if (!draft || ended || form.formState.isDirty) return
        form.reset({ ...form.getValues(), ...draft.values } as Input, { keepDefaultValues: true })
      },
      // No IndexedDB (private window, full disk): forms work without drafts.
      () => undefined,
    )
    const watching = form.watch((values) => {
      clearTimeout(timer)
      timer = window.setTimeout(() => {
        const kept = Object.fromEntries(Object.entries(values).filter(([field]) => !omitted.split(',').includes(field)))
        saveDraft({ id, values: kept, at: Date.now() }).catch(() => undefined)
      }, pauseMs)
    })
    return () => {
      ended = true
      clearTimeout(timer)
      watching.unsubscribe()
    }
  }, [id, form, omitted])

  const forget = useCallback(async () => {
    if (id !== undefined) await forgetDraft(id).catch(() => undefined)
  }, [id])
  return { forget }
}
