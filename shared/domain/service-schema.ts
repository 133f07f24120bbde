import * as z from 'zod'
import { digestSchema, envelopeShape, sealedSchema } from './document.ts'
import { instantSchema, ulidSchema } from './id.ts'
import { descriptionSchema, nameSchema, systemNameSchema } from './text.ts'

/** A1. */
export const patterns = ['api_key', 'app_id_key', 'oauth'] as const
export type Pattern = (typeof patterns)[number]

/** A3. */
export const credentialLocations = ['query', 'headers', 'basic'] as const

export const serviceStates = ['live', 'suspended', 'retired'] as const
export type ServiceState = (typeof serviceStates)[number]

/** A12: a filter is off, used where a list is there, or required. */
export const filterModes = ['off', 'on', 'required'] as const
export type FilterMode = (typeof filterModes)[number]

/** P2: calendar windows in UTC. */
export const periods = ['minute', 'hour', 'day', 'week', 'month', 'year', 'eternity'] as const
export type Period = (typeof periods)[number]

/** P3. */
export const alertLevels = [50, 80, 90, 100, 120, 150, 200, 300] as const

/** A3: any name of letters, digits, `-`, `_`, up to 255. */
export const parameterNameSchema = z
  .string()
  .min(1, 'required')
  .max(255, 'too_long')
  .regex(/^[A-Za-z0-9_-]+$/, 'invalid')

/** S1, S2, S4: the secret that gateways send; sealed, because people may look it up again (S3). */
export const serviceTokenSchema = z.strictObject({
  id: ulidSchema,
  digest: digestSchema,
  sealed: sealedSchema,
  hintTail: z.string().max(4),
  createdAt: instantSchema,
  /** 0: valid until rotated; else the instant from which it authenticates nothing. */
  endsAt: instantSchema,
  lastUsedAt: instantSchema,
})
export type ServiceToken = z.infer<typeof serviceTokenSchema>

export const usageRulesSchema = z.strictObject({
  /** A7: most keys of an application. */
  keyLimit: z.int().min(1).max(100),
  /** A8. */
  atLeastOneKey: z.boolean(),
  customKeys: z.boolean(),
  approvalRequired: z.boolean(),
  developersMayRegenerate: z.boolean(),
  developersMayManageKeys: z.boolean(),
  ipFilter: z.enum(filterModes),
  referrerFilter: z.enum(filterModes),
})
export type UsageRules = z.infer<typeof usageRulesSchema>

/** P1: a method is a metric with a parent. */
export const metricSchema = z.strictObject({
  id: ulidSchema,
  systemName: systemNameSchema,
  name: nameSchema,
  unit: z.string().max(64),
  /** Absent for a metric, the parent metric's id for a method. */
  parentId: ulidSchema.optional(),
})
export type Metric = z.infer<typeof metricSchema>

export const limitSchema = z.strictObject({
  id: ulidSchema,
  metricId: ulidSchema,
  period: z.enum(periods),
  value: z.int().min(0),
})
export type Limit = z.infer<typeof limitSchema>

export const planStates = ['hidden', 'published'] as const

export const planSchema = z.strictObject({
  id: ulidSchema,
  name: nameSchema,
  systemName: systemNameSchema,
  state: z.enum(planStates),
  limits: z.array(limitSchema).max(500),
})
export type Plan = z.infer<typeof planSchema>

export const serviceSchema = z.strictObject({
  ...envelopeShape,
  name: nameSchema,
  systemName: systemNameSchema,
  description: descriptionSchema,
  state: z.enum(serviceStates),
  pattern: z.enum(patterns),
  credentialsLocation: z.enum(credentialLocations),
  parameterNames: z.strictObject({
    userKey: parameterNameSchema,
    appId: parameterNameSchema,
    appKey: parameterNameSchema,
  }),
  /** HTTP statuses that a gateway answers for a missing credential, a wrong one, and a call over the limit. */
  errorStatuses: z.strictObject({
    missing: z.int().min(400).max(599),
    wrong: z.int().min(400).max(599),
    overLimit: z.int().min(400).max(599),
  }),
  usageRules: usageRulesSchema,
  /** S1: never empty; newest last. */
  tokens: z.array(serviceTokenSchema).min(1).max(2),
  metrics: z.array(metricSchema).min(1).max(500),
  plans: z.array(planSchema).max(200),
  defaultPlanId: ulidSchema.optional(),
  alertLevels: z.array(z.int()).max(8),
  createdAt: instantSchema,
  /** A2: the services on the other side of a migration. */
  migratedFrom: ulidSchema.optional(),
  migratedTo: ulidSchema.optional(),
})
export type Service = z.infer<typeof serviceSchema>
