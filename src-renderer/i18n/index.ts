/** English and Korean, ICU messages, one file an area (`en/tokens.json` holds `tokens.*`), switchable at run time. */
import i18next from 'i18next'
import ICU from 'i18next-icu'
import { initReactI18next } from 'react-i18next'

export const languages = { en: 'English', ko: '한국어' } as const
export type Language = keyof typeof languages

type Area = Record<string, unknown>
const files = import.meta.glob<Area>(['./en/*.json', './ko/*.json'], { eager: true, import: 'default' })

function resourcesOf(language: Language): Area {
  const prefix = `./${language}/`
  return Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, area]) => [path.slice(prefix.length, -'.json'.length), area]),
  )
}

/** The language to begin with: the system's where it is one of ours. */
export function systemLanguage(): Language {
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('ko')) &&
    !navigator.languages[0]?.toLowerCase().startsWith('en')
    ? 'ko'
    : 'en'
}

export async function startI18n(language: Language): Promise<void> {
  await i18next
    .use(ICU)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: 'en',
      resources: { en: { translation: resourcesOf('en') }, ko: { translation: resourcesOf('ko') } },
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    })
  document.documentElement.lang = language
}

export function speak(language: Language): void {
  void i18next.changeLanguage(language)
  document.documentElement.lang = language
}
