/** What a benchmark measures with: CPU time, wall time, and the longest block of the event loop. */
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** CPU microseconds (user and system, all threads) that work takes. */
export async function cpuMicros(work: () => Promise<unknown> | unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const used = process.cpuUsage(before)
  return used.user + used.system
}

export async function wallMillis(work: () => Promise<unknown> | unknown): Promise<number> {
  const before = performance.now()
  await work()
  return performance.now() - before
}

/** The median of repeated wall times, in ms. */
export async function medianMillis(
  times: number,
  work: (index: number) => Promise<unknown> | unknown,
): Promise<number> {
  const samples: number[] = []
  for (let index = 0; index < times; index++) samples.push(await wallMillis(() => work(index)))
  return median(samples)
}

export function median(samples: readonly number[]): number {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN
}

/** Runs work and gives the longest time, in ms, for which the event loop did not turn. */
export async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await nextTimer()
  await work()
  await nextTimer()
  delay.disable()
  return delay.max / 1e6
}

const nextTimer = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

/** The CPU milliseconds that one of many runs takes: unlike wall time, it is the same on a busy machine. */
export async function cpuMillisEach(
  times: number,
  work: (index: number) => Promise<unknown> | unknown,
): Promise<number> {
  const used = await cpuMicros(async () => {
    for (let index = 0; index < times; index++) await work(index)
  })
  return used / 1e3 / times
}
