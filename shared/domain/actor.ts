/** Who gives a command. Rights are read from the documents at the moment of the command, never from a session. */
import type { AccessToken } from './access-token-schema.ts'
import type { Ulid } from './id.ts'
import type { Member } from './member.ts'

export type Actor =
  /** A person at the console. `previewedBy`: an admin looks through this member's eyes and changes nothing (M5). */
  | { readonly kind: 'member'; readonly member: Member; readonly previewedBy?: Member }
  /** A script with an access token: never more than its owner may at this moment (T4, T14). */
  | { readonly kind: 'accessToken'; readonly token: AccessToken; readonly owner: Member }
  /** A user of an account, who calls the API (A15). */
  | { readonly kind: 'developer'; readonly id: Ulid; readonly accountId: Ulid; readonly name: string }
  /** The program itself: founding a workspace, filling the sample. */
  | { readonly kind: 'system' }

/** The actor as `updatedBy` has it. */
export function authorOf(actor: Actor): string {
  switch (actor.kind) {
    case 'member':
      return `member:${actor.previewedBy?.id ?? actor.member.id}`
    case 'accessToken':
      return `accessToken:${actor.token.id}`
    case 'developer':
      return `developer:${actor.id}`
    case 'system':
      return 'system'
  }
}

/** The actor as the audit has it: kind, id and the name of that moment. */
export function auditActorOf(actor: Actor): { actorKind: Actor['kind']; actorId: string; actorName: string } {
  switch (actor.kind) {
    case 'member': {
      const person = actor.previewedBy ?? actor.member
      return { actorKind: 'member', actorId: person.id, actorName: person.name }
    }
    case 'accessToken':
      return { actorKind: 'accessToken', actorId: actor.token.id, actorName: actor.token.name }
    case 'developer':
      return { actorKind: 'developer', actorId: actor.id, actorName: actor.name }
    case 'system':
      return { actorKind: 'system', actorId: '', actorName: '' }
  }
}

/** The person whose own tokens and rights a row is about: behind a token its owner. */
export function personOf(actor: Actor): Ulid | undefined {
  if (actor.kind === 'member') return actor.member.id
  return actor.kind === 'accessToken' ? actor.owner.id : undefined
}
