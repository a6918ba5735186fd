/** A seeded generator of numbers in [0, 1) (mulberry32), so that a failing property test can be run again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A whole number in [0, below). */
export function randomInt(random: () => number, below: number): number {
  return Math.floor(random() * below)
}

/** One entry of a list that is not empty. */
export function pick<T>(random: () => number, items: readonly T[]): T {
  return items[randomInt(random, items.length)]
}
