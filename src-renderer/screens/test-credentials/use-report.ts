/** The answer as plain text for a ticket: what was asked, what was answered, each check. No secret is in it. */
import { useTranslation } from 'react-i18next'
import { exactUtc } from '../../i18n/formats.ts'
import { useKeyName } from '../applications/words.tsx'
import type { Answered } from './asked.ts'
import { useStepWords } from './words.ts'

const bare = (text: string) => text.replaceAll('**', '').replaceAll('`', '')

export function useReport(): (answered: Answered) => string {
  const { t } = useTranslation()
  const words = useStepWords()
  const keyName = useKeyName()
  return (answered) => {
    const { test, at, service, application, picked, keyId, given, circumstances } = answered
    const { ip, referrer, redirectUri, usage } = circumstances
    const key = application?.keys.find(({ id }) => id === keyId)
    const number = test.steps.findIndex(({ outcome }) => outcome === 'failed') + 1
    const facts: readonly (readonly [string, string])[] = [
      [t('test.service'), `${service.name} (${t(`services.patterns.${service.pattern}`)})`],
      [t('test.application'), test.application ? `${test.application.name}, ${test.application.accountName}` : ''],
      [t('test.credentials'), picked ? (key ? keyName(key) : '') : t('test.reportPasted', { names: given.join(', ') })],
      [t('test.ip'), ip],
      [t('test.referrer'), referrer],
      [t('test.redirectUri'), redirectUri],
      [t('test.usage'), usage.map(({ metric, value }) => `${metric}=${value}`).join(', ')],
    ]
    return [
      `${t('test.title')} · ${exactUtc(at)}`,
      '',
      ...facts.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`),
      '',
      test.authorized
        ? t('test.allowed')
        : `${t('test.denied', { number, why: t(`test.why.${test.code}`) })} (${test.status} ${test.code})`,
      '',
      ...test.steps.map((step, index) => {
        const { title, detail, more } = words(step, answered)
        const rest = [bare(detail), more?.join(', ') ?? ''].filter((part) => part !== '').join(' ')
        return `${index + 1}. ${title}: ${t(`test.outcome.${step.outcome}`)}${rest === '' ? '' : ` (${rest})`}`
      }),
      '',
    ].join('\n')
  }
}
