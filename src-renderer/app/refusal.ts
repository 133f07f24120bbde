/** From an error of the bridge to the refusal in it, and from that to a sentence. */
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { type Refusal, refusalCodes } from '../../shared/domain/outcome.ts'

function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    (refusalCodes as readonly unknown[]).includes(value.code)
  )
}

/** The refusal that the main process answered with, or undefined: connection lost, a bug. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (typeof error !== 'object' || error === null || !('data' in error)) return undefined
  const { data } = error
  if (typeof data !== 'object' || data === null || !('refusal' in data)) return undefined
  return isRefusal(data.refusal) ? data.refusal : undefined
}

/** What `forbidden` lacks: a section, the admin role, a service … The key of its own sentence. */
function forbiddenKey(params: Refusal['params']): string {
  if (params.section) return 'refusal.forbiddenSection'
  if (params.admin) return 'refusal.forbiddenAdmin'
  if (params.service) return 'refusal.forbiddenService'
  if (params.noServices) return 'refusal.forbiddenNoServices'
  return 'refusal.forbidden'
}

/** A refusal as a sentence in the current language. */
export function refusalText(refusal: Refusal): string {
  const { t } = i18next
  const { params } = refusal
  if (refusal.code === 'forbidden') {
    return t(forbiddenKey(params), { section: params.section ? t(`common.section.${params.section}`) : '' })
  }
  const scope = typeof params.scope === 'string' ? t(`common.scope.${params.scope}`) : ''
  // Every message may use these; where the refusal has none, the select in the message takes its other branch.
  return t(`refusal.${refusal.code}`, { max: 0, min: 0, seconds: 0, value: '', ...params, scope })
}

/** Any error as a sentence. */
export function errorText(error: unknown): string {
  const refusal = refusalOf(error)
  return refusal ? refusalText(refusal) : i18next.t('refusal.unreachable')
}

/** `refusalText` and `errorText` that follow a change of language. */
export function useRefusalText() {
  useTranslation()
  return { refusalText, errorText }
}
