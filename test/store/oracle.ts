/** What a query must answer: RxDB's matcher and comparator over all documents in the order of their ids. */
import { type FilledMangoQuery, getQueryMatcher, getSortComparator, type RxJsonSchema } from 'rxdb'
import type { StoredDocument } from '../../src-main/store/sqlite-storage/layout.ts'

export function expectedIds(
  schema: RxJsonSchema<StoredDocument>,
  documents: readonly StoredDocument[],
  query: FilledMangoQuery<StoredDocument>,
): string[] {
  const matches = getQueryMatcher(schema, query)
  const compare = getSortComparator(schema, query)
  const skip = query.skip ?? 0
  return [...documents]
    .sort((a, b) => ((a.id as string) < (b.id as string) ? -1 : 1))
    .filter((document) => matches(document))
    .sort(compare)
    .slice(skip, typeof query.limit === 'number' ? skip + query.limit : undefined)
    .map((document) => document.id as string)
}
