/** Where the tab keeps its session's secret: gone with the tab, and no other origin (another port) can read it. */
const storageKey = 'latchkey.session'

/** The page has no session and cannot get one: the person needs a fresh address from where the console was started. */
export class NoSession extends Error {
  override readonly name = 'NoSession'
}

/**
 * Takes the launch secret out of the address (`#launch=…`) before anything else sees it: out of the address bar, the
 * history and every later copy of the address. What else the fragment holds (a route) stays.
 */
export function takeLaunchSecret(): string | undefined {
  const found = /^#launch=([A-Za-z0-9_-]+)(.*)$/.exec(location.hash)
  if (!found) return undefined
  const [, secret, rest] = found
  history.replaceState(null, '', `${location.pathname}${location.search}${rest ? `#${rest}` : ''}`)
  return secret
}

/**
 * The secret of this tab's session: exchanged for the launch secret, or kept from before a reload. Rejects with
 * NoSession where there is none, or where the launch secret was used or is too old.
 */
export async function tabSession(launch: string | undefined): Promise<string> {
  const kept = sessionStorage.getItem(storageKey)
  if (launch !== undefined) {
    const answer = await fetch('/session', { method: 'POST', body: JSON.stringify({ launch }), cache: 'no-store' })
    if (answer.ok) {
      const { session } = (await answer.json()) as { session: string }
      sessionStorage.setItem(storageKey, session)
      return session
    }
    if (answer.status !== 403) throw new Error(`The host answered ${answer.status}`)
  }
  // A used address opened again in the tab that used it (reload, back) still has its session.
  if (kept === null) throw new NoSession('No session')
  return kept
}

/** The host does not know this session (any more). */
export function forgetTabSession(): void {
  sessionStorage.removeItem(storageKey)
}
