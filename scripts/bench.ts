/**
 * `npm run bench -- NAME`: runs one benchmark of test/bench and prints its table of ratios.
 * Speed is measured here and nowhere else: no test asserts a duration.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = join(import.meta.dirname, '..', 'test', 'bench')
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''))
const [name = '', ...rest] = process.argv.slice(2)

if (names.includes(name)) {
  process.argv.splice(2, process.argv.length, ...rest)
  await import(pathToFileURL(join(folder, `${name}.bench.ts`)).href)
} else {
  console.error(`Usage: npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`)
  process.exitCode = 2
}
