/** What the console says in a language, from its own files: one journey runs in both. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'

const folder = join(import.meta.dirname, '..', '..', '..', 'src-renderer', 'i18n')

export type Locale = 'en-GB' | 'ko-KR'
export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string

/** The text of a key as a page shows it: values put in, marks of emphasis gone. */
export function wordsOf(locale: Locale): Words {
  const files = new Map<string, unknown>()
  return (key, values = {}) => {
    const [area = '', ...path] = key.split('.')
    if (!files.has(area)) {
      files.set(area, JSON.parse(readFileSync(join(folder, locale.slice(0, 2), `${area}.json`), 'utf8')))
    }
    const found = path.reduce<unknown>((part, name) => (part as Record<string, unknown>)?.[name], files.get(area))
    if (typeof found !== 'string') throw new Error(`No text ${key} in ${locale}`)
    return String(new IntlMessageFormat(found, locale).format(values)).replaceAll(/\*\*|`/g, '')
  }
}
