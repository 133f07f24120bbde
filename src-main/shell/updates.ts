/**
 * Updates are the person's to control: nothing is asked of any server until an installer was built with a place to ask
 * and they switched it on (`LATCHKEY_UPDATES=check`). Even then it only looks; downloading is another decision.
 */
export async function checkForUpdates(
  environment: Readonly<Record<string, string | undefined>>,
  isPackaged: boolean,
): Promise<void> {
  if (!isPackaged || environment.LATCHKEY_UPDATES !== 'check') return
  try {
    // CommonJS, loaded only here: it costs a start 100 ms.
    const { default: updater } = await import('electron-updater')
    updater.autoUpdater.autoDownload = false
    updater.autoUpdater.autoInstallOnAppQuit = false
    await updater.autoUpdater.checkForUpdates()
  } catch (error) {
    console.error(`Looking for updates failed: ${(error as Error).message}`)
  }
}
