/** IP ranges and referrer domains of an application and of one key (A11). */
import * as z from 'zod'
import { applicationNeeds, concerned, replacedApplication } from './application-access.ts'
import { patternRefusal } from './application-credentials.ts'
import { defineCommand, differences } from './command.ts'
import { ipRangesInput, referrersInput } from './filter.ts'
import { ulidSchema } from './id.ts'
import { type Refusal, refuse } from './outcome.ts'
import type { UsageRules } from './service-schema.ts'

interface Lists {
  readonly ipRanges: readonly string[]
  readonly referrers: readonly string[]
}

/**
 * A11, A12: the refusal where a list gets an entry that the service does not look at: it would only seem to protect.
 * Lists may always become shorter.
 */
function offRefusal(before: Lists, after: Lists, rules: UsageRules): Refusal | undefined {
  const adds = (field: keyof Lists) => after[field].some((item) => !before[field].includes(item))
  if (rules.ipFilter === 'off' && adds('ipRanges')) return refuse('filter_off', {}, 'ipRanges')
  if (rules.referrerFilter === 'off' && adds('referrers')) return refuse('filter_off', {}, 'referrers')
  return undefined
}

const listsInput = { ipRanges: ipRangesInput.optional(), referrers: referrersInput.optional() }

/**
 * Replaces the lists of an application; a list left out stays (A11).
 * Refusals: `forbidden`, `not_found`, `filter_off` (fields `ipRanges`, `referrers`).
 */
export const updateFilters = defineCommand({
  name: 'application.updateFilters',
  input: z.strictObject({ id: ulidSchema, ...listsInput }),
  needs: (input) => applicationNeeds(input.id),
  decide(documents, input, context) {
    const found = concerned(documents, 'application.edit', context)
    if (!found.ok) return found
    const { application, service } = found.value
    const lists = {
      ipRanges: input.ipRanges ?? application.ipRanges,
      referrers: input.referrers ?? application.referrers,
    }
    const off = offRefusal(application, lists, service.usageRules)
    if (off) return off
    return replacedApplication(found.value, lists, 'application.filtersChanged', context, undefined)
  },
})

/**
 * Replaces the lists of one key; a call with this key must match them and the application's (A11).
 * Refusals: `forbidden`, `not_found`, `wrong_pattern`, `filter_off` (fields `ipRanges`, `referrers`).
 */
export const updateKeyFilters = defineCommand({
  name: 'application.updateKeyFilters',
  input: z.strictObject({ id: ulidSchema, keyId: ulidSchema, ...listsInput }),
  needs: (input) => applicationNeeds(input.id),
  decide(documents, input, context) {
    const found = concerned(documents, 'application.edit', context)
    if (!found.ok) return found
    const unfit = patternRefusal(found.value, 'app_id_key')
    if (unfit) return unfit
    const { application, service } = found.value
    const key = application.keys.find(({ id }) => id === input.keyId)
    if (!key) return refuse('not_found')
    const lists = { ipRanges: input.ipRanges ?? key.ipRanges, referrers: input.referrers ?? key.referrers }
    const off = offRefusal(key, lists, service.usageRules)
    if (off) return off
    const changes = differences({ ipRanges: key.ipRanges, referrers: key.referrers }, lists)
    if (changes.length === 0) {
      return replacedApplication(found.value, {}, 'application.keyFiltersChanged', context, undefined)
    }
    const keys = application.keys.map((each) => (each.id === key.id ? { ...key, ...lists } : each))
    return replacedApplication(found.value, { keys }, 'application.keyFiltersChanged', context, undefined, {
      changes: [{ field: 'key', before: key.hintTail, after: key.hintTail }, ...changes],
    })
  },
})
