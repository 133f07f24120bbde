/** Electron's entry. Everything of Electron is in `shell/`; this file only starts it. */
import { startShell } from './shell/start.ts'

startShell()
