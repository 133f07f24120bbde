/** *Test credentials* (A4): the decision a gateway would get, computed on this computer, with each check in order. */
import { Button } from '@patternfly/react-core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActions } from '../../app/actions/registry.ts'
import { ask, trpc } from '../../app/ask.ts'
import { useMay, useWhyNot } from '../../app/person.ts'
import { refusalOf, useRefusalText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { CopyButton } from '../../components/CopyButton.tsx'
import { RhUiCheckupIcon, RhUiPlayIcon } from '../../components/icons.ts'
import { Kbd } from '../../components/Kbd.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Mono, Note } from '../../components/small.tsx'
import { useSearchState } from '../../components/use-search-state.ts'
import { findApplications, findServices, findTestable } from '../applications/find.ts'
import { Picker } from '../applications/Picker.tsx'
import { Answer } from './Answer.tsx'
import { type Answered, type Circumstances, nothingPasted, type PastedSet, type Pickable } from './asked.ts'
import { CircumstancesFields } from './CircumstancesFields.tsx'
import { KeyField } from './KeyField.tsx'
import { PasteFields } from './PasteFields.tsx'
import type { TestSearch } from './search.ts'
import { useReport } from './use-report.ts'

const noCircumstances: Circumstances = { ip: '', referrer: '', redirectUri: '', usage: [] }

/** The key that a picked application is tested with: the chosen one, else its first usable one. */
function keyOf(application: Pickable | undefined, wanted: string | undefined): string | undefined {
  if (!application || wanted === 'none') return undefined
  const { keys, clientSecrets } = application
  const all: readonly { readonly id: string }[] = application.pattern === 'oauth' ? clientSecrets : keys
  const usable = application.pattern === 'oauth' ? clientSecrets : keys.filter(({ standing }) => standing !== 'expired')
  return all.find(({ id }) => id === wanted)?.id ?? usable[0]?.id ?? all[0]?.id
}

/** The names under which credentials go, in the order in which the checks look at them. */
function givenNames(service: ServiceRow, pasted: PastedSet | undefined, keyId: string | undefined): string[] {
  const { userKey, appId, appKey } = service.parameterNames
  if (!pasted) {
    return service.pattern === 'api_key' ? [userKey] : [appId, ...(keyId === undefined ? [] : [appKey])]
  }
  return [
    ...(pasted.userKey === '' ? [] : [userKey]),
    ...(pasted.appId === '' ? [] : [appId]),
    ...(pasted.appKey === '' ? [] : [appKey]),
  ]
}

export function TestCredentials() {
  const { t } = useTranslation()
  const may = useMay()
  const whyNot = useWhyNot()
  const { errorText, refusalText } = useRefusalText()
  const [search, change] = useSearchState<TestSearch>()
  const serviceId = search.service ?? ''
  const looks = may('application.view', search.service)
  const [pasting, setPasting] = useState(false)
  const [pasted, setPasted] = useState(nothingPasted)
  const [circumstances, setCircumstances] = useState(noCircumstances)
  const [answered, setAnswered] = useState<Answered>()
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  /** What the answer was an answer to: only to see whether the form says something else by now. */
  const [edited, setEdited] = useState(false)
  const running = useRef(false)
  const report = useReport()

  const service = useQuery({ ...trpc.service.get.queryOptions({ id: serviceId }), enabled: serviceId !== '' }).data
  const detail = useQuery({
    ...trpc.application.get.queryOptions({ id: search.application ?? '' }),
    enabled: search.application !== undefined && looks,
  }).data
  const testable = useQuery({
    ...trpc.application.testable.queryOptions({ serviceId, applicationId: search.application ?? '' }),
    enabled: search.application !== undefined && serviceId !== '' && !looks && whyNot('application.test') === undefined,
  }).data
  const picked: Pickable | undefined = detail ?? testable?.[0]
  const application = picked?.serviceId === serviceId ? picked : undefined
  const keyId = keyOf(application, search.key)
  const refused = whyNot('application.test', search.service)
  const missing = !service
    ? t('test.pickService')
    : pasting
      ? undefined
      : !application
        ? t('test.pickApplication')
        : undefined
  const reason = refused ? refusalText(refused) : missing

  const run = useCallback(async (): Promise<void> => {
    if (!service || reason !== undefined || running.current) return
    running.current = true
    setBusy(true)
    setFailure(undefined)
    const { ip, referrer, redirectUri } = circumstances
    const usage = circumstances.usage.filter(({ metric }) => metric !== '')
    try {
      const test = await ask.application.test.query({
        serviceId: service.id,
        ...(pasting
          ? {
              pasted: {
                ...(pasted.userKey !== '' && { userKey: pasted.userKey }),
                ...(pasted.appId !== '' && { appId: pasted.appId }),
                ...(pasted.appKey !== '' && { appKey: pasted.appKey }),
              },
            }
          : { picked: { applicationId: application?.id ?? '', ...(keyId !== undefined && { keyId }) } }),
        ...(redirectUri !== '' && { redirectUri }),
        ...(ip !== '' && { ip }),
        ...(referrer !== '' && { referrer }),
        usage: usage.map(({ metric, value }) => [metric, value]),
      })
      const found =
        test.application && may('application.view', service.id)
          ? await ask.application.get.query({ id: test.application.id })
          : undefined
      setAnswered({
        test,
        at: Date.now(),
        service,
        application: found,
        picked: !pasting,
        keyId: pasting ? undefined : keyId,
        given: givenNames(service, pasting ? pasted : undefined, keyId),
        circumstances: { ...circumstances, usage },
      })
      setEdited(false)
    } catch (error) {
      setFailure(error)
    } finally {
      running.current = false
      setBusy(false)
    }
  }, [service, reason, circumstances, pasting, pasted, application, keyId, may])

  useActions(
    useMemo(
      () => [
        {
          id: 'test.run',
          group: 'here',
          titleKey: 'test.run',
          keys: 'Mod+Enter',
          icon: RhUiPlayIcon,
          reason: () => reason,
          run: () => void run(),
        },
      ],
      [reason, run],
    ),
  )

  const touch = () => setEdited(true)
  return (
    <div className="lk-page">
      <PageHeader
        title={t('test.title')}
        crumbs={[
          { title: t('services.title'), to: '/services' },
          ...(service ? [{ title: service.name, to: `/services/${service.id}` }] : []),
        ]}
        sentence={t('test.sentence')}
        actions={answered && <CopyButton variant="tertiary" label={t('test.copyReport')} text={report(answered)} />}
      />
      <div className="lk-body">
        <div className="lk-test">
          <form
            className="lk-test-form"
            aria-label={t('test.title')}
            noValidate
            autoComplete="off"
            onSubmit={(event) => {
              event.preventDefault()
              void run()
            }}
          >
            {refused && <Note title={refusalText(refused)} />}
            <Picker
              label={t('test.service')}
              name="services"
              value={service && { id: service.id, name: service.name }}
              find={findServices}
              onPick={(pick) => {
                touch()
                change({ service: pick?.id, application: undefined, key: undefined })
              }}
              placeholder={t('applications.findService')}
              help={service && t(`services.patterns.${service.pattern}`)}
            />
            {service &&
              (pasting ? (
                <PasteFields
                  service={service}
                  pasted={pasted}
                  onChange={(set) => {
                    touch()
                    setPasted(set)
                  }}
                />
              ) : (
                <>
                  <Picker
                    label={t('test.application')}
                    name={`applications ${service.id}`}
                    value={application && { id: application.id, name: application.name }}
                    find={(text) => (looks ? findApplications : findTestable)(text, service.id)}
                    onPick={(pick) => {
                      touch()
                      change({ application: pick?.id, key: undefined })
                    }}
                    placeholder={t('test.findApplication')}
                    help={application && <Identifier application={application} appId={detail?.appId ?? ''} />}
                  />
                  {application && (
                    <KeyField
                      application={application}
                      keyId={keyId}
                      onChoose={(key) => {
                        touch()
                        change({ key })
                      }}
                    />
                  )}
                </>
              ))}
            {service && refused === undefined && (
              <button
                type="button"
                className="lk-link lk-self-start"
                onClick={() => {
                  touch()
                  setPasted(nothingPasted)
                  setPasting(!pasting)
                }}
              >
                {t(pasting ? 'test.pickInstead' : 'test.pasteInstead')}
              </button>
            )}
            {service && (
              <CircumstancesFields
                service={service}
                value={circumstances}
                onChange={(next) => {
                  touch()
                  setCircumstances(next)
                }}
              />
            )}
            {failure !== undefined && (
              <Note kind="failed" title={errorText(failure)}>
                {refusalOf(failure)?.code === 'not_found' ? t('test.goneHint') : ''}
              </Note>
            )}
            <div className="lk-row">
              <Button
                type="submit"
                variant="primary"
                icon={<RhUiPlayIcon />}
                isDisabled={reason !== undefined}
                isLoading={busy}
              >
                {t('test.run')}
              </Button>
              <Kbd keys="Mod+Enter" />
            </div>
            {reason !== undefined && !refused && <p className="lk-help lk-why-not">{reason}</p>}
          </form>
          {answered ? (
            <Answer answered={answered} stale={edited} onMended={run} />
          ) : (
            <div className="lk-empty lk-panel">
              <RhUiCheckupIcon />
              <p>{t('test.empty')}</p>
            </div>
          )}
        </div>
      </div>
    </div>
  )
}

function Identifier({ application, appId }: { readonly application: Pickable; readonly appId: string }) {
  const { t } = useTranslation()
  const { pattern, accountName } = application
  return (
    <>
      {accountName}
      {pattern !== 'api_key' && appId !== '' && (
        <>
          {' · '}
          {t(pattern === 'oauth' ? 'applications.clientId' : 'applications.appId')} <Mono>{appId}</Mono>
        </>
      )}
    </>
  )
}
