/** Takes a waiting secret once, keeps it in the dialog's own state only, and clears the clipboard behind it. */
import { useEffect, useRef, useState } from 'react'
import { ask } from '../app/ask.ts'
import { clearIfStill, clipboardClearMs, copyText } from './clipboard.ts'

async function digestOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Clears the clipboard in a minute if it still holds what has this digest: the secret itself is not kept for it. */
function clearLater(digest: string): void {
  setTimeout(async () => {
    try {
      const text = await navigator.clipboard.readText()
      if ((await digestOf(text)) === digest) await clearIfStill(text)
    } catch {
      // Reading is refused where the page has no focus; the dialog said "if it still holds the secret" and no more.
    }
  }, clipboardClearMs)
}

export interface Reveal {
  readonly secret: string | undefined
  readonly failure: unknown
  readonly shown: boolean
  /** Copied or revealed: the primary button may be used. */
  readonly saved: boolean
  /** The instant at which the clipboard is cleared. */
  readonly clearsAt: number | undefined
  readonly clears: boolean
  readonly setClears: (on: boolean) => void
  readonly toggle: () => void
  readonly copy: (text: (secret: string) => string) => Promise<void>
  readonly keep: () => void
}

export function useReveal(ticket: string): Reveal {
  const [secret, setSecret] = useState<string>()
  const [failure, setFailure] = useState<unknown>()
  const [shown, setShown] = useState(false)
  const [saved, setSaved] = useState(false)
  const [clears, setClears] = useState(true)
  const [clearsAt, setClearsAt] = useState<number>()
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
    clearsAt,
    clears,
    setClears,
    toggle: () => {
      setShown(!shown)
      setSaved(true)
    },
    keep: () => setSaved(true),
    async copy(text) {
      if (secret === undefined) return
      const copied = text(secret)
      await copyText(copied)
      setSaved(true)
      if (!clears) return
      setClearsAt(Date.now() + clipboardClearMs)
      clearLater(await digestOf(copied))
    },
  }
}
