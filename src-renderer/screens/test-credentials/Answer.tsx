/** The answer: allowed or denied with the first rule that failed, what can be done, and each check in order. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../app/refusal.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { RhUiAddIcon, RhUiCheckCircleFillIcon, RhUiErrorFillIcon, RhUiMinusCircleIcon } from '../../components/icons.ts'
import { Mono, Rich } from '../../components/small.tsx'
import { dateTime } from '../../i18n/formats.ts'
import { notify } from '../../state/notices.ts'
import type { Answered, Step } from './asked.ts'
import { useMend } from './use-mend.ts'
import { useStepWords } from './words.ts'

const icons = {
  passed: <RhUiCheckCircleFillIcon className="lk-ok" />,
  failed: <RhUiErrorFillIcon className="lk-bad" />,
  not_reached: <RhUiMinusCircleIcon />,
} as const

export function Answer({
  answered,
  stale,
  onMended,
}: {
  readonly answered: Answered
  /** True where the form says something else by now. */
  readonly stale: boolean
  readonly onMended: () => Promise<void>
}) {
  const { t } = useTranslation()
  const mend = useMend()(answered)
  const [busy, setBusy] = useState(false)
  const { test } = answered
  const { steps } = test
  const at = steps.findIndex(({ outcome }) => outcome === 'failed')
  const ahead = steps.filter(({ outcome }) => outcome === 'not_reached').length

  async function run(): Promise<void> {
    if (!mend || busy) return
    setBusy(true)
    try {
      await mend.run()
      if (!mend.leads) await onMended()
    } catch (error) {
      notify('failed', errorText(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className={stale ? 'lk-stack lk-stale' : 'lk-stack'}>
      <div className={test.authorized ? 'lk-answer lk-allowed' : 'lk-answer lk-denied'} role="status">
        {test.authorized ? <RhUiCheckCircleFillIcon /> : <RhUiErrorFillIcon />}
        <div>
          <h2>
            {test.authorized
              ? t('test.allowed')
              : t('test.denied', { number: at + 1, why: t(`test.why.${test.code}`) })}
          </h2>
          <p>
            <Rich
              text={
                test.authorized
                  ? t('test.allowedText', { count: steps.length })
                  : t('test.deniedText', { status: test.status, code: test.code ?? '', passed: at, ahead })
              }
            />
          </p>
        </div>
        {mend && (
          <ActionButton
            variant="tertiary"
            {...(mend.adds && { icon: <RhUiAddIcon /> })}
            reason={mend.reason}
            isLoading={busy}
            onClick={() => void run()}
          >
            {mend.title}
          </ActionButton>
        )}
      </div>
      <section className="lk-panel" aria-label={t('test.checks')}>
        <div className="lk-toolbar">
          <h2>{t('test.checks')}</h2>
          <span className="lk-subtle lk-ellipsis">{t('test.checksNote')}</span>
        </div>
        <ol className="lk-checks">
          {steps.map((step, index) => (
            <CheckLine key={step.check} step={step} number={index + 1} answered={answered} />
          ))}
        </ol>
      </section>
      <p className="lk-small lk-subtle">
        {t('test.judged', { when: dateTime(answered.at) })}
        {stale && <strong className="lk-block">{t('test.stale')}</strong>}
      </p>
    </div>
  )
}

function CheckLine({
  step,
  number,
  answered,
}: {
  readonly step: Step
  readonly number: number
  readonly answered: Answered
}) {
  const { t } = useTranslation()
  const { title, detail, more } = useStepWords()(step, answered)
  return (
    <li className={`lk-check lk-${step.outcome}`}>
      <span className="lk-num lk-subtle">{number}</span>
      {icons[step.outcome]}
      <span>
        <strong>{title}</strong>
        {step.code !== undefined && (
          <small>
            <Mono subtle>{step.code}</Mono>
          </small>
        )}
      </span>
      <span className="lk-check-detail">
        <Rich text={detail} />
        {more && (
          <small>
            <Mono subtle>{more.join(', ')}</Mono>
          </small>
        )}
      </span>
      <span className="lk-check-outcome">{t(`test.outcome.${step.outcome}`)}</span>
    </li>
  )
}
