import { indexGraph } from '../lookup/graph-index'
import { splitTensor } from '../lookup/names'
import type { Graph, GraphNode } from '../types'

const pivotOps: ReadonlySet<string> = new Set([
  ...['Switch', 'RefSwitch', 'Enter', 'RefEnter', 'NextIteration', 'RefNextIteration', 'LoopCond'],
])

/**
 * The graph without the edges that only say what runs first: values do not depend on checks (Assert) or on the
 * bookkeeping of a training. Those that say whether a node runs at all, in loops and branches, stay.
 */
export function withoutWaiting(graph: Graph): Graph {
  if (graph.nodes.every(({ controlInputs }) => controlInputs.length === 0)) return graph
  const { nodes } = indexGraph(graph)
  const decides = (name: string): boolean => {
    const node = nodes.get(name)
    if (node?.op !== 'Identity') return node !== undefined && isPivot(node)
    const source = nodes.get(splitTensor(node.inputs[0]).node)
    return source !== undefined && isPivot(source)
  }
  const isPivot = ({ op, inputs }: GraphNode): boolean =>
    pivotOps.has(op) ||
    (op === 'Merge' && inputs.some((tensor) => nodes.get(splitTensor(tensor).node)?.op === 'NextIteration'))
  return {
    ...graph,
    nodes: graph.nodes.map((node) =>
      node.controlInputs.length === 0 ? node : { ...node, controlInputs: node.controlInputs.filter(decides) },
    ),
  }
}
