/**
 * Stands in for the module `electron` in the main process. A name that is missing here fails the import that asks for it;
 * a member that is missing throws when it is reached for.
 */
export { app } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { ipcMain } from './ipc-main.ts'
export { protocol } from './protocol.ts'
export { session } from './session.ts'
export { crashReporter, dialog, Menu, nativeTheme, powerMonitor, safeStorage, shell, Tray } from './system.ts'
