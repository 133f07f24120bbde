/**
 * The verdict on a written row, whoever brings it (spec/sync.md, Push): judged against the judge's own document, with
 * the session's author. What a command made for an actor who may give it is applied; anything else is refused, with
 * the field at fault.
 */
import { type Actor, authorOf } from './actor.ts'
import { type CollectionName, collectionSchemas, type DocumentOf } from './collections.ts'
import { type Envelope, schemaVersion } from './document.ts'
import { ruleOf } from './judge-fields.ts'
import type { JudgeContext } from './judge-rule.ts'
import { wholeRules } from './judge-whole.ts'
import { same } from './merge-rule.ts'
import { type Refusal, type RefusalCode, type RefusalParam, refusalCodes, refuse } from './outcome.ts'
import { isWellFormed } from './text.ts'

export type { JudgeContext } from './judge-rule.ts'

export type Verdict =
  | { readonly verdict: 'applied' }
  | {
      readonly verdict: 'conflict' | 'denied' | 'invalid' | 'stale-schema'
      readonly code: RefusalCode
      readonly field?: string
      readonly params: Readonly<Record<string, RefusalParam>>
    }

const applied: Verdict = Object.freeze({ verdict: 'applied' })

/** Refusals for want of a right; all others say that the row is no good. */
const denials: ReadonlySet<RefusalCode> = new Set([
  'forbidden',
  'preview_read_only',
  'read_only_token',
  'scope_not_allowed',
  'widening',
  'own_rights',
  'last_admin',
  'developers_may_not',
])

function verdictOf(refusal: Refusal, field?: string): Verdict {
  const { code, params } = refusal
  const at = refusal.field ?? field
  const verdict = denials.has(code) ? 'denied' : 'invalid'
  return at === undefined ? { verdict, code, params } : { verdict, code, field: at, params }
}

/**
 * Judges one row.
 * @param before the judge's own current document; absent: the row is new.
 * @param after the row as written; absent: a deletion.
 */
export function judge<C extends CollectionName>(
  actor: Actor,
  collection: C,
  before: DocumentOf<C> | undefined,
  after: DocumentOf<C> | undefined,
  context: JudgeContext,
): Verdict {
  if (after === undefined) {
    // Gone already: the same as asked for.
    const denied = before === undefined ? undefined : wholeRules[collection].deleted(before, actor, context)
    return denied ? verdictOf(denied) : applied
  }
  const unfit = shapeVerdict(collection, after) ?? envelopeVerdict(actor, before, after, context)
  if (unfit !== undefined) return unfit
  const refusal =
    before === undefined
      ? wholeRules[collection].made(after, actor, context)
      : changeRefusal(actor, collection, before, after, context)
  const broken = refusal ?? wholeRules[collection].holds(after, context)
  return broken ? verdictOf(broken) : applied
}

/** The row as the schema has it, no field more. */
function shapeVerdict(collection: CollectionName, after: unknown): Verdict | undefined {
  const schema = (after as Partial<Envelope>).schema
  if (schema !== undefined && schema !== schemaVersion) {
    return { verdict: 'stale-schema', code: 'invalid', field: 'schema', params: {} }
  }
  const odd = oddValue(after, '', 0)
  if (odd !== undefined) return verdictOf(odd)
  const parsed = collectionSchemas[collection].safeParse(after)
  if (parsed.success) {
    // A schema may trim: what it would change was not clean.
    const field = Object.keys(parsed.data).find(
      (key) => !same((parsed.data as Record<string, unknown>)[key], (after as Record<string, unknown>)[key]),
    )
    return field === undefined ? undefined : verdictOf(refuse('invalid', {}, field))
  }
  const issue = parsed.error.issues[0]
  if (issue?.code === 'unrecognized_keys') {
    return verdictOf(refuse('unknown_field', {}, [...issue.path, issue.keys[0]].join('.')))
  }
  const code = refusalCodes.find((known) => known === issue?.message) ?? 'invalid'
  return verdictOf(refuse(code, {}, issue?.path.join('.') ?? ''))
}

const deepest = 10

/**
 * What no store keeps unchanged, wherever in the row it stands: text with NUL or a lone surrogate, a number that JSON
 * cannot carry, a value too deep (spec/sync.md, parity traps).
 */
function oddValue(value: unknown, path: string, depth: number): Refusal | undefined {
  if (typeof value === 'string') return isWellFormed(value) ? undefined : refuse('malformed_text', {}, path)
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : refuse('invalid', {}, path)
  if (typeof value !== 'object' || value === null) return undefined
  if (depth === deepest) return refuse('too_long', { max: deepest }, path)
  for (const [key, inner] of Object.entries(value)) {
    if (!isWellFormed(key)) return refuse('malformed_text', {}, path)
    // Places in a list are left out, as in the field names of all other refusals.
    const at = Array.isArray(value) ? path : path === '' ? key : `${path}.${key}`
    const odd = oddValue(inner, at, depth + 1)
    if (odd !== undefined) return odd
  }
  return undefined
}

/** Envelope: the same document of this workspace, one revision on, by the author of the session. */
function envelopeVerdict(
  actor: Actor,
  before: Envelope | undefined,
  after: Envelope,
  context: JudgeContext,
): Verdict | undefined {
  if (after.workspace !== context.workspace) return verdictOf(refuse('forbidden', {}, 'workspace'))
  if (before !== undefined && after.id !== before.id) return verdictOf(refuse('forbidden', { fixed: true }, 'id'))
  const rev = before?.rev ?? 0
  for (const [field, wrong] of [
    ['rev', after.rev !== rev + 1],
    ['command.baseRev', after.command.baseRev !== rev],
  ] as const) {
    if (wrong) return { verdict: 'conflict', code: 'invalid', field, params: { rev } }
  }
  return after.updatedBy === authorOf(actor) ? undefined : verdictOf(refuse('forbidden', {}, 'updatedBy'))
}

const envelope = new Set(['id', 'workspace', 'rev', 'updatedAt', 'updatedBy', 'schema', 'command'])

/** Each changed field by its own line of the allow-list; a field without a line changes nothing. */
function changeRefusal<C extends CollectionName>(
  actor: Actor,
  collection: C,
  before: DocumentOf<C>,
  after: DocumentOf<C>,
  context: JudgeContext,
): Refusal | undefined {
  const [old, fresh] = [before, after] as unknown as [Record<string, unknown>, Record<string, unknown>]
  const fields = new Set([...Object.keys(old), ...Object.keys(fresh)])
  const changed = [...fields].filter((field) => !envelope.has(field) && !same(old[field], fresh[field]))
  // A revision without an edit would let anybody push revisions of anything.
  if (changed.length === 0) return refuse('already', {}, 'rev')
  for (const field of changed) {
    const rule = ruleOf(collection, field)
    const refusal =
      rule === undefined ? refuse('unknown_field', {}, field) : rule({ actor, context, field, before, after })
    if (refusal !== undefined) return { ...refusal, field: refusal.field ?? field }
  }
  return undefined
}
