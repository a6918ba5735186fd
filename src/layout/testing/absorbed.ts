import type { Graph } from '../../graph/types'
import { absorbedAt } from '../group/absorbed-constants'

/** Names of the nodes that get no box of their own. */
export function absorbedConstants(graph: Graph): Set<string> {
  const absorbed = absorbedAt(graph)
  return new Set(graph.nodes.flatMap((node, position) => (absorbed[position] === 1 ? [node.name] : [])))
}
