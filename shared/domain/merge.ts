/**
 * Merging two edits of one document that began with the same base (spec/sync.md, Merging). One module for desktop and
 * endpoint: deterministic, idempotent; on security fields commutative and associative; never wider than a side unless
 * the base already had the restriction. What loses is told, for the journal.
 */
import type { CollectionName, DocumentOf } from './collections.ts'
import { type Envelope, envelopeFields } from './document.ts'
import { fieldMerges } from './merge-fields.ts'
import type { MergeOptions } from './merge-list.ts'
import { type Loss, same } from './merge-rule.ts'

export interface MergeResult<D> {
  /** Absent: deleted. */
  readonly result: D | undefined
  readonly losses: readonly Loss[]
}

type Fields = Record<string, unknown>

/**
 * Merges `mine` (an edit that came later) with `theirs` (what was accepted first). `undefined` is a deleted document.
 * The result is `theirs` itself where nothing of mine remains; else it follows it by one revision, as mine's command.
 */
export function merge<C extends CollectionName>(
  collection: C,
  base: DocumentOf<C> | undefined,
  mine: DocumentOf<C> | undefined,
  theirs: DocumentOf<C> | undefined,
  options: MergeOptions = {},
): MergeResult<DocumentOf<C>> {
  if (mine === undefined || theirs === undefined) {
    const kept = mine ?? theirs
    // Without a base nothing was there to delete: the one document is a new one.
    if (base === undefined) return { result: kept, losses: [] }
    return { result: undefined, losses: kept === undefined ? [] : lossesOfDeletion(collection, base, kept, mine) }
  }
  if (base === undefined) {
    const losses = same(mine, theirs)
      ? []
      : [
          {
            field: 'id',
            base: undefined,
            mine: mine.id,
            theirs: theirs.id,
            result: theirs.id,
            reason: 'taken' as const,
          },
        ]
    return { result: theirs, losses }
  }
  const losses: Loss[] = []
  const merged: Fields = {}
  const sides = {
    base: base as unknown as Fields,
    mine: mine as unknown as Fields,
    theirs: theirs as unknown as Fields,
  }
  for (const [field, mergeField] of Object.entries(fieldMerges[collection])) {
    merged[field] = mergeField(
      { base: sides.base[field], mine: sides.mine[field], theirs: sides.theirs[field] },
      { at: field, losses, options, documents: sides, merged },
    )
  }
  if (isEmptied(collection, merged)) {
    return { result: undefined, losses: lossesOfDeletion(collection, base, theirs, undefined) }
  }
  return { result: stamped(mine, theirs, merged) as DocumentOf<C>, losses }
}

/** T2, T13: an access token whose last scope went in the merge is no token any more. */
function isEmptied(collection: CollectionName, merged: Fields): boolean {
  return collection === 'accessToken' && (merged.scopes as readonly unknown[]).length === 0
}

function stamped(mine: Envelope, theirs: Envelope, merged: Fields): unknown {
  const fields = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined))
  const envelope = Object.fromEntries(envelopeFields.map((field) => [field, theirs[field]]))
  if (same({ ...envelope, ...fields }, theirs)) return theirs
  return {
    ...envelope,
    ...fields,
    rev: theirs.rev + 1,
    updatedAt: Math.max(mine.updatedAt, theirs.updatedAt),
    updatedBy: mine.updatedBy,
    command: { ...mine.command, baseRev: theirs.rev },
  }
}

/** Deleted wins over every concurrent edit (T7): each field that the other side had changed is told. */
function lossesOfDeletion<C extends CollectionName>(
  collection: C,
  base: DocumentOf<C>,
  kept: DocumentOf<C>,
  mine: DocumentOf<C> | undefined,
): Loss[] {
  const before = base as unknown as Fields
  const after = kept as unknown as Fields
  return Object.keys(fieldMerges[collection])
    .filter((field) => !same(before[field], after[field]))
    .map((field) => ({
      field,
      base: shown(before[field]),
      mine: mine === undefined ? undefined : shown(after[field]),
      theirs: mine === undefined ? shown(after[field]) : undefined,
      result: undefined,
      reason: 'deleted',
    }))
}

/** A value without anything secret: lists and objects by how many members they have. */
function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? value : value.length
  if (typeof value === 'object' && value !== null) return Object.keys(value).length
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? '…' : value
}
