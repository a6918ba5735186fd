import { numberedOutputs } from './bodies-outputs'
import { inlineCalls } from './inline'
import { splitTensor } from '../lookup/names'
import type { Graph } from '../types'

const callOps = new Set(['PartitionedCall', 'StatefulPartitionedCall', 'If', 'StatelessIf'])

/**
 * The graph with the bodies of called functions in the place of the calls, and of branches in that of conditions which
 * are the same in every run. In functions that stay, tensors are called by the number of the output, as in the graph.
 * Throws as `inlineCalls`.
 */
export function withoutCalls(graph: Graph): Graph {
  if (!graph.nodes.some(({ op }) => callOps.has(op))) {
    return graph.functions.length === 0 ? graph : { ...graph, functions: graph.functions.map(numberedOutputs) }
  }
  const { nodes, functions, tensors } = inlineCalls(
    graph,
    graph.outputs.map(({ tensor }) => tensor),
  )
  // An input that a condition no longer asks for is an input of the file all the same.
  const names = new Set(nodes.map(({ name }) => name))
  const inputs = new Set(graph.inputs.map(({ tensor }) => splitTensor(tensor).node))
  const unused = graph.nodes.filter(
    ({ name, inputs: sources }) =>
      inputs.has(name) && !names.has(name) && sources.every((tensor) => names.has(splitTensor(tensor).node)),
  )
  return {
    ...graph,
    nodes: [...unused, ...nodes],
    functions,
    inputs: graph.inputs.filter(({ tensor }) => {
      const { node } = splitTensor(tensor)
      return names.has(node) || unused.some(({ name }) => name === node)
    }),
    outputs: graph.outputs.map((entry) => ({ ...entry, tensor: tensors.get(entry.tensor) ?? entry.tensor })),
  }
}
