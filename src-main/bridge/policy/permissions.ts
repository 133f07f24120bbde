/**
 * What the page may use of what Chromium asks permission for. Electron grants everything it is not told about, so that
 * the three handlers of the session all read this table.
 */
const granted: Readonly<Record<string, string>> = Object.freeze({
  'clipboard-sanitized-write': 'copying a credential or a command',
  'clipboard-read': 'clearing the clipboard only if it still holds what we put there',
})

/** Whether a permission is granted: listed above, and asked by our own origin's main frame. */
export function mayUse(permission: string, byOurPage: boolean): boolean {
  return byOurPage && Object.hasOwn(granted, permission)
}
