import type { BrowserHost } from './browser-host.ts'

/**
 * Enter prints a fresh address; Ctrl+C, an ended terminal and a polite kill stop the console with everything written,
 * also one that is still starting.
 * @param starting the host once it runs; undefined where it does not (another console has the folder)
 */
export function followTerminal(starting: Promise<BrowserHost | undefined>): void {
  let stopping = false
  const stop = (signal: NodeJS.Signals) => {
    // The second Ctrl+C of an impatient person ends it at once; the store survives that too.
    if (stopping) process.exit(130)
    stopping = true
    starting
      .then((host) => host?.close())
      .then(
        () => process.exit(0),
        (error: Error) => {
          console.error(`Stopping after ${signal} failed: ${error.message}`)
          process.exit(1)
        },
      )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)

  starting.then(
    (host) => host && readEnter(host),
    () => {},
  )
}

function readEnter(host: BrowserHost): void {
  // In the background of a terminal, reading would stop the process; with a listener the read fails instead.
  if (process.platform !== 'win32') process.on('SIGTTIN', () => {})
  process.stdin.on('error', () => {})
  process.stdin.on('data', () => host.printAddress())
  // The end of input (`< /dev/null`) is no wish to stop.
  process.stdin.unref?.()
}
