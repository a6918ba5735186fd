import { splitTensor } from '../graph/names'
import type { Graph } from '../graph/types'
import type { Group, Grouping, Item } from './grouping'

/** A tensor's way through one group: from one of its items, or from outside, to one of its items, or to outside. */
export interface Crossing {
  readonly tensor: string
  /** The id of an item, or that of a port. */
  readonly from: string
  readonly to: string
}

/** Where a tensor enters a group, as `Crossing.from`. */
export const entry = (tensor: string): string => `in:${tensor}`
/** Where a tensor leaves a group, as `Crossing.to`. */
export const exit = (tensor: string): string => `out:${tensor}`
export const isPort = (id: string): boolean => id.startsWith('in:') || id.startsWith('out:')

/**
 * For each group, the ways of all tensors through it; one entry for each pair of items and tensor. A data edge of the
 * graph is thus a chain of crossings: out of the groups around its producer, across the innermost group that holds
 * both, and into the groups around its consumer. Cost is linear in edges times the depth of groups.
 */
export function crossings(graph: Graph, grouping: Grouping): Map<Group, Crossing[]> {
  const found = new Map<Group, Crossing[]>()
  const add = (group: Group, crossing: Crossing) => {
    const inGroup = found.get(group)
    if (inGroup) inGroup.push(crossing)
    else found.set(group, [crossing])
  }
  const depthOf = depths()
  for (const [tensor, takers] of takersOf(graph, grouping)) {
    const producer = grouping.nodes.get(splitTensor(tensor).node)
    if (producer) cross(tensor, producer, takers, depthOf, add)
  }
  return found
}

/** The operations that take each tensor, in node order; one that takes it twice may stand there twice. */
function takersOf(graph: Graph, grouping: Grouping): Map<string, Item[]> {
  const takers = new Map<string, Item[]>()
  for (const node of graph.nodes) {
    const taker = grouping.nodes.get(node.name)
    if (!taker) continue
    for (const tensor of node.inputs) {
      const known = takers.get(tensor)
      if (known) known.push(taker)
      else takers.set(tensor, [taker])
    }
  }
  return takers
}

/** Adds the crossings of one tensor, each once. */
function cross(
  tensor: string,
  producer: Item,
  takers: readonly Item[],
  depthOf: (item: Item) => number,
  add: (group: Group, crossing: Crossing) => void,
): void {
  /** The outermost of the groups around the producer that the tensor was led out of so far, or the producer. */
  let outermost = producer
  const reached = takers.length > 1 ? new Set<Item>() : null
  for (const taker of takers) {
    if (taker === producer) continue
    let from = producer
    let to = taker
    let known = reached?.has(to) ?? false
    for (; from.parent !== to.parent && !known; known = reached?.has(to) ?? false) {
      if (to.parent && depthOf(to) > depthOf(from)) {
        add(to.parent, { tensor, from: entry(tensor), to: to.id })
        reached?.add(to)
        to = to.parent
      } else if (from.parent) {
        if (from === outermost) {
          add(from.parent, { tensor, from: from.id, to: exit(tensor) })
          outermost = from.parent
        }
        from = from.parent
      }
    }
    if (known || !from.parent) continue
    reached?.add(to)
    add(from.parent, { tensor, from: from.id, to: to.id })
  }
}

/** Groups around an item; those of groups are counted once. */
function depths(): (item: Item) => number {
  const known = new Map<Group, number>()
  const ofGroup = (group: Group | null): number => {
    if (!group) return 0
    let depth = known.get(group)
    if (depth === undefined) known.set(group, (depth = ofGroup(group.parent) + 1))
    return depth
  }
  return (item) => ofGroup(item.parent)
}
