/**
 * The one import and the one export that are under way: they go on while the reader looks at other screens. Kept here
 * are names and sizes; the file's text is in the main process, a passphrase nowhere.
 */
import { create } from 'zustand'
import { transferFileBytes } from '../../../shared/protocol/transfer.ts'
import { ask, queryClient, trpc } from '../../app/ask.ts'
import { NotText, partsOf } from './upload.ts'

export interface FileJob {
  readonly id: string
  readonly name: string
  readonly bytes: number
  /** Of an import: bytes that arrived, and whether that is all of them. */
  readonly sent: number
  readonly complete: boolean
}

interface Jobs {
  readonly import: FileJob | undefined
  readonly export: string | undefined
  /** Why the last file was not even taken: a word of ours, or an error. */
  readonly fault: 'tooLarge' | 'notText' | 'dropped' | 'cancelled' | { readonly error: unknown } | undefined
}

const none: Jobs = { import: undefined, export: undefined, fault: undefined }
export const useJobs = create<Jobs>()(() => none)

export function refetchProgress(id: string): void {
  void queryClient.invalidateQueries({ queryKey: trpc.transfer.progress.queryKey({ id }) })
}

export async function startImport(file: File): Promise<void> {
  useJobs.setState({ fault: undefined, import: undefined })
  if (file.size > transferFileBytes) {
    useJobs.setState({ fault: 'tooLarge' })
    return
  }
  let id: string | undefined
  try {
    const begun = await ask.transfer.begin.mutate({ format: /\.csv$/i.test(file.name) ? 'csv' : 'json' })
    id = begun.id
    const job = { id, name: file.name, bytes: file.size, sent: 0, complete: false }
    useJobs.setState({ import: job })
    for await (const text of partsOf(file)) {
      const { bytes } = await ask.transfer.append.mutate({ id, text })
      // Cancelled, or another file has taken its place.
      if (useJobs.getState().import?.id !== id) return
      useJobs.setState({ import: { ...job, sent: bytes } })
    }
    await ask.transfer.plan.mutate({ id })
    useJobs.setState({ import: { ...job, sent: file.size, complete: true } })
  } catch (error) {
    if (id !== undefined && useJobs.getState().import?.id !== id) return
    if (id !== undefined) ask.transfer.cancel.mutate({ id }).catch(() => undefined)
    useJobs.setState({ import: undefined, fault: error instanceof NotText ? 'notText' : { error } })
  }
}

/** Stops it and forgets it, wherever it is. */
export function dropImport(fault?: Jobs['fault']): void {
  const id = useJobs.getState().import?.id
  useJobs.setState({ import: undefined, fault })
  if (id !== undefined) ask.transfer.cancel.mutate({ id }).catch(() => undefined)
}

export function dropExport(): void {
  const id = useJobs.getState().export
  useJobs.setState({ export: undefined })
  if (id !== undefined) ask.transfer.cancel.mutate({ id }).catch(() => undefined)
}
