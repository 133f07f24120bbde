/** The ready-made command that verifies a very credential, per kind of secret. `secret` goes in as it is to be shown. */
import type { RevealTicket } from '../../shared/protocol/console.ts'
import { parameters, quoted } from './shell-words.ts'

/** Where the workspace has no endpoint yet, the reader puts its address in. */
const noEndpoint = 'https://ENDPOINT'

/** The endpoint answers a gateway only, which sends its service's token: a secret that the reader puts in. */
const placeholderToken = 'SERVICE_TOKEN'

/** Address and the lines after it; undefined where there is nothing to call (a recovery code). */
export function verifyingCall(
  { kind, serviceId = '', identifier = '' }: Pick<RevealTicket, 'kind' | 'serviceId' | 'identifier'>,
  secret: string,
  endpoint = noEndpoint,
): { address: string; rest: string } | undefined {
  const authorize = (token: string, credentials: [string, string][]) => ({
    address: `${endpoint}/transactions/authorize.xml`,
    rest: ` -G${parameters([['service_token', token], ['service_id', serviceId], ...credentials])}`,
  })
  switch (kind) {
    case 'accessToken':
      return {
        address: `${endpoint}/admin/api/accounts.json`,
        rest: ` \\\n  -H ${quoted(`Authorization: Bearer ${secret}`)}`,
      }
    case 'serviceToken':
      return authorize(secret, [])
    case 'userKey':
      return authorize(placeholderToken, [['user_key', secret]])
    case 'appKey':
      return authorize(placeholderToken, [
        ['app_id', identifier],
        ['app_key', secret],
      ])
    case 'clientSecret':
      return {
        address: `${endpoint}/oauth/token`,
        rest: parameters([
          ['grant_type', 'client_credentials'],
          ['client_id', identifier],
          ['client_secret', secret],
        ]),
      }
    case 'recoveryCode':
      return undefined
  }
}

/** A secret with its random part hidden: the prefix that names its kind stays. */
export function masked(secret: string): string {
  const prefix = /^lk_[a-z]{2}_/.exec(secret)?.[0] ?? ''
  return `${prefix}${'•'.repeat(Math.min(49, secret.length - prefix.length))}`
}
