/**
 * `npm run bench -- store [--sizes=10k,100k,1m] [--only=10k]`: our storage beside RxDB's memory storage, Dexie over
 * fake-indexeddb (10k only, and no longer than 60 s) and bare node:sqlite, each in a process of its own, one after
 * another, five times over. The least of them counts: what a measure takes when nothing else is in its way; of the
 * longest block, the greatest. At 1m only ours and bare SQLite run, three times. Prints the tables and writes them to
 * docs/benchmarks/store.md.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { barsTable, growthTable } from './store/bars.ts'
import { type Measure, type Measurements, measures } from './store/measurements.ts'
import { type Engine, type Results, sizeTable } from './store/tables.ts'

/** What Dexie did not finish in this time, in ms, stays empty in the table. */
const DEXIE_MS = 60_000
/** A shared machine is not equally fast from one minute to the next; the engines take turns, more often where it is quick. */
const PASSES = { most: 5, largest: 3 }
const SIZES: Record<string, number> = { '10k': 10_000, '100k': 100_000, '1m': 1_000_000 }
const option = (name: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)
const chosen = (option('only') ?? option('sizes') ?? '10k,100k').toLowerCase().split(',')

const loadBefore = load()
const results: Results = {}
for (const size of chosen) {
  const count = SIZES[size]
  if (!count) throw new Error(`${size} is no size; choose from ${Object.keys(SIZES).join(', ')}`)
  const engines: Engine[] =
    size === '10k' ? ['memory', 'dexie', 'ours', 'raw'] : size === '1m' ? ['ours', 'raw'] : ['memory', 'ours', 'raw']
  const passes: Partial<Record<Engine, Measurements[]>> = {}
  for (let pass = 1; pass <= (size === '1m' ? PASSES.largest : PASSES.most); pass++) {
    for (const engine of engines) {
      if (engine === 'dexie' && pass > 1) continue
      console.error(`${size} ${engine}, pass ${pass} …`)
      const measured = measure(engine, count)
      if (measured) passes[engine] = [...(passes[engine] ?? []), measured]
    }
  }
  results[size] = Object.fromEntries(Object.entries(passes).map(([engine, all]) => [engine, best(all)]))
  write()
}

console.log(write())

/** Written after each size, so that a run that is ended early leaves what it measured. */
function write(): string {
  const report = [
    '# Store',
    '',
    `Command: \`npm run bench -- store${chosen.join() === '10k,100k' ? '' : ` --sizes=${chosen.join()}`}\`, ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}.`,
    'Each engine in a process of its own, by turns, five times (1m three times, Dexie once). The least of them counts, of the longest block the greatest; where a measure repeats, each is the median of nine rounds.',
    'Garbage is collected before each measure. Ratios of one run are worth more than its numbers.',
    'Bare SQLite runs with its default cache and checkpoints; ours has 64 MB of cache, 16 KiB pages and checkpoints in a thread.',
    `Load average before the run ${loadBefore}, after it ${load()}: above about 1 other work shared the machine, and wall times suffer from that, the longest block most of all.`,
    'Documents are about 450 bytes of JSON with three compound indexes; 3,000 documents a service. Lists are those of 33 services at 100k and at 1m, so that only the size differs; a first look finds nothing in the caches of engine and storage.',
    '',
    ...barsTable(results),
    ...growthTable(results),
    ...Object.entries(results).flatMap(([size, engines]) => ['', ...sizeTable(size, engines)]),
    '',
  ].join('\n')
  const folder = join(import.meta.dirname, '..', '..', 'docs', 'benchmarks')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'store.md'), report)
  return report
}

function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1)
}

function measure(engine: Engine, count: number): Measurements | undefined {
  const script = join(import.meta.dirname, 'store', 'measure.ts')
  const child = spawnSync(
    process.execPath,
    ['--expose-gc', '--max-old-space-size=6144', script, engine, String(count)],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      // fake-indexeddb needs more than ten minutes for all of it.
      ...(engine === 'dexie' ? { timeout: DEXIE_MS, killSignal: 'SIGKILL' as const } : {}),
    },
  )
  if (child.status !== 0) console.error(`${engine} at ${count} ended early: ${child.status ?? child.signal}`)
  const last = child.stdout.trim().split('\n').at(-1)
  return last ? (JSON.parse(last) as Measurements) : undefined
}

/** The least of each measure over the passes; of the longest block the greatest. */
function best(all: readonly Measurements[]): Measurements {
  const known = (Object.keys(measures) as Measure[]).filter((name) => all.some((one) => one[name] !== undefined))
  return Object.fromEntries(
    known.map((name) => {
      const values = all.flatMap((one) => one[name] ?? [])
      return [name, name === 'longestBlock' ? Math.max(...values) : Math.min(...values)]
    }),
  )
}
