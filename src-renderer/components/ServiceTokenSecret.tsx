/** A service token: masked, revealed or copied on demand; each look is an audit event (S3). */
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask } from '../app/ask.ts'
import { errorText } from '../app/refusal.ts'
import type { ServiceTokenView } from '../app/rows.ts'
import { notify } from '../state/notices.ts'
import { CopyButton } from './CopyButton.tsx'
import { RhUiViewIcon, RhUiViewOffIcon } from './icons.ts'
import { Mono } from './small.tsx'

/** A revealed token hides itself again: nobody leaves it on screen by accident. */
const shownMs = 60_000

export function ServiceTokenSecret({
  serviceId,
  serviceName,
  token,
  reason,
}: {
  readonly serviceId: string
  readonly serviceName: string
  readonly token: ServiceTokenView
  /** Why it cannot be looked at. */
  readonly reason?: string | undefined
}) {
  const { t } = useTranslation()
  const [secret, setSecret] = useState<string>()
  useEffect(() => {
    if (secret === undefined) return
    const timer = setTimeout(() => setSecret(undefined), shownMs)
    return () => clearTimeout(timer)
  }, [secret])

  async function fetchSecret(purpose: 'reveal' | 'copy'): Promise<string> {
    const answer = await ask.secret.serviceToken.mutate({ id: serviceId, tokenId: token.id, purpose })
    return answer.secret
  }
  async function toggle(): Promise<void> {
    if (secret !== undefined) return setSecret(undefined)
    try {
      setSecret(await fetchSecret('reveal'))
    } catch (error) {
      notify('failed', errorText(error))
    }
  }

  const label = t(secret === undefined ? 'services.revealToken' : 'services.hideToken', { name: serviceName })
  return (
    <span className="lk-cell">
      <span className="lk-ellipsis">
        <Mono subtle={secret === undefined}>{secret ?? `lk_st_${'•'.repeat(16)}${token.hintTail}`}</Mono>
      </span>
      {reason === undefined && (
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
          <CopyButton
            variant="icon"
            label={t('services.copyToken', { name: serviceName })}
            text={() => fetchSecret('copy')}
          />
        </>
      )}
    </span>
  )
}
