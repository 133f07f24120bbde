/** Text at the door: what may enter a document, the same for every door (spec/sync.md, parity traps). */
import * as z from 'zod'

/** True where text holds no NUL and no lone surrogate, so that every store and encoder keeps it unchanged. */
export function isWellFormed(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed()
}

/** Well-formed text of at most `max` UTF-16 units. The messages are refusal codes. */
export function textSchema(max: number) {
  return z.string().max(max, 'too_long').refine(isWellFormed, 'malformed_text')
}

/** A required one-line name: trimmed, 1 to 255 characters (T5). */
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'required')
  .max(255, 'too_long')
  .refine(isWellFormed, 'malformed_text')
  .refine((text) => !/[\r\n]/.test(text), 'malformed_text')

/** An optional description of at most 4,000 characters. */
export const descriptionSchema = textSchema(4000)

/** Lower-case name used in addresses and by scripts: letters, digits, `-`, `_`; 1 to 255. */
export const systemNameSchema = z
  .string()
  .min(1, 'required')
  .max(255, 'too_long')
  .regex(/^[a-z0-9][a-z0-9_-]*$/, 'invalid')

/** An e-mail address as a mailbox would take it: something, one @, something; 3 to 254 characters. */
export const emailSchema = z
  .string()
  .trim()
  .min(1, 'required')
  .max(254, 'too_long')
  .regex(/^[^\s@]+@[^\s@]+$/, 'invalid')
  .refine(isWellFormed, 'malformed_text')

/** Derives a system name from a name: `Payments API` → `payments-api`; empty where nothing is left. */
export function systemNameFrom(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 255)
}
