import { indexGraph, producer } from '../lookup/graph-index'
import { splitTensor, tensorName } from '../lookup/names'
import { outputCount } from '../op-tables/ops'
import type { Graph, GraphNode } from '../types'
import { uniqueName } from '../lookup/unique-name'

/** A graph with values given inside it. */
export interface FedInside {
  readonly graph: Graph
  /** Where the value of a given tensor goes in, where that is not the tensor itself. */
  readonly places: ReadonlyMap<string, string>
}

/**
 * The graph in which tensors whose value is given are inputs, so that what made them counts no longer. One of several
 * outputs of a node becomes an input of its own; the node stays for the others.
 */
export function feedInside(graph: Graph, tensors: Iterable<string>): FedInside {
  const index = indexGraph(graph)
  const fed = new Set<string>()
  const places = new Map<string, string>()
  const names = new Set(graph.nodes.map(({ name }) => name))
  for (const tensor of tensors) {
    const node = producer(index, tensor)
    if (!node || node.op === 'Placeholder') continue
    if (outputCount(node) === 1) {
      fed.add(node.name)
      continue
    }
    const name = uniqueName(`${node.name}/given_${splitTensor(tensor).output}`, (taken) => names.has(taken))
    names.add(name)
    places.set(tensor, tensorName(name))
  }
  if (fed.size === 0 && places.size === 0) return { graph, places }
  const nodes = graph.nodes.map((node) => {
    if (fed.has(node.name)) return given(node.name)
    const inputs = node.inputs.map((tensor) => places.get(tensor) ?? tensor)
    return places.size === 0 ? node : { ...node, inputs }
  })
  const added = [...places.values()].map((tensor) => given(splitTensor(tensor).node))
  return { graph: { ...graph, nodes: [...added, ...nodes] }, places }
}

function given(name: string): GraphNode {
  return { name, op: 'Placeholder', inputs: [], controlInputs: [], attributes: {} }
}
