/** The browser's own word on where a request comes from (W3C Fetch Metadata); absent outside of browsers. */
export interface FetchMetadata {
  readonly site: string | undefined
  readonly mode: string | undefined
  readonly destination: string | undefined
}

/** What may be asked for from where; anything else is refused. */
const allowed = [
  // Our own page loads its files and exchanges its launch secret.
  { site: 'same-origin', mode: undefined, destination: undefined },
  // The address bar, a bookmark, a program that opens the address.
  { site: 'none', mode: 'navigate', destination: 'document' },
  // The redirect file is another origin to the browser; it brings a person here, it reads nothing.
  { site: 'cross-site', mode: 'navigate', destination: 'document' },
  { site: 'same-site', mode: 'navigate', destination: 'document' },
] as const

/**
 * Whether the host may answer. A request without metadata (not from a browser) passes: Host, Origin and the secrets
 * guard those. A fetch, a script, an image or a frame of another site does not, whatever it asks for.
 */
export function mayFetch({ site, mode, destination }: FetchMetadata): boolean {
  if (site === undefined) return true
  return allowed.some(
    (rule) =>
      rule.site === site &&
      (rule.mode === undefined || rule.mode === mode) &&
      (rule.destination === undefined || rule.destination === destination),
  )
}
