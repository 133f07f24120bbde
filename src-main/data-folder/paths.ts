import { isAbsolute, join } from 'node:path'

/** What decides where the system keeps a program's data; a parameter, so that a test can be any system. */
export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Absolute. */
  readonly home: string
}

/**
 * The folder for the console's data where no `--data` names one: `$XDG_DATA_HOME/latchkey` (a relative one is ignored,
 * as the XDG Base Directory Specification asks), `~/Library/Application Support/Latchkey`, `%LOCALAPPDATA%\Latchkey`.
 * Local, not roaming: a database must not be copied while it is open.
 */
export function usualDataDirectory({ platform, environment, home }: Surroundings): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Latchkey')
  if (platform === 'win32') return join(environment.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'Latchkey')
  const data = environment.XDG_DATA_HOME
  return join(data && isAbsolute(data) ? data : join(home, '.local', 'share'), 'latchkey')
}
