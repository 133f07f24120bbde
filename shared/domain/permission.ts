/**
 * Who may do what: one table, default deny (M1, M2, M3, T4, T14, A15).
 * Every door asks `denial` before it shows, answers or changes anything.
 */
import type { Scope } from './access-token-schema.ts'
import type { Actor } from './actor.ts'
import type { Instant, Ulid } from './id.ts'
import type { Member, Section } from './member.ts'
import { type Refusal, refuse } from './outcome.ts'

interface Right {
  /** The sections of which a member holds at least one; absent: any active member. */
  readonly sections?: readonly Section[]
  /** True where the member must have access to the service concerned (M2). */
  readonly perService?: true
  /** True for admins only. */
  readonly admin?: true
  /** Changes something: refused in preview (M5) and to read-only tokens (T3). */
  readonly writes?: true
  /** The scope that an access token needs; absent: no token may. */
  readonly scope?: Scope
}

/** One line an action. */
export const rights = {
  'workspace.view': {},
  'workspace.edit': { sections: ['settings'], writes: true },
  'workspace.import': { admin: true, writes: true },
  'workspace.export': { admin: true },
  'member.view': { scope: 'account_management' },
  'member.edit': { admin: true, writes: true, scope: 'account_management' },
  // One's own name and e-mail, at the console only.
  'member.editOwn': { writes: true },
  'service.view': { sections: ['partners', 'plans', 'monitoring'], perService: true, scope: 'account_management' },
  'service.create': { admin: true, writes: true, scope: 'account_management' },
  'service.delete': { admin: true, perService: true, writes: true, scope: 'account_management' },
  'service.edit': { sections: ['plans'], perService: true, writes: true, scope: 'account_management' },
  // S3: shared among everyone with access to the service. Written to the audit, so it counts as a write.
  'serviceToken.reveal': {
    sections: ['partners', 'plans', 'monitoring'],
    perService: true,
    writes: true,
    scope: 'account_management',
  },
  // S4.
  'serviceToken.rotate': { sections: ['plans'], perService: true, writes: true, scope: 'account_management' },
  'account.view': { sections: ['partners'], scope: 'account_management' },
  'account.edit': { sections: ['partners'], writes: true, scope: 'account_management' },
  'account.delete': { admin: true, writes: true, scope: 'account_management' },
  'application.view': { sections: ['partners'], perService: true, scope: 'account_management' },
  'application.edit': { sections: ['partners'], perService: true, writes: true, scope: 'account_management' },
  'application.reveal': { sections: ['partners'], perService: true, writes: true, scope: 'account_management' },
  'application.test': { sections: ['partners', 'plans'], perService: true },
  'accessToken.own': { writes: true, scope: 'account_management' },
  'accessToken.viewAll': { admin: true, scope: 'account_management' },
  'accessToken.deleteAny': { admin: true, writes: true, scope: 'account_management' },
  'audit.view': { sections: ['settings'], scope: 'account_management' },
  'analytics.view': { sections: ['monitoring'], perService: true, scope: 'stats' },
  'billing.view': { sections: ['finance'], scope: 'finance' },
  'billing.edit': { sections: ['finance'], writes: true, scope: 'finance' },
} as const satisfies Record<string, Right>

export type Action = keyof typeof rights

/** T4: the section that a scope needs of its owner. */
export const sectionOfScope = {
  account_management: 'partners',
  finance: 'finance',
  stats: 'monitoring',
} as const satisfies Record<Scope, Section>

/** True where the member holds the section; an admin holds all (M1). */
export function holdsSection(member: Member, section: Section): boolean {
  return member.role === 'admin' || member.sections.includes(section)
}

/** M2: true where the member has access to the service; an admin has access to all. */
export function hasService(member: Member, serviceId: Ulid): boolean {
  return member.role === 'admin' || member.serviceAccess === 'all' || member.serviceAccess.includes(serviceId)
}

/** M2: the services that the member has access to: `all`, or a list. */
export function servicesOf(member: Member): 'all' | readonly Ulid[] {
  return member.role === 'admin' ? 'all' : member.serviceAccess
}

/** T4: the scopes that a member may use now. */
export function scopesOf(member: Member): Scope[] {
  return (Object.keys(sectionOfScope) as Scope[]).filter((scope) => holdsSection(member, sectionOfScope[scope]))
}

/** T10: true where a token authenticates at `now`: not expired, its owner active. A deleted one is not found at all. */
export function isUsable(token: { expiresAt: Instant }, owner: Member, now: Instant): boolean {
  return owner.state === 'active' && (token.expiresAt === 0 || now < token.expiresAt)
}

/**
 * Why the actor may not do this, or undefined where it may.
 * `serviceId` names the service concerned; for an action that is judged per service, leaving it out asks whether
 * the actor may do it for any service at all.
 * Refusals: `forbidden` {section | admin | service | scope}, `preview_read_only`, `read_only_token`, `scope_not_allowed`.
 */
export function denial(actor: Actor, action: Action, serviceId?: Ulid): Refusal | undefined {
  const right: Right = rights[action]
  switch (actor.kind) {
    case 'system':
      return undefined
    case 'developer':
      // A15: developers have their own rule, in application.ts; through this table they may nothing.
      return refuse('forbidden', { kind: 'developer' })
    case 'member':
      if (right.writes && actor.previewedBy !== undefined) return refuse('preview_read_only')
      return memberDenial(actor.member, right, serviceId)
    case 'accessToken':
      return tokenDenial(actor, right) ?? memberDenial(actor.owner, right, serviceId)
  }
}

function tokenDenial(actor: Extract<Actor, { kind: 'accessToken' }>, right: Right): Refusal | undefined {
  if (right.scope === undefined) return refuse('forbidden', { kind: 'accessToken' })
  if (!actor.token.scopes.includes(right.scope)) return refuse('forbidden', { scope: right.scope })
  const section = sectionOfScope[right.scope]
  if (!holdsSection(actor.owner, section)) return refuse('forbidden', { section })
  if (right.writes && actor.token.permission === 'ro') return refuse('read_only_token')
  return undefined
}

function memberDenial(member: Member, right: Right, serviceId?: Ulid): Refusal | undefined {
  if (member.state !== 'active') return refuse('forbidden', { state: member.state })
  if (member.role === 'admin') return undefined
  if (right.admin) return refuse('forbidden', { admin: true })
  const wanted = right.sections
  if (wanted !== undefined && !wanted.some((section) => member.sections.includes(section))) {
    return refuse('forbidden', { section: wanted[0] ?? '' })
  }
  if (right.perService) {
    if (serviceId !== undefined && !hasService(member, serviceId)) return refuse('forbidden', { service: serviceId })
    // T9: the section without any service opens nothing.
    if (serviceId === undefined && member.serviceAccess !== 'all' && member.serviceAccess.length === 0) {
      return refuse('forbidden', { noServices: true })
    }
  }
  return undefined
}
