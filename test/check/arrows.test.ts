import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
let house: string

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'latchkey-arrows-'))
})
afterEach(() => rmSync(house, { recursive: true }))

/** Runs the project's dependency rules over a small house; returns the names of the rules that were broken. */
function brokenRules(files: Readonly<Record<string, string>>): string[] {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true })
    writeFileSync(join(house, path), text)
  }
  const rooms = [...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''))]
  const config = join(root, '.dependency-cruiser.cjs')
  writeFileSync(join(house, 'tsconfig.base.json'), '{}')
  const { stdout } = spawnSync(
    join(root, 'node_modules', '.bin', 'depcruise'),
    ['--config', config, '--output-type', 'json', ...rooms],
    { cwd: house, encoding: 'utf8' },
  )
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } }
  return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort()
}

describe('the dependency rules of npm run check', () => {
  it('pass where every arrow runs from a room to shared', () => {
    const files = {
      'shared/domain/rule.ts': 'export const rule = 1\n',
      'src-main/engine.ts': "import { rule } from '../shared/domain/rule.ts'\nexport const engine = rule\n",
      'src-main/shell/window.ts': "import { app } from 'electron'\nexport const name = app\n",
    }
    expect(brokenRules(files)).toEqual([])
  })

  const other = 'export const other = 1\n'
  it.each([
    ['electron-in-the-shell-only', { 'src-main/engine.ts': "import { app } from 'electron'\nexport const a = app\n" }],
    [
      'rooms-do-not-meet',
      { 'src-main/other.ts': other, 'src-renderer/screen.ts': "export { other } from '../src-main/other.ts'\n" },
    ],
    [
      'shared-stands-alone',
      { 'src-main/other.ts': other, 'shared/x.ts': "export { other } from '../src-main/other.ts'\n" },
    ],
    [
      'shared-has-no-io',
      { 'shared/x.ts': "import { readFileSync } from 'node:fs'\nexport const read = readFileSync\n" },
    ],
    [
      'domain-knows-no-protocol',
      { 'shared/protocol/other.ts': other, 'shared/domain/x.ts': "export { other } from '../protocol/other.ts'\n" },
    ],
    [
      'no-cycles',
      {
        'shared/a.ts': "import { b } from './b.ts'\nexport const a = () => b\n",
        'shared/b.ts': "import { a } from './a.ts'\nexport const b = () => a\n",
      },
    ],
    [
      'shell-is-a-leaf',
      { 'src-main/shell/window.ts': other, 'src-main/x.ts': "export { other } from './shell/window.ts'\n" },
    ],
    [
      'storage-is-a-library',
      {
        'shared/other.ts': other,
        'src-main/store/sqlite-storage/x.ts': "export { other } from '../../../shared/other.ts'\n",
      },
    ],
  ])('fail on %s', (rule, files) => {
    expect(brokenRules(files as Record<string, string>)).toEqual([rule])
  })
})
