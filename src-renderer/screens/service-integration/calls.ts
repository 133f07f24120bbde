/** The calls of *Try it*, as text: `⟨…⟩` are pieces that a reader sees masked and that a copy fills in. */
import type { Pattern, Service } from '../../../shared/domain/service-schema.ts'
import { parameters, quoted } from '../../components/shell-words.ts'

/** Until an endpoint is connected nobody knows its address; `.example` belongs to nobody. */
export const placeholderEndpoint = 'https://your-endpoint.example'
export const placeholderApi = 'https://your-api.example'

export interface Parts {
  readonly pattern: Pattern
  readonly location: Service['credentialsLocation']
  readonly names: { readonly userKey: string; readonly appId: string; readonly appKey: string }
  readonly serviceId: string
  /** App ID or client id. */
  readonly appId: string
  /** Key, user key or client secret; undefined: none is sent. */
  readonly secret: string | undefined
  readonly serviceToken: string
  /** What one call is counted on. */
  readonly metric: string
  /** The issued token of the OAuth pattern. */
  readonly accessToken: string
}

/** An address, and what follows it. */
export interface Call {
  readonly before: string
  readonly address: string
  readonly after: string
}

const next = ' \\\n  '

/** What a developer's program sends (A3). */
export function callToApi({ pattern, location, names, appId, secret, accessToken }: Parts): Call {
  if (pattern === 'oauth') {
    return { before: 'curl ', address: `${placeholderApi}/`, after: `${next}-H "Authorization: Bearer ${accessToken}"` }
  }
  const pairs: [string, string][] =
    pattern === 'api_key'
      ? [[names.userKey, secret ?? '']]
      : [[names.appId, appId], ...(secret === undefined ? [] : [[names.appKey, secret] as [string, string]])]
  if (location === 'headers') {
    const headers = pairs.map(([name, value]) => `${next}-H ${quoted(`${name}: ${value}`)}`).join('')
    return { before: 'curl ', address: `${placeholderApi}/`, after: headers }
  }
  if (location === 'basic') {
    const user = pattern === 'api_key' ? `${secret ?? ''}:` : `${appId}:${secret ?? ''}`
    return { before: 'curl ', address: `${placeholderApi}/`, after: `${next}-u ${quoted(user)}` }
  }
  return { before: 'curl -G ', address: `${placeholderApi}/`, after: parameters(pairs) }
}

/** How a program gets its access token (A9). */
export function callForToken({ appId, secret }: Parts): Call {
  return {
    before: 'curl ',
    address: `${placeholderEndpoint}/oauth/token`,
    after: parameters([
      ['grant_type', 'client_credentials'],
      ['client_id', appId],
      ['client_secret', secret ?? ''],
    ]),
  }
}

/** What the gateway asks the endpoint: always under the engine's own names. */
export function callToEndpoint({ pattern, serviceId, serviceToken, appId, secret, metric }: Parts): Call {
  const credentials: [string, string][] =
    pattern === 'api_key'
      ? [['user_key', secret ?? '']]
      : [
          ['app_id', appId],
          ...(secret === undefined || pattern === 'oauth' ? [] : [['app_key', secret] as [string, string]]),
        ]
  const path = pattern === 'oauth' ? 'oauth_authrep' : 'authrep'
  return {
    before: 'curl -G ',
    address: `${placeholderEndpoint}/transactions/${path}.xml`,
    after: parameters([
      ['service_token', serviceToken],
      ['service_id', serviceId],
      ...credentials,
      [`usage[${metric}]`, '1'],
    ]),
  }
}

export function textOf({ before, address, after }: Call): string {
  return `${before}${address}${after}`
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** The heart of the endpoint's answer. */
export function answerXml(authorized: boolean, plan: string, code: string | undefined): string {
  const safe = (text: string) => text.replaceAll(/[&<>]/g, (mark) => marks[mark] ?? mark)
  return authorized
    ? `<status><authorized>true</authorized><plan>${safe(plan)}</plan></status>`
    : `<status><authorized>false</authorized><reason>${safe(code ?? '')}</reason></status>`
}
