/** The form's choice of expiry, and what the rule makes of it. */
import { defaultLifetimeDays, type Expiry, expiryInstant, lifetimeDays } from '../../../shared/domain/access-token.ts'

export const expiryChoices = [...lifetimeDays.map(String), 'date', 'never'] as const
export type ExpiryChoice = `${(typeof lifetimeDays)[number]}` | 'date' | 'never'
export const defaultChoice = String(defaultLifetimeDays) as ExpiryChoice

/** The last moment of a calendar day (`2026-12-18`) where the reader is, in ms UTC; undefined where it is no day. */
export function endOfDay(day: string): number | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return undefined
  const end = new Date(year, month - 1, date, 23, 59, 59, 999).getTime()
  return Number.isNaN(end) ? undefined : end
}

/** The expiry as the command takes it; undefined while no day is chosen. */
export function expiryOf(choice: ExpiryChoice, day: string): Expiry | undefined {
  if (choice === 'never') return 'never'
  const at = choice === 'date' ? endOfDay(day) : undefined
  if (choice === 'date') return at === undefined ? undefined : { at }
  return { days: Number(choice) as (typeof lifetimeDays)[number] }
}

/** When a token of this choice made now would end; 0 never; undefined while no day is chosen. */
export function endOf(choice: ExpiryChoice, day: string, now: number): number | undefined {
  const expiry = expiryOf(choice, day)
  return expiry && expiryInstant(expiry, now)
}
