/** *Try it*: the calls as one application sends them, and the answer, computed on this computer. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answers, ask, trpc } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { CopyButton } from '../../components/CopyButton.tsx'
import {
  RhUiApplicationsIcon,
  RhUiCaretDownIcon,
  RhUiCheckCircleFillIcon,
  RhUiErrorFillIcon,
  RhUiInformationIcon,
} from '../../components/icons.ts'
import { ListFailed } from '../../components/ListEmpty.tsx'
import { Waiting } from '../../components/ObjectGate.tsx'
import { answerXml, type Call, callForToken, callToApi, callToEndpoint, type Parts, textOf } from './calls.ts'

type Application = Answers['application']['get']
type Shape = Pick<Parts, 'pattern' | 'location' | 'names'>

const most = 500
const dots = '••••••••'

/** The credential that the calls show: a key that works, else any. */
function credentialOf(application: Application, pattern: Parts['pattern']) {
  if (pattern === 'api_key') return application.userKey && { keyId: undefined, tail: application.userKey.hintTail }
  if (pattern === 'oauth') {
    const secret = application.clientSecrets.at(-1)
    return secret && { keyId: secret.id, tail: secret.hintTail }
  }
  const key = application.keys.find(({ standing }) => standing !== 'expired') ?? application.keys[0]
  return key && { keyId: key.id, tail: key.hintTail }
}

export function TryIt({ service, shape }: { readonly service: ServiceRow; readonly shape: Shape }) {
  const { t } = useTranslation()
  const id = useId()
  const { refusalText } = useRefusalText()
  const refused = useWhyNot()('application.view', service.id)
  const [chosen, setChosen] = useState<string>()
  const list = useQuery({
    ...trpc.application.list.queryOptions({ serviceId: service.id, limit: most }),
    enabled: refused === undefined,
  })
  const rows = list.data?.rows ?? []
  const current = rows.find((row) => row.id === chosen) ?? rows.find(({ state }) => state === 'live') ?? rows[0]
  const total = list.data?.total ?? 0
  return (
    <section className="lk-try" aria-labelledby={`${id}-title`}>
      <div className="lk-try-head">
        <h2 id={`${id}-title`}>{t('integration.tryIt')}</h2>
        {current && (
          <label className="lk-row">
            <span className="lk-subtle">{t('integration.as')}</span>
            <span className="lk-select">
              <select className="lk-input" value={current.id} onChange={(event) => setChosen(event.target.value)}>
                {rows.map((row) => (
                  <option key={row.id} value={row.id}>
                    {row.name}
                  </option>
                ))}
              </select>
              <RhUiCaretDownIcon />
            </span>
          </label>
        )}
      </div>
      {refused ? (
        <p className="lk-subtle">{refusalText(refused)}</p>
      ) : list.error ? (
        <ListFailed error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <Waiting />
      ) : current ? (
        <Calls service={service} shape={shape} applicationId={current.id} />
      ) : (
        <div className="lk-panel">
          <div className="lk-empty">
            <RhUiApplicationsIcon />
            <p>{t('integration.noApplications')}</p>
          </div>
        </div>
      )}
      {total > most && <p className="lk-help">{t('integration.firstOnly', { count: most })}</p>}
    </section>
  )
}

function Calls({
  service,
  shape,
  applicationId,
}: {
  readonly service: ServiceRow
  readonly shape: Shape
  readonly applicationId: string
}) {
  const { t } = useTranslation()
  const { refusalText } = useRefusalText()
  const whyNot = useWhyNot()
  const answer = useQuery(trpc.application.get.queryOptions({ id: applicationId }))
  const application = answer.data
  if (!application) {
    return answer.error ? <ListFailed error={answer.error} onRetry={() => void answer.refetch()} /> : <Waiting />
  }
  const { pattern } = shape
  const credential = credentialOf(application, pattern)
  const token = service.tokens.at(-1)
  const masked: Parts = {
    ...shape,
    serviceId: service.id,
    appId: application.appId || t('integration.noAppId'),
    secret: credential ? `${dots}${credential.tail}` : pattern === 'app_id_key' ? undefined : t('integration.noSecret'),
    serviceToken: `lk_st_${dots}${token?.hintTail ?? ''}`,
    metric: service.metrics[0]?.systemName ?? 'hits',
    accessToken: t('integration.issuedToken'),
  }
  const revealing = whyNot('application.reveal', service.id)
  const tokenRevealing = whyNot('serviceToken.reveal', service.id)

  async function secretOf(): Promise<string | undefined> {
    const subject = { id: applicationId, purpose: 'copy' as const }
    if (!credential) return masked.secret
    if (pattern === 'api_key') return (await ask.secret.userKey.mutate(subject)).secret
    const keyId = credential.keyId ?? ''
    if (pattern === 'oauth') return (await ask.secret.clientSecret.mutate({ ...subject, secretId: keyId })).secret
    return (await ask.secret.appKey.mutate({ ...subject, keyId })).secret
  }
  async function serviceToken(): Promise<string> {
    if (!token) return masked.serviceToken
    return (await ask.secret.serviceToken.mutate({ id: service.id, tokenId: token.id, purpose: 'copy' })).secret
  }
  const reason = revealing && refusalText(revealing)
  const bothReason = reason ?? (tokenRevealing && refusalText(tokenRevealing))
  return (
    <>
      {pattern === 'oauth' && (
        <CallBox
          title={t('integration.tokenCall')}
          copyLabel={t('integration.copyTokenCall')}
          call={callForToken(masked)}
          reason={reason}
          text={async () => textOf(callForToken({ ...masked, secret: await secretOf() }))}
        />
      )}
      <CallBox
        title={t('integration.apiCall')}
        copyLabel={t('integration.copyApiCall')}
        call={callToApi(masked)}
        reason={pattern === 'oauth' ? undefined : reason}
        text={async () => textOf(callToApi(pattern === 'oauth' ? masked : { ...masked, secret: await secretOf() }))}
      />
      <CallBox
        title={t('integration.gatewayCall')}
        copyLabel={t('integration.copyGatewayCall')}
        call={callToEndpoint(masked)}
        reason={pattern === 'oauth' ? tokenRevealing && refusalText(tokenRevealing) : bothReason}
        text={async () => {
          const secret = pattern === 'oauth' ? masked.secret : await secretOf()
          return textOf(callToEndpoint({ ...masked, secret, serviceToken: await serviceToken() }))
        }}
      />
      <AnswerBox service={service} application={application} keyId={credential?.keyId} />
      <p className="lk-try-note">
        <RhUiInformationIcon />
        {t('integration.copyNote')}
      </p>
      <p className="lk-try-note">
        <RhUiInformationIcon />
        {t('integration.placeholders')}
      </p>
    </>
  )
}

function CallBox({
  title,
  copyLabel,
  call,
  text,
  reason,
}: {
  readonly title: string
  readonly copyLabel: string
  readonly call: Call
  readonly text: () => Promise<string>
  /** Why it cannot be copied. */
  readonly reason: string | undefined
}) {
  return (
    <div className="lk-code">
      <div className="lk-code-head">
        <span>{title}</span>
        {reason === undefined ? (
          <CopyButton label={copyLabel} text={text} small />
        ) : (
          <span className="lk-pad">{reason}</span>
        )}
      </div>
      <pre>
        {call.before}
        <em>{call.address}</em>
        {call.after}
      </pre>
    </div>
  )
}

function AnswerBox({
  service,
  application,
  keyId,
}: {
  readonly service: ServiceRow
  readonly application: Application
  readonly keyId: string | undefined
}) {
  const { t } = useTranslation()
  const { refusalText } = useRefusalText()
  const refused = useWhyNot()('application.test', service.id)
  const metric = service.metrics[0]?.systemName ?? 'hits'
  const answer = useQuery({
    ...trpc.application.test.queryOptions({
      serviceId: service.id,
      picked: { applicationId: application.id, ...(keyId !== undefined && { keyId }) },
      usage: [[metric, '1']],
    }),
    enabled: refused === undefined,
  })
  if (refused) return <p className="lk-subtle">{refusalText(refused)}</p>
  if (answer.error) return <ListFailed error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Waiting />
  const { authorized, status, code } = answer.data
  return (
    <div className="lk-code">
      <div className="lk-code-head">
        <span className="lk-state">
          {authorized ? <RhUiCheckCircleFillIcon className="lk-ok" /> : <RhUiErrorFillIcon className="lk-bad" />}
          <span>{t('integration.answer', { status })}</span>
        </span>
        <Link
          className="lk-link lk-pad"
          to={'/test-credentials' as string}
          search={
            { service: service.id, application: application.id, ...(keyId !== undefined && { key: keyId }) } as never
          }
        >
          {t('integration.everyCheck')}
        </Link>
      </div>
      <pre>{answerXml(authorized, application.planName, code)}</pre>
    </div>
  )
}
