/** From the one zod schema of a collection to the JSON schema that RxDB wants, with the indexes of the desktop. */
import type { RxJsonSchema } from 'rxdb'
import * as z from 'zod'
import { type CollectionName, collectionSchemas, type DocumentOf } from '../../shared/domain/collections.ts'
import { schemaVersion } from '../../shared/domain/document.ts'

/** Largest index value of an instant: 8.64e15 is the last date of the language. */
const numberBounds = { minimum: 0, maximum: 8_640_000_000_000_000, multipleOf: 1 }

/** The indexes of each collection: what the lists filter and sort by. */
const indexes: { readonly [C in CollectionName]: readonly (keyof DocumentOf<C> & string)[] } = {
  workspace: [],
  member: ['name', 'email'],
  accessToken: ['ownerId', 'digest', 'expiresAt', 'lastUsedAt', 'createdAt', 'name'],
  service: ['name', 'systemName', 'state', 'createdAt', 'updatedAt'],
  account: ['name', 'state', 'createdAt'],
  application: [
    'name',
    'serviceId',
    'accountId',
    'state',
    'userKeyDigest',
    'appId',
    'lastUsedAt',
    'createdAt',
    'keyless',
  ],
  auditEvent: ['at', 'sequence', 'objectId', 'code', 'device'],
}

/** Longest text of an indexed field; RxDB's own indexes pad to it, ours only declare it. */
const indexedLengths: Readonly<Record<string, number>> = {
  digest: 64,
  userKeyDigest: 64,
  email: 254,
  name: 255,
  systemName: 255,
  appId: 255,
  code: 64,
  state: 16,
}
const ulidLength = 26

type Properties = Record<string, Record<string, unknown>>

/** The RxDB schema of a collection. */
export function rxdbSchemaOf<C extends CollectionName>(collection: C): RxJsonSchema<DocumentOf<C>> {
  const json = z.toJSONSchema(collectionSchemas[collection], { target: 'draft-07' }) as {
    properties: Properties
    required: string[]
  }
  const properties: Properties = { ...json.properties, id: { type: 'string', maxLength: ulidLength } }
  for (const field of indexes[collection]) {
    const type = properties[field]?.type
    if (type === 'integer') properties[field] = { type: 'integer', ...numberBounds }
    else if (type === 'boolean') properties[field] = { type: 'boolean' }
    // Also for unions of text (`appId`, `userKeyDigest`), which have no single type in the JSON schema.
    else properties[field] = { type: 'string', maxLength: indexedLengths[field] ?? ulidLength }
  }
  return {
    title: collection,
    version: schemaVersion - 1,
    primaryKey: 'id',
    type: 'object',
    properties,
    required: json.required.filter((field) => field !== 'id'),
    indexes: indexes[collection].map((field) => [field]),
  } as unknown as RxJsonSchema<DocumentOf<C>>
}
