/**
 * The credentials of applications: what they may look like, how they are made, which of them count (A6–A9, A11).
 * Text that somebody brings along becomes a `Secret` at the door, so that nothing prints it on its way.
 */
import * as z from 'zod'
import type { Application, ApplicationKey, ClientSecret, UserKey } from './application-schema.ts'
import { type Context, newId, type OneTimeSecret } from './command.ts'
import type { Instant, Ulid } from './id.ts'
import { Secret } from './secret.ts'
import type { Service } from './service-schema.ts'
import { textSchema } from './text.ts'
import { clientSecretPrefix, keyHint, makeHex, makeToken, tokenHint } from './token-format.ts'

function secretInput(min: number, max: number, alphabet: RegExp) {
  return z
    .string()
    .min(min, min === 1 ? 'required' : 'too_short')
    .max(max, 'too_long')
    .regex(alphabet, 'invalid')
    .transform((text) => new Secret(text))
}

/** A new credential on its way to the reveal dialog, with what a call needs beside it. */
export function shownOnce(
  kind: OneTimeSecret['kind'],
  { id, name, serviceId, appId }: Pick<Application, 'id' | 'name' | 'serviceId' | 'appId'>,
  secret: Secret,
): OneTimeSecret {
  return { kind, objectId: id, objectName: name, serviceId, ...(appId === '' ? {} : { identifier: appId }), secret }
}

/** A6: a custom user key: 1 to 256 of letters, digits, `_ - . + =`. */
export const userKeyInput = secretInput(1, 256, /^[A-Za-z0-9_.+=-]*$/)

/** A7: a custom app key: 5 to 255 printable ASCII characters without space. */
export const appKeyInput = secretInput(5, 255, /^[\x21-\x7e]*$/)

/** A7: a custom App ID: 4 to 255 printable ASCII characters without space. An identifier, not a secret. */
export const appIdInput = z
  .string()
  .min(4, 'too_short')
  .max(255, 'too_long')
  .regex(/^[\x21-\x7e]*$/, 'invalid')

export const keyLabelInput = textSchema(255).trim()

/** Schemes that run code, read files or are no place to send a code to. */
const neverRedirect = new Set([
  'javascript',
  'data',
  'vbscript',
  'file',
  'blob',
  'about',
  'view-source',
  'ws',
  'wss',
  'ftp',
])

/**
 * A9: true where a code may be sent there: https; http to this very machine (RFC 8252, 7.3); a scheme of the app's own
 * (RFC 8252, 7.1). Never with a fragment (RFC 6749, 3.1.2), a user name, or a wildcard. Compared as it stands.
 */
export function isRedirectUrl(text: string): boolean {
  if (!/^[\x21-\x7e]{1,2000}$/.test(text) || /[\\#*"<>^`{|}]/.test(text)) return false
  const scheme = /^([a-z][a-z0-9+.-]*):\/?[^/]?/i.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined || neverRedirect.has(scheme) || /^[^:]+:\/\/[^/?]*@/.test(text)) return false
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return false
  }
  if (scheme === 'https') return /^https:\/\/[^/]/i.test(text) && url.hostname !== ''
  if (scheme !== 'http') return text.length > scheme.length + 1
  if (!/^http:\/\/[^/]/i.test(text)) return false
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(url.hostname)
}

/** A9: up to 25, none twice. */
export const redirectUrlsInput = z
  .array(z.string().refine(isRedirectUrl, 'invalid_url'))
  .max(25, 'too_many')
  .transform((list) => [...new Set(list)])

/** What authenticates sealed copies: each opens only in its own application and slot. */
export function userKeyAad(applicationId: Ulid): string {
  return `application/${applicationId}/userKey`
}
export function applicationKeyAad(applicationId: Ulid, keyId: Ulid): string {
  return `application/${applicationId}/key/${keyId}`
}
export function clientSecretAad(applicationId: Ulid, secretId: Ulid): string {
  return `application/${applicationId}/clientSecret/${secretId}`
}

/** Makes the user key of an application (A6): 32 hexadecimal characters, or the text brought along. */
export function makeUserKey(
  applicationId: Ulid,
  context: Context,
  custom?: Secret,
): { userKey: UserKey; secret: Secret } {
  const secret = custom ?? new Secret(makeHex(16, context.random))
  const userKey: UserKey = {
    digest: context.digest(secret.reveal()),
    sealed: context.seal(secret, userKeyAad(applicationId)),
    hintTail: keyHint(secret.reveal()),
    createdAt: context.now,
    lastUsedAt: 0,
  }
  return { userKey, secret }
}

/** Makes one app key (A7): 32 hexadecimal characters, or the text brought along. */
export function makeApplicationKey(
  applicationId: Ulid,
  fields: Partial<Pick<ApplicationKey, 'label' | 'expiresAt' | 'ipRanges' | 'referrers'>>,
  context: Context,
  custom?: Secret,
): { key: ApplicationKey; secret: Secret } {
  const id = newId(context)
  const secret = custom ?? new Secret(makeHex(16, context.random))
  const key: ApplicationKey = {
    id,
    label: '',
    digest: context.digest(secret.reveal()),
    foldedDigest: foldedDigest(secret, context),
    sealed: context.seal(secret, applicationKeyAad(applicationId, id)),
    hintTail: keyHint(secret.reveal()),
    createdAt: context.now,
    lastUsedAt: 0,
    expiresAt: 0,
    ipRanges: [],
    referrers: [],
    ...fields,
  }
  return { key, secret }
}

/** A7: the digest by which keys of one application are told apart, ignoring case. */
export function foldedDigest(secret: Secret, context: Pick<Context, 'digest'>): string {
  return context.digest(secret.reveal().toLowerCase())
}

/** Makes a client secret (A9). */
export function makeClientSecret(applicationId: Ulid, context: Context): { made: ClientSecret; secret: Secret } {
  const id = newId(context)
  const secret = makeToken(clientSecretPrefix, context.random)
  const made: ClientSecret = {
    id,
    digest: context.digest(secret.reveal()),
    sealed: context.seal(secret, clientSecretAad(applicationId, id)),
    hintTail: tokenHint(clientSecretPrefix, secret).tail,
    createdAt: context.now,
    endsAt: 0,
    lastUsedAt: 0,
  }
  return { made, secret }
}

/** A7: the App ID that a new application gets where none is brought along: 8 hexadecimal characters. */
export function makeAppId(context: Context, taken: ReadonlySet<string> = new Set()): string {
  let appId = makeHex(4, context.random)
  while (taken.has(appId)) appId = makeHex(4, context.random)
  return appId
}

/** The keys that authenticate at `now`: expired ones do not (A7). */
export function usableKeys(application: Pick<Application, 'keys'>, now: Instant): readonly ApplicationKey[] {
  return application.keys.filter((key) => key.expiresAt === 0 || now < key.expiresAt)
}

/** The client secrets that authenticate at `now` (A9): at most two. */
export function validClientSecrets(
  application: Pick<Application, 'clientSecrets'>,
  now: Instant,
): readonly ClientSecret[] {
  return application.clientSecrets.filter((secret) => secret.endsAt === 0 || now < secret.endsAt)
}

/**
 * A8: true where the application is authenticated by its App ID alone. Time has no part in it: an application whose
 * keys have all expired stays closed, so that no expiry ever opens a door.
 */
export function isKeyless(
  service: Pick<Service, 'pattern' | 'usageRules'>,
  application: Pick<Application, 'keys'>,
): boolean {
  return service.pattern === 'app_id_key' && !service.usageRules.atLeastOneKey && application.keys.length === 0
}

/** True where the application holds something that the service's pattern accepts at `now`; keyless ones aside. */
export function holdsCredentials(
  application: Pick<Application, 'userKey' | 'keys' | 'clientSecrets'>,
  pattern: Service['pattern'],
  now: Instant,
): boolean {
  switch (pattern) {
    case 'api_key':
      return application.userKey !== undefined
    case 'app_id_key':
      return usableKeys(application, now).length > 0
    case 'oauth':
      return validClientSecrets(application, now).length > 0
  }
}
