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
  if (lower.size > 0) {
    let last = first - 1
    for (const thing of order) if (!lower.has(thing)) last = Math.max(last, ranks[thing])
    for (const thing of lower) ranks[thing] = last + 1
  }
  return ranks
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
