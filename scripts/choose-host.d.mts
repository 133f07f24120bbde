export interface Machine {
  /** Absolute. */
  readonly root: string
  readonly platform: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly uid: number | undefined
}
export type Choice =
  | { readonly ok: true; readonly host: 'electron'; readonly program: string; readonly reason: string }
  | { readonly ok: true; readonly host: 'browser'; readonly reason: string }
  | { readonly ok: false; readonly problem: string }
export function findElectron(machine: Machine): string | undefined
export function chooseHost(words: readonly string[], machine: Machine): Choice
