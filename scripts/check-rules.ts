/**
 * `node scripts/check-rules.ts`: each rule of docs/rules.md stands by its id in the name of at least one test. Says which
 * do not, and which names speak of a rule that is not there. Rules marked *later* are excused.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const idForm = /\b[A-Z]\d{1,2}\b/g

const rules = [
  ...readFileSync(join(root, 'docs', 'rules.md'), 'utf8').matchAll(/^\| ([A-Z]\d{1,2}) \| (.*) \|$/gm),
].map(([, id = '', text = '']) => ({ id, later: text.startsWith('*later*') }))
const known = new Set(rules.map(({ id }) => id))

/** The names of tests and suites in a test file: the first text of `it`, `test`, `describe`, with or without `.each(…)`. */
function namesIn(source: string): string[] {
  const form = /\b(?:it|test|describe)(?:\.\w+)*(?:\([^'"`]*?\))?\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g
  return [...source.matchAll(form)].map(([, , name = '']) => name)
}

const named = new Set<string>()
const strange = new Map<string, string>()
const files = globSync('test/**/*.{test,spec}.{ts,tsx}', { cwd: root })
for (const file of files) {
  for (const name of namesIn(readFileSync(join(root, file), 'utf8'))) {
    for (const [id] of name.matchAll(idForm)) {
      named.add(id)
      if (!known.has(id)) strange.set(id, file)
    }
  }
}
// vectors.test.ts names each of its tests by the rule of the case.
if (existsSync(join(root, 'test', 'domain', 'vectors.test.ts'))) {
  for (const file of globSync('test/vectors/*.json', { cwd: root })) {
    const { cases } = JSON.parse(readFileSync(join(root, file), 'utf8')) as { cases: { rule: string }[] }
    for (const { rule } of cases) {
      named.add(rule)
      if (!known.has(rule)) strange.set(rule, file)
    }
  }
}

const untested = rules.filter(({ id, later }) => !later && !named.has(id)).map(({ id }) => id)
for (const id of untested) console.error(`${id}: no test has this rule in its name`)
for (const [id, file] of strange) console.error(`${id}: named in ${file}, and not a rule of docs/rules.md`)
const proven = rules.filter(({ id }) => named.has(id)).length
console.log(`${rules.length} rules, ${proven} with a test, ${rules.filter(({ later }) => later).length} later`)
if (rules.length === 0 || untested.length > 0 || strange.size > 0) process.exit(1)
