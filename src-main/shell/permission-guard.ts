import { session } from 'electron'
import { mayNavigate } from '../bridge/policy/addresses.ts'
import { mayUse } from '../bridge/policy/permissions.ts'
import { pageOrigin } from './page-origin.ts'

/** Sets every permission handler of the session: left out, each of them grants. */
export function guardPermissions(): void {
  const { defaultSession } = session
  const ours = (address: string | undefined) => address !== undefined && mayNavigate(address, pageOrigin())

  defaultSession.setPermissionRequestHandler((_contents, permission, decide, details) => {
    decide(mayUse(permission, details.isMainFrame && ours(details.requestingUrl)))
  })
  defaultSession.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    mayUse(permission, details.isMainFrame && ours(requestingOrigin)),
  )
  defaultSession.setDevicePermissionHandler(() => false)
  // Without streams the request for the screen fails.
  defaultSession.setDisplayMediaRequestHandler((_request, decide) => decide({}))
}
