/** A stored credential while it is looked at. It lives in this state, beside the name of what it belongs to. */
import { useEffect, useState } from 'react'
import { errorText } from '../app/refusal.ts'
import { notify } from '../state/notices.ts'

/** A revealed credential hides itself again: nobody leaves it on screen by accident. */
const shownMs = 60_000

export type FetchSecret = (purpose: 'reveal' | 'copy') => Promise<string>

/**
 * `credential` names the very credential: another one's secret is never shown in its place, neither where the page goes
 * on to another object nor where a new key takes the old one's row, not even by an answer that comes late.
 */
export function useShownSecret(
  credential: string,
  fetchSecret: FetchSecret,
): { readonly secret: string | undefined; readonly toggle: () => Promise<void> } {
  const [shown, setShown] = useState<{ readonly credential: string; readonly secret: string }>()
  useEffect(() => {
    if (shown === undefined) return
    if (shown.credential !== credential) return setShown(undefined)
    const timer = setTimeout(() => setShown(undefined), shownMs)
    return () => clearTimeout(timer)
  }, [shown, credential])
  const secret = shown?.credential === credential ? shown.secret : undefined
  return {
    secret,
    async toggle() {
      if (secret !== undefined) return setShown(undefined)
      try {
        setShown({ credential, secret: await fetchSecret('reveal') })
      } catch (error) {
        notify('failed', errorText(error))
      }
    },
  }
}
