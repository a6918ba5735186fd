import type { Flow } from './flow'

/** A stretch of the flow that is the same several times over. */
export interface Repeat {
  readonly start: number
  /** Items in one of them. */
  readonly period: number
  readonly times: number
}

/** No block of more items is looked for. */
const longestPeriod = 80
/** Inputs from farther back are only told to be far, … */
const far = 256
/** … and so are those that more items than this take, as lanes side by side do: each is as far from it as it comes. */
const mostTakers = 8
/** So many single items in a row are worth a group; fewer are read as easily one by one. */
const fewestSingles = 3

/**
 * A number for each item that says what it is and from which items before it, counted backwards, it takes; so two
 * stretches with the same numbers are built and wired alike. Items outside the flow do not count.
 */
export function wiring({ items, kinds, inputs }: Flow, numbered: (text: string) => number): Int32Array {
  const takers = new Int32Array(items.length)
  for (const maker of inputs.targets) takers[maker] += 1
  return Int32Array.from(items, (_, position) => {
    let text = `${kinds[position]}`
    for (let i = inputs.starts[position]; i < inputs.starts[position + 1]; i++) {
      const maker = inputs.targets[i]
      const back = position - maker
      text += back > 0 && back < far && takers[maker] <= mostTakers ? `,${back}` : ',far'
    }
    return numbered(text)
  })
}

/**
 * Stretches that are the same several times over, one after the other, the largest first come, none overlapping; in the
 * order of the flow. Where a block begins is told by `costs`, what it costs to end a group before each position.
 * Linear in items times the longest period.
 */
export function repeats(signs: Int32Array, costs: Float64Array, single: (position: number) => boolean): Repeat[] {
  const found: PeriodicStretch[] = []
  for (let period = 1; period <= Math.min(longestPeriod, signs.length >> 1); period++) {
    let same = 0
    for (let i = 0; i + period <= signs.length; i++) {
      if (i + period < signs.length && signs[i] === signs[i + period]) {
        same += 1
        continue
      }
      if (same >= period) found.push({ start: i - same, length: same + period, period })
      same = 0
    }
  }
  // A stretch that repeats in twos repeats in fours as well; the shorter period comes first.
  found.sort((a, b) => b.length - a.length || a.period - b.period || a.start - b.start)
  const taken = new Uint8Array(signs.length)
  const chosen: Repeat[] = []
  for (const stretch of found) {
    const repeat = phased(stretch, costs)
    const free = repeat && trimmed(repeat, taken)
    if (!free || (free.period === 1 && (free.times < fewestSingles || single(free.start)))) continue
    taken.fill(1, free.start, free.start + free.period * free.times)
    chosen.push(free)
  }
  return chosen.sort((a, b) => a.start - b.start)
}

/** What is left of a repeat without the blocks at its ends that are taken; null for fewer than two, or one in its middle. */
function trimmed(repeat: Repeat, taken: Uint8Array): Repeat | null {
  const { period } = repeat
  let { start } = repeat
  let end = start + period * repeat.times
  while (start < end && taken.subarray(start, start + period).includes(1)) start += period
  while (start < end && taken.subarray(end - period, end).includes(1)) end -= period
  const times = (end - start) / period
  return times < 2 || taken.subarray(start, end).includes(1) ? null : { start, period, times }
}

/** Where every sign is that of the one a period before it. */
interface PeriodicStretch {
  readonly start: number
  readonly length: number
  readonly period: number
}

/** The stretch cut into blocks where it costs least, if that leaves at least two. */
function phased({ start, length, period }: PeriodicStretch, costs: Float64Array): Repeat | null {
  let best: Repeat | null = null
  let least = Infinity
  for (let shift = 0; shift < period; shift++) {
    const times = Math.floor((length - shift) / period)
    if (times < 2) break
    // Of the first border nothing is known but that the block before is another one.
    const cost = costs[start + shift + period] - (shift === 0 ? tie : 0)
    if (cost >= least) continue
    least = cost
    best = { start: start + shift, period, times }
  }
  return best
}

/** Less than any two costs differ by. */
const tie = 0.25
