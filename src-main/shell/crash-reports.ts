import { crashReporter } from 'electron'

/**
 * Crash reports are off: a dump of this process holds credentials. Who hunts a crash on their own machine switches them
 * on (`LATCHKEY_CRASH_REPORTS=local`); they stay in the data folder and are never sent.
 */
export function startCrashReports(environment: Readonly<Record<string, string | undefined>>): void {
  if (environment.LATCHKEY_CRASH_REPORTS !== 'local') return
  crashReporter.start({ uploadToServer: false, compress: true })
}
