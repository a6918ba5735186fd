import { linksOf } from '../../graph/lookup/links'
import type { GraphIndex } from '../../graph/lookup/graph-index'
import { opCategory } from '../../graph/op-tables/ops'
import type { Group, Grouping, Item } from '../../layout/group/grouping'

/** Where nodes stand in the groups, by number: what is in a group stands in one stretch of `order`. */
export interface GroupNumbers {
  /** Positions of the nodes with a box, group by group. */
  readonly order: Int32Array
  /** By the node's position, its place in `order`; -1 for nodes without a box. */
  readonly places: Int32Array
  readonly stretches: ReadonlyMap<Group, NumberSpan>
}

/** From a place up to, not including, another. */
export interface NumberSpan {
  readonly from: number
  readonly to: number
}

const known = new WeakMap<Grouping, GroupNumbers>()

/** Made once for each grouping; linear in nodes and groups. */
export function groupNumbers({ graph }: GraphIndex, grouping: Grouping): GroupNumbers {
  const ready = known.get(grouping)
  if (ready) return ready
  const { positions } = linksOf(graph.nodes)
  const order = new Int32Array(graph.nodes.length)
  const places = new Int32Array(graph.nodes.length).fill(-1)
  const stretches = new Map<Group, NumberSpan>()
  let count = 0
  const visit = (item: Item): void => {
    if (item.kind === 'node') {
      const position = positions.get(item.name)
      if (position === undefined) return
      places[position] = count
      order[count] = position
      count += 1
      return
    }
    const from = count
    for (const inner of item.items) visit(inner)
    stretches.set(item, { from, to: count })
  }
  visit(grouping.root)
  const made = { order: order.subarray(0, count), places, stretches }
  known.set(grouping, made)
  return made
}

const passingOps = new Set(['Identity', 'ReadVariableOp'])
const knownConstants = new WeakMap<GraphIndex, Int32Array>()

/**
 * For each node the position of the constant it is or only passes on; -1 for what is computed. Made once for each graph.
 */
export function constantsBehind(index: GraphIndex): Int32Array {
  const ready = knownConstants.get(index)
  if (ready) return ready
  const { nodes } = index.graph
  const { starts, makers } = linksOf(nodes)
  const behind = new Int32Array(nodes.length).fill(-1)
  const passing: number[] = []
  nodes.forEach(({ op, weight }, position) => {
    if (passingOps.has(op)) passing.push(position)
    else if (weight !== undefined || opCategory(op) === 'constant') behind[position] = position
  })
  for (const start of passing) {
    let position = start
    // No more steps than there are nodes that pass something on, as they may go round.
    for (let step = 0; step < passing.length && passingOps.has(nodes[position].op); step++) {
      const maker = starts[position] < starts[position + 1] ? makers[starts[position]] : -1
      if (maker < 0) break
      position = maker
    }
    behind[start] = behind[position]
  }
  knownConstants.set(index, behind)
  return behind
}
