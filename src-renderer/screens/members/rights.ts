/** Role, sections and services while they are being chosen (M1, M2). */
import type { Role, Section, ServiceAccess } from '../../../shared/domain/member.ts'
import type { Answers } from '../../app/ask.ts'

export type MemberRow = Answers['member']['get']

export const accessModes = ['all', 'some', 'none'] as const
export type AccessMode = (typeof accessModes)[number]

export interface Rights {
  readonly role: Role
  readonly sections: readonly Section[]
  readonly mode: AccessMode
  /** Kept while another mode is chosen, so that coming back loses nothing. */
  readonly services: readonly string[]
}

/** M2: what service access matters for. */
export const sectionsPerService: readonly Section[] = ['partners', 'plans', 'monitoring']

/** The token scope that a section opens (T4), and none where it opens none. */
export const scopeOfSection: Partial<Record<Section, string>> = {
  partners: 'account_management',
  monitoring: 'stats',
  finance: 'finance',
}

export function rightsOf({
  role,
  sections,
  serviceAccess,
}: Pick<MemberRow, 'role' | 'sections' | 'serviceAccess'>): Rights {
  const all = serviceAccess === 'all'
  return {
    role,
    sections,
    mode: all ? 'all' : serviceAccess.length > 0 ? 'some' : 'none',
    services: all ? [] : serviceAccess,
  }
}

export function accessOf({ mode, services }: Rights): 'all' | string[] {
  return mode === 'all' ? 'all' : mode === 'some' ? [...services] : []
}

export function sameRights(one: Rights, other: Rights): boolean {
  const services = (rights: Rights) => {
    const access = accessOf(rights)
    return access === 'all' ? access : access.toSorted().join()
  }
  return (
    one.role === other.role &&
    one.sections.toSorted().join() === other.sections.toSorted().join() &&
    services(one) === services(other)
  )
}

/** True where a section is held that opens nothing without a service. */
export function lacksServices(sections: readonly Section[], access: ServiceAccess | readonly string[]): boolean {
  return access !== 'all' && access.length === 0 && sections.some((section) => sectionsPerService.includes(section))
}
