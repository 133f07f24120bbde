/** The browser host's entry: the console's main process in plain Node, its window a tab of the person's browser. */
import { join } from 'node:path'
import { startBrowserHost } from './bridge/browser/browser-host.ts'
import { developmentFromEnvironment } from './bridge/browser/development.ts'
import { followTerminal } from './bridge/browser/terminal.ts'
import { parseArguments, usage } from './bridge/policy/arguments.ts'
import { keepFilesPrivate } from './data-folder/folder.ts'
import { startMainProcess } from './main-process.ts'

declare const LATCHKEY_VERSION: string

keepFilesPrivate()
const parsed = parseArguments(process.argv.slice(2), process.cwd())
if (!parsed.ok) {
  console.error(`${parsed.problem}\n\n${usage}`)
  process.exitCode = 2
} else {
  try {
    const development = developmentFromEnvironment(process.env)
    const starting = startBrowserHost({
      arguments: parsed.value,
      rendererDirectory: join(import.meta.dirname, '..', 'renderer'),
      version: LATCHKEY_VERSION,
      startMainProcess,
      say: (line) => console.log(line),
      ...(development && { development }),
    })
    followTerminal(starting)
    await starting
  } catch (error) {
    console.error(`Latchkey cannot start: ${(error as Error).message}`)
    process.exitCode = 1
    // Whatever was opened before the failure must not keep a dead console running.
    process.exit()
  }
}
