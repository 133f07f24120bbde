/** Times, dates and figures in the reader's language. Instants are ms UTC; exact times name their zone. */
import i18next from 'i18next'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Largest first; the value is shown in the first unit that it fills. */
const units = [
  ['year', 365 * day],
  ['month', 30 * day],
  ['day', day],
  ['hour', hour],
  ['minute', minute],
] as const satisfies readonly (readonly [Intl.RelativeTimeFormatUnit, number])[]

const cache = new Map<string, unknown>()
function cached<T>(key: string, make: () => T): T {
  const known = cache.get(key) as T | undefined
  if (known !== undefined) return known
  const made = make()
  cache.set(key, made)
  return made
}

/** "3 hours ago", "in 21 days", "now" within a minute. Months from 60 days on, so that 41 days stays 41 days. */
export function relativeTime(at: number, now: number, language = i18next.language): string {
  const format = cached(`relative ${language}`, () => new Intl.RelativeTimeFormat(language, { numeric: 'always' }))
  const distance = at - now
  const size = Math.abs(distance)
  if (size < minute) {
    return cached(`now ${language}`, () => new Intl.RelativeTimeFormat(language, { numeric: 'auto' })).format(
      0,
      'second',
    )
  }
  const [unit, length] = units.find(([name, ms]) => size >= (name === 'month' ? 60 * day : ms)) ?? units[4]
  // What lies ahead is rounded up: a token made for 30 days ends "in 30 days" a minute later, too.
  const count = distance > 0 ? Math.ceil((size - minute) / length) : Math.floor(size / length)
  return format.format(Math.sign(distance) * Math.max(1, count), unit)
}

/** "2026-11-22 14:05:09 UTC": the same in every language, for tooltips and copies. */
export function exactUtc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

function dateFormat(name: string, language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  // British order (22 Nov 2026) reads the same everywhere.
  const locale = language === 'en' ? 'en-GB' : language
  return cached(`${name} ${language}`, () => new Intl.DateTimeFormat(locale, options))
}

/** "22 Nov 2026", "2026년 11월 22일". */
export function shortDate(at: number, language = i18next.language): string {
  const month = language === 'ko' ? 'long' : 'short'
  return dateFormat('date', language, { day: 'numeric', month, year: 'numeric' }).format(at)
}

/** "12 Oct" within 300 days, with the year beyond: for narrow places. */
export function dayMonth(at: number, now: number, language = i18next.language): string {
  if (Math.abs(at - now) > 300 * day) return shortDate(at, language)
  const month = language === 'ko' ? 'long' : 'short'
  return dateFormat('dayMonth', language, { day: 'numeric', month }).format(at)
}

/** "Fri 18 Dec 2026, 14:05 GMT+9": with the zone named. */
export function dateTime(at: number, language = i18next.language): string {
  return dateFormat('dateTime', language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(at)
}

/** "12,480". */
export function figure(value: number, language = i18next.language): string {
  return cached(`figure ${language}`, () => new Intl.NumberFormat(language)).format(value)
}

/** Compares names as a reader of the language would sort them. */
export function collator(language = i18next.language): Intl.Collator {
  return cached(`collator ${language}`, () => new Intl.Collator(language, { numeric: true, sensitivity: 'base' }))
}

/** "Account Management, Billing and Analytics" as the language joins a list. */
export function joined(
  items: readonly string[],
  language = i18next.language,
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return cached(
    `list ${type} ${language}`,
    () => new Intl.ListFormat(language === 'en' ? 'en-GB' : language, { type }),
  ).format(items)
}
