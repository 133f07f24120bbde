/** What an application authenticates with, by its service's pattern (A1, A6–A9). */
import { useTranslation } from 'react-i18next'
import { ask } from '../../app/ask.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { Mono, Note, RelativeTime, State, Tag } from '../../components/small.tsx'
import { useShownSecret } from '../../components/use-shown-secret.ts'
import { AppKeys, type CredentialProps } from './AppKeys.tsx'
import { ListEditor } from './ListEditor.tsx'
import type { ClientSecret } from './rows.ts'
import { examples, useListRules } from './rules.ts'
import { SecretButtons, SecretText } from './SecretCell.tsx'
import { useCredentialAction } from './use-credential-actions.tsx'
import { useListChange } from './use-list-change.ts'

export function CredentialsPanel(props: CredentialProps) {
  switch (props.application.pattern) {
    case 'api_key':
      return <UserKey {...props} />
    case 'app_id_key':
      return <Keys {...props} />
    case 'oauth':
      return <OAuth {...props} />
  }
}

/** "sent as header app_id app_key": how a gateway finds the credentials in a call (A3). */
function SentAs({ application }: Pick<CredentialProps, 'application'>) {
  const { t } = useTranslation()
  const { pattern, parameterNames, credentialsLocation } = application
  const names = pattern === 'api_key' ? [parameterNames.userKey] : [parameterNames.appId, parameterNames.appKey]
  return (
    <span className="lk-sent">
      <span className="lk-subtle">{t(`applications.sentAs.${credentialsLocation}`)}</span>
      {names.map((name) => (
        <Tag key={name} mono>
          {name}
        </Tag>
      ))}
    </span>
  )
}

function CredentialButton({ application, reason }: Pick<CredentialProps, 'application' | 'reason'>) {
  const { t } = useTranslation()
  const action = useCredentialAction(application, reason)
  const Icon = action.icon
  return (
    <ActionButton
      variant="tertiary"
      size="sm"
      {...(Icon && { icon: <Icon /> })}
      reason={action.reason}
      onClick={action.run}
    >
      {t(action.titleKey)}
    </ActionButton>
  )
}

function UserKey({ application, reason, hidden }: CredentialProps) {
  const { t } = useTranslation()
  const { id, name, userKey } = application
  const fetchSecret = (purpose: 'reveal' | 'copy') =>
    ask.secret.userKey.mutate({ id, purpose }).then(({ secret }) => secret)
  // An API key has no id of its own: when it was made and how it ends tell it from the one before.
  const credential = `${id} ${userKey?.createdAt ?? ''} ${userKey?.hintTail ?? ''}`
  const { secret, toggle } = useShownSecret(credential, fetchSecret)
  return (
    <section className="lk-panel" aria-label={t('applications.credentials')}>
      <div className="lk-toolbar">
        <h2>{t('applications.credentials')}</h2>
        <span className="lk-space" />
        <CredentialButton application={application} reason={reason} />
      </div>
      {userKey ? (
        <>
          <div className="lk-credential">
            <span className="lk-subtle lk-credential-name">{t('applications.userKey')}</span>
            <SecretText secret={secret} tail={userKey.hintTail} />
            {hidden === undefined && (
              <span className="lk-row lk-tight">
                <SecretButtons
                  secret={secret}
                  toggle={toggle}
                  fetchSecret={fetchSecret}
                  labels={{
                    reveal: t('applications.revealUserKey', { name }),
                    hide: t('applications.hideUserKey', { name }),
                    copy: t('applications.copyUserKey', { name }),
                  }}
                />
              </span>
            )}
            <span className="lk-space" />
            <SentAs application={application} />
          </div>
          <div className="lk-credential lk-small lk-subtle">
            <span>
              {t('applications.created')} <RelativeTime at={userKey.createdAt} />
            </span>
            <span>
              {t('applications.lastUsed')} <RelativeTime at={userKey.lastUsedAt} />
            </span>
            <span className="lk-space" />
            <span>{t('applications.audited')}</span>
          </div>
        </>
      ) : (
        <div className="lk-panel-body">
          <Note title={t('applications.noUserKey')}>{t('applications.noUserKeyText')}</Note>
        </div>
      )}
    </section>
  )
}

function Keys(props: CredentialProps) {
  const { application, reason } = props
  const { t } = useTranslation()
  const { keyLimit } = application.usageRules
  const usable = application.keys.filter(({ standing }) => standing !== 'expired').length
  return (
    <section className="lk-panel" aria-label={t('applications.credentials')}>
      <div className="lk-toolbar">
        <h2>{t('applications.credentials')}</h2>
        {application.keyless && <State kind="warn">{t('applications.keyless')}</State>}
        <span className="lk-space" />
        {keyLimit <= 10 && (
          <span className="lk-meter" aria-hidden="true">
            {Array.from({ length: keyLimit }, (_, index) => (
              <i key={String(index)} className={index < usable ? 'lk-on' : undefined} />
            ))}
          </span>
        )}
        <span className="lk-subtle lk-num">{t('applications.keysOfLimit', { count: usable, limit: keyLimit })}</span>
        <CredentialButton application={application} reason={reason} />
      </div>
      <div className="lk-credential lk-ruled">
        <span className="lk-subtle lk-credential-name">{t('applications.appId')}</span>
        {application.appId === '' ? (
          <span className="lk-subtle">{t('applications.noAppId')}</span>
        ) : (
          <>
            <Mono>{application.appId}</Mono>
            <CopyButton variant="icon" label={t('applications.copyAppId')} text={application.appId} />
            <span className="lk-small lk-subtle">{t('applications.neverChanges')}</span>
          </>
        )}
        <span className="lk-space" />
        <SentAs application={application} />
      </div>
      <AppKeys {...props} />
    </section>
  )
}

function OAuth({ application, reason, hidden }: CredentialProps) {
  const { t } = useTranslation()
  const rules = useListRules()
  const { id, appId, clientSecrets, redirectUrls } = application

  const { busy, change } = useListChange(application, {
    field: 'redirectUrls',
    send: (items) => ask.application.updateRedirectUrls.mutate({ id, redirectUrls: items }),
    saved: t('applications.redirectUrlsSaved'),
  })
  return (
    <section className="lk-panel" aria-label={t('applications.credentials')}>
      <div className="lk-toolbar">
        <h2>{t('applications.credentials')}</h2>
        <span className="lk-space" />
        <CredentialButton application={application} reason={reason} />
      </div>
      <div className="lk-credential lk-ruled">
        <span className="lk-subtle lk-credential-name">{t('applications.clientId')}</span>
        <Mono>{appId}</Mono>
        <CopyButton variant="icon" label={t('applications.copyClientId')} text={appId} />
        <span className="lk-small lk-subtle">{t('applications.neverChanges')}</span>
      </div>
      {clientSecrets.length === 0 && (
        <div className="lk-panel-body">
          <Note title={t('applications.noSecret')}>{t('applications.noSecretText')}</Note>
        </div>
      )}
      {clientSecrets.map((item) => (
        <SecretRow key={item.id} application={application} item={item} hidden={hidden} />
      ))}
      <div className="lk-panel-body lk-ruled-top">
        <ListEditor
          label={t('applications.redirectUrls')}
          hint={t('applications.ofMax', { count: redirectUrls.length, max: rules.redirectUrls.max })}
          items={redirectUrls}
          rule={rules.redirectUrls}
          placeholder={examples.redirectUrls}
          reason={reason}
          busy={busy}
          onChange={(next) => void change(next)}
        />
        <p className="lk-help">{t('applications.redirectHelp')}</p>
      </div>
    </section>
  )
}

function SecretRow({
  application: { id, name },
  item,
  hidden,
}: Pick<CredentialProps, 'application' | 'hidden'> & { readonly item: ClientSecret }) {
  const { t } = useTranslation()
  const fetchSecret = (purpose: 'reveal' | 'copy') =>
    ask.secret.clientSecret.mutate({ id, secretId: item.id, purpose }).then(({ secret }) => secret)
  const { secret, toggle } = useShownSecret(item.id, fetchSecret)
  return (
    <div className="lk-credential">
      <span className="lk-subtle lk-credential-name">{t('applications.clientSecret')}</span>
      <SecretText secret={secret} tail={item.hintTail} />
      {hidden === undefined && (
        <span className="lk-row lk-tight">
          <SecretButtons
            secret={secret}
            toggle={toggle}
            fetchSecret={fetchSecret}
            labels={{
              reveal: t('applications.revealSecret', { name, tail: item.hintTail }),
              hide: t('applications.hideSecret', { name, tail: item.hintTail }),
              copy: t('applications.copySecret', { name, tail: item.hintTail }),
            }}
          />
        </span>
      )}
      <span className="lk-space" />
      {item.endsAt === 0 ? (
        <State kind="ok">{t('applications.secretActive')}</State>
      ) : (
        <State kind="waiting">
          {t('applications.secretEnds')} <RelativeTime at={item.endsAt} />
        </State>
      )}
      <span className="lk-small lk-subtle">
        {t('applications.lastUsed')} <RelativeTime at={item.lastUsedAt} />
      </span>
    </div>
  )
}
