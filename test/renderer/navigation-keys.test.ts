import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const screens = join(import.meta.dirname, '../../src-renderer/screens')

/** The sequences that begin with `g` in the modules of all screens: the screens themselves need a page to be loaded. */
function sequences(): readonly string[] {
  return readdirSync(screens).flatMap((noun) => {
    const names = readdirSync(join(screens, noun)).filter((name) => name === 'index.ts')
    return names.flatMap((name) =>
      [...readFileSync(join(screens, noun, name), 'utf8').matchAll(/keys: '(g .)'/g)].map((match) => match[1] ?? ''),
    )
  })
}

it('no two screens ask for the same keys', () => {
  const all = sequences()
  expect(all.length).toBeGreaterThan(5)
  expect(all.toSorted()).toEqual([...new Set(all)].toSorted())
})
