import { packEdges, type Adjacency } from '../../graph/adjacency'
import type { GraphIndex } from '../../graph/lookup'
import { splitTensor } from '../../graph/names'
import type { Item } from '../grouping'
import { flowOrderOf } from '../order'
import type { Kinds } from './kinds'

/** Items in the order of the data, branches staying together, and what each takes from which. */
export interface Flow {
  readonly items: readonly Item[]
  /** For each item, by position, the kind of thing it is. */
  readonly kinds: Int32Array
  /** Positions of the items that each one takes from, in the order of its inputs; later ones close a circle. */
  readonly inputs: Adjacency
}

/** The flow between items that stand in one group. Cost is linear in the nodes inside and their edges. */
export function flowBetween(items: readonly Item[], index: GraphIndex, kinds: Kinds): Flow {
  const kindOf = Int32Array.from(items, kinds.of)
  const { takers, makers } = takings(items, index)
  // Where several follow one, those of a kind come in the same order everywhere, whatever the file's.
  const edges = Array.from(takers.keys()).sort(
    (a, b) => makers[a] - makers[b] || kindOf[takers[a]] - kindOf[takers[b]] || a - b,
  )
  const followers = packEdges(
    items.length,
    edges.map((edge) => makers[edge]),
    edges.map((edge) => takers[edge]),
  )
  const order = flowOrderOf(followers)
  const place = new Int32Array(items.length)
  order.forEach((item, position) => (place[item] = position))
  return {
    items: Array.from(order, (item) => items[item]),
    kinds: Int32Array.from(order, (item) => kindOf[item]),
    inputs: packEdges(
      items.length,
      takers.map((item) => place[item]),
      makers.map((item) => place[item]),
    ),
  }
}

/** Which item takes from which, once for each pair. */
function takings(items: readonly Item[], index: GraphIndex): { takers: number[]; makers: number[] } {
  const itemOf = new Map<string, number>()
  const eachNode = (visit: (name: string, item: number) => void): void => {
    const inside = (item: Item, number: number): void => {
      if (item.kind === 'node') visit(item.name, number)
      else for (const one of item.items) inside(one, number)
    }
    items.forEach(inside)
  }
  eachNode((name, item) => itemOf.set(name, item))
  const takers: number[] = []
  const makers: number[] = []
  let from = -1
  const seen = new Set<number>()
  eachNode((name, item) => {
    if (item !== from) seen.clear()
    from = item
    for (const tensor of index.nodes.get(name)?.inputs ?? []) {
      const maker = itemOf.get(splitTensor(tensor).node)
      if (maker === undefined || maker === item || seen.has(maker)) continue
      seen.add(maker)
      takers.push(item)
      makers.push(maker)
    }
  })
  return { takers, makers }
}

/** Where the paths of a block part: worth a little less than one tensor that passes. */
const partingBonus = 0.5

/**
 * What it costs to end a group before position i, by i: from how many items something passes there, less a bonus where
 * what the last one makes goes several ways, as it does where a block with a skip connection begins.
 */
export function costsOfEnding({ items, inputs }: Flow): Float64Array {
  const last = new Int32Array(items.length).fill(-1)
  const uses = new Int32Array(items.length)
  for (let position = 0; position < items.length; position++) {
    for (let i = inputs.starts[position]; i < inputs.starts[position + 1]; i++) {
      const maker = inputs.targets[i]
      if (maker >= position) continue
      last[maker] = position
      uses[maker] += 1
    }
  }
  const costs = new Float64Array(items.length + 1)
  for (let maker = 0; maker < items.length; maker++) {
    if (last[maker] < 0) continue
    costs[maker + 1] += 1
    costs[last[maker] + 1] -= 1
  }
  for (let i = 1; i <= items.length; i++) costs[i] += costs[i - 1]
  for (let maker = 0; maker < items.length; maker++) if (uses[maker] > 1) costs[maker + 1] -= partingBonus
  return costs
}
