/** Each check in words: what it looked at where it passed, what was wrong where it failed, what it waits for. */
import { useTranslation } from 'react-i18next'
import { figure, relativeTime } from '../../i18n/formats.ts'
import { useKeyName } from '../applications/words.tsx'
import type { Answered, Step } from './asked.ts'

/** Names and values from outside must not close the marks of emphasis around them. */
const plain = (text: unknown) =>
  String(text ?? '')
    .replaceAll('*', '∗')
    .replaceAll('`', 'ˋ')

/** `detail` of a step, with `**bold**` and `` `code` `` in it; `more` is a list under it. */
export interface StepWords {
  readonly title: string
  readonly detail: string
  readonly more?: readonly string[]
}

export function useStepWords(): (step: Step, answered: Answered) => StepWords {
  const { t } = useTranslation()
  const keyName = useKeyName()

  function passed(step: Step, answered: Answered): string {
    const { service, application, circumstances, test } = answered
    const { params } = step
    switch (step.check) {
      case 'service':
        return t('test.passed.service', { name: plain(service.name) })
      case 'identifiers':
        return answered.given.length === 0
          ? t('test.passed.nothingGiven')
          : t('test.passed.identifiers', { name: plain(answered.given[0]) })
      case 'application':
        return t('test.passed.application', {
          name: plain(test.application?.name),
          account: plain(test.application?.accountName),
        })
      case 'key': {
        if (params.keyless) return t('test.passed.keyless')
        if (service.pattern === 'api_key') return t('test.passed.userKey')
        const key = application?.keys.find(({ id }) => id === params.keyId)
        if (!key) return t(params.keyId === undefined ? 'test.passed.noSecret' : 'test.passed.secret')
        const name = plain(keyName(key))
        return key.expiresAt === 0
          ? t('test.passed.key', { name })
          : t('test.passed.keyEnds', { name, when: relativeTime(key.expiresAt, Date.now()) })
      }
      case 'redirect_uri':
        if (service.pattern !== 'oauth') return t('test.passed.oauthOnly')
        return t(params.notAsked ? 'test.passed.noRedirect' : 'test.passed.redirect')
      case 'application_state':
        return t('test.passed.applicationState')
      case 'service_state':
        return t('test.passed.serviceState')
      case 'ip':
        if (params.off) return t('test.passed.ipOff')
        return application && application.ipRanges.length > 0
          ? t('test.passed.ip', { ip: plain(circumstances.ip), count: application.ipRanges.length })
          : t('test.passed.ipOpen')
      case 'referrer':
        if (params.off) return t('test.passed.referrerOff')
        return application && application.referrers.length > 0
          ? t('test.passed.referrer', { count: application.referrers.length })
          : t('test.passed.referrerOpen')
      case 'limits':
        return application && application.limits.length > 0
          ? t('test.passed.limits', { count: application.limits.length, plan: plain(application.planName) })
          : t('test.passed.noLimits')
    }
  }

  function failed(step: Step, answered: Answered): string {
    const { params, code } = step
    const { circumstances, picked, service, application } = answered
    const hint = plain(params.hint)
    switch (code) {
      case 'user_key_invalid':
        return params.missing ? t('test.failed.noUserKey') : t('test.failed.userKey', { hint })
      case 'application_not_found':
        return params.missing ? t('test.failed.noAppId') : t('test.failed.appId', { hint })
      case 'application_key_invalid':
        if (params.missing) return t(service.pattern === 'oauth' ? 'test.failed.noSecret' : 'test.failed.noKey')
        return picked ? t('test.failed.pickedKey') : t('test.failed.key', { hint })
      case 'authentication_error':
        return t('test.failed.both', { names: answered.given.map((name) => `\`${plain(name)}\``).join(', ') })
      case 'redirect_uri_invalid':
        return t('test.failed.redirect', {
          uri: plain(circumstances.redirectUri),
          count: application?.redirectUrls.length ?? 0,
        })
      case 'application_not_active':
        return params.account ? t('test.failed.account') : t(`test.failed.state.${params.state}`)
      case 'service_not_active':
        return t(`test.failed.serviceState.${params.state}`)
      case 'ip_not_allowed':
        if (params.emptyList) return t('test.failed.ipEmpty')
        if (params.missing) return t('test.failed.ipMissing')
        return t(`test.failed.ipList.${params.list}`, { ip: plain(circumstances.ip) })
      case 'referrer_not_allowed':
        if (params.emptyList) return t('test.failed.referrerEmpty')
        if (params.missing) return t('test.failed.referrerMissing')
        return t(`test.failed.referrerList.${params.list}`, { referrer: plain(circumstances.referrer) })
      case 'metric_invalid':
        return t('test.failed.metric', { metric: plain(params.metric) })
      case 'usage_value_invalid':
        return t('test.failed.usage', { metric: plain(params.metric) })
      case 'limits_exceeded':
        if (params.plan) return t('test.failed.plan')
        return t('test.failed.limit', {
          metric: plain(params.metric),
          period: t(`applications.periods.${params.period}`),
          limit: figure(Number(params.limit)),
        })
      default:
        return t('test.failed.other')
    }
  }

  /** What a check that was not reached would have looked at. */
  function ahead(step: Step, { application }: Answered): string {
    if (!application) return ''
    if (step.check === 'ip') return t('test.ahead.ip', { count: application.ipRanges.length })
    if (step.check === 'referrer') return t('test.ahead.referrer', { count: application.referrers.length })
    if (step.check === 'limits' && application.planName !== '') {
      return t('test.ahead.limits', { count: application.limits.length, plan: plain(application.planName) })
    }
    return ''
  }

  function listOf({ params, code }: Step, { application, test }: Answered): readonly string[] | undefined {
    if (!application || code === undefined) return undefined
    const keyId = test.steps.find(({ check }) => check === 'key')?.params.keyId
    const holder = params.list === 'key' ? application.keys.find(({ id }) => id === keyId) : application
    if (code === 'ip_not_allowed' && params.list) return holder?.ipRanges
    if (code === 'referrer_not_allowed' && params.list) return holder?.referrers
    return code === 'redirect_uri_invalid' ? application.redirectUrls : undefined
  }

  return (step, answered) => {
    const title = t(`test.check.${step.check}`)
    if (step.outcome === 'passed') return { title, detail: passed(step, answered) }
    if (step.outcome === 'not_reached') return { title, detail: ahead(step, answered) }
    const more = listOf(step, answered)
    return { title, detail: failed(step, answered), ...(more && more.length > 0 && { more }) }
  }
}
