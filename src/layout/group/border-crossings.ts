import { linksOf } from '../../graph/lookup/links'
import type { Graph } from '../../graph/types'
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
/** Whether an end of a crossing is on the border of the group, not one of its items. */
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
  const { nodes } = graph
  const { starts, makers } = linksOf(nodes)
  const items = nodes.map(({ name }) => grouping.nodes.get(name))
  const takerOf = new Int32Array(makers.length)
  for (let node = 0; node < nodes.length; node++) takerOf.fill(node, starts[node], starts[node + 1])
  const edges = edgesByMaker(makers, nodes.length)
  let at = 0
  for (const [position, producer] of items.entries()) {
    // Most nodes are constants, which have no items.
    if (!producer) {
      while (at < edges.length && makers[edges[at]] === position) at++
      continue
    }
    const takers = new Map<string, Item[]>()
    for (; at < edges.length && makers[edges[at]] === position; at++) {
      const taker = takerOf[edges[at]]
      const item = items[taker]
      if (!item || item === producer) continue
      const tensor = nodes[taker].inputs[edges[at] - starts[taker]]
      const known = takers.get(tensor)
      if (known) known.push(item)
      else takers.set(tensor, [item])
    }
    for (const [tensor, ofTensor] of takers) cross(tensor, producer, ofTensor, add)
  }
  return found
}

/** The numbers of the edges that have a maker, sorted by it; those of one maker keep their order. */
function edgesByMaker(makers: Int32Array, nodes: number): Int32Array {
  const next = new Int32Array(nodes + 1)
  for (const maker of makers) if (maker >= 0) next[maker + 1] += 1
  for (let node = 0; node < nodes; node++) next[node + 1] += next[node]
  const edges = new Int32Array(next[nodes])
  makers.forEach((maker, edge) => {
    if (maker >= 0) edges[next[maker]++] = edge
  })
  return edges
}

/** Adds the crossings of one tensor, each once; one that takes it twice may stand among the takers twice. */
function cross(
  tensor: string,
  producer: Item,
  takers: readonly Item[],
  add: (group: Group, crossing: Crossing) => void,
): void {
  const producerDepth = depth(producer)
  /** The outermost of the groups around the producer that the tensor was led out of so far, or the producer. */
  let outermost = producer
  const reached = takers.length > 1 ? new Set<Item>() : null
  for (const taker of takers) {
    let [from, to] = [producer, taker]
    let [fromDepth, toDepth] = [producerDepth, depth(taker)]
    let known = reached?.has(to) ?? false
    for (; from.parent !== to.parent && !known; known = reached?.has(to) ?? false) {
      if (to.parent && toDepth > fromDepth) {
        add(to.parent, { tensor, from: entry(tensor), to: to.id })
        reached?.add(to)
        to = to.parent
        toDepth -= 1
      } else if (from.parent) {
        if (from === outermost) {
          add(from.parent, { tensor, from: from.id, to: exit(tensor) })
          outermost = from.parent
        }
        from = from.parent
        fromDepth -= 1
      }
    }
    if (known || !from.parent) continue
    reached?.add(to)
    add(from.parent, { tensor, from: from.id, to: to.id })
  }
}

/** Groups around an item. */
function depth(item: Item): number {
  let count = 0
  for (let group = item.parent; group; group = group.parent) count += 1
  return count
}
