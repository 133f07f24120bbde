import { type Measure, type Measurements, measures } from './measurements.ts'

export type Engine = 'memory' | 'dexie' | 'ours' | 'raw'
export type Results = Record<string, Partial<Record<Engine, Measurements>>>

const NAMES: Record<Engine, string> = {
  memory: 'memory storage',
  dexie: 'Dexie (fake-indexeddb)',
  ours: 'ours',
  raw: 'bare node:sqlite',
}

/** One size: a line a measure, a column an engine, and ours as a ratio of memory storage and of bare SQLite. */
export function sizeTable(size: string, engines: Partial<Record<Engine, Measurements>>): string[] {
  const present = (Object.keys(NAMES) as Engine[]).filter((engine) => engines[engine])
  const lines = (Object.keys(measures) as Measure[]).map((measure) => {
    const values = present.map((engine) => shown(engines[engine]?.[measure]))
    return `| ${[measures[measure], ...values, ratio(engines, measure, 'memory'), ratio(engines, measure, 'raw')].join(' | ')} |`
  })
  return [
    `## ${size} documents`,
    '',
    `| | ${present.map((engine) => NAMES[engine]).join(' | ')} | ours ÷ memory | ours ÷ bare |`,
    `|---|${'---:|'.repeat(present.length + 2)}`,
    ...lines,
  ]
}

export function ratioOf(
  engines: Partial<Record<Engine, Measurements>> | undefined,
  measure: Measure,
  against: Engine,
): number | undefined {
  const [own, other] = [engines?.ours?.[measure], engines?.[against]?.[measure]]
  return own === undefined || other === undefined ? undefined : own / other
}

function ratio(engines: Partial<Record<Engine, Measurements>>, measure: Measure, against: Engine): string {
  const value = ratioOf(engines, measure, against)
  return value === undefined ? '' : value.toFixed(2)
}

export function shown(value: number | undefined): string {
  if (value === undefined) return ''
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
