import { resolve } from 'node:path'
import type { App } from 'electron'

/** Switches that Electron, Chromium and Playwright add to a command line or read from it; they are not ours to judge. */
const foreignSwitches = [
  '--original-process-start-time',
  '--allow-file-access-from-files',
  '--inspect',
  '--inspect-brk',
  '--remote-debugging-port',
  '--remote-debugging-pipe',
  '--ozone-platform',
  '--ozone-platform-hint',
  '--password-store',
  '--lang',
]

/** The words meant for us: after the program, and after the application's folder where Electron is given one. */
export function ownWords(words: readonly string[], app: Pick<App, 'isPackaged' | 'getAppPath'>): string[] {
  const folder = app.isPackaged ? -1 : words.findIndex((word, index) => index > 0 && resolve(word) === app.getAppPath())
  const own = folder > 0 ? words.slice(folder + 1) : words.slice(1)
  return own.filter((word) => !foreignSwitches.includes(word.split('=')[0] ?? ''))
}
