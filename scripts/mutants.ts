/**
 * `npm run mutants [-- FILE]`: plants each fault of test/mutants/mutants.ts in a copy of the code and runs the tests
 * that must notice. Prints a line a fault; fails where one survives, or where a fault no longer fits the code.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Mutant, mutants } from '../test/mutants/mutants.ts'

const root = join(import.meta.dirname, '..')
const only = process.argv[2]
const chosen = mutants.filter(({ file }) => only === undefined || file.startsWith(only))

type Fate = 'killed' | 'survived' | 'does not fit'

/** A copy of what the domain's tests need; node_modules by link. */
function copyOfCode(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'))
  cpSync(join(root, 'shared'), join(folder, 'shared'), { recursive: true })
  mkdirSync(join(folder, 'test'))
  for (const name of ['domain', 'vectors', 'vector-tables']) {
    cpSync(join(root, 'test', name), join(folder, 'test', name), { recursive: true })
  }
  for (const name of ['package.json', 'tsconfig.base.json']) cpSync(join(root, name), join(folder, name))
  writeFileSync(
    join(folder, 'vitest.config.ts'),
    "export default { test: { include: ['test/domain/*.test.ts'], testTimeout: 120_000 } }\n",
  )
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  return folder
}

/** True where all the tests pass. */
function pass(folder: string, tests: readonly string[]): Promise<boolean> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const files = tests.map((name) => `test/domain/${name}.test.ts`)
  return new Promise((resolve, reject) => {
    const run = spawn(process.execPath, [vitest, 'run', '--bail', '1', '--reporter', 'dot', ...files], {
      cwd: folder,
      stdio: 'ignore',
    })
    run.on('error', reject)
    run.on('exit', (code) => resolve(code === 0))
  })
}

async function fateOf(folder: string, { file, find, replace, tests }: Mutant): Promise<Fate> {
  const path = join(folder, 'shared', 'domain', file)
  const code = readFileSync(path, 'utf8')
  if (code.split(find).length !== 2) return 'does not fit'
  writeFileSync(
    path,
    code.replace(find, () => replace),
  )
  try {
    return (await pass(folder, tests)) ? 'survived' : 'killed'
  } finally {
    writeFileSync(path, code)
  }
}

const fates = new Map<Mutant, Fate>()
const waiting = [...chosen]

async function work(): Promise<void> {
  const folder = copyOfCode()
  try {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const fate = await fateOf(folder, mutant)
      fates.set(mutant, fate)
      console.log(
        `${fate.padEnd(12)} ${mutant.file.padEnd(18)} ${mutant.find.slice(0, 80)} → ${mutant.replace.slice(0, 50) || '(nothing)'}`,
      )
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// A control first: without a fault the same tests pass, so that a failure means something.
const control = copyOfCode()
const sound = await pass(control, [...new Set(chosen.flatMap(({ tests }) => tests))])
rmSync(control, { recursive: true, force: true })
if (!sound) {
  console.error('The tests fail without any fault: nothing can be said about faults.')
  process.exit(1)
}
await Promise.all(Array.from({ length: Math.max(1, Math.min(4, availableParallelism() - 1)) }, work))

const count = (fate: Fate) => [...fates.values()].filter((each) => each === fate).length
console.log(
  `\n${chosen.length} faults: ${count('killed')} killed, ${count('survived')} survived, ${count('does not fit')} no longer fit`,
)
if (count('killed') < chosen.length) process.exit(1)
