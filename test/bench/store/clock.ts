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

/** Rounds of which the median counts: warming up and collections of garbage fall into some of them, not into most. */
export const ROUNDS = 9
/** Documents found by id in a round: so many that the collections of garbage fall into each round alike. */
export const FINDS = 10_000

/**
 * The CPU milliseconds that one of many runs takes, the median of nine rounds; the index goes on over the rounds.
 * Unlike wall time, CPU time is the same on a busy machine.
 */
export async function cpuMillisEach(
  times: number,
  work: (index: number) => Promise<unknown> | unknown,
): Promise<number> {
  const rounds: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await settle()
    const used = await cpuMicros(async () => {
      for (let index = round * times; index < (round + 1) * times; index++) await work(index)
    })
    rounds.push(used / 1e3 / times)
  }
  return median(rounds)
}

/** Lets threads finish and collects garbage, so that no measure pays for what came before it. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 60))
  ;(globalThis as { gc?: () => void }).gc?.()
  await new Promise((resolve) => setTimeout(resolve, 60))
}
