/** A link between two numbered things. */
export interface NumberedLink {
  readonly from: number
  readonly to: number
}

/**
 * Gives each thing a rank: those on the upper border 0, those on the lower one the last, the others the one after the
 * last of what they depend on. What several things wait for, and what nothing comes before, is then moved towards
 * those that take it, as that makes the lines shorter.
 * @param links along `order`; those against it must be left out
 * @param order all things, each after what it depends on
 */
export function assignRanks(
  order: readonly number[],
  links: readonly NumberedLink[],
  upper: ReadonlySet<number>,
  lower: ReadonlySet<number>,
): Int32Array {
  const before = listsOf(order.length)
  const after = listsOf(order.length)
  for (const { from, to } of links) {
    before[to].push(from)
    after[from].push(to)
  }
  const first = upper.size > 0 ? 1 : 0
  const ranks = new Int32Array(order.length)
  for (const thing of order) {
    if (upper.has(thing)) continue
    ranks[thing] = first
    for (const other of before[thing]) ranks[thing] = Math.max(ranks[thing], ranks[other] + 1)
  }
  pullDown(order, before, after, ranks, (thing) => upper.has(thing) || lower.has(thing))
  const inner = order.filter((thing) => !upper.has(thing) && !lower.has(thing))
  const last = splitWideRanks(inner, after, ranks, first)
  for (const thing of lower) ranks[thing] = last
  return ranks
}

/** More things than this in a rank are set into several. */
const widest = 20
const fewestInSplit = 12

/**
 * Makes several ranks of each that is too wide to be looked at, so that a fan of hundreds becomes a block; returns the rank
 * after the last. What nothing follows comes first in such a block: the lines to the others can share their way past it.
 */
function splitWideRanks(inner: readonly number[], after: Lists, ranks: Int32Array, first: number): number {
  const members: number[][] = []
  for (const thing of inner) (members[ranks[thing]] ??= []).push(thing)
  let next = first
  for (const rank of members.slice(first)) {
    const length =
      rank.length <= widest ? rank.length : Math.max(fewestInSplit, Math.ceil(Math.sqrt(0.6 * rank.length)))
    rank.sort((a, b) => Math.min(1, after[a].length) - Math.min(1, after[b].length))
    rank.forEach((thing, i) => (ranks[thing] = next + Math.floor(i / length)))
    next += Math.ceil(rank.length / length)
  }
  return next
}

type Lists = readonly (readonly number[])[]

function pullDown(
  order: readonly number[],
  before: Lists,
  after: Lists,
  ranks: Int32Array,
  isFixed: (thing: number) => boolean,
): void {
  for (let i = order.length - 1; i >= 0; i--) {
    const thing = order[i]
    if (isFixed(thing) || after[thing].length <= before[thing].length) continue
    let nearest = Infinity
    for (const other of after[thing]) if (!isFixed(other)) nearest = Math.min(nearest, ranks[other])
    if (nearest < Infinity) ranks[thing] = nearest - 1
  }
}

function listsOf(count: number): number[][] {
  return Array.from({ length: count }, () => [])
}
