/** Plain documents and write rows for the suites, with RxDB's own fields as its collections would fill them. */
import { type BulkWriteRow, createRevision, normalizeMangoQuery, prepareQuery, type RxJsonSchema } from 'rxdb'
import type { StoredDocument } from '../../src-main/store/sqlite-storage/layout.ts'
import { type AnyInstance, filled } from './engines.ts'

export const thingSchema = filled({
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 60 },
    name: { type: 'string', maxLength: 60 },
    rank: { type: 'number', minimum: 0, maximum: 100_000, multipleOf: 1 },
  },
  required: ['id', 'name', 'rank'],
  indexes: ['name', 'rank'],
})

export const attachedSchema = filled({ ...thingSchema, indexes: ['rank'], attachments: {} })

let clock = 1_000_000

export function thing(id: string, fields: Record<string, unknown> = {}): StoredDocument {
  return {
    id,
    name: `name of ${id}`,
    rank: 1,
    ...fields,
    _deleted: fields._deleted === true,
    _attachments: (fields._attachments as StoredDocument['_attachments']) ?? {},
    _meta: { lwt: ++clock },
    _rev: '1-test',
  }
}

/** The row that changes a document, with its next revision. */
export function change(previous: StoredDocument, fields: Record<string, unknown>): BulkWriteRow<StoredDocument> {
  const document = { ...previous, ...fields, _meta: { lwt: ++clock }, _rev: createRevision('test', previous) }
  return { previous, document: document as StoredDocument }
}

export const insertion = (document: StoredDocument): BulkWriteRow<StoredDocument> => ({ document })

export async function ask(
  instance: AnyInstance,
  query: object,
  schema: RxJsonSchema<StoredDocument> = thingSchema,
): Promise<StoredDocument[]> {
  return (await instance.query(prepareQuery(schema, normalizeMangoQuery(schema, query as never)))).documents
}

export async function countOf(instance: AnyInstance, query: object): Promise<{ count: number; mode: string }> {
  return instance.count(prepareQuery(thingSchema, normalizeMangoQuery(thingSchema, query as never)))
}
