import { isConstantNode } from '../../graph/lookup/constant-node'
import { linksOf, type Links } from '../../graph/lookup/links'
import { splitTensor } from '../../graph/lookup/names'
import type { Graph, GraphNode } from '../../graph/types'

const passingOps = new Set(['Identity', 'ReadVariableOp'])

/**
 * By position in the graph's list of nodes, 1 for each constant, and for each Identity and ReadVariableOp node that only
 * passes one on: they are part of the operations that use them and get no box of their own. One that nobody uses, or
 * that is an output of the graph, keeps its box. Cost is linear in nodes and edges.
 */
export function absorbedAt(graph: Graph): Uint8Array {
  const links = linksOf(graph.nodes)
  const constants = constantsAt(graph.nodes, links)
  const absorbed = new Uint8Array(graph.nodes.length)
  for (const maker of links.makers) if (maker >= 0) absorbed[maker] = constants[maker]
  const outputs = new Set(graph.outputs.map(({ tensor }) => splitTensor(tensor).node))
  graph.nodes.forEach(({ name }, position) => {
    if (outputs.has(name)) absorbed[position] = 0
  })
  return absorbed
}

/** 1 for each node that is a constant, or passes on nothing but one. */
function constantsAt(nodes: readonly GraphNode[], { starts, makers }: Links): Uint8Array {
  const constants = new Uint8Array(nodes.length)
  const passing: number[] = []
  nodes.forEach((node, position) => {
    if (isConstantNode(node)) constants[position] = 1
    else if (passingOps.has(node.op) && node.inputs.length === 1) passing.push(position)
  })
  const waiting = new Set(passing)
  for (const start of passing) {
    const passed: number[] = []
    let current = start
    // What was looked at waits no longer, so that every node is walked over once and circles come to an end.
    while (waiting.delete(current)) {
      passed.push(current)
      current = makers[starts[current]]
    }
    if (constants[current] === 1) for (const position of passed) constants[position] = 1
  }
  return constants
}
