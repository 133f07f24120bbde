/** View state that is not in the address: kept over reloads of this tab's origin. Never anything secret. */
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { type Language, systemLanguage } from '../i18n/index.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

interface View {
  readonly language: Language
  readonly theme: Theme
  readonly rail: boolean
  /** Single letters (N, E, R, /, J, K, …) as keys. */
  readonly singleKeys: boolean
  /** Columns that the reader switched off, by table. */
  readonly hiddenColumns: Readonly<Record<string, readonly string[]>>
  readonly paletteOpen: boolean
  readonly keySheetOpen: boolean
  readonly drawerOpen: boolean
}

export const useView = create<View>()(
  persist(
    (): View => ({
      language: systemLanguage(),
      theme: 'system',
      rail: false,
      singleKeys: true,
      hiddenColumns: {},
      paletteOpen: false,
      keySheetOpen: false,
      drawerOpen: false,
    }),
    {
      name: 'latchkey.view',
      partialize: ({ language, theme, rail, singleKeys, hiddenColumns }) => ({
        language,
        theme,
        rail,
        singleKeys,
        hiddenColumns,
      }),
    },
  ),
)

export const setView = useView.setState

const darkClass = 'pf-v6-theme-dark'
const systemDark = matchMedia('(prefers-color-scheme: dark)')

function applyTheme(): void {
  const { theme } = useView.getState()
  const dark = theme === 'dark' || (theme === 'system' && systemDark.matches)
  document.documentElement.classList.toggle(darkClass, dark)
  document.documentElement.style.colorScheme = dark ? 'dark' : 'light'
}

/** Keeps the page's theme in step with the choice and with the system. */
export function startTheme(): void {
  applyTheme()
  useView.subscribe(applyTheme)
  systemDark.addEventListener('change', applyTheme)
}
