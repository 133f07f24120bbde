import { powerMonitor } from 'electron'

/** Where the system does not tell that its screen was locked, this long without a touch counts as away. Seconds. */
const idleSeconds = 15 * 60
const lookEveryMs = 30_000

/** Calls `lock` when the person goes away: the screen is locked, the machine sleeps, or nobody touched it. */
export function lockWithSystem(platform: NodeJS.Platform, lock: () => void): void {
  powerMonitor.on('suspend', lock)
  if (platform === 'darwin' || platform === 'win32') {
    powerMonitor.on('lock-screen', lock)
    return
  }
  let away = false
  setInterval(() => {
    const idle = powerMonitor.getSystemIdleTime() >= idleSeconds
    // Once each time somebody goes, so that unlocking from afar is not undone every half minute.
    if (idle && !away) lock()
    away = idle
  }, lookEveryMs).unref()
}
