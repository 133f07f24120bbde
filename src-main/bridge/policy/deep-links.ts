/** The scheme of links that open the console at a place: `latchkey://open/services`. */
export const deepLinkScheme = 'latchkey'

/** Places a link may lead to: the first part of the renderer's route. Lists and details, nothing that acts. */
const places = new Set([
  'overview',
  'services',
  'accounts',
  'applications',
  'members',
  'billing',
  'analytics',
  'audit',
  'sync',
  'tokens',
  'profile',
  'settings',
  'docs',
])

/** A part of a route: a name or an id. No dots, no escapes, so that a link cannot climb or disguise. */
const part = /^[A-Za-z0-9_-]{1,64}$/

/**
 * The renderer's route (`/services/abc`) that a link leads to, or undefined for anything else. A link only navigates: it
 * carries no query, so that it can neither fill a form, nor change or reveal anything.
 */
export function routeOfDeepLink(link: string): string | undefined {
  if (link.length > 512 || !URL.canParse(link)) return undefined
  const { protocol, host, pathname, search, hash, username, port } = new URL(link)
  if (protocol !== `${deepLinkScheme}:` || host !== 'open' || search || hash || username || port) return undefined
  // Only as it would be written: what the parser had to resolve or escape (`..`, `%2e`) was meant to deceive.
  if (link !== `${deepLinkScheme}://open${pathname}`) return undefined
  const parts = pathname.replace(/^\//, '').split('/')
  if (!places.has(parts[0] ?? '') || parts.length > 4 || !parts.every((each) => part.test(each))) return undefined
  // The overview is the renderer's root.
  return parts[0] === 'overview' ? '/' : `/${parts.join('/')}`
}
