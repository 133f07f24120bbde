/** A service token: masked, revealed or copied on demand; each look is an audit event (S3). */
import { useTranslation } from 'react-i18next'
import { ask } from '../app/ask.ts'
import type { ServiceTokenView } from '../app/rows.ts'
import { CopyButton } from './CopyButton.tsx'
import { RhUiViewIcon, RhUiViewOffIcon } from './icons.ts'
import { Mono } from './small.tsx'
import { useShownSecret } from './use-shown-secret.ts'

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
  const fetchSecret = (purpose: 'reveal' | 'copy') =>
    ask.secret.serviceToken.mutate({ id: serviceId, tokenId: token.id, purpose }).then(({ secret }) => secret)
  const { secret, toggle } = useShownSecret(token.id, fetchSecret)

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
