import { Button } from '@patternfly/react-core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask, type Status } from '../../app/ask.ts'
import { refusalOf, useRefusalText } from '../../app/refusal.ts'
import { BusyButton } from '../../components/BusyButton.tsx'
import { FieldErrorLine } from '../../components/form/Field.tsx'
import { notify } from '../../state/notices.ts'
import { Shell } from './Shell.tsx'

/** Opens a locked workspace by passphrase or recovery code. What was typed goes with the attempt. */
export function LockScreen({ status }: { readonly status: Status }) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const [way, setWay] = useState<'passphrase' | 'recoveryCode'>('passphrase')
  const [text, setText] = useState('')
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [waitUntil, setWaitUntil] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const seconds = useCountdown(waitUntil)
  const name = status.current?.name ?? ''
  useEffect(() => {
    document.title = `${name} · Latchkey`
  }, [name])

  async function unlock(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (text === '' || busy || seconds > 0) return
    setBusy(true)
    try {
      await ask.console.unlock.mutate(way === 'passphrase' ? { passphrase: text } : { recoveryCode: text.trim() })
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal?.code === 'try_later') setWaitUntil(Date.now() + Number(refusal.params.seconds ?? 1) * 1_000)
      setFailure(error)
      input.current?.select()
    } finally {
      setBusy(false)
      setText('')
      input.current?.focus()
    }
  }

  const limited = refusalOf(failure)?.code === 'try_later'
  const sentence = limited
    ? seconds > 0
      ? t('refusal.try_later', { seconds })
      : undefined
    : failure !== undefined
      ? errorText(failure)
      : undefined
  return (
    <Shell status={status}>
      <form className="lk-first-form lk-narrow" onSubmit={(event) => void unlock(event)}>
        <div>
          <h1>{t('firstRun.unlockTitle', { name })}</h1>
          <p className="lk-subtle">{t('firstRun.unlockText')}</p>
        </div>
        <div className="lk-field">
          <label htmlFor="unlock">{t(`firstRun.${way}`)}</label>
          <input
            ref={input}
            id="unlock"
            className={way === 'recoveryCode' ? 'lk-input lk-mono' : 'lk-input'}
            type={way === 'passphrase' ? 'password' : 'text'}
            autoComplete="off"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: the only field of the screen
            autoFocus
            aria-invalid={sentence !== undefined}
            aria-describedby="unlock-error"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <div id="unlock-error">{sentence !== undefined && <FieldErrorLine text={sentence} />}</div>
        </div>
        <div className="lk-row">
          <BusyButton type="submit" variant="primary" busy={busy} isDisabled={text === '' || seconds > 0}>
            {t('firstRun.unlock')}
          </BusyButton>
          <Button
            variant="link"
            onClick={() => {
              setWay(way === 'passphrase' ? 'recoveryCode' : 'passphrase')
              setText('')
              setFailure(undefined)
              input.current?.focus()
            }}
          >
            {t(way === 'passphrase' ? 'firstRun.useRecoveryCode' : 'firstRun.usePassphrase')}
          </Button>
          <span className="lk-space" />
          <Button
            variant="link"
            onClick={() =>
              ask.console.closeWorkspace.mutate().catch((error: unknown) => notify('failed', errorText(error)))
            }
          >
            {t('firstRun.otherWorkspace')}
          </Button>
        </div>
      </form>
    </Shell>
  )
}

/** Whole seconds until an instant, 0 when it is past. */
function useCountdown(until: number): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (until === 0) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [until])
  return Math.max(0, Math.ceil((until - now) / 1_000))
}
