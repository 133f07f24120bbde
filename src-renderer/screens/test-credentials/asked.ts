/** What is asked of *Test credentials*, and what of it may be kept, shown and copied: everything but the secrets. */
import type { Answers } from '../../app/ask.ts'
import type { ServiceRow } from '../../app/rows.ts'
import type { ApplicationDetail } from '../applications/rows.ts'

export type Test = Answers['application']['test']
/** What can be picked: for who may not look at an application, names and keys are all there is. */
export type Pickable = Answers['application']['testable'][number]
export type Step = Test['steps'][number]

/** A set that was pasted: in the form's own state, and nowhere else. */
export interface PastedSet {
  readonly userKey: string
  readonly appId: string
  readonly appKey: string
}
export const nothingPasted: PastedSet = { userKey: '', appId: '', appKey: '' }

export interface UsageLine {
  readonly id: number
  readonly metric: string
  readonly value: string
}

export interface Circumstances {
  readonly ip: string
  readonly referrer: string
  readonly redirectUri: string
  readonly usage: readonly UsageLine[]
}

/** An answer with what it was an answer to. */
export interface Answered {
  readonly test: Test
  readonly at: number
  readonly service: ServiceRow
  /** The application that was found, where the person may see it. */
  readonly application: ApplicationDetail | undefined
  readonly picked: boolean
  /** The key or client secret that was picked. */
  readonly keyId: string | undefined
  /** Names of the parameters that were given. */
  readonly given: readonly string[]
  readonly circumstances: Circumstances
}

type Names = ServiceRow['parameterNames']

/**
 * Reads a set out of what was pasted: `app_id=…&app_key=…`, headers, JSON or a command line, under the service's own
 * parameter names. Undefined where it is no set.
 */
export function readSet(text: string, names: Names): PastedSet | undefined {
  const value = (name: string) => {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const found = new RegExp(`(?:^|[^A-Za-z0-9_-])${escaped}["']?\\s*[=:]\\s*["']?([^\\s"'&,;]+)`, 'i').exec(text)?.[1]
    if (found === undefined) return ''
    try {
      return decodeURIComponent(found)
    } catch {
      return found
    }
  }
  const set = { userKey: value(names.userKey), appId: value(names.appId), appKey: value(names.appKey) }
  return set.userKey === '' && set.appId === '' && set.appKey === '' ? undefined : set
}
