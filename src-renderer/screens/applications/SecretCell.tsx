/** A credential: masked, revealed or copied on demand; each look is an audit event (A14). */
import { useEffect, useState } from 'react'
import { errorText } from '../../app/refusal.ts'
import { CopyButton } from '../../components/CopyButton.tsx'
import { RhUiViewIcon, RhUiViewOffIcon } from '../../components/icons.ts'
import { Mono } from '../../components/small.tsx'
import { notify } from '../../state/notices.ts'

/** A revealed credential hides itself again: nobody leaves it on screen by accident. */
const shownMs = 60_000

export type FetchSecret = (purpose: 'reveal' | 'copy') => Promise<string>

/** The secret while it is shown. It lives in this state and goes with it. */
export function useShownSecret(fetchSecret: FetchSecret): {
  readonly secret: string | undefined
  readonly toggle: () => Promise<void>
} {
  const [secret, setSecret] = useState<string>()
  useEffect(() => {
    if (secret === undefined) return
    const timer = setTimeout(() => setSecret(undefined), shownMs)
    return () => clearTimeout(timer)
  }, [secret])
  return {
    secret,
    async toggle() {
      if (secret !== undefined) return setSecret(undefined)
      try {
        setSecret(await fetchSecret('reveal'))
      } catch (error) {
        notify('failed', errorText(error))
      }
    },
  }
}

export function SecretText({ secret, tail }: { readonly secret: string | undefined; readonly tail: string }) {
  return secret === undefined ? (
    <Mono subtle>{`${'•'.repeat(8)}${tail}`}</Mono>
  ) : (
    <span className="lk-mono lk-shown">{secret}</span>
  )
}

/** Reveal and copy, named after their target. */
export function SecretButtons({
  secret,
  toggle,
  fetchSecret,
  labels,
}: {
  readonly secret: string | undefined
  readonly toggle: () => Promise<void>
  readonly fetchSecret: FetchSecret
  readonly labels: { readonly reveal: string; readonly hide: string; readonly copy: string }
}) {
  const label = secret === undefined ? labels.reveal : labels.hide
  return (
    <>
      <button
        type="button"
        className="lk-icon-button"
        aria-label={label}
        title={label}
        aria-pressed={secret !== undefined}
        onClick={() => void toggle()}
      >
        {secret === undefined ? <RhUiViewIcon /> : <RhUiViewOffIcon />}
      </button>
      <CopyButton variant="icon" label={labels.copy} text={() => fetchSecret('copy')} />
    </>
  )
}
