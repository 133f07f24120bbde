/** What the renderer may know and ask of the program around the engine: workspaces, lock, host. */
import * as z from 'zod'
import type { CollectionName } from '../domain/collections.ts'
import type { Instant, Ulid } from '../domain/id.ts'
import { ulidSchema } from '../domain/id.ts'
import type { Role, Section, ServiceAccess } from '../domain/member.ts'
import { textSchema } from '../domain/text.ts'
import { foundingSchema } from '../domain/workspace-commands.ts'

/** What guards a workspace's vault key: a passphrase, the system's keychain, or nothing (sample data only). */
export type Protection = 'passphrase' | 'keychain' | 'none'

export interface WorkspaceEntry {
  readonly id: Ulid
  readonly name: string
  readonly sample: boolean
  readonly protection: Protection
  readonly lastOpenedAt: Instant
}

export interface Person {
  readonly id: Ulid
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly sections: readonly Section[]
  readonly serviceAccess: ServiceAccess
}

export interface OpenWorkspace {
  readonly id: Ulid
  readonly name: string
  readonly sample: boolean
  readonly device: Ulid
  /** The person at the console; in preview, the member through whose eyes it looks. */
  readonly person: Person
  /** The admin who previews, where one does (M5). */
  readonly previewedBy: Person | undefined
}

export interface ConsoleStatus {
  readonly version: string
  readonly host: 'electron' | 'browser'
  readonly dataDirectory: string
  readonly workspaces: readonly WorkspaceEntry[]
  /** True where the system's keychain guards new workspaces, so that no passphrase is asked for. */
  readonly keychain: boolean
  /** `none`: first run or none chosen; `locked`: waits for the passphrase; `open`. */
  readonly state: 'none' | 'locked' | 'open'
  /** The workspace that is open or waits to be unlocked. */
  readonly current: WorkspaceEntry | undefined
  readonly open: OpenWorkspace | undefined
  /** Stores that could not be opened and were put aside, newest last. */
  readonly movedAside: readonly {
    readonly path: string
    readonly reason: 'corrupt' | 'newer_version' | 'not_a_store'
  }[]
}

/** 8 to 1,024 characters: long sentences are welcome. */
export const passphraseSchema = textSchema(1024).min(8, 'too_short')

export const createWorkspaceSchema = foundingSchema.extend({
  /** Required where no keychain guards the vault key. */
  passphrase: passphraseSchema.optional(),
})

export const unlockSchema = z.union([
  z.strictObject({ passphrase: textSchema(1024) }),
  z.strictObject({ recoveryCode: textSchema(128) }),
])

export const workspaceIdSchema = z.strictObject({ id: ulidSchema })

/** A secret waiting in the main process for its one reader. */
export interface RevealTicket {
  readonly ticket: string
  readonly kind: 'accessToken' | 'serviceToken' | 'userKey' | 'appKey' | 'clientSecret' | 'recoveryCode'
  readonly objectId: Ulid
  readonly objectName: string
  /** The service to call with it, and the identifier (App ID, client id) to send beside it, where there are such. */
  readonly serviceId?: Ulid
  readonly identifier?: string
}

/** What changed, never what it changed to: the renderer asks again. */
export interface ChangeNotice {
  readonly sequence: number
  /** `status` where the program's own state changed (opened, locked, preview). */
  readonly collections: readonly (CollectionName | 'status')[]
}
