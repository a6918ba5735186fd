import { linksOf } from '../../graph/lookup/links'
import type { GraphIndex } from '../../graph/lookup/graph-index'
import { splitTensor } from '../../graph/lookup/names'
import type { Group, Grouping } from '../../layout/group/grouping'
import { constantsBehind, groupNumbers } from './numbers'

/** The tensors that cross the border of a group. */
export interface Traffic {
  /** Made outside, taken inside; constants are left out. In the order in which they are taken. */
  readonly entering: readonly string[]
  /** Made inside, taken outside or an output of the graph; in the order in which they are made. */
  readonly leaving: readonly string[]
}

/** What enters and leaves a group; of the whole graph, its inputs and outputs. Linear in the edges of the graph. */
export function trafficOf(index: GraphIndex, grouping: Grouping, group: Group): Traffic {
  const { graph } = index
  if (group === grouping.root) return { entering: tensorsOf(graph.inputs), leaving: tensorsOf(graph.outputs) }
  const { places, stretches } = groupNumbers(index, grouping)
  const { positions, starts, makers } = linksOf(graph.nodes)
  const behind = constantsBehind(index)
  const { from, to } = stretches.get(group) ?? { from: 0, to: 0 }
  const isInside = (position: number): boolean => places[position] >= from && places[position] < to
  const entering = new Set<string>()
  const leaving = new Map<string, number>()
  for (let taker = 0; taker < graph.nodes.length; taker++) {
    // What has no box only passes constants on.
    if (places[taker] < 0) continue
    const inside = isInside(taker)
    for (let edge = starts[taker]; edge < starts[taker + 1]; edge++) {
      const maker = makers[edge]
      if (maker < 0 || behind[maker] >= 0 || isInside(maker) === inside) continue
      const tensor = graph.nodes[taker].inputs[edge - starts[taker]]
      if (inside) entering.add(tensor)
      else leaving.set(tensor, places[maker])
    }
  }
  for (const { tensor } of graph.outputs) {
    const maker = positions.get(splitTensor(tensor).node)
    if (maker !== undefined && isInside(maker)) leaving.set(tensor, places[maker])
  }
  return { entering: [...entering], leaving: [...leaving].sort((a, b) => a[1] - b[1]).map(([tensor]) => tensor) }
}

function tensorsOf(entries: readonly { readonly tensor: string }[]): string[] {
  return [...new Set(entries.map(({ tensor }) => tensor))]
}
