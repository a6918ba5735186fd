import { indexGraph, producer } from './lookup'
import { splitTensor } from './names'
import { outputCount } from './ops'
import type { Graph } from './types'

/**
 * The graph in which nodes whose value is given are inputs, so that what made them counts no longer. null where a given
 * tensor is one of several that its node makes.
 */
export function feedInside(graph: Graph, tensors: Iterable<string>): Graph | null {
  const index = indexGraph(graph)
  const fed = new Set<string>()
  for (const tensor of tensors) {
    const node = producer(index, tensor)
    if (!node || node.op === 'Placeholder') continue
    if (outputCount(node) !== 1 || splitTensor(tensor).output !== 0) return null
    fed.add(node.name)
  }
  if (fed.size === 0) return graph
  const nodes = graph.nodes.map((node) =>
    fed.has(node.name) ? { name: node.name, op: 'Placeholder', inputs: [], controlInputs: [], attributes: {} } : node,
  )
  return { ...graph, nodes }
}
