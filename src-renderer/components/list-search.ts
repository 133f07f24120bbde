/** What a list keeps in the address, so that every filter is a link: search text, sort, direction, and its own filters. */
import * as z from 'zod'

/** The shape for a route's `validateSearch`: `z.object({ ...listSearch(['name']), state: z.enum(…).optional().catch(undefined) })`. */
export function listSearch<const Fields extends readonly [string, ...string[]]>(fields: Fields) {
  return {
    q: z.string().max(512).optional().catch(undefined),
    sort: z.enum(fields).optional().catch(undefined),
    dir: z.enum(['asc', 'desc']).optional().catch(undefined),
  }
}

/** True where text may be a secret: it stays out of the address, the history and the cache. */
export function looksSecret(text: string): boolean {
  const trimmed = text.trim()
  return /^lk_[a-z]{2}_/i.test(trimmed) || /^[0-9a-f]{32}$/i.test(trimmed) || /^[\w+/=.-]{40,}$/.test(trimmed)
}
