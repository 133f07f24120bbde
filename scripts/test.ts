/**
 * `npm test`: builds the bundles that the end-to-end tests run, runs every test, and closes with one line that counts
 * them. Arguments are handed to vitest (`npm test -- test/domain`).
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)
const run = (name: string, parameters: readonly string[]) =>
  spawnSync(bin(name), parameters, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1

const built = run('electron-vite', ['build', '--logLevel', 'warn'])
if (built !== 0) process.exit(built)

const scratch = mkdtempSync(join(tmpdir(), 'latchkey-test-'))
const report = join(scratch, 'report.json')
const status = run('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
])
const {
  numPassedTests = 0,
  numFailedTests = 0,
  numPendingTests = 0,
} = JSON.parse(readFileSync(report, 'utf8')) as {
  numPassedTests?: number
  numFailedTests?: number
  numPendingTests?: number
}
rmSync(scratch, { recursive: true })
console.log(
  `${numPassedTests} passed, ${numFailedTests} failed${numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''}`,
)
process.exit(status)
