/** The console: which workspace of the data folder is open, locked or none; shared by all sessions of the program. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../../shared/domain/command.ts'
import { makeUlid, type Ulid } from '../../shared/domain/id.ts'
import { RefusalError, refuse } from '../../shared/domain/outcome.ts'
import type { Secret } from '../../shared/domain/secret.ts'
import { type Founding, foundWorkspace } from '../../shared/domain/workspace-commands.ts'
import { auditHeadFile } from '../engine/audit-head.ts'
import { ChangeFeed } from '../engine/change-feed.ts'
import { Engine, randomSource } from '../engine/engine.ts'
import { createSample, sampleFounding } from '../sample/sample.ts'
import {
  createVault,
  type KeySealer,
  openVaultQuietly,
  unlockVault,
  type Vault,
  type VaultGuard,
  WrongKeyError,
} from '../store/vault.ts'
import { openWorkspaceStore, type WorkspaceStore } from '../store/workspace-store.ts'
import { type RegistryEntry, type SetAsideReason, WorkspaceRegistry } from './registry.ts'
import { UnlockGuard } from './unlock-guard.ts'

/** An open workspace: its engine, and the member who sits at the console. */
interface OpenState {
  readonly kind: 'open'
  readonly entry: RegistryEntry
  readonly engine: Engine
  readonly store: WorkspaceStore
  readonly vault: Vault
}

type State = { readonly kind: 'none' } | { readonly kind: 'locked'; readonly entry: RegistryEntry } | OpenState

export interface ConsoleOptions {
  readonly dataDirectory: string
  readonly host: 'electron' | 'browser'
  readonly keychain: KeySealer | undefined
  readonly version: string
  readonly now: () => number
}

const setAsideReasons: readonly string[] = ['corrupt', 'newer_version', 'not_a_store'] satisfies SetAsideReason[]

export class Console {
  readonly options: ConsoleOptions
  readonly registry: WorkspaceRegistry
  readonly feed = new ChangeFeed()
  readonly #guard: UnlockGuard
  #state: State = { kind: 'none' }
  /** Opening, locking and closing happen one after the other. */
  #queue: Promise<unknown> = Promise.resolve()
  /** Called when what sessions hold must be forgotten: at lock, close and switch. */
  readonly #onForget = new Set<() => void>()

  constructor(options: ConsoleOptions) {
    this.options = options
    this.registry = new WorkspaceRegistry(options.dataDirectory, options.now(), randomSource)
    this.#guard = new UnlockGuard(options.now)
  }

  get state(): State {
    return this.#state
  }

  onForget(listener: () => void): () => void {
    this.#onForget.add(listener)
    return () => this.#onForget.delete(listener)
  }

  /** The open workspace; refuses with `locked` or `no_workspace`. */
  get open(): OpenState {
    if (this.#state.kind === 'open') return this.#state
    throw new RefusalError(refuse(this.#state.kind === 'locked' ? 'locked' : 'no_workspace'))
  }

  /** Opens what was open last, where no passphrase is needed; else waits locked. */
  openLast(): Promise<void> {
    return this.#inTurn(async () => {
      const last = this.registry.entries.toSorted((a, b) => b.lastOpenedAt - a.lastOpenedAt)[0]
      if (last !== undefined) await this.#open(last)
    })
  }

  /** Makes a workspace with its vault and founding admin, and opens it. Returns the recovery code, once. */
  createWorkspace(founding: Founding, passphrase: Secret | undefined): Promise<{ id: Ulid; recoveryCode: Secret }> {
    return this.#inTurn(async () => {
      const { keychain } = this.options
      const guard: VaultGuard | undefined =
        passphrase !== undefined
          ? { kind: 'passphrase', passphrase }
          : keychain !== undefined
            ? { kind: 'keychain', keychain }
            : undefined
      if (guard === undefined) throw new RefusalError(refuse('required', {}, 'passphrase'))
      const { id, recoveryCode } = await this.#create(founding, guard, false, (context) =>
        foundWorkspace(founding, false, context),
      )
      if (recoveryCode === undefined) throw new Error('A guarded vault always has a recovery code.')
      return { id, recoveryCode }
    })
  }

  /** Opens the sample workspace, making it where it is missing. */
  openSample(): Promise<void> {
    return this.#inTurn(async () => {
      const existing = this.registry.entries.find(({ sample }) => sample)
      if (existing !== undefined) return this.#open(existing)
      await this.#create(sampleFounding, { kind: 'none' }, true, createSample)
    })
  }

  openWorkspace(id: Ulid): Promise<void> {
    return this.#inTurn(async () => {
      const entry = this.registry.entry(id)
      if (entry === undefined) throw new RefusalError(refuse('not_found'))
      if (this.#state.kind !== 'none' && this.#state.entry.id === id) return
      await this.#open(entry)
    })
  }

  closeWorkspace(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#release()
      this.feed.publish(['status'])
    })
  }

  /** Deletes the sample workspace and everything in it. */
  deleteSample(): Promise<void> {
    return this.#inTurn(async () => {
      const entry = this.registry.entries.find(({ sample }) => sample)
      if (entry === undefined) throw new RefusalError(refuse('not_found'))
      if (this.#state.kind !== 'none' && this.#state.entry.id === entry.id) await this.#release()
      rmSync(this.registry.folderOf(entry.id), { recursive: true, force: true })
      this.registry.remove(entry.id)
      this.feed.publish(['status'])
    })
  }

  /** The list of workspaces tells the name too; the document has changed already. */
  rename(name: string): void {
    const entry = { ...this.open.entry, name }
    this.registry.put(entry)
    this.#state = { ...this.open, entry }
    this.feed.publish(['status'])
  }

  /** Refusals: `wrong_passphrase`, `try_later` {seconds}. */
  unlock(given: { readonly passphrase: Secret } | { readonly recoveryCode: Secret }): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#state.kind === 'open') return
      if (this.#state.kind === 'none') throw new RefusalError(refuse('no_workspace'))
      const seconds = this.#guard.secondsToWait()
      if (seconds > 0) throw new RefusalError(refuse('try_later', { seconds }))
      const { entry } = this.#state
      try {
        await this.#openWith(entry, await unlockVault(this.#vaultPath(entry.id), given))
        this.#guard.right()
      } catch (error) {
        if (!(error instanceof WrongKeyError)) throw error
        this.#guard.wrong()
        const field = 'passphrase' in given ? 'passphrase' : 'recoveryCode'
        throw new RefusalError(refuse('wrong_passphrase', { wait: this.#guard.secondsToWait() }, field))
      }
    })
  }

  /** Forgets the vault's key and closes the store; data stays on disk. The sample has no lock. */
  lock(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#state.kind !== 'open' || this.#state.entry.protection === 'none') return
      const { entry } = this.#state
      await this.#release()
      this.#state = { kind: 'locked', entry }
      this.feed.publish(['status'])
    })
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#release())
  }

  async #create(
    founding: Founding,
    guard: VaultGuard,
    sample: boolean,
    decide: (context: Context) => ReturnType<typeof foundWorkspace>,
  ): Promise<{ id: Ulid; recoveryCode: Secret | undefined }> {
    await this.#release()
    const now = this.options.now()
    const id = makeUlid(now, randomSource)
    const folder = this.registry.folderOf(id)
    try {
      const { vault, recoveryCode } = await createVault(this.#vaultPath(id), id, guard)
      const store = await openWorkspaceStore(folder, id)
      const engine = await this.#engineOf(id, store, vault)
      const { result } = await engine.apply(decide, { kind: 'system' }, 'console')
      const entry: RegistryEntry = {
        id,
        name: founding.workspaceName,
        sample,
        protection: guard.kind,
        lastOpenedAt: now,
        person: result.admin.id,
      }
      this.registry.put(entry)
      this.#state = { kind: 'open', entry, engine, store, vault }
      this.feed.publish(['status'])
      return { id, recoveryCode }
    } catch (error) {
      // A workspace is there whole or not at all; nothing of anybody's is in this folder yet.
      rmSync(folder, { recursive: true, force: true })
      throw error
    }
  }

  async #open(entry: RegistryEntry): Promise<void> {
    await this.#release()
    const vault = await openVaultQuietly(this.#vaultPath(entry.id), this.options.keychain).catch(() => undefined)
    if (vault !== undefined) return this.#openWith(entry, vault)
    this.#state = { kind: 'locked', entry }
    this.feed.publish(['status'])
  }

  async #openWith(entry: RegistryEntry, vault: Vault): Promise<void> {
    let store: WorkspaceStore
    try {
      store = await openWorkspaceStore(this.registry.folderOf(entry.id), entry.id)
    } catch (error) {
      vault.close()
      const code = String((error as { code?: unknown }).code)
      if (!setAsideReasons.includes(code)) throw error
      this.registry.setAside(entry.id, code as SetAsideReason, this.options.now())
      this.#state = { kind: 'none' }
      this.feed.publish(['status'])
      return
    }
    const engine = await this.#engineOf(entry.id, store, vault)
    const opened = { ...entry, lastOpenedAt: this.options.now() }
    this.registry.put(opened)
    this.#state = { kind: 'open', entry: opened, engine, store, vault }
    this.feed.publish(['status'])
  }

  #engineOf(workspace: Ulid, store: WorkspaceStore, vault: Vault): Promise<Engine> {
    const { now } = this.options
    const { device } = this.registry
    const path = join(this.registry.folderOf(workspace), 'audit-head')
    const auditHead = auditHeadFile(path, workspace, device, vault)
    return Engine.open({ workspace, device, store, vault, feed: this.feed, now, auditHead })
  }

  /** Closes what is open; the state is `none` after it. */
  async #release(): Promise<void> {
    for (const forget of this.#onForget) forget()
    const state = this.#state
    this.#state = { kind: 'none' }
    if (state.kind !== 'open') return
    await state.engine.idle()
    await state.store.close()
    state.vault.close()
  }

  #vaultPath(id: Ulid): string {
    return join(this.registry.folderOf(id), 'vault.json')
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work)
    this.#queue = turn.catch(() => undefined)
    return turn
  }
}
