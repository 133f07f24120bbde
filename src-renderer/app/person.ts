/** The person at the console, and what they may do: the same permission table as the engine's (M4). */
import { useCallback } from 'react'
import type { Actor } from '../../shared/domain/actor.ts'
import type { Member } from '../../shared/domain/member.ts'
import type { Refusal } from '../../shared/domain/outcome.ts'
import { denial, type Action as Right } from '../../shared/domain/permission.ts'
import { type Open, useStatus } from './ask.ts'

function memberOf(person: Open['person'], { id: workspace, device }: Open): Member {
  const { id, name, email, role, sections, serviceAccess } = person
  return {
    id,
    name,
    email,
    role,
    sections: [...sections],
    serviceAccess: serviceAccess === 'all' ? 'all' : [...serviceAccess],
    state: 'active',
    // The envelope plays no part in a permission.
    workspace,
    rev: 1,
    updatedAt: 0,
    updatedBy: 'system',
    schema: 1,
    command: { id, device, baseRev: 0, clientTime: 0 },
  }
}

export function actorOf(open: Open): Actor {
  const member = memberOf(open.person, open)
  return open.previewedBy
    ? { kind: 'member', member, previewedBy: memberOf(open.previewedBy, open) }
    : { kind: 'member', member }
}

export function useOpenWorkspace(): Open | undefined {
  return useStatus()?.open
}

export type WhyNot = (right: Right, serviceId?: string) => Refusal | undefined

/** Why the person may not, or undefined where they may. With nothing open, nobody may anything. */
export function useWhyNot(): WhyNot {
  const open = useOpenWorkspace()
  return useCallback(
    (right, serviceId) =>
      open ? denial(actorOf(open), right, serviceId) : { ok: false, code: 'no_workspace', params: {} },
    [open],
  )
}

/** `const may = useMay(); may('service.create')`. */
export function useMay(): (right: Right, serviceId?: string) => boolean {
  const whyNot = useWhyNot()
  return useCallback((right, serviceId) => whyNot(right, serviceId) === undefined, [whyNot])
}
