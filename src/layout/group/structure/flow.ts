import { after, packEdges, type Adjacency } from '../../../graph/lookup/adjacency'
import type { Links } from '../../../graph/lookup/links'
import type { Item } from '../grouping'
import { flowOrderOf } from '../../place/flow-order'
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
export function flowBetween(items: readonly Item[], links: Links, kinds: Kinds): Flow {
  const kindOf = Int32Array.from(items, kinds.of)
  const { takers, makers } = takings(items, links)
  const followers = packEdges(items.length, makers, takers)
  // Those of a kind that follow one thing come in the same order everywhere, whatever the file's.
  for (let item = 0; item < items.length; item++) {
    const following = after(followers, item)
    if (following.length > 1) following.sort((a, b) => kindOf[a] - kindOf[b] || a - b)
  }
  const order = flowOrderOf(followers)
  const place = new Int32Array(items.length)
  order.forEach((item, position) => (place[item] = position))
  return {
    items: Array.from(order, (item) => items[item]),
    kinds: order.map((item) => kindOf[item]),
    inputs: packEdges(
      items.length,
      takers.map((item) => place[item]),
      makers.map((item) => place[item]),
    ),
  }
}

/** Which item takes from which, once for each pair. */
function takings(items: readonly Item[], links: Links): { takers: number[]; makers: number[] } {
  const itemOf = new Int32Array(links.starts.length - 1).fill(-1)
  const positions: number[] = []
  const add = (item: Item, number: number): void => {
    if (item.kind === 'group') for (const inside of item.items) add(inside, number)
    else {
      itemOf[item.position] = number
      positions.push(item.position)
    }
  }
  items.forEach(add)
  const takers: number[] = []
  const makers: number[] = []
  /** The last item that was found to take from each. */
  const taker = new Int32Array(items.length).fill(-1)
  for (const position of positions) {
    const item = itemOf[position]
    for (let i = links.starts[position]; i < links.starts[position + 1]; i++) {
      const maker = links.makers[i] < 0 ? -1 : itemOf[links.makers[i]]
      if (maker < 0 || maker === item || taker[maker] === item) continue
      taker[maker] = item
      takers.push(item)
      makers.push(maker)
    }
  }
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
