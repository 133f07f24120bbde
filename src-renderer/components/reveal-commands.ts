/** The ready-made command that verifies a very credential, per kind of secret. `secret` goes in as it is to be shown. */
import type { RevealTicket } from '../../shared/protocol/console.ts'

/** Where the workspace has no endpoint yet, the reader puts its address in. */
const noEndpoint = 'https://ENDPOINT'

/** Address and the lines after it; undefined where there is nothing to call (a recovery code). */
export function verifyingCall(
  { kind, serviceId = '', identifier = '' }: Pick<RevealTicket, 'kind' | 'serviceId' | 'identifier'>,
  secret: string,
  endpoint = noEndpoint,
): { address: string; rest: string } | undefined {
  switch (kind) {
    case 'accessToken':
      return { address: `${endpoint}/admin/api/accounts.json`, rest: ` \\\n  -H "Authorization: Bearer ${secret}"` }
    case 'serviceToken':
      return {
        address: `${endpoint}/transactions/authorize.xml`,
        rest: ` -G \\\n  -d service_token=${secret} \\\n  -d service_id=${serviceId}`,
      }
    case 'userKey':
      return {
        address: `${endpoint}/transactions/authorize.xml`,
        rest: ` -G \\\n  -d service_id=${serviceId} \\\n  -d user_key=${secret}`,
      }
    case 'appKey':
      return {
        address: `${endpoint}/transactions/authorize.xml`,
        rest: ` -G \\\n  -d service_id=${serviceId} \\\n  -d app_id=${identifier} \\\n  -d app_key=${secret}`,
      }
    case 'clientSecret':
      return {
        address: `${endpoint}/oauth/token`,
        rest: ` \\\n  -d grant_type=client_credentials \\\n  -d client_id=${identifier} \\\n  -d client_secret=${secret}`,
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
