/** Electron's entry. Everything of Electron is in `shell/`; this file only starts it. */
import { join } from 'node:path'
import { startMainProcess } from './main-process.ts'
import { startShell } from './shell/start.ts'

declare const LATCHKEY_VERSION: string

startShell({ startMainProcess, version: LATCHKEY_VERSION, outDirectory: join(import.meta.dirname, '..') })
