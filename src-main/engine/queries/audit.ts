/** The audit trail: list, export, and the check of its chains (U1). */

import type * as z from 'zod'
import { type AuditEvent, verifyChain } from '../../../shared/domain/audit.ts'
import { csvOf } from '../../../shared/domain/csv.ts'
import type { AuditRow, AuditVerification, auditExport, auditList } from '../../../shared/protocol/queries.ts'
import type { Page } from '../../../shared/protocol/query.ts'
import { allOf, contains, demand, type QueryContext, withinServices } from './context.ts'

type AuditFilter = Pick<z.output<typeof auditList.input>, 'search' | 'objectId' | 'code' | 'from' | 'until'>

/** Events about no service are for everyone with the right; events of a service only within one's services. */
export function visibleEvents(context: QueryContext): Record<string, unknown>[] {
  const [within] = withinServices(context, 'serviceId')
  return within === undefined ? [] : [{ $or: [{ serviceId: '' }, within] }]
}

/** By time; events of one moment in the order of their chain. */
export function eventOrder(direction: 'asc' | 'desc') {
  return [
    { field: 'at', direction },
    { field: 'sequence', direction },
  ] as const
}

function conditions(context: QueryContext, filter: AuditFilter): Record<string, unknown> {
  const [byName] = contains('objectName', filter.search)
  const [byActor] = contains('actorName', filter.search)
  return allOf([
    ...visibleEvents(context),
    ...(byName && byActor ? [{ $or: [byName, byActor] }] : []),
    ...(filter.objectId === undefined ? [] : [{ objectId: filter.objectId }]),
    ...(filter.code ? [{ code: { $gte: filter.code, $lt: `${filter.code}\uffff` } }] : []),
    ...(filter.from === undefined ? [] : [{ at: { $gte: filter.from } }]),
    ...(filter.until === undefined ? [] : [{ at: { $lt: filter.until } }]),
  ])
}

export function auditRow(event: AuditEvent): AuditRow {
  const { id, at, device, sequence, channel, actorKind, actorName, code } = event
  const { objectCollection, objectId, objectName, serviceId, changes } = event
  return {
    id,
    at,
    device,
    sequence,
    channel,
    actorKind,
    actorName,
    code,
    objectCollection,
    objectId,
    objectName,
    serviceId,
    changes,
  }
}

export async function listAudit(
  context: QueryContext,
  input: z.output<typeof auditList.input>,
): Promise<Page<AuditRow>> {
  demand(context, 'audit.view')
  const selector = conditions(context, input)
  const [events, total] = await Promise.all([
    context.store.find('auditEvent', {
      selector,
      sort: eventOrder(input.direction),
      skip: input.skip,
      limit: input.limit,
    }),
    context.store.count('auditEvent', selector),
  ])
  return { rows: events.map(auditRow), total }
}

/** The columns of the CSV, with a header also where there is no event. */
const exportedFields = [
  'id',
  'at',
  'device',
  'sequence',
  'channel',
  'actorKind',
  'actorName',
  'code',
  'objectCollection',
  'objectId',
  'objectName',
  'serviceId',
  'changes',
  'previousHash',
  'hash',
] as const satisfies readonly (keyof AuditEvent)[]

/** Oldest first, so that the chain reads as it grew. */
export async function exportAudit(
  context: QueryContext,
  input: z.output<typeof auditExport.input>,
): Promise<{ text: string; count: number }> {
  demand(context, 'audit.view')
  const events = await context.store.find('auditEvent', {
    selector: conditions(context, input),
    sort: eventOrder('asc'),
  })
  const rows = events.map((event) => ({ ...auditRow(event), previousHash: event.previousHash, hash: event.hash }))
  if (input.format === 'json') return { text: `${JSON.stringify(rows, null, 2)}\n`, count: rows.length }
  const table = rows.map((row) =>
    exportedFields.map((field) => {
      if (field === 'at') return new Date(row.at).toISOString()
      return field === 'changes' ? JSON.stringify(row.changes) : String(row[field])
    }),
  )
  return { text: csvOf(exportedFields, table), count: rows.length }
}

export async function verifyAudit(context: QueryContext): Promise<AuditVerification> {
  demand(context, 'audit.view')
  const events = await context.store.find('auditEvent', { sort: { field: 'sequence', direction: 'asc' } })
  const byDevice = Map.groupBy(events, ({ device }) => device)
  const { device: own, sequence: newest } = context.audit
  if (!byDevice.has(own)) byDevice.set(own, [])
  for (const [device, chain] of byDevice) {
    const fault = verifyChain(chain, context.digest, device === own ? newest : undefined)
    if (fault) return { events: events.length, devices: byDevice.size, fault }
  }
  return { events: events.length, devices: byDevice.size, fault: undefined }
}
