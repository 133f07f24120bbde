/** The data folder's list of workspaces, and this computer's device id. */
import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { type Instant, makeUlid, type Ulid, ulidSchema } from '../../shared/domain/id.ts'
import type { WorkspaceEntry } from '../../shared/protocol/console.ts'
import { makePrivateFolder, readJson, writePrivateJson } from '../store/private-file.ts'

const registrySchema = z.strictObject({
  version: z.literal(1),
  device: ulidSchema,
  workspaces: z.array(
    z.strictObject({
      id: ulidSchema,
      name: z.string(),
      sample: z.boolean(),
      protection: z.enum(['passphrase', 'keychain', 'none']),
      lastOpenedAt: z.int(),
      /** The member who sits at this computer. */
      person: ulidSchema,
    }),
  ),
  movedAside: z.array(
    z.strictObject({ path: z.string(), reason: z.enum(['corrupt', 'newer_version', 'not_a_store']) }),
  ),
})
type RegistryFile = z.infer<typeof registrySchema>

/** A workspace of this folder, as the program itself knows it. */
export type RegistryEntry = RegistryFile['workspaces'][number]

export type SetAsideReason = RegistryFile['movedAside'][number]['reason']

export class WorkspaceRegistry {
  readonly #directory: string
  #file: RegistryFile

  /** Opens the folder's register, making it (and the device id) at the first start. */
  constructor(directory: string, now: Instant, random: (bytes: number) => Uint8Array) {
    this.#directory = directory
    makePrivateFolder(directory)
    const stored = readJson(this.#path)
    this.#file =
      stored === undefined
        ? { version: 1, device: makeUlid(now, random), workspaces: [], movedAside: [] }
        : registrySchema.parse(stored)
    if (stored === undefined) this.#save()
  }

  get #path(): string {
    return join(this.#directory, 'workspaces.json')
  }

  get device(): Ulid {
    return this.#file.device
  }

  get entries(): readonly RegistryEntry[] {
    return this.#file.workspaces
  }

  get movedAside(): RegistryFile['movedAside'] {
    return this.#file.movedAside
  }

  /** The folder of one workspace; its store and vault are in it. */
  folderOf(id: Ulid): string {
    return join(this.#directory, 'workspaces', id)
  }

  entry(id: Ulid): RegistryEntry | undefined {
    return this.#file.workspaces.find((workspace) => workspace.id === id)
  }

  /** Adds or replaces an entry. */
  put(entry: RegistryEntry): void {
    const others = this.#file.workspaces.filter(({ id }) => id !== entry.id)
    this.#file = { ...this.#file, workspaces: [...others, entry] }
    this.#save()
  }

  remove(id: Ulid): void {
    this.#file = { ...this.#file, workspaces: this.#file.workspaces.filter((entry) => entry.id !== id) }
    this.#save()
  }

  /** Moves a workspace that cannot be opened out of the way, never deleting anything, and remembers where to. */
  setAside(id: Ulid, reason: SetAsideReason, now: Instant): string {
    const stamp = new Date(now).toISOString().replaceAll(':', '').slice(0, 17)
    const path = join(this.#directory, 'set-aside', `${id}-${stamp}`)
    makePrivateFolder(join(this.#directory, 'set-aside'))
    if (existsSync(this.folderOf(id))) renameSync(this.folderOf(id), path)
    this.#file = { ...this.#file, movedAside: [...this.#file.movedAside, { path, reason }] }
    this.remove(id)
    return path
  }

  #save(): void {
    writePrivateJson(this.#path, this.#file)
  }
}

/** What a renderer may know of an entry. */
export function viewEntry({ id, name, sample, protection, lastOpenedAt }: RegistryEntry): WorkspaceEntry {
  return { id, name, sample, protection, lastOpenedAt }
}
