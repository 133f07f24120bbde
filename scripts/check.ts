/** `npm run check`: types, style, arrows, unused code, languages and configuration; stops at nothing, tells all. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)
const rooms = ['shared', 'src-main', 'src-renderer', 'src-endpoint', 'test'].filter((room) =>
  existsSync(join(root, room, 'tsconfig.json')),
)

const checks: readonly (readonly [title: string, command: string, ...parameters: string[]])[] = [
  ...rooms.map((room) => [`types of ${room}`, bin('tsc'), '-p', room] as const),
  ['style', bin('biome'), 'check', '--error-on-warnings', '.'],
  ['arrows', bin('depcruise'), '--config', '.dependency-cruiser.cjs', ...rooms.filter((room) => room !== 'test')],
  ['unused code', bin('knip')],
  ['languages', process.execPath, 'scripts/check-i18n.ts'],
  ['lockfile', process.execPath, 'scripts/complete-lockfile.ts', '--check'],
  ['rules and their tests', process.execPath, 'scripts/check-rules.ts'],
  ['electron-builder configuration', process.execPath, 'scripts/check-electron-builder.ts'],
]

const failed: string[] = []
for (const [title, command, ...parameters] of checks) {
  const { status, stdout, stderr } = spawnSync(command, parameters, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${title}`)
  if (status === 0) continue
  failed.push(title)
  process.stdout.write(stdout)
  process.stderr.write(stderr)
}
if (failed.length > 0) {
  console.error(`\nnpm run check: ${failed.length} of ${checks.length} failed: ${failed.join(', ')}`)
  process.exit(1)
}
