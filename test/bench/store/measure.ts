/** Measures one engine at one size, in a process of its own, and prints the numbers as JSON, a line at a time. */
import { writeSync } from 'node:fs'
import { measureRaw } from './measure-raw.ts'
import { measureRxdb } from './measure-rxdb.ts'
import type { Measurements } from './measurements.ts'

const [engine, size] = process.argv.slice(2)
const count = Number(size)
/** A line after each measure, so that an engine that runs out of time shows what it did. */
const progress = (results: Measurements): void => {
  writeSync(1, `${JSON.stringify(results)}\n`)
}
progress(
  engine === 'raw'
    ? await measureRaw(count)
    : await measureRxdb(engine as 'memory' | 'dexie' | 'ours', count, progress),
)
process.exit(0)
