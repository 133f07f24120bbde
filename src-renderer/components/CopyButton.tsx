import { Button } from '@patternfly/react-core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText } from './clipboard.ts'
import { RhUiCheckIcon, RhUiCopyIcon } from './icons.ts'

/** Copies, and says so in its own status region. `text` may be a promise: a secret is fetched when it is asked for. */
export function CopyButton({
  label,
  text,
  small = false,
  variant = 'plain',
  onCopied,
}: {
  /** Named after its target: "Copy token". */
  readonly label: string
  readonly text: string | (() => Promise<string>)
  readonly small?: boolean
  readonly variant?: 'plain' | 'primary' | 'tertiary' | 'icon'
  readonly onCopied?: (text: string) => void
}) {
  const { t } = useTranslation()
  const [said, setSaid] = useState<'copied' | 'copyFailed'>()
  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => setSaid(undefined), 2_500)
    return () => clearTimeout(timer)
  }, [said])

  async function copy(): Promise<void> {
    try {
      const copied = typeof text === 'string' ? text : await text()
      await copyText(copied)
      setSaid('copied')
      onCopied?.(copied)
    } catch {
      setSaid('copyFailed')
    }
  }

  const icon = said === 'copied' ? <RhUiCheckIcon /> : <RhUiCopyIcon />
  const status = (
    <span role="status" className="lk-sr">
      {said ? t(`common.${said}`) : ''}
    </span>
  )
  if (variant === 'icon') {
    return (
      <>
        <button type="button" className="lk-icon-button" aria-label={label} title={label} onClick={() => void copy()}>
          {icon}
        </button>
        {status}
      </>
    )
  }
  return (
    <>
      <Button
        variant={said === 'copied' && variant === 'primary' ? 'tertiary' : variant}
        size={small ? 'sm' : 'default'}
        icon={icon}
        onClick={() => void copy()}
      >
        {said ? t(`common.${said}`) : label}
      </Button>
      {status}
    </>
  )
}
