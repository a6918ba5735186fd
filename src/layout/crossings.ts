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
export const crossingKey = ({ tensor, from, to }: Crossing): string => `${from}\n${to}\n${tensor}`

/**
 * For each group, the ways of all tensors through it; one entry for each pair of items and tensor. A data edge of the
 * graph is thus a chain of crossings: out of the groups around its producer, across the innermost group that holds
 * both, and into the groups around its consumer.
 */
export function crossings(graph: Graph, grouping: Grouping): Map<Group, Crossing[]> {
  const found = new Map<Group, Map<string, Crossing>>()
  const add = (group: Group, crossing: Crossing) => {
    let inGroup = found.get(group)
    if (!inGroup) found.set(group, (inGroup = new Map<string, Crossing>()))
    inGroup.set(crossingKey(crossing), crossing)
  }
  for (const node of graph.nodes) {
    const consumer = grouping.nodes.get(node.name)
    if (!consumer) continue
    for (const tensor of node.inputs) {
      const producer = grouping.nodes.get(splitTensor(tensor).node)
      if (producer && producer !== consumer) cross(tensor, producer, consumer, add)
    }
  }
  return new Map([...found].map(([group, inGroup]) => [group, [...inGroup.values()]]))
}

function cross(tensor: string, producer: Item, consumer: Item, add: (group: Group, crossing: Crossing) => void): void {
  let from = producer
  let to = consumer
  let fromDepth = depth(from)
  let toDepth = depth(to)
  while (from.parent !== to.parent) {
    if (fromDepth >= toDepth && from.parent) {
      add(from.parent, { tensor, from: from.id, to: exit(tensor) })
      from = from.parent
      fromDepth -= 1
    } else if (to.parent) {
      add(to.parent, { tensor, from: entry(tensor), to: to.id })
      to = to.parent
      toDepth -= 1
    }
  }
  if (from.parent) add(from.parent, { tensor, from: from.id, to: to.id })
}

/** Groups around an item. */
export function depth(item: Item): number {
  let count = 0
  for (let group = item.parent; group; group = group.parent) count += 1
  return count
}
