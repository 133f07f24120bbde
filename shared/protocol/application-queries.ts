/** Applications and the test of credentials. Views only: no digest, no sealed copy, no secret. */
import * as z from 'zod'
import type { AccountState } from '../domain/account-schema.ts'
import type { ApplicationKeyView, ApplicationView, ClientSecretView, UserKeyView } from '../domain/application.ts'
import type { ApplicationState } from '../domain/application-schema.ts'
import type { Check, DecisionCode, Step } from '../domain/authorize.ts'
import { type Instant, ulidSchema } from '../domain/id.ts'
import type { RefusalParam } from '../domain/outcome.ts'
import type { Pattern, Period, Service, ServiceState, UsageRules } from '../domain/service-schema.ts'
import { textSchema } from '../domain/text.ts'
import { defineQuery, listShape, maxPage, type Page } from './query.ts'

/** One line of an application list. */
export interface ApplicationRow {
  readonly id: string
  readonly name: string
  readonly accountId: string
  readonly accountName: string
  readonly serviceId: string
  readonly serviceName: string
  readonly pattern: Pattern
  readonly planId: string | undefined
  readonly planName: string
  readonly state: ApplicationState
  /** App ID or client id; empty for the API key pattern. */
  readonly appId: string
  /** Last characters of the user key; empty for other patterns. */
  readonly userKeyTail: string
  /** App keys that are not expired, and how many the service allows. */
  readonly keys: number
  readonly keyLimit: number
  readonly keyless: boolean
  /** 0: never. */
  readonly lastUsedAt: Instant
  readonly createdAt: Instant
}
export const applicationFilters = ['live', 'pending', 'suspended', 'keyless', 'neverUsed'] as const
export type ApplicationFilter = (typeof applicationFilters)[number]
export interface ApplicationPage extends Page<ApplicationRow> {
  readonly counts: Readonly<Record<ApplicationFilter, number>>
  readonly all: number
}
/** Search finds names, App IDs, and exact keys by their digest. */
export const applicationList = defineQuery<ApplicationPage>()(
  'application.list',
  z.strictObject({
    ...listShape(['name', 'lastUsedAt', 'createdAt', 'appId', 'state']),
    filter: z.enum(applicationFilters).optional(),
    serviceId: ulidSchema.optional(),
    accountId: ulidSchema.optional(),
    planId: ulidSchema.optional(),
  }),
)
/** An application with what its page needs of its account, its service and its plan. */
export interface ApplicationDetail extends ApplicationView {
  readonly accountName: string
  readonly accountState: AccountState
  readonly serviceName: string
  readonly serviceState: ServiceState
  readonly pattern: Pattern
  readonly usageRules: UsageRules
  readonly parameterNames: Service['parameterNames']
  readonly credentialsLocation: Service['credentialsLocation']
  readonly planName: string
  /** The limits of the plan, by the metric's system name. */
  readonly limits: readonly { readonly metric: string; readonly period: Period; readonly value: number }[]
  /** False where the actor may look but not change. */
  readonly mayEdit: boolean
}
export const applicationGet = defineQuery<ApplicationDetail>()('application.get', z.strictObject({ id: ulidSchema }))

/** What *Test credentials* picks from: names, and which keys there are. No more, for who tests need not look after them. */
export interface TestableApplication {
  readonly id: string
  readonly serviceId: string
  readonly name: string
  readonly accountName: string
  readonly pattern: Pattern
  readonly userKey: Pick<UserKeyView, 'hintTail'> | undefined
  readonly keys: readonly Pick<ApplicationKeyView, 'id' | 'label' | 'hintTail' | 'standing'>[]
  readonly clientSecrets: readonly Pick<ClientSecretView, 'id' | 'hintTail' | 'endsAt'>[]
}
/** A4: the applications of a service that may be tested, by name; found also by App ID or exact key. */
export const testableApplications = defineQuery<readonly TestableApplication[]>()(
  'application.testable',
  z.strictObject({
    serviceId: ulidSchema,
    search: textSchema(512).default(''),
    /** Only this one. */
    applicationId: ulidSchema.optional(),
    limit: z.int().min(1).max(maxPage).default(30),
  }),
)

const credentialText = textSchema(512)

/**
 * *Test credentials* (A4): the decision a gateway would get, computed on this computer; nothing is counted or sent.
 * Credentials are picked (an application, and one of its keys or client secrets) or pasted.
 */
export const testCredentials = defineQuery<CredentialsTest>()(
  'application.test',
  z.strictObject({
    serviceId: ulidSchema,
    picked: z
      .strictObject({
        applicationId: ulidSchema,
        /** A key's or client secret's id; absent: none is sent. */
        keyId: ulidSchema.optional(),
      })
      .optional(),
    pasted: z
      .strictObject({
        userKey: credentialText.optional(),
        appId: credentialText.optional(),
        appKey: credentialText.optional(),
      })
      .optional(),
    redirectUri: textSchema(2000).optional(),
    ip: textSchema(64).optional(),
    referrer: textSchema(2000).optional(),
    usage: z
      .array(z.tuple([textSchema(255), textSchema(64)]))
      .max(50)
      .default([]),
  }),
)
export interface CredentialsTest {
  readonly authorized: boolean
  /** The first check that failed, its code and the words' parameters; absent where the call passes. */
  readonly check: Check | undefined
  readonly code: DecisionCode | undefined
  readonly params: Readonly<Record<string, RefusalParam>>
  readonly steps: readonly Step[]
  readonly application: { readonly id: string; readonly name: string; readonly accountName: string } | undefined
  /** HTTP status that a gateway answers with. */
  readonly status: number
}
