/**
 * What a host may ask of its page, beside the answers of the bridge: to run one of the page's own actions (a native menu
 * has no other way to), or to go somewhere (a deep link). One JSON text frame each on the bridge's wire, told from the
 * router's answers by `method`; tRPC's client ignores methods it does not know. Nothing here changes or reveals anything:
 * the page looks the action up in its own registry and asks as if a person had chosen it.
 */
export type HostRequest =
  | { readonly method: 'host.action'; readonly action: string }
  /** `route` starts with `/`, as the page's routes do. */
  | { readonly method: 'host.navigate'; readonly route: string }

/** Reads a frame that came to the page; undefined for everything that is no host request. */
export function readHostRequest(text: string): HostRequest | undefined {
  // Answers are the many; only what starts like a request is looked into.
  if (!text.startsWith('{"method":"host.')) return undefined
  try {
    const { method, action, route } = JSON.parse(text) as Readonly<Record<string, unknown>>
    if (method === 'host.action' && typeof action === 'string') return { method, action }
    if (method === 'host.navigate' && typeof route === 'string' && route.startsWith('/')) return { method, route }
  } catch {
    // A cut frame is no request.
  }
  return undefined
}

/** The frame of a request; `method` comes first, as the reader expects. */
export function hostRequestText(request: HostRequest): string {
  const { method, ...rest } = request
  return JSON.stringify({ method, ...rest })
}
