/** Random numbers that a printed seed repeats. */
export type Random = {
  /** A number in [0, 1). */
  next(): number
  /** A whole number in [0, below). */
  below(below: number): number
  pick<Value>(values: readonly Value[]): Value
  /** True with this probability. */
  chance(probability: number): boolean
}

/** mulberry32: small, quick and good enough to choose test cases. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  return {
    next,
    below,
    pick: (values) => values[below(values.length)] as (typeof values)[number],
    chance: (probability) => next() < probability,
  }
}

/** The seed of a suite: STORE_SEED where it is set, else a new one. Print it with what was counted. */
export function seedOfRun(): number {
  const given = process.env.STORE_SEED
  return given === undefined ? Math.floor(Math.random() * 0xffffffff) : Number(given)
}
