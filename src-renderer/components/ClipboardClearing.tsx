/** The choice to clear the clipboard behind a copied secret, and how long that takes. */
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clearLater, clipboardClearMs } from './clipboard.ts'

export interface Clearing {
  readonly on: boolean
  /** The instant at which the clipboard is cleared. */
  readonly at: number | undefined
  /** Switched off, a clearing that waits is called off. */
  readonly choose: (on: boolean) => void
  /** To be called with what has just been copied. */
  readonly copied: (text: string) => void
}

/** A clearing that waits goes on when the dialog has closed: that is the usual case. */
export function useClearing(): Clearing {
  const [on, setOn] = useState(true)
  const [at, setAt] = useState<number>()
  const callOff = useRef<() => void>(undefined)
  return {
    on,
    at,
    choose(next) {
      setOn(next)
      if (next) return
      callOff.current?.()
      setAt(undefined)
    },
    copied(text) {
      callOff.current?.()
      if (!on) return
      callOff.current = clearLater(text)
      setAt(Date.now() + clipboardClearMs)
    },
  }
}

export function ClearingChoice({ clearing, label }: { readonly clearing: Clearing; readonly label: string }) {
  return (
    <label className="lk-row">
      <span className="lk-tick">
        <input type="checkbox" checked={clearing.on} onChange={(event) => clearing.choose(event.target.checked)} />
      </span>
      {label}
    </label>
  )
}

export function ClearsIn({ at }: Pick<Clearing, 'at'>) {
  const { t } = useTranslation()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (at === undefined) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [at])
  if (at === undefined) return null
  const seconds = Math.min(60, Math.max(0, Math.ceil((at - now) / 1_000)))
  return <span className="lk-num">{seconds === 0 ? t('reveal.cleared') : t('reveal.clearsIn', { seconds })}</span>
}
