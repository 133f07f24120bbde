/**
 * Which addresses may be followed, and where to. Text is parsed first and compared as parsed: `https:\\ours@evil` and
 * `HTTPS://OURS` are only seen for what they are by the parser that will follow them.
 */

/** The scheme and host of the renderer's page in Electron: `app://latchkey/index.html`. */
export const appScheme = 'app'
export const appHost = 'latchkey'
export const appOrigin = `${appScheme}://${appHost}`

/** The parts of an address that decide, or undefined where the text is no absolute address. */
function parse(address: string): URL | undefined {
  try {
    return new URL(address)
  } catch {
    return undefined
  }
}

/**
 * Whether the window may show this address: only our own origin, with no user name in it. `URL.origin` says `null` for
 * a scheme the parser does not know, so that scheme and host are compared themselves.
 * @param origin our own origin: `app://latchkey`, or the dev server's while developing
 */
export function mayNavigate(address: string, origin: string): boolean {
  const [wanted, ours] = [parse(address), parse(origin)]
  if (!wanted || !ours) return false
  if (wanted.username || wanted.password) return false
  return wanted.protocol === ours.protocol && wanted.host === ours.host
}

/** Schemes that may be handed to the system's own browser, a reason each. */
const externalSchemes: Readonly<Record<string, string>> = Object.freeze({
  'https:': 'documentation and the sites of services',
  'http:': 'a service in the same network may have no certificate',
})

/**
 * The normalised address to hand to the system's browser, or undefined where it must not be: any other scheme could
 * start a program (`file:`, `smb:`, `ms-…:`), and a user name in an address is a disguise.
 */
export function externalAddress(address: string): string | undefined {
  const wanted = parse(address)
  if (!wanted || !Object.hasOwn(externalSchemes, wanted.protocol) || wanted.username || wanted.password)
    return undefined
  return wanted.href
}
