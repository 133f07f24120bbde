/** Takes a waiting secret once and keeps it in the dialog's own state only. */
import { useEffect, useRef, useState } from 'react'
import { ask } from '../app/ask.ts'

export interface Reveal {
  readonly secret: string | undefined
  readonly failure: unknown
  readonly shown: boolean
  /** Copied or revealed: the primary button may be used. */
  readonly saved: boolean
  readonly toggle: () => void
  readonly keep: () => void
}

export function useReveal(ticket: string): Reveal {
  const [secret, setSecret] = useState<string>()
  const [failure, setFailure] = useState<unknown>()
  const [shown, setShown] = useState(false)
  const [saved, setSaved] = useState(false)
  const taken = useRef(false)

  useEffect(() => {
    if (taken.current) return
    taken.current = true
    ask.secret.take.mutate({ ticket }).then(
      (answer) => setSecret(answer.secret),
      (error: unknown) => setFailure(error),
    )
  }, [ticket])

  return {
    secret,
    failure,
    shown,
    saved,
    toggle: () => {
      setShown(!shown)
      setSaved(true)
    },
    keep: () => setSaved(true),
  }
}
