/** A seeded generator, so that a failing property test can be run again. */
export { uniform as seeded } from '../../random'

/** A whole number in [0, below). */
export function randomInt(random: () => number, below: number): number {
  return Math.floor(random() * below)
}

/** One entry of a list that is not empty. */
export function pick<T>(random: () => number, items: readonly T[]): T {
  return items[randomInt(random, items.length)]
}
