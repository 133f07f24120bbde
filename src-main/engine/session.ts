/** One renderer's session: the person's rights, read anew at every call, and the secrets that wait for this renderer. */
import type * as z from 'zod'
import type { Actor } from '../../shared/domain/actor.ts'
import type { Command, Needs } from '../../shared/domain/command.ts'
import type { Member } from '../../shared/domain/member.ts'
import { RefusalError, refuse } from '../../shared/domain/outcome.ts'
import { denial } from '../../shared/domain/permission.ts'
import { Secret } from '../../shared/domain/secret.ts'
import type { ConsoleStatus, OpenWorkspace, Person, RevealTicket } from '../../shared/protocol/console.ts'
import type { ConsoleSession, SealedLocation } from '../../shared/protocol/console-session.ts'
import type { Query } from '../../shared/protocol/query.ts'
import type { Console } from '../workspaces/console.ts'
import { viewEntry } from '../workspaces/registry.ts'
import { revealSubject } from './engine.ts'
import { RevealTickets } from './reveal-tickets.ts'
import { TransferDesk } from './transfer/desk.ts'

function personOf({ id, name, email, role, sections, serviceAccess }: Member): Person {
  return { id, name, email, role, sections, serviceAccess }
}

/** Makes a session; `close` forgets its secrets and its preview. */
export function openConsoleSession(console: Console): { session: ConsoleSession; close(): void } {
  const tickets = new RevealTickets(console.options.now)
  const ended = new AbortController()
  let previewId: string | undefined
  const transfers = new TransferDesk(() => console.open, actorNow, console.options.now)
  const forget = () => {
    tickets.clear()
    transfers.clear()
    previewId = undefined
  }
  const stopForgetting = console.onForget(forget)

  async function actorNow(): Promise<Extract<Actor, { kind: 'member' }>> {
    const { store, entry } = console.open
    const person = await store.get('member', entry.person)
    if (person === undefined) throw new RefusalError(refuse('forbidden'))
    if (previewId === undefined) return { kind: 'member', member: person }
    const previewed = await store.get('member', previewId)
    if (previewed === undefined) return { kind: 'member', member: person }
    // Someone invited is looked at as they will see the console once they are here.
    const member: Member = previewed.state === 'invited' ? { ...previewed, state: 'active' } : previewed
    return { kind: 'member', member, previewedBy: person }
  }

  async function openStatus(): Promise<OpenWorkspace | undefined> {
    if (console.state.kind !== 'open') return undefined
    const { entry } = console.state
    const actor = await actorNow()
    return {
      id: entry.id,
      name: entry.name,
      sample: entry.sample,
      device: console.registry.device,
      person: personOf(actor.member),
      previewedBy: actor.previewedBy && personOf(actor.previewedBy),
    }
  }

  const session: ConsoleSession = {
    async status(): Promise<ConsoleStatus> {
      const { options, registry, state } = console
      return {
        version: options.version,
        host: options.host,
        dataDirectory: options.dataDirectory,
        workspaces: registry.entries.map(viewEntry),
        keychain: options.keychain !== undefined,
        state: state.kind,
        current: state.kind === 'none' ? undefined : viewEntry(state.entry),
        open: await openStatus(),
        movedAside: registry.movedAside,
      }
    },
    async createWorkspace({ passphrase, ...founding }) {
      const secret = passphrase === undefined ? undefined : new Secret(passphrase)
      const { id, recoveryCode } = await console.createWorkspace(founding, secret)
      const about = { kind: 'recoveryCode', objectId: id, objectName: founding.workspaceName } as const
      return { reveals: [tickets.issue(about, recoveryCode)] }
    },
    openSample: () => console.openSample(),
    openWorkspace: (id) => console.openWorkspace(id),
    closeWorkspace: () => console.closeWorkspace(),
    async deleteSample() {
      if (previewId !== undefined) throw new RefusalError(refuse('preview_read_only'))
      await console.deleteSample()
    },
    unlock: (input) =>
      console.unlock(
        'passphrase' in input
          ? { passphrase: new Secret(input.passphrase) }
          : { recoveryCode: new Secret(input.recoveryCode) },
      ),
    lock: () => console.lock(),
    async preview(memberId) {
      const actor = await actorNow()
      const admin = actor.previewedBy ?? actor.member
      const denied = denial({ kind: 'member', member: admin }, 'member.edit')
      if (denied) throw new RefusalError(denied)
      if (memberId !== undefined && (await console.open.store.get('member', memberId)) === undefined) {
        throw new RefusalError(refuse('not_found'))
      }
      previewId = memberId === admin.id ? undefined : memberId
      console.feed.publish(['status'])
    },
    async run<R>(command: Command<string, z.ZodType, Needs, R>, input: unknown) {
      const change = await console.open.engine.run(command, input, actorNow, 'console')
      const renamed = change.writes.find(({ collection }) => collection === 'workspace')?.after
      if (renamed !== undefined && 'name' in renamed) console.rename(renamed.name)
      const reveals: RevealTicket[] = (change.reveals ?? []).map((reveal) =>
        tickets.issue(revealSubject(reveal), reveal.secret),
      )
      return { result: change.result, reveals }
    },
    async ask<Output>(query: Query<string, z.ZodType, Output>, input: unknown) {
      return console.open.engine.ask(query, input, await actorNow())
    },
    async openSecret(command: Command<string, z.ZodType, Needs, SealedLocation>, input: unknown) {
      const { engine, vault } = console.open
      const { result } = await engine.run(command, input, actorNow, 'console')
      return vault.open(result.sealed, result.aad).reveal()
    },
    takeSecret: (ticket) => tickets.take(ticket),
    transfers,
    changes: (since, signal) =>
      console.feed.from(since, signal === undefined ? ended.signal : AbortSignal.any([ended.signal, signal as never])),
  }

  return {
    session,
    close() {
      ended.abort()
      stopForgetting()
      forget()
    },
  }
}
