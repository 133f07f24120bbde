import { spawn } from 'node:child_process'
import { accessSync, constants, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writePrivateFile } from '../../data-folder/folder.ts'

export interface BrowserSurroundings {
  readonly platform: NodeJS.Platform
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Whether a program of this name can be started. */
  readonly has: (program: string) => boolean
}

/** A command that opens a file in the person's browser, or why there is none, in words for one line. */
export type BrowserCommand =
  | { readonly program: string; readonly words: readonly string[] }
  | { readonly reason: string }

/** How this system opens a browser. Someone far away over ssh would not see it, so that counts as none. */
export function browserCommand({ platform, environment, has }: BrowserSurroundings): BrowserCommand {
  if (environment.SSH_CONNECTION || environment.SSH_TTY) return { reason: 'this is a remote shell' }
  if (environment.CI) return { reason: 'nobody is watching (CI)' }
  if (platform === 'darwin') return { program: 'open', words: [] }
  // explorer.exe takes the file as it is; `start` would hand it to a shell.
  if (platform === 'win32') return { program: 'explorer.exe', words: [] }
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) return { reason: 'there is no display' }
  const program = ['xdg-open', 'gio'].find(has)
  if (!program) return { reason: 'xdg-open is not installed' }
  return { program, words: program === 'gio' ? ['open'] : [] }
}

/** Whether a program is on the PATH and may be run. */
export function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/**
 * Opens a launch address in the browser through a file that only the owner reads: as an argument of the browser's
 * command, the secret would be in everybody's process list. The file is gone when the secret is.
 * @param directory the data folder; @param lifetime of the secret, ms
 */
export function openThroughFile(
  command: { readonly program: string; readonly words: readonly string[] },
  directory: string,
  address: string,
  lifetime: number,
): void {
  const path = join(directory, `open-${process.pid}-${Date.now()}.html`)
  writePrivateFile(path, redirectPage(address))
  setTimeout(() => rmSync(path, { force: true }), lifetime).unref()
  process.once('exit', () => rmSync(path, { force: true }))
  const child = spawn(command.program, [...command.words, pathToFileURL(path).href], {
    detached: true,
    stdio: 'ignore',
  })
  // A browser that cannot be started shows by its absence; Enter prints an address.
  child.on('error', () => {})
  child.unref()
}

/** The address is ours (an origin of digits, a secret of base64url), so that nothing in it needs escaping. */
function redirectPage(address: string): string {
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Latchkey</title><meta http-equiv="refresh" content="0; url=${address}">\n`
}
