import type { Barrier, NumberedLink } from './types'

/** The things on a frame's upper and lower border. */
export interface Borders {
  readonly upper: ReadonlySet<number>
  readonly lower: ReadonlySet<number>
}

/**
 * Gives each thing a rank: those on the upper border 0, those on the lower one the last, the others the one after the
 * last of what they depend on. What several things wait for, what nothing comes before, and constants are then moved
 * towards those that take it, as that makes the lines shorter.
 * @param links along the flow; they must not close a circle
 */
export function assignRanks(
  things: number,
  links: readonly NumberedLink[],
  { upper, lower }: Borders,
  barriers: readonly Barrier[] = [],
  constants: ReadonlySet<number> = new Set(),
): Int32Array {
  // A barrier is one more thing, between those before and those after it.
  const count = things + barriers.length
  const before = listsOf(count)
  const after = listsOf(count)
  const add = (from: number, to: number) => {
    before[to].push(from)
    after[from].push(to)
  }
  for (const { from, to } of links) add(from, to)
  barriers.forEach((barrier, i) => {
    for (const thing of barrier.before) add(thing, things + i)
    for (const thing of barrier.after) add(things + i, thing)
  })

  const ranks = new Int32Array(count)
  const order = flow(before, after)
  const first = upper.size > 0 ? 1 : 0
  for (const thing of order) {
    if (upper.has(thing)) continue
    ranks[thing] = first
    for (const other of before[thing]) ranks[thing] = Math.max(ranks[thing], ranks[other] + 1)
  }
  const isFixed = (thing: number) => upper.has(thing) || lower.has(thing)
  const isPulled = (thing: number) => constants.has(thing) || after[thing].length > before[thing].length
  pullDown(order, after, ranks, isFixed, isPulled)
  let last = first - 1
  for (const thing of order) if (!lower.has(thing)) last = Math.max(last, ranks[thing])
  for (const thing of lower) ranks[thing] = last + 1
  return ranks.slice(0, things)
}

type Lists = readonly (readonly number[])[]

/** All things, each after those before it. */
function flow(before: Lists, after: Lists): number[] {
  const waiting = before.map((things) => things.length)
  const order: number[] = []
  waiting.forEach((count, thing) => {
    if (count === 0) order.push(thing)
  })
  // `order` grows while it is walked.
  for (const thing of order) for (const next of after[thing]) if (--waiting[next] === 0) order.push(next)
  return order
}

function pullDown(
  order: readonly number[],
  after: Lists,
  ranks: Int32Array,
  isFixed: (thing: number) => boolean,
  isPulled: (thing: number) => boolean,
): void {
  for (let i = order.length - 1; i >= 0; i--) {
    const thing = order[i]
    if (isFixed(thing) || !isPulled(thing)) continue
    let nearest = Infinity
    for (const other of after[thing]) if (!isFixed(other)) nearest = Math.min(nearest, ranks[other])
    if (nearest < Infinity) ranks[thing] = nearest - 1
  }
}

function listsOf(count: number): number[][] {
  return Array.from({ length: count }, () => [])
}
