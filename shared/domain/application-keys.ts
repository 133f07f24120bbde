/** The keys of an application of the App ID pattern: created, rolled, labelled, deleted (A7, A8, A12, A15). */
import * as z from 'zod'
import { type Expiry, expiryInstant, expirySchema } from './access-token.ts'
import { applicationNeeds, type Concerned, concerned, replacedApplication } from './application-access.ts'
import { patternRefusal } from './application-credentials.ts'
import type { Application, ApplicationKey } from './application-schema.ts'
import { type Context, defineCommand } from './command.ts'
import { appKeyInput, foldedDigest, keyLabelInput, makeApplicationKey, shownOnce, usableKeys } from './credential.ts'
import { type Instant, type Ulid, ulidSchema } from './id.ts'
import { type Refusal, refuse } from './outcome.ts'
import { endAfterOverlap, overlapSchema } from './rotation.ts'
import type { Secret } from './secret.ts'

/** What the schema of an application takes, expired keys included. */
const maxHeldKeys = 100

/** A7: the refusal where one more key would be too many. Usable keys count, expired ones do not. */
function limitRefusal({ application, service }: Concerned, now: Instant): Refusal | undefined {
  const limit = service.usageRules.keyLimit
  if (usableKeys(application, now).length >= limit) return refuse('key_limit', { limit })
  return application.keys.length >= maxHeldKeys ? refuse('key_limit', { limit: maxHeldKeys }) : undefined
}

/** A7, A12: the refusal where a key brought along may not be, or is there already, expired ones included. */
function customRefusal({ application, service }: Concerned, custom: Secret | undefined, context: Context) {
  if (custom === undefined) return undefined
  if (!service.usageRules.customKeys) return refuse('custom_keys_off', {}, 'key')
  const folded = foldedDigest(custom, context)
  return application.keys.some((key) => key.foldedDigest === folded) ? refuse('taken', {}, 'key') : undefined
}

/** An instant in the past, 0 too: *never* has a word of its own. */
function expiryRefusal(expiry: Expiry, now: Instant): Refusal | undefined {
  return expiry !== 'never' && expiryInstant(expiry, now) <= now ? refuse('in_past', {}, 'expiry') : undefined
}

/** What an event calls a key: its label, else the end of it. */
function nameOfKey({ label, hintTail }: ApplicationKey): string {
  return label === '' ? hintTail : label
}

function keyOf(application: Application, keyId: Ulid): ApplicationKey | undefined {
  return application.keys.find(({ id }) => id === keyId)
}

/**
 * Adds a key, made or brought along (A7). Refusals: `forbidden`, `not_found`, `developers_may_not`, `wrong_pattern`,
 * `key_limit` {limit}, `custom_keys_off` and `taken` (field `key`), `in_past` (field `expiry`).
 */
export const createKey = defineCommand({
  name: 'application.createKey',
  input: z.strictObject({
    id: ulidSchema,
    label: keyLabelInput.default(''),
    key: appKeyInput.optional(),
    expiry: expirySchema.default('never'),
  }),
  needs: (input) => applicationNeeds(input.id),
  decide(documents, input, context) {
    const found = concerned(documents, 'application.edit', context, 'developersMayManageKeys')
    if (!found.ok) return found
    const { application } = found.value
    const expiresAt = expiryInstant(input.expiry, context.now)
    const unfit =
      patternRefusal(found.value, 'app_id_key') ??
      customRefusal(found.value, input.key, context) ??
      expiryRefusal(input.expiry, context.now) ??
      limitRefusal(found.value, context.now)
    if (unfit) return unfit
    const { key, secret } = makeApplicationKey(application.id, { label: input.label, expiresAt }, context, input.key)
    return replacedApplication(
      found.value,
      { keys: [...application.keys, key] },
      'application.keyCreated',
      context,
      { keyId: key.id },
      {
        changes: [
          { field: 'key', before: null, after: nameOfKey(key) },
          { field: 'expiresAt', before: null, after: expiresAt },
        ],
        reveals: [shownOnce('appKey', application, secret)],
      },
    )
  },
})

/**
 * Makes a successor of a key, with its label and filters; the old one ends after the overlap, at once without one (A7).
 * While both are usable both count against the limit. A successor lives as long as the old one was made to live.
 * Refusals: as create, `wrong_state` {state} for an expired key.
 */
export const rollKey = defineCommand({
  name: 'application.rollKey',
  input: z.strictObject({
    id: ulidSchema,
    keyId: ulidSchema,
    overlap: overlapSchema,
    key: appKeyInput.optional(),
  }),
  needs: (input) => applicationNeeds(input.id),
  decide(documents, input, context) {
    const found = concerned(documents, 'application.edit', context, 'developersMayManageKeys')
    if (!found.ok) return found
    const { application } = found.value
    const { now } = context
    const unfit = patternRefusal(found.value, 'app_id_key') ?? customRefusal(found.value, input.key, context)
    if (unfit) return unfit
    const old = keyOf(application, input.keyId)
    if (!old) return refuse('not_found')
    if (!usableKeys(application, now).includes(old)) return refuse('wrong_state', { state: 'expired' })
    const limited = input.overlap === 'now' ? undefined : limitRefusal(found.value, now)
    if (limited) return limited
    const { key, secret } = makeApplicationKey(
      application.id,
      {
        label: old.label,
        expiresAt: old.expiresAt === 0 ? 0 : now + (old.expiresAt - old.createdAt),
        ipRanges: old.ipRanges,
        referrers: old.referrers,
      },
      context,
      input.key,
    )
    const outgoing = { ...old, expiresAt: endAfterOverlap(now, input.overlap, old.expiresAt) }
    const others = application.keys.filter(({ id }) => id !== old.id)
    const kept =
      outgoing.expiresAt > now ? application.keys.map((each) => (each.id === old.id ? outgoing : each)) : others
    return replacedApplication(
      found.value,
      { keys: [...kept, key] },
      'application.keyRolled',
      context,
      { keyId: key.id },
      {
        changes: [
          { field: 'key', before: old.hintTail, after: key.hintTail },
          { field: 'previousEndsAt', before: old.expiresAt, after: outgoing.expiresAt },
        ],
        reveals: [shownOnce('appKey', application, secret)],
      },
    )
  },
})

/**
 * Changes a key's label and expiry (A7). An expiry, once reached, is not undone: an expired key stays expired.
 * Refusals: `forbidden`, `not_found`, `developers_may_not`, `wrong_pattern`, `wrong_state` {state}, `in_past` (field `expiry`).
 */
export const updateKey = defineCommand({
  name: 'application.updateKey',
  input: z.strictObject({
    id: ulidSchema,
    keyId: ulidSchema,
    label: keyLabelInput.optional(),
    expiry: expirySchema.optional(),
  }),
  needs: (input) => applicationNeeds(input.id),
  decide(documents, input, context) {
    const found = concerned(documents, 'application.edit', context, 'developersMayManageKeys')
    if (!found.ok) return found
    const { application } = found.value
    const unfit = patternRefusal(found.value, 'app_id_key')
    if (unfit) return unfit
    const key = keyOf(application, input.keyId)
    if (!key) return refuse('not_found')
    const expiresAt = input.expiry === undefined ? key.expiresAt : expiryInstant(input.expiry, context.now)
    if (input.expiry !== undefined && !usableKeys(application, context.now).includes(key)) {
      return refuse('wrong_state', { state: 'expired' })
    }
    const past = input.expiry === undefined ? undefined : expiryRefusal(input.expiry, context.now)
    if (past) return past
    const label = input.label ?? key.label
    const changes = [
      { field: 'key', before: nameOfKey(key), after: label === '' ? key.hintTail : label },
      ...(expiresAt === key.expiresAt ? [] : [{ field: 'expiresAt', before: key.expiresAt, after: expiresAt }]),
    ]
    const same = label === key.label && expiresAt === key.expiresAt
    const keys = application.keys.map((each) => (each.id === key.id ? { ...key, label, expiresAt } : each))
    return replacedApplication(
      found.value,
      same ? {} : { keys },
      'application.keyUpdated',
      context,
      undefined,
      same ? {} : { changes },
    )
  },
})

/**
 * Deletes a key (A7). The last usable one stays where the service wants at least one (A8); else the application becomes
 * keyless, as the result says. Refusals: `forbidden`, `not_found`, `developers_may_not`, `wrong_pattern`, `last_key`.
 */
export const deleteKey = defineCommand({
  name: 'application.deleteKey',
  input: z.strictObject({ id: ulidSchema, keyId: ulidSchema }),
  needs: (input) => applicationNeeds(input.id),
  decide(documents, input, context) {
    const found = concerned(documents, 'application.edit', context, 'developersMayManageKeys')
    if (!found.ok) return found
    const { application, service } = found.value
    const unfit = patternRefusal(found.value, 'app_id_key')
    if (unfit) return unfit
    const key = keyOf(application, input.keyId)
    if (!key) return refuse('not_found')
    const usable = usableKeys(application, context.now)
    if (service.usageRules.atLeastOneKey && usable.length === 1 && usable[0] === key) return refuse('last_key')
    const keys = application.keys.filter(({ id }) => id !== key.id)
    return replacedApplication(
      found.value,
      { keys },
      'application.keyDeleted',
      context,
      { keyless: keys.length === 0 && !service.usageRules.atLeastOneKey },
      { changes: [{ field: 'key', before: nameOfKey(key), after: null }] },
    )
  },
})
