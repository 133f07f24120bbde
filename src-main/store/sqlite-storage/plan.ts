/** Decides how a query runs: what SQL filters and sorts, and what is left for RxDB's matcher and comparator. */
import type { FilledMangoQuery } from 'rxdb'
import { type ColumnLookup, translateSelector } from './filter.ts'
import type { StoredDocument } from './layout.ts'
import { all, type Sql } from './sql.ts'

export type StoredQuery = FilledMangoQuery<StoredDocument>

export type Plan = {
  readonly where: Sql
  /** True where the filter lets through exactly the matching documents. */
  readonly filters: boolean
  /** The terms of ORDER BY where SQL sorts exactly as RxDB does; by id, the base of a stable sort, where not. */
  readonly order: string
  readonly sorts: boolean
}

export function planQuery(query: StoredQuery, columnOf: ColumnLookup): Plan {
  const filter = translateSelector(query.selector as Record<string, unknown>, columnOf)
  const terms = sortTerms(query, columnOf)
  return { where: all(filter.parts), filters: filter.exact, order: terms ?? 'id', sorts: terms !== undefined }
}

function sortTerms(query: StoredQuery, columnOf: ColumnLookup): string | undefined {
  const terms: string[] = []
  for (const part of query.sort) {
    const [path, direction] = Object.entries(part)[0] as [string, string]
    const column = columnOf(path)
    if (!column) return undefined
    terms.push(direction === 'asc' ? column.name : `${column.name} DESC`)
    if (column.name === 'id') return terms.join(', ') // no two documents share an id
  }
  return terms.length > 0 ? `${terms.join(', ')}, id` : 'id'
}
