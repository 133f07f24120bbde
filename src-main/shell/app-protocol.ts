import { protocol } from 'electron'
import { answerAppRequest } from '../bridge/app-files.ts'
import { appScheme } from '../bridge/policy/addresses.ts'
import { listStaticFiles } from '../bridge/static-files.ts'

/**
 * Makes `app://` a scheme with origins (standard) that counts as safe as https (secure: clipboard, IndexedDB). Before the
 * program is ready, or not at all. Nothing else is given to it: no fetch from elsewhere, no service worker.
 */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true } }])
}

/** Serves the built renderer under `app://latchkey/`. @param rendererDirectory absolute */
export function serveAppFiles(rendererDirectory: string): void {
  const files = listStaticFiles(rendererDirectory)
  protocol.handle(appScheme, (request) =>
    answerAppRequest(
      {
        method: request.method,
        url: request.url,
        // Added by Electron to the standard request; its type does not say so.
        initiatorOrigin: (request as { initiatorOrigin?: string | null }).initiatorOrigin,
      },
      files,
    ),
  )
}
