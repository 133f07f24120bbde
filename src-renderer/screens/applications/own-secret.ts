import * as z from 'zod'
import type { Secret } from '../../../shared/domain/secret.ts'

/**
 * A form's field for a secret of one's own: empty for a made one, else what the engine's schema takes. It stays text,
 * since the engine's schema makes a `Secret` of it at its own door.
 */
export function ownSecret(schema: z.ZodType<Secret, string>): z.ZodType<string, string> {
  return z.string().superRefine((text, context) => {
    if (text === '') return
    const read = schema.safeParse(text)
    if (read.success) return
    context.addIssue({ code: 'custom', message: read.error.issues[0]?.message ?? 'invalid' })
  })
}
