/** When a key ends: never by default, since keys are rolled; days, or a date. */
import { useTranslation } from 'react-i18next'
import { lifetimeDays } from '../../../shared/domain/access-token.ts'
import { FieldErrorLine } from '../../components/form/Field.tsx'
import { Segments } from '../../components/form/Options.tsx'
import { dateTime } from '../../i18n/formats.ts'
import { type ExpiryChoice, endOf } from '../tokens/expiry.ts'

export type KeyExpiryChoice = ExpiryChoice | 'keep'

export function ExpiryField({
  choice,
  day,
  now,
  keep = false,
  error,
  onChange,
}: {
  readonly choice: KeyExpiryChoice
  readonly day: string
  readonly now: number
  /** True where it may stay as it is. */
  readonly keep?: boolean
  readonly error?: string | undefined
  readonly onChange: (choice: KeyExpiryChoice, day: string) => void
}) {
  const { t } = useTranslation()
  const end = choice === 'keep' ? undefined : endOf(choice, day, now)
  const choices: readonly KeyExpiryChoice[] = [
    ...(keep ? (['keep'] as const) : []),
    'never',
    ...lifetimeDays.map((days): ExpiryChoice => `${days}`),
    'date',
  ]
  const title = (value: KeyExpiryChoice) =>
    value === 'keep' || value === 'never' || value === 'date'
      ? t(`applications.expiryChoice.${value}`)
      : t('applications.expiryDays', { days: Number(value) })
  return (
    <div>
      <Segments
        label={t('applications.expires')}
        name="expiry"
        chosen={choice}
        options={choices.map((value) => ({ value, title: title(value) }))}
        onChange={(value) => onChange(value, day)}
      />
      {choice === 'date' && (
        <div className="lk-field lk-day">
          <label>
            {t('applications.expiryDay')}
            <input
              className="lk-input"
              type="date"
              value={day}
              aria-invalid={error !== undefined}
              onChange={(event) => onChange(choice, event.target.value)}
            />
          </label>
        </div>
      )}
      {error !== undefined ? (
        <FieldErrorLine text={error} />
      ) : (
        end !== undefined && end > 0 && <p className="lk-help">{t('applications.endsAt', { date: dateTime(end) })}</p>
      )}
    </div>
  )
}
