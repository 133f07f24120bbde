/** A credential: masked, revealed or copied on demand; each look is an audit event (A14). */
import { CopyButton } from '../../components/CopyButton.tsx'
import { RhUiViewIcon, RhUiViewOffIcon } from '../../components/icons.ts'
import { Mono } from '../../components/small.tsx'
import type { FetchSecret } from '../../components/use-shown-secret.ts'

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
