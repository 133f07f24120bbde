/** One line of the native menu: an action of the page's registry by its id, or what Electron does itself. */
export type MenuLine =
  | { readonly action: string; readonly label: string }
  | { readonly role: 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'selectAll' | 'quit' | 'close' | 'minimize' }
  | { readonly role: 'resetZoom' | 'zoomIn' | 'zoomOut' | 'togglefullscreen' | 'toggleDevTools' | 'about' }
  | { readonly separator: true }

export interface MenuColumn {
  readonly label: string
  readonly lines: readonly MenuLine[]
}

/**
 * The native menu. Actions carry no accelerator: the page has the same keys, and a second owner would run them twice.
 * What an action may do, and whether it is enabled, the page decides.
 */
export const menuColumns: readonly MenuColumn[] = [
  {
    label: '&File',
    lines: [
      { action: 'service.create', label: 'New service' },
      { action: 'accessToken.create', label: 'New access token' },
      { action: 'palette', label: 'Find or run …' },
      { separator: true },
      { action: 'workspace.lock', label: 'Lock' },
      { separator: true },
      { role: 'close' },
      { role: 'quit' },
    ],
  },
  {
    label: '&Edit',
    lines: [
      { role: 'undo' },
      { role: 'redo' },
      { separator: true },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  },
  {
    label: '&Go',
    lines: [
      { action: 'go.overview', label: 'Overview' },
      { action: 'go.services', label: 'Services' },
      { action: 'go.tokens', label: 'Tokens' },
      { action: 'go.audit', label: 'Audit' },
    ],
  },
  {
    label: '&View',
    lines: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { separator: true },
      { role: 'togglefullscreen' },
    ],
  },
  { label: '&Help', lines: [{ action: 'keySheet', label: 'Keyboard shortcuts' }, { role: 'about' }] },
]
