/** Measures one engine at one size, in a process of its own, and prints the numbers as JSON. */
import { measureRaw } from './measure-raw.ts'
import { measureRxdb } from './measure-rxdb.ts'

const [engine, size] = process.argv.slice(2)
const count = Number(size)
const results =
  engine === 'raw' ? await measureRaw(count) : await measureRxdb(engine as 'memory' | 'dexie' | 'ours', count)
process.stdout.write(JSON.stringify(results), () => process.exit(0))
