import { app } from 'electron'
import { appOrigin } from '../bridge/policy/addresses.ts'

/**
 * The dev server's address under `npm run dev`, which electron-vite hands over in the environment. An installed console
 * never listens to it: whoever can set its environment must not be able to choose its page.
 */
export function devServerAddress(): string | undefined {
  return app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL
}

/** The only origin a window may show and a message may come from. */
export function pageOrigin(): string {
  return devServerAddress() ?? appOrigin
}
