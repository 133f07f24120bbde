import { useTranslation } from 'react-i18next'
import { RhUiCaretDownIcon } from '../../components/icons.ts'
import { relativeTime } from '../../i18n/formats.ts'
import { useKeyName } from '../applications/words.tsx'
import type { Pickable } from './asked.ts'

/** Which of the application's keys is sent, or none. The secret itself stays where it is. */
export function KeyField({
  application,
  keyId,
  onChoose,
}: {
  readonly application: Pickable
  readonly keyId: string | undefined
  readonly onChoose: (keyId: string) => void
}) {
  const { t } = useTranslation()
  const keyName = useKeyName()
  const { pattern, userKey, keys, clientSecrets } = application
  if (pattern === 'api_key') {
    return (
      <div>
        <p className="lk-label">{t('applications.userKey')}</p>
        <p className="lk-mono">{userKey ? `••••${userKey.hintTail}` : t('test.noUserKey')}</p>
      </div>
    )
  }
  const options =
    pattern === 'oauth'
      ? clientSecrets.map(({ id, hintTail, endsAt }) => ({
          id,
          text: `••••${hintTail}`,
          note: endsAt === 0 ? '' : t('test.ends', { when: relativeTime(endsAt, Date.now()) }),
        }))
      : keys.map((key) => ({
          id: key.id,
          text: `${keyName(key)} ••••${key.hintTail}`,
          note: key.standing === 'expired' ? t('test.expired') : '',
        }))
  return (
    <div className="lk-field">
      <label>
        {t(pattern === 'oauth' ? 'applications.clientSecret' : 'test.key')}
        <span className="lk-select">
          <select className="lk-input" value={keyId ?? 'none'} onChange={(event) => onChoose(event.target.value)}>
            {options.map(({ id, text, note }) => (
              <option key={id} value={id}>
                {note === '' ? text : `${text} · ${note}`}
              </option>
            ))}
            <option value="none">{t(pattern === 'oauth' ? 'test.noSecret' : 'test.noKey')}</option>
          </select>
          <RhUiCaretDownIcon />
        </span>
      </label>
    </div>
  )
}
