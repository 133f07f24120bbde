/** All documents of a collection, or those of `ids` that are there, a page at a time, so that none of them has to be held and the program breathes. */
import type { CollectionName, DocumentOf } from '../../../shared/domain/collections.ts'
import type { Ulid } from '../../../shared/domain/id.ts'
import type { WorkspaceStore } from '../../store/workspace-store.ts'
import type { Breath } from './breath.ts'

const pageSize = 100

export async function* pagesOf<C extends CollectionName>(
  store: WorkspaceStore,
  collection: C,
  breath: Breath,
  ids?: readonly Ulid[],
): AsyncGenerator<DocumentOf<C>[]> {
  let after = ''
  for (;;) {
    const page = await store.find(collection, {
      selector: { id: ids === undefined ? { $gt: after } : { $gt: after, $in: [...ids] } },
      sort: { field: 'id', direction: 'asc' },
      limit: pageSize,
    })
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = last.id
    await breath.take()
  }
}
