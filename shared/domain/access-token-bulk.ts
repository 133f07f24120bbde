/** Access tokens deleted together: each judged by itself, those that may go are written together. */
import * as z from 'zod'
import { deletedAccessToken } from './access-token.ts'
import { bulkIds, eachOf } from './application-bulk.ts'
import { defineCommand, many } from './command.ts'
import { accept } from './outcome.ts'

/**
 * Deletes access tokens (T7, T12). Each refusal is in the result; where not one may go, the first is the answer:
 * `forbidden`, `not_found`.
 */
export const deleteAccessTokens = defineCommand({
  name: 'accessToken.deleteMany',
  input: z.strictObject({ ids: bulkIds }),
  needs: (input) => ({ tokens: many('accessToken', { id: input.ids }) }),
  decide({ tokens }, { ids }, context) {
    const byId = new Map(tokens.map((token) => [token.id, token]))
    const change = eachOf(ids, (id) => deletedAccessToken(byId.get(id), context))
    const refused = change.result.outcomes.find((outcome) => !outcome.ok)
    return change.result.done === 0 && refused && !refused.ok
      ? { ok: false, code: refused.code, params: refused.params }
      : accept(change)
  },
})
