/** How a test wants the stand-in to be, by environment variables of the program it runs. */
export interface StandInSettings {
  /**
   * Registrations that the stand-in forgets, as if the shell had never made them. What Electron does without them stays
   * (it grants, opens, navigates), so that a test of the guard must fail: the control of that test.
   */
  readonly forget: ReadonlySet<string>
  /** The keychain: `basic_text` as on a bare machine, a real backend's name, or `silent` for one that never answers. */
  readonly keychain: string
}

export const settings: StandInSettings = {
  forget: new Set((process.env.STAND_IN_FORGET ?? '').split(',').filter(Boolean)),
  keychain: process.env.STAND_IN_KEYCHAIN ?? 'basic_text',
}

/** Whether a registration counts. `name` is the event's or the method's own. */
export function remembered(name: string): boolean {
  return !settings.forget.has(name)
}
