import { splitTensor } from './names'
import type { Graph, GraphNode } from '../types'

/** One use of a tensor: which node takes it, and as which of its inputs. */
export interface Use {
  readonly node: GraphNode
  readonly input: number
}

/** A graph with the look-ups that nearly every function on it needs. */
export interface GraphIndex {
  readonly graph: Graph
  readonly nodes: ReadonlyMap<string, GraphNode>
  /** Data uses of each tensor, in node order; tensors nobody takes are absent. */
  readonly uses: ReadonlyMap<string, readonly Use[]>
}

/** Kept as long as the graph is, which never changes. */
const known = new WeakMap<Graph, GraphIndex>()

/** The look-ups of a graph; linear in nodes and edges the first time, at once from then on. */
export function indexGraph(graph: Graph): GraphIndex {
  const before = known.get(graph)
  if (before) return before
  const index = buildIndex(graph)
  known.set(graph, index)
  return index
}

function buildIndex(graph: Graph): GraphIndex {
  const nodes = new Map<string, GraphNode>()
  for (const node of graph.nodes) nodes.set(node.name, node)
  let uses: ReadonlyMap<string, readonly Use[]> | undefined
  return {
    graph,
    nodes,
    // Not everybody who looks nodes up needs them.
    get uses() {
      return (uses ??= usesOf(graph))
    },
  }
}

function usesOf(graph: Graph): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>()
  for (const node of graph.nodes) {
    node.inputs.forEach((tensor, input) => {
      const known = uses.get(tensor)
      if (known) known.push({ node, input })
      else uses.set(tensor, [{ node, input }])
    })
  }
  return uses
}

/** The node that makes a tensor, if it is there. */
export function producer(index: GraphIndex, tensor: string): GraphNode | undefined {
  return index.nodes.get(splitTensor(tensor).node)
}
