/** The commands that a reader copies, as a shell reads them: `sh` itself takes them apart again. */
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { masked, verifyingCall } from '../../src-renderer/components/reveal-commands.ts'
import { quoted } from '../../src-renderer/components/shell-words.ts'
import { callForToken, textOf } from '../../src-renderer/screens/service-integration/calls.ts'

const token = `lk_at_${'A'.repeat(49)}`
/** Everything that a shell, a form body or an address would make something else of. */
const awkward = 'a&b=c +%41;$HOME`id`"\'\\!x'

/** The words that `sh` gives to a program in place of curl. */
function wordsOf(command: string): readonly string[] {
  const output = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }\n${command}`], { encoding: 'utf8' })
  return output.trimEnd().split('\n')
}
function sentParameters(command: string): readonly string[] {
  const words = wordsOf(command)
  return words.filter((_, index) => words[index - 1] === '--data-urlencode')
}
const commandFor = (ticket: Parameters<typeof verifyingCall>[0], secret: string) => {
  const { address = '', rest = '' } = verifyingCall(ticket, secret) ?? {}
  return `curl ${address}${rest}`
}

describe('a revealed secret', () => {
  it('is masked but for the prefix that names its kind', () => {
    expect(masked(token)).toBe(`lk_at_${'•'.repeat(49)}`)
    expect(masked('abcd')).toBe('••••')
  })
  it('comes with the call that verifies it, and a recovery code with none', () => {
    expect(wordsOf(commandFor({ kind: 'accessToken' }, token))).toContain(`Authorization: Bearer ${token}`)
    expect(verifyingCall({ kind: 'recoveryCode' }, 'x')).toBeUndefined()
  })
  it('is sent with the service token that the endpoint asks for', () => {
    const service = { serviceId: 'S', identifier: 'app 1' }
    expect(sentParameters(commandFor({ kind: 'serviceToken', ...service }, 'lk_st_x'))).toEqual([
      'service_token=lk_st_x',
      'service_id=S',
    ])
    expect(sentParameters(commandFor({ kind: 'userKey', ...service }, 'key'))).toEqual([
      'service_token=SERVICE_TOKEN',
      'service_id=S',
      'user_key=key',
    ])
    expect(sentParameters(commandFor({ kind: 'appKey', ...service }, 'key'))).toEqual([
      'service_token=SERVICE_TOKEN',
      'service_id=S',
      'app_id=app 1',
      'app_key=key',
    ])
  })
  it.each(['userKey', 'appKey', 'clientSecret'] as const)('of one’s own making is sent as it is: %s', (kind) => {
    const sent = sentParameters(commandFor({ kind, serviceId: 'S', identifier: awkward }, awkward))
    expect(sent.filter((each) => each.endsWith(`=${awkward}`)).length).toBe(kind === 'userKey' ? 1 : 2)
  })
})

describe('the call for a token', () => {
  it('sends identifier and secret as they are', () => {
    const call = callForToken({
      pattern: 'oauth',
      location: 'query',
      names: { userKey: 'user_key', appId: 'app_id', appKey: 'app_key' },
      serviceId: 'S',
      appId: awkward,
      secret: awkward,
      serviceToken: '',
      metric: 'hits',
      accessToken: '',
    })
    expect(sentParameters(textOf(call))).toEqual([
      'grant_type=client_credentials',
      `client_id=${awkward}`,
      `client_secret=${awkward}`,
    ])
  })
})

it('a word for a shell has no end before its own', () => {
  for (const text of ['', 'plain', awkward, "it's", '!', "!'", '$(x)']) {
    expect(wordsOf(`curl ${quoted(text)}`)).toEqual([text])
  }
})
