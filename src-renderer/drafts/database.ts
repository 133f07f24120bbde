/** What must outlive a crash of the renderer only: half-filled forms. Never a secret, never anything of the store. */
import { Dexie, type EntityTable } from 'dexie'

export interface Draft {
  /** Workspace and form: `01J…/service.create`. */
  readonly id: string
  readonly values: Readonly<Record<string, unknown>>
  readonly at: number
}

const database = new Dexie('latchkey') as Dexie & { drafts: EntityTable<Draft, 'id'> }
database.version(1).stores({ drafts: 'id, at' })

const keptMs = 30 * 86_400_000

export async function loadDraft(id: string): Promise<Draft | undefined> {
  return database.drafts.get(id)
}

export async function saveDraft(draft: Draft): Promise<void> {
  await database.drafts.put(draft)
}

export async function forgetDraft(id: string): Promise<void> {
  await database.drafts.delete(id)
}

/** Drafts that nobody came back to in 30 days go. */
export async function forgetOldDrafts(now: number): Promise<void> {
  await database.drafts
    .where('at')
    .below(now - keptMs)
    .delete()
}
