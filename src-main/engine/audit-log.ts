/** Turns what a command says happened into chained events of this device (U1). */
import { auditActorOf } from '../../shared/domain/actor.ts'
import { type AuditDraft, type AuditEvent, auditHash, firstPreviousHash } from '../../shared/domain/audit.ts'
import { type Context, newEnvelope } from '../../shared/domain/command.ts'
import type { WorkspaceStore } from '../store/workspace-store.ts'

export interface ChainHead {
  readonly sequence: number
  readonly hash: string
}

/** The device's newest event, from which the chain goes on. */
export async function readChainHead(store: WorkspaceStore, device: string): Promise<ChainHead> {
  const [last] = await store.find('auditEvent', {
    selector: { device },
    sort: { field: 'sequence', direction: 'desc' },
    limit: 1,
  })
  return last === undefined ? { sequence: 0, hash: firstPreviousHash } : { sequence: last.sequence, hash: last.hash }
}

/** The events of one command, each following the one before; returns the new head with them. */
export function chainEvents(
  head: ChainHead,
  drafts: readonly AuditDraft[],
  context: Context,
): { events: AuditEvent[]; head: ChainHead } {
  let { sequence, hash } = head
  const events = drafts.map((draft) => {
    sequence += 1
    const event: Omit<AuditEvent, 'hash'> = {
      ...newEnvelope(context),
      device: context.envelope.device,
      sequence,
      at: context.now,
      channel: context.envelope.channel,
      ...auditActorOf(context.actor),
      code: draft.code,
      objectCollection: draft.objectCollection,
      objectId: draft.objectId,
      objectName: draft.objectName,
      serviceId: draft.serviceId ?? '',
      changes: [...(draft.changes ?? [])],
      previousHash: hash,
    }
    hash = auditHash(event, context.digest)
    return { ...event, hash }
  })
  return { events, head: { sequence, hash } }
}
