/** The shape of the vector files (README.md beside them says it in words). */

import type { AccountState } from '../../shared/domain/account-schema.ts'
import type { ApplicationState } from '../../shared/domain/application-schema.ts'
import type { AuthorizeCall } from '../../shared/domain/authorize.ts'
import type { Pattern, Period, ServiceState, UsageRules } from '../../shared/domain/service-schema.ts'

export interface Case<Given, Expect> {
  /** The rule that decides, as docs/rules.md names it. */
  readonly rule: string
  readonly name: string
  readonly given: Given
  readonly expect: Expect
}

export interface VectorFile<Given, Expect> {
  /** What the cases ask. */
  readonly subject: string
  readonly cases: readonly Case<Given, Expect>[]
}

/** A secret with the instant at which it ends; 0: never. */
export interface GivenSecret {
  readonly text: string
  readonly endsAt: number
  readonly ipRanges?: readonly string[]
  readonly referrers?: readonly string[]
}

export interface GivenService {
  readonly id: string
  readonly pattern: Pattern
  readonly state: ServiceState
  readonly usageRules: Partial<UsageRules>
  readonly tokens: readonly GivenSecret[]
  /** Metrics by name; a method names its parent. */
  readonly metrics: readonly { readonly name: string; readonly parent?: string }[]
  readonly limits: readonly { readonly metric: string; readonly period: Period; readonly value: number }[]
}

export interface GivenApplication {
  readonly state: ApplicationState
  readonly account: AccountState
  readonly userKey?: string
  readonly appId?: string
  readonly keys: readonly GivenSecret[]
  readonly clientSecrets: readonly GivenSecret[]
  readonly redirectUrls: readonly string[]
  readonly ipRanges: readonly string[]
  readonly referrers: readonly string[]
  readonly hasPlan: boolean
}

export interface AuthorizeGiven {
  readonly now: number
  readonly service: GivenService
  readonly application: GivenApplication
  /** What was used in the current window of each of the metric's limits. */
  readonly used: Readonly<Record<string, number>>
  readonly call: AuthorizeCall
}

export interface AuthorizeExpect {
  readonly authorized: boolean
  readonly check?: string
  readonly code?: string
}
