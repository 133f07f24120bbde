import { requireNotReady, requireReady } from './app.ts'
import { strict } from './strict.ts'

type Handler = Parameters<Electron.Protocol['handle']>[1]

const registered = new Map<string, Electron.Privileges>()
const handlers = new Map<string, Handler>()

/** Asks the program's own handler for what `app://…` is. Rejects where there is none, as Chromium knows no such scheme. */
export async function answerScheme(request: {
  readonly method: string
  readonly url: string
  readonly initiatorOrigin: string | undefined
}): Promise<Response> {
  const scheme = new URL(request.url).protocol.slice(0, -1)
  const handler = handlers.get(scheme)
  const privileges = registered.get(scheme)
  if (!handler || !privileges) throw new Error(`No handler for ${scheme}:`)
  // Mapped to https in Chromium it has an origin and is secure; a scheme without these privileges would behave otherwise.
  if (!privileges.standard || !privileges.secure)
    throw new Error('The stand-in only knows schemes that are standard and secure')
  const asked = new Request(request.url, { method: request.method })
  if (request.initiatorOrigin !== undefined) Object.assign(asked, { initiatorOrigin: request.initiatorOrigin })
  return handler(asked as GlobalRequest)
}

const members = {
  registerSchemesAsPrivileged(schemes) {
    requireNotReady('protocol.registerSchemesAsPrivileged')
    for (const { scheme, privileges } of schemes) registered.set(scheme, privileges ?? {})
  },
  handle(scheme, handler) {
    requireReady('protocol.handle')
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    handlers.set(scheme, handler)
  },
} satisfies Partial<Electron.Protocol>

export const protocol = strict('protocol', members) as unknown as Electron.Protocol
