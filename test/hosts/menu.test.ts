import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { menuColumns, menuLanguage } from '../../src-main/shell/menu-table.ts'

const renderer = join(import.meta.dirname, '../../src-renderer')

/** All sources of the page as one text: its modules need a page to be loaded. */
function sources(): string {
  return readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(renderer, name), 'utf8'))
    .join('\n')
}
const page = sources()
const lines = menuColumns.flatMap((column) => column.lines)
const actions = lines.flatMap((line) => ('action' in line ? [line.action] : []))
const destinations = [...page.matchAll(/nav: \[\s*\{\s*id: '(\w+)'/g)].map((match) => `go.${match[1]}`)

describe('the native menu', () => {
  it('goes wherever the navigation goes', () => {
    expect(destinations.length).toBeGreaterThan(7)
    expect(destinations.filter((id) => !actions.includes(id))).toEqual([])
  })

  it('names only actions that the page has', () => {
    const unknown = actions.filter((id) => !destinations.includes(id) && !page.includes(`id: '${id}'`))
    expect(unknown).toEqual([])
  })

  it('has its words in both languages, in Korean letters where it is Korean', () => {
    const labels = [
      ...menuColumns.map(({ label }) => label),
      ...lines.flatMap((line) => ('label' in line ? line.label : [])),
    ]
    expect(labels.filter(({ en }) => !/[a-z]/i.test(en) || /\p{Script=Hangul}/u.test(en))).toEqual([])
    expect(labels.filter(({ ko }) => !/\p{Script=Hangul}/u.test(ko))).toEqual([])
  })

  it('is Korean on a Korean system, else English', () => {
    expect(['ko', 'ko-KR', 'en-GB', 'kok', 'de', ''].map(menuLanguage)).toEqual(['ko', 'ko', 'en', 'en', 'en', 'en'])
  })
})
