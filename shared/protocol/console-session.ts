/** What the main process gives to one renderer: everything that the bridge's procedures are made of. */
import type * as z from 'zod'
import type { Command, Needs } from '../domain/command.ts'
import type { ChangeNotice, ConsoleStatus, createWorkspaceSchema, RevealTicket, unlockSchema } from './console.ts'
import type { Query } from './query.ts'
import type { Transfers } from './transfer.ts'

/** What a renderer's session can do. Every method refuses by throwing a `RefusalError`. */
export interface ConsoleSession {
  status(): Promise<ConsoleStatus>
  createWorkspace(input: z.output<typeof createWorkspaceSchema>): Promise<{ readonly reveals: readonly RevealTicket[] }>
  openSample(): Promise<void>
  openWorkspace(id: string): Promise<void>
  closeWorkspace(): Promise<void>
  deleteSample(): Promise<void>
  unlock(input: z.output<typeof unlockSchema>): Promise<void>
  lock(): Promise<void>
  /** Looks at the console as this member sees it, or stops (M5). */
  preview(memberId: string | undefined): Promise<void>
  /** Runs a command as the session's person: input already validated. */
  run<R>(
    command: Command<string, z.ZodType, Needs, R>,
    input: unknown,
  ): Promise<{ readonly result: R; readonly reveals: readonly RevealTicket[] }>
  ask<Output>(query: Query<string, z.ZodType, Output>, input: unknown): Promise<Output>
  /** Runs a reveal command and opens what it names; the only way to a stored secret. */
  openSecret(command: Command<string, z.ZodType, Needs, SealedLocation>, input: unknown): Promise<string>
  /** Gives a waiting secret away: a second call refuses with `gone`. */
  takeSecret(ticket: string): string
  /** Import and export of files. */
  readonly transfers: Transfers
  /** Notices from after `since`; without it, from now on. Ends with the session. */
  changes(since: number | undefined, signal: AbortSignal | undefined): AsyncIterable<ChangeNotice>
}

/** Where a sealed copy is and what authenticates it. */
export interface SealedLocation {
  readonly sealed: string
  readonly aad: string
}

export interface BridgeContext {
  readonly session: ConsoleSession
}
