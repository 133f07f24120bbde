/**
 * A form over a shared schema: react-hook-form validates with the very schema the engine uses; a refusal of the engine
 * lands on its field, as a sentence; a draft survives a crash (never a secret: name those fields in `omit`).
 */
import { zodResolver } from '@hookform/resolvers/zod'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type DefaultValues, type FieldValues, type Path, type UseFormReturn, useForm } from 'react-hook-form'
import type * as z from 'zod'
import { refusalOf } from '../../app/refusal.ts'
import { useDraft } from '../../drafts/use-draft.ts'

export interface CommandForm<Input extends FieldValues, Output> {
  readonly form: UseFormReturn<Input, unknown, Output>
  /** What went wrong apart from any field. */
  readonly failure: unknown
  readonly busy: boolean
  readonly submit: () => Promise<void>
}

export function useCommandForm<Input extends FieldValues, Output>({
  schema,
  values,
  run,
  draft,
  omit = [],
}: {
  readonly schema: z.ZodType<Output, Input>
  readonly values: DefaultValues<Input>
  readonly run: (output: Output) => Promise<unknown>
  /** The draft's name, for example `service.create`; left out, there is none. */
  readonly draft?: string
  readonly omit?: readonly (keyof Input & string)[]
}): CommandForm<Input, Output> {
  const form = useForm<Input, unknown, Output>({
    resolver: zodResolver(schema),
    defaultValues: values,
    mode: 'onTouched',
  })
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const { forget } = useDraft(form, draft, omit)
  const { isDirty } = form.formState

  useEffect(() => {
    if (!isDirty) return
    const stay = (event: BeforeUnloadEvent) => event.preventDefault()
    // Where the draft keeps what was typed, leaving loses nothing.
    if (draft === undefined) addEventListener('beforeunload', stay)
    return () => removeEventListener('beforeunload', stay)
  }, [isDirty, draft])

  const running = useRef(false)
  const submit = useCallback(async () => {
    // A second Enter comes before the first one shows as busy, and would make a second object.
    if (running.current) return
    running.current = true
    try {
      await form.handleSubmit(async (output) => {
        setBusy(true)
        setFailure(undefined)
        try {
          await run(output)
          await forget()
        } catch (error) {
          const refusal = refusalOf(error)
          const field = refusal?.field?.split('.')[0]
          if (refusal && field !== undefined && field in form.getValues()) {
            form.setError(
              field as Path<Input>,
              { type: 'refusal', message: JSON.stringify(refusal) },
              { shouldFocus: true },
            )
          } else setFailure(error)
        } finally {
          setBusy(false)
        }
      })()
    } finally {
      running.current = false
    }
  }, [form, run, forget])
  return { form, failure, busy, submit }
}
