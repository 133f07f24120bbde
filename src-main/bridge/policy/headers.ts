/**
 * What the renderer's page may load and reach, and the headers that say so: one builder for the browser host and for
 * `app://`, so that a page that works in one works in the other. Everything not named here is refused by `default-src`.
 */

/** One directive, its sources, and why they are needed. `{bridge}` stands for the bridge's own address, where it has one. */
const directives = [
  ['default-src', "'none'", 'what is not listed is not allowed'],
  ['script-src', "'self'", 'the built bundle; no inline script, no eval'],
  [
    'style-src',
    "'self'",
    'the built style sheets; style properties set by React go through the CSSOM and need nothing',
  ],
  ['font-src', "'self'", 'Red Hat and Pretendard ship with the console'],
  ['img-src', "'self' data:", 'PatternFly draws some of its icons as data: images in its style sheet'],
  ['connect-src', "'self' {bridge}", 'the session exchange and the bridge WebSocket'],
  ['base-uri', "'none'", 'a base element would move every relative address'],
  ['form-action', "'none'", 'forms are handled by script and never sent'],
  ['frame-ancestors', "'none'", 'nobody may frame the console (clickjacking)'],
] as const satisfies readonly (readonly [directive: string, sources: string, reason: string])[]

/** Headers on every answer, a reason each. */
const fixedHeaders = [
  ['cross-origin-opener-policy', 'same-origin', 'a page that opens ours gets no handle on it'],
  ['cross-origin-resource-policy', 'same-origin', 'no other site may embed our files'],
  ['x-content-type-options', 'nosniff', 'the media type table decides, not the browser'],
  ['referrer-policy', 'no-referrer', 'an address of ours is nobody’s business'],
  ['x-frame-options', 'DENY', 'frame-ancestors for what does not know it'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=(), usb=(), serial=(), hid=()', 'none is used'],
] as const satisfies readonly (readonly [header: string, value: string, reason: string])[]

/** @param bridge the bridge's WebSocket address (`ws://127.0.0.1:PORT`) where it is not under `'self'`; none over IPC */
export function contentSecurityPolicy(bridge?: string): string {
  return directives.map(([name, sources]) => `${name} ${sources.replace('{bridge}', bridge ?? '').trim()}`).join('; ')
}

/**
 * The headers of one answer.
 * @param caching `never` for HTML and everything that may carry a session; `forever` for files named by their content
 */
export function responseHeaders(options: {
  readonly bridge?: string | undefined
  readonly caching: 'never' | 'forever'
  /** Replaces the policy while developing, where the dev server injects a script and listens on its own port. */
  readonly contentSecurityPolicy?: string | undefined
}): Record<string, string> {
  return {
    'content-security-policy': options.contentSecurityPolicy ?? contentSecurityPolicy(options.bridge),
    ...Object.fromEntries(fixedHeaders.map(([header, value]) => [header, value])),
    'cache-control': options.caching === 'forever' ? 'public, max-age=31536000, immutable' : 'no-store',
  }
}
