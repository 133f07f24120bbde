import { type App, shell, type WebContents } from 'electron'
import { externalAddress, mayNavigate } from '../bridge/policy/addresses.ts'
import { pageOrigin } from './page-origin.ts'

/**
 * Keeps everything that shows a page on our own origin: no navigation, redirect or frame goes elsewhere, no window opens
 * another, nothing is embedded. For every contents there will ever be, so that a forgotten one cannot be made.
 */
export function guardContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => guard(contents))
}

function guard(contents: WebContents): void {
  const keepHere = (details: { readonly url: string; preventDefault(): void }) => {
    if (!mayNavigate(details.url, pageOrigin())) details.preventDefault()
  }
  contents.on('will-navigate', keepHere)
  contents.on('will-redirect', keepHere)
  contents.on('will-frame-navigate', keepHere)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openExternally(url)
    return { action: 'deny' }
  })
}

/** Hands a web address to the system's browser; everything else is dropped. The only call of `shell.openExternal`. */
export function openExternally(address: string): void {
  const allowed = externalAddress(address)
  if (allowed !== undefined) shell.openExternal(allowed).catch(() => {})
}
