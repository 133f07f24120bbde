/** Runs queries and counts of one table. */
import { getQueryMatcher, getSortComparator, type QueryMatcher } from 'rxdb'
import type { CollectionTable } from './collection-table.ts'
import { StoreError } from './errors.ts'
import type { StoredDocument } from './layout.ts'
import { type Plan, planQuery, type StoredQuery } from './plan.ts'
import type { Work } from './scheduler.ts'

/** Rows whose keys are read at once while the matcher decides. */
const PAGE = 500

export function* runQuery(table: CollectionTable, query: StoredQuery): Work<StoredDocument[]> {
  const plan = planQuery(query, (path) => table.exactColumn(path))
  const { skip, limit } = pageAsked(table, query)
  if (plan.filters && plan.sorts) return yield* table.load(keys(table, plan, limit, skip))
  if (plan.filters) {
    const documents = yield* table.load(keys(table, plan))
    return sorted(table, query, documents).slice(skip, skip + limit)
  }
  const matching = yield* matched(table, query, plan, plan.sorts ? skip + limit : Number.POSITIVE_INFINITY)
  return (plan.sorts ? matching : sorted(table, query, matching)).slice(skip, skip + limit)
}

export function* runCount(table: CollectionTable, query: StoredQuery): Work<number> {
  const plan = planQuery(query, (path) => table.exactColumn(path))
  const { skip, limit } = pageAsked(table, query)
  const whole = plan.filters
    ? (table.file.all(
        `SELECT count(*) FROM ${table.sql} WHERE ${plan.where.text}`,
        plan.where.parameters,
      )[0]?.[0] as number)
    : (yield* matched(table, query, plan, skip + limit)).length
  return Math.max(0, Math.min(whole - skip, limit))
}

function keys(table: CollectionTable, plan: Plan, limit = Number.POSITIVE_INFINITY, skip = 0): number[] {
  const { text, parameters } = plan.where
  const rows = table.file.all(
    `SELECT k FROM ${table.sql} WHERE ${text} ORDER BY ${plan.order}${pageClause(limit, skip)}`,
    skip === 0 ? parameters : [...parameters, skip],
  )
  const found: number[] = new Array(rows.length)
  for (let index = 0; index < rows.length; index++) found[index] = rows[index]?.[0] as number
  return found
}

/**
 * The limit stands in the text, not in a parameter: SQLite then sorts no more than is wanted, a quarter faster for a
 * page of fifty. Few different limits are ever asked for, so few statements more are prepared; offsets are many.
 */
function pageClause(limit: number, skip: number): string {
  const isBounded = limit !== Number.POSITIVE_INFINITY
  if (skip !== 0) return ` LIMIT ${isBounded ? limit : -1} OFFSET ?`
  return isBounded ? ` LIMIT ${limit}` : ''
}

/** Skip and limit of a query; `invalid_query` where they are no whole numbers. */
function pageAsked(table: CollectionTable, query: StoredQuery): { readonly skip: number; readonly limit: number } {
  const skip = query.skip ?? 0
  const limit = typeof query.limit === 'number' ? query.limit : Number.POSITIVE_INFINITY
  if (Number.isSafeInteger(skip) && (limit === Number.POSITIVE_INFINITY || Number.isSafeInteger(limit))) {
    return { skip, limit }
  }
  throw new StoreError(
    'invalid_query',
    `The query of ${table.name} cannot be run: skip and limit must be whole numbers.`,
    { collection: table.name },
  )
}

/** The first `enough` documents, in the plan's order, that RxDB's matcher lets through. */
function* matched(table: CollectionTable, query: StoredQuery, plan: Plan, enough: number): Work<StoredDocument[]> {
  const matches = matcherOf(table, query)
  const found: StoredDocument[] = []
  const candidates = keys(table, plan)
  let scanned = 0
  for (let from = 0; from < candidates.length && found.length < enough; from += PAGE) {
    for (const document of yield* table.load(candidates.slice(from, from + PAGE))) {
      scanned++
      if (matches(document)) found.push(document)
    }
    yield 'breathe'
  }
  table.fallbacks++
  table.file.settings.report({ kind: 'fallback', collection: table.name, scanned, shape: shapeOf(query.selector) })
  return found.length > enough ? found.slice(0, enough) : found
}

/** RxDB's comparator over documents in the order of their ids: sorting is stable, so ties stay in that order. */
function sorted(table: CollectionTable, query: StoredQuery, documents: StoredDocument[]): StoredDocument[] {
  return documents.sort(getSortComparator(table.schema, query))
}

/** RxDB's matcher; refuses what it does not know as `unknown_operator`, and what it cannot read as `invalid_query`. */
function matcherOf(table: CollectionTable, query: StoredQuery): QueryMatcher<StoredDocument> {
  try {
    return getQueryMatcher(table.schema, query)
  } catch (error) {
    const message = String((error as Error).message)
    const code = /unknown .*operator/.test(message) ? 'unknown_operator' : 'invalid_query'
    throw new StoreError(
      code,
      `The query of ${table.name} cannot be run: ${message}. Use the operators that RxDB documents.`,
      { collection: table.name, shape: shapeOf(query.selector) },
      error,
    )
  }
}

/** A selector's paths and operators without its values, which may be secret. */
export function shapeOf(selector: unknown): string {
  if (Array.isArray(selector)) return `[${selector.map(shapeOf).join()}]`
  if (typeof selector !== 'object' || selector === null || selector.constructor !== Object) return '?'
  return `{${Object.entries(selector)
    .map(([key, value]) => `${key}:${shapeOf(value)}`)
    .join()}}`
}
