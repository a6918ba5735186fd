import { inlineCalls } from './inline'
import type { Graph } from './types'

const callOps = new Set(['PartitionedCall', 'StatefulPartitionedCall'])

/** The graph with the bodies of called functions in the place of the calls; itself where it calls none. Throws as `inlineCalls`. */
export function withoutCalls(graph: Graph): Graph {
  if (!graph.nodes.some(({ op }) => callOps.has(op))) return graph
  const { nodes, functions, tensors } = inlineCalls(
    graph,
    graph.outputs.map(({ tensor }) => tensor),
  )
  const names = new Set(nodes.map(({ name }) => `${name}:0`))
  return {
    ...graph,
    nodes,
    functions,
    inputs: graph.inputs.filter(({ tensor }) => names.has(tensor)),
    outputs: graph.outputs.map((entry) => ({ ...entry, tensor: tensors.get(entry.tensor) ?? entry.tensor })),
  }
}
