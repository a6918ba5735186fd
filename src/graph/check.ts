import { CutpointError } from '../errors'
import { linksOf } from './lookup/links'
import { splitTensor } from './lookup/names'
import { nearestNames } from './lookup/nearest'
import { leastInputs, outputCount } from './op-tables/ops'
import { orderOf } from './lookup/order'
import type { Graph, GraphNode } from './types'

/**
 * Makes sure that a graph as read hangs together. Throws CutpointError `bad-graph` (a node without a name, two of the
 * same name, an output that its node does not have, fewer inputs than its operation takes), `dangling-input` (an input that no node makes) or `cyclic-graph`.
 */
export function checkGraph(graph: Graph): void {
  const { nodes } = graph
  const { positions, starts, makers, outputs, controlStarts, before } = linksOf(nodes)
  if (positions.size < nodes.length || positions.has('')) throw badName(nodes)
  nodes.forEach((node, position) => {
    if (node.inputs.length < leastInputs(node.op)) throw tooFewInputs(node)
    for (let edge = starts[position]; edge < starts[position + 1]; edge++) {
      const input = node.inputs[edge - starts[position]]
      if (makers[edge] < 0) throw dangling(positions, node, splitTensor(input).node)
      if (outputs[edge] >= outputCount(nodes[makers[edge]])) throw noSuchOutput(node, input, nodes[makers[edge]])
    }
    for (let edge = controlStarts[position]; edge < controlStarts[position + 1]; edge++) {
      if (before[edge] < 0) throw dangling(positions, node, node.controlInputs[edge - controlStarts[position]])
    }
  })
  orderOf(nodes)
}

/** The first node without a name, or with that of one before it. */
function badName(nodes: readonly GraphNode[]): CutpointError {
  const seen = new Set<string>()
  for (const [position, { name, op }] of nodes.entries()) {
    if (name === '') return bad(`Node number ${position + 1} (${op}) has no name.`, { position })
    if (seen.has(name)) return bad(`Two nodes are called “${name}”.`, { node: name })
    seen.add(name)
  }
  return bad('Its nodes have no proper names.', {})
}

function tooFewInputs({ name, op, inputs }: GraphNode): CutpointError {
  const least = leastInputs(op)
  return bad(`“${name}” (${op}) takes ${least} ${least === 1 ? 'input' : 'inputs'}, but has ${inputs.length}.`, {
    node: name,
  })
}

function noSuchOutput(node: GraphNode, tensor: string, source: GraphNode): CutpointError {
  const outputs = outputCount(source)
  return bad(
    `“${node.name}” takes “${tensor}”, but “${source.name}” (${source.op}) has ${outputs === 1 ? 'one output' : `${outputs} outputs`}.`,
    { node: node.name, input: tensor },
  )
}

function dangling(nodes: ReadonlyMap<string, unknown>, node: GraphNode, input: string): CutpointError {
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
