/** What the program asked of the system, for tests to look at: nothing of it reaches a real desktop. */
export interface Records {
  readonly external: string[]
  readonly errorBoxes: { readonly title: string; readonly content: string }[]
  readonly webPreferences: Electron.WebPreferences[]
  menu: Electron.MenuItemConstructorOptions[]
  tray: string | undefined
  crashReporter: Electron.CrashReporterStartOptions | undefined
}

export const records: Records = {
  external: [],
  errorBoxes: [],
  webPreferences: [],
  menu: [],
  tray: undefined,
  crashReporter: undefined,
}
