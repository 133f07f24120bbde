/** The register of all collections: name → schema. Types, stores, validation and sync all read it. */
import type * as z from 'zod'
import { accessTokenSchema } from './access-token-schema.ts'
import { accountSchema } from './account-schema.ts'
import { applicationSchema } from './application-schema.ts'
import { auditEventSchema } from './audit.ts'
import { memberSchema } from './member.ts'
import { serviceSchema } from './service-schema.ts'
import { workspaceSchema } from './workspace.ts'

export const collectionSchemas = {
  workspace: workspaceSchema,
  member: memberSchema,
  accessToken: accessTokenSchema,
  service: serviceSchema,
  account: accountSchema,
  application: applicationSchema,
  auditEvent: auditEventSchema,
} as const

export type CollectionName = keyof typeof collectionSchemas
export type DocumentOf<C extends CollectionName> = z.infer<(typeof collectionSchemas)[C]>
export const collectionNames = Object.keys(collectionSchemas) as CollectionName[]
