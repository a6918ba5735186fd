import { CutpointError } from '../errors'
import { splitTensor } from './names'
import { nearestNames } from './nearest'
import { outputCount } from './ops'
import { topologicalOrder } from './order'
import type { Graph, GraphNode } from './types'

/**
 * Makes sure that a graph as read hangs together. Throws CutpointError `bad-graph` (a node without a name, two of the
 * same name, an output that its node does not have), `dangling-input` (an input that no node makes) or `cyclic-graph`.
 */
export function checkGraph(graph: Graph): void {
  const nodes = nodesByName(graph)
  for (const node of graph.nodes) {
    for (const tensor of node.inputs) checkInput(nodes, node, tensor)
    for (const before of node.controlInputs) {
      if (!nodes.has(before)) throw dangling(nodes, node, before)
    }
  }
  topologicalOrder(graph)
}

function nodesByName(graph: Graph): ReadonlyMap<string, GraphNode> {
  const nodes = new Map<string, GraphNode>()
  graph.nodes.forEach((node, position) => {
    if (node.name === '') {
      throw bad(`Node number ${position + 1} (${node.op}) has no name.`, { position })
    }
    if (nodes.has(node.name)) throw bad(`Two nodes are called “${node.name}”.`, { node: node.name })
    nodes.set(node.name, node)
  })
  return nodes
}

function checkInput(nodes: ReadonlyMap<string, GraphNode>, node: GraphNode, tensor: string): void {
  const { node: name, output } = splitTensor(tensor)
  const source = nodes.get(name)
  if (!source) throw dangling(nodes, node, name)
  const outputs = outputCount(source)
  if (output < outputs) return
  throw bad(
    `“${node.name}” takes “${tensor}”, but “${name}” (${source.op}) has ${outputs === 1 ? 'one output' : `${outputs} outputs`}.`,
    { node: node.name, input: tensor },
  )
}

function dangling(nodes: ReadonlyMap<string, GraphNode>, node: GraphNode, input: string): CutpointError {
  const nearest = nearestNames(input, nodes.keys())
  const hint =
    nearest.length > 0 ? ` The nearest names that are there: ${nearest.map((name) => `“${name}”`).join(', ')}.` : ''
  return new CutpointError(
    'dangling-input',
    `“${node.name}” takes “${input}”, which is not in the graph.`,
    `The file is incomplete or was edited by hand; export the model again.${hint}`,
    { node: node.name, input, nearest },
  )
}

function bad(message: string, details: Readonly<Record<string, unknown>>): CutpointError {
  return new CutpointError(
    'bad-graph',
    message,
    'The file is damaged or was edited by hand; export the model again.',
    details,
  )
}
