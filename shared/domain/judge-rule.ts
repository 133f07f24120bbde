/** What a rule of the judge is asked, and how it answers. */
import type { Account } from './account-schema.ts'
import type { Actor } from './actor.ts'
import type { AuditEvent } from './audit.ts'
import type { Instant, Ulid } from './id.ts'
import { type Refusal, refuse } from './outcome.ts'
import { type Action, denial } from './permission.ts'
import type { Service } from './service-schema.ts'

/** What the judge cannot see in the row itself. */
export interface JudgeContext {
  readonly workspace: Ulid
  /** The judge's clock, ms UTC. */
  readonly now: Instant
  /** The service of an application, as it stands. */
  readonly service?: Service | undefined
  /** The account of an application, as it stands. */
  readonly account?: Account | undefined
  /** M3: active admins other than the member concerned. None where left out: err to deny. */
  readonly otherActiveAdmins?: number
  /** A13: true where another document of the collection (of the same service) holds the value. */
  isTaken?(field: string, value: string): boolean
  /** True where an application is on the plan. */
  isPlanInUse?(planId: Ulid): boolean
  /** SHA-256 as 64 hexadecimal characters, for the audit chain. */
  digest?(text: string): string
  /** The last event of the same device; absent where its chain is not checked, `first` where there is none. */
  readonly previousEvent?: Pick<AuditEvent, 'sequence' | 'hash'> | 'first'
}

/** One changed field, with all that its rule may look at. */
export interface Asked<D> {
  readonly actor: Actor
  readonly context: JudgeContext
  readonly field: string
  /** Absent: the document is new. */
  readonly before: D
  readonly after: D
}

/** Says why a changed field may not change so, or nothing. The field's name is added where the refusal has none. */
export type FieldRule<D> = (asked: Asked<D>) => Refusal | undefined

/** All of several rules; the first refusal counts. */
export function all<D>(...rules: readonly FieldRule<D>[]): FieldRule<D> {
  return (asked) => {
    for (const rule of rules) {
      const refusal = rule(asked)
      if (refusal !== undefined) return refusal
    }
    return undefined
  }
}

/** A field that never changes, through any door. */
export const neverChanges: FieldRule<unknown> = ({ field }) => refuse('forbidden', { fixed: true }, field)

/** A field that only the program writes: when something was last used. */
export const byProgram: FieldRule<unknown> = ({ actor, field }) =>
  actor.kind === 'system' ? undefined : refuse('forbidden', { fixed: true }, field)

/** A field that whoever may take the action may change. `serviceOf` names the service where rights are per service. */
export function by<D>(action: Action, serviceOf?: (document: D) => Ulid): FieldRule<D> {
  return ({ actor, before }) => denial(actor, action, serviceOf?.(before))
}

/** A value that no other document may hold (A13). */
export function unique<D>(value: (document: D) => string): FieldRule<D> {
  return ({ context, field, after }) => {
    const wanted = value(after)
    return wanted !== '' && context.isTaken?.(field, wanted) ? refuse('taken', {}, field) : undefined
  }
}

/** The state machine of a document: which state follows which. */
export function transitions<D extends { readonly state: string }>(
  allowed: Readonly<Record<string, readonly string[]>>,
): FieldRule<D> {
  return ({ before, after }) =>
    allowed[before.state]?.includes(after.state) ? undefined : refuse('wrong_state', { state: before.state })
}
