/** The one-of-a-kind credentials of an application: user key (A6), client secret and redirect URLs (A9), and reveals (A14). */
import * as z from 'zod'
import {
  aboutApplication,
  applicationNeeds,
  type Concerned,
  concerned,
  replacedApplication,
} from './application-access.ts'
import { type Context, defineCommand, many, one } from './command.ts'
import {
  applicationKeyAad,
  clientSecretAad,
  makeClientSecret,
  makeUserKey,
  redirectUrlsInput,
  shownOnce,
  userKeyAad,
  userKeyInput,
  validClientSecrets,
} from './credential.ts'
import { type Ulid, ulidSchema } from './id.ts'
import { accept, type Refusal, refuse } from './outcome.ts'
import { denial } from './permission.ts'
import { endAfterOverlap, overlapSchema } from './rotation.ts'
import type { Pattern } from './service-schema.ts'

/** The refusal where the service has another pattern than the credential belongs to (A1). */
export function patternRefusal({ service }: Pick<Concerned, 'service'>, pattern: Pattern): Refusal | undefined {
  return service.pattern === pattern ? undefined : refuse('wrong_pattern', { pattern: service.pattern })
}

/**
 * Makes a new user key; the old one stops being accepted at once (A6, A13). Makes a first one where there is none, as
 * after a change of pattern. Developers may where the service lets them regenerate (A15).
 * Refusals: `forbidden`, `not_found`, `developers_may_not`, `wrong_pattern`, `custom_keys_off`, `taken` (field `userKey`).
 */
export const regenerateUserKey = defineCommand({
  name: 'application.regenerateUserKey',
  input: z.strictObject({ id: ulidSchema, userKey: userKeyInput.optional() }),
  needs: (input, _actor, digest) => ({
    ...applicationNeeds(input.id),
    same: many(
      'application',
      input.userKey === undefined ? { id: [] } : { userKeyDigest: digest(input.userKey.reveal()) },
    ),
  }),
  decide({ same, ...documents }, input, context) {
    const found = concerned(documents, 'application.edit', context, 'developersMayRegenerate')
    if (!found.ok) return found
    const { application, service } = found.value
    const unfit = patternRefusal(found.value, 'api_key')
    if (unfit) return unfit
    if (input.userKey !== undefined && !service.usageRules.customKeys) return refuse('custom_keys_off', {}, 'userKey')
    // The application's own key too: a regenerated key that is the old one would revoke nothing.
    if (same.some(({ serviceId }) => serviceId === service.id)) return refuse('taken', {}, 'userKey')
    const { userKey, secret } = makeUserKey(application.id, context, input.userKey)
    return replacedApplication(
      found.value,
      { userKey, userKeyDigest: userKey.digest },
      'application.userKeyRegenerated',
      context,
      undefined,
      {
        changes: [{ field: 'userKey', before: application.userKey?.hintTail ?? null, after: userKey.hintTail }],
        reveals: [shownOnce('userKey', application, secret)],
      },
    )
  },
})

/**
 * Makes a new client secret; the old one ends after the overlap (A9). At most two are valid at a time. Makes a first
 * one where there is none. Developers may where the service lets them regenerate (A15).
 * Refusals: `forbidden`, `not_found`, `developers_may_not`, `wrong_pattern`, `rotation_under_way` {until}.
 */
export const rotateClientSecret = defineCommand({
  name: 'application.rotateClientSecret',
  input: z.strictObject({ id: ulidSchema, overlap: overlapSchema }),
  needs: (input) => applicationNeeds(input.id),
  decide(documents, input, context) {
    const found = concerned(documents, 'application.edit', context, 'developersMayRegenerate')
    if (!found.ok) return found
    const unfit = patternRefusal(found.value, 'oauth')
    if (unfit) return unfit
    const { application } = found.value
    const valid = validClientSecrets(application, context.now)
    const ending = valid.find(({ endsAt }) => endsAt !== 0)
    if (ending !== undefined) return refuse('rotation_under_way', { until: ending.endsAt })
    const { made, secret } = makeClientSecret(application.id, context)
    const outgoing = valid
      .map((old) => ({ ...old, endsAt: endAfterOverlap(context.now, input.overlap, old.endsAt) }))
      .filter((old) => old.endsAt > context.now)
    return replacedApplication(
      found.value,
      { clientSecrets: [...outgoing, made] },
      'application.clientSecretRotated',
      context,
      { secretId: made.id },
      {
        changes: [{ field: 'clientSecret', before: valid.at(-1)?.hintTail ?? null, after: made.hintTail }],
        reveals: [shownOnce('clientSecret', application, secret)],
      },
    )
  },
})

/** Replaces the redirect URLs (A9). Refusals: `forbidden`, `not_found`, `wrong_pattern`. */
export const updateRedirectUrls = defineCommand({
  name: 'application.updateRedirectUrls',
  input: z.strictObject({ id: ulidSchema, redirectUrls: redirectUrlsInput }),
  needs: (input) => applicationNeeds(input.id),
  decide(documents, { redirectUrls }, context) {
    const found = concerned(documents, 'application.edit', context)
    if (!found.ok) return found
    const unfit = patternRefusal(found.value, 'oauth')
    if (unfit) return unfit
    return replacedApplication(found.value, { redirectUrls }, 'application.redirectUrlsChanged', context, undefined)
  },
})

const purposes = z.enum(['reveal', 'copy'])

interface Slot {
  readonly field: 'userKey' | 'appKey' | 'clientSecret'
  readonly sealed: string
  readonly hintTail: string
  readonly aad: string
}

/** A14: the event of a reveal, and what the shell is to open from the vault. */
function revealed(application: Parameters<typeof aboutApplication>[0], slot: Slot, purpose: z.output<typeof purposes>) {
  return accept({
    writes: [],
    events: [
      {
        code: `${slot.field}.${purpose === 'copy' ? 'copied' : 'revealed'}`,
        ...aboutApplication(application),
        changes: [{ field: slot.field, before: null, after: slot.hintTail }],
      },
    ],
    result: { sealed: slot.sealed, aad: slot.aad },
  })
}

/** Nobody reveals through a developer's rule: they see a key when they make it (A15). */
function revealDenial(context: Context, serviceId: Ulid | undefined): Refusal | undefined {
  return denial(context.actor, 'application.reveal', serviceId)
}

/** Shows a user key; each reveal is an audit event (A14). Refusals: `forbidden`, `not_found`. */
export const revealUserKey = defineCommand({
  name: 'application.revealUserKey',
  input: z.strictObject({ id: ulidSchema, purpose: purposes }),
  needs: (input) => ({ application: one('application', input.id) }),
  decide({ application }, input, context) {
    const denied = revealDenial(context, application?.serviceId)
    if (denied) return denied
    if (!application?.userKey) return refuse('not_found')
    const { sealed, hintTail } = application.userKey
    const slot = { field: 'userKey', sealed, hintTail, aad: userKeyAad(application.id) } as const
    return revealed(application, slot, input.purpose)
  },
})

/** Shows an app key; each reveal is an audit event (A14). Refusals: `forbidden`, `not_found`. */
export const revealKey = defineCommand({
  name: 'application.revealKey',
  input: z.strictObject({ id: ulidSchema, keyId: ulidSchema, purpose: purposes }),
  needs: (input) => ({ application: one('application', input.id) }),
  decide({ application }, input, context) {
    const denied = revealDenial(context, application?.serviceId)
    if (denied) return denied
    const key = application?.keys.find(({ id }) => id === input.keyId)
    if (!application || !key) return refuse('not_found')
    const { sealed, hintTail } = key
    const slot = { field: 'appKey', sealed, hintTail, aad: applicationKeyAad(application.id, key.id) } as const
    return revealed(application, slot, input.purpose)
  },
})

/** Shows a client secret; each reveal is an audit event (A14). Refusals: `forbidden`, `not_found`. */
export const revealClientSecret = defineCommand({
  name: 'application.revealClientSecret',
  input: z.strictObject({ id: ulidSchema, secretId: ulidSchema, purpose: purposes }),
  needs: (input) => ({ application: one('application', input.id) }),
  decide({ application }, input, context) {
    const denied = revealDenial(context, application?.serviceId)
    if (denied) return denied
    const secret = application?.clientSecrets.find(({ id }) => id === input.secretId)
    if (!application || !secret) return refuse('not_found')
    const { sealed, hintTail } = secret
    const slot = { field: 'clientSecret', sealed, hintTail, aad: clientSecretAad(application.id, secret.id) } as const
    return revealed(application, slot, input.purpose)
  },
})
