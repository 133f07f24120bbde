/** Rotation with overlap (T13, S4, A9): how long the old secret lives on after its successor is made. */
import * as z from 'zod'
import type { Instant } from './id.ts'

/** The choices, in ms: now, 1 hour, 24 hours, 7 days. */
export const overlaps = { now: 0, '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000 } as const
export const overlapNames = ['now', '1h', '24h', '7d'] as const
export const overlapSchema = z.enum(overlapNames)
export type Overlap = (typeof overlapNames)[number]

/** When the old secret ends: after the overlap, or earlier where it would have ended anyway (0: it would not). */
export function endAfterOverlap(now: Instant, overlap: Overlap, currentEnd: Instant): Instant {
  const end = now + overlaps[overlap]
  return currentEnd === 0 ? end : Math.min(end, currentEnd)
}

/** S4, A9: of secrets that rotate only one is without an end; a second one beside it would never be missed. */
export function hasTwoEndless(secrets: readonly { readonly endsAt: Instant }[]): boolean {
  return secrets.filter(({ endsAt }) => endsAt === 0).length > 1
}
