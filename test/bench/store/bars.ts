/** The bars that the store is held to, at 100,000 documents, and where this run stands. */

import { type Measure, measures } from './measurements.ts'
import { type Engine, type Results, ratioOf, shown } from './tables.ts'

const RATIOS: [string, Measure, Engine, number][] = [
  ['bulk insert ÷ memory storage (CPU)', 'bulkInsert', 'memory', 0.55],
  ['bulk insert ÷ bare SQLite (CPU)', 'bulkInsert', 'raw', 2.5],
  ['find of one service + sort desc + limit 50 ÷ memory', 'listDescending', 'memory', 0.2],
  ['find of all + sort desc + limit 50 ÷ memory', 'listAll', 'memory', 0.2],
  ['findOne ÷ memory', 'findOne', 'memory', 1],
  ['count ÷ bare SQLite', 'count', 'raw', 5],
  ['patch ÷ memory', 'patch', 'memory', 1.5],
  ['3,000-row query, warm ÷ memory', 'manyRows', 'memory', 3],
]

const NOT_RUN = 'not run: add --sizes=100k,1m'

export function barsTable(results: Results): string[] {
  const at100k = results['100k']
  if (!at100k?.ours) return []
  const lines = RATIOS.map(([name, measure, against, bar]) => line(name, ratioOf(at100k, measure, against), bar, ''))
  lines.push(line('longest block during the insert, ms', at100k.ours.longestBlock, 50, ''))
  lines.push(line('re-open to first document, ms', at100k.ours.reopen, 20, ''))
  lines.push(line('list query at 1m ÷ at 100k', growth(results, 'ours', 'listDescending'), 1.3, NOT_RUN))
  lines.push(line('list query at 1m ÷ at 100k, first look', growth(results, 'ours', 'listFirst'), 1.3, NOT_RUN))
  return ['| bar, at 100k | wanted at most | this run | |', '|---|---:|---:|---|', ...lines]
}

/** How lists grow beside the same lists of bare SQLite: a first look reads fifty rows from all over the file. */
export function growthTable(results: Results): string[] {
  if (!results['1m']) return []
  const rows = (['listDescending', 'listFirst'] as const).map((measure) =>
    [measures[measure], shown(growth(results, 'ours', measure)), shown(growth(results, 'raw', measure))].join(' | '),
  )
  return ['', '| 1m ÷ 100k | ours | bare node:sqlite |', '|---|---:|---:|', ...rows.map((row) => `| ${row} |`)]
}

function growth(results: Results, engine: Engine, measure: Measure): number | undefined {
  const [small, large] = [results['100k']?.[engine]?.[measure], results['1m']?.[engine]?.[measure]]
  return small && large ? large / small : undefined
}

function line(name: string, value: number | undefined, bar: number, otherwise: string): string {
  const verdict = value === undefined ? otherwise : value <= bar ? 'met' : '**not met**'
  return `| ${name} | ${bar} | ${shown(value)} | ${verdict} |`
}
