import { splitTensor } from '../graph/names'
import type { Graph, GraphNode } from '../graph/types'

const constantOps = new Set(['Const', 'HostConst', 'Variable', 'VariableV2', 'VarHandleOp'])
const passingOps = new Set(['Identity', 'ReadVariableOp'])

/**
 * Names of the constants, and of the Identity and ReadVariableOp nodes that only pass one on: they are part of the
 * operations that use them and get no box of their own. One that nobody uses, or that is an output of the graph,
 * keeps its box.
 */
export function absorbedConstants(graph: Graph): Set<string> {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]))
  const used = new Set<string>()
  for (const node of graph.nodes) for (const input of node.inputs) used.add(splitTensor(input).node)
  const outputs = new Set(graph.outputs.map((entry) => splitTensor(entry.tensor).node))
  const absorbed = new Set<string>()
  for (const node of graph.nodes) {
    if (used.has(node.name) && !outputs.has(node.name) && isConstant(node, nodes)) absorbed.add(node.name)
  }
  return absorbed
}

/** Whether a node is a constant, or passes on nothing but one. */
function isConstant(node: GraphNode, nodes: ReadonlyMap<string, GraphNode>): boolean {
  const passed = new Set<string>()
  let current: GraphNode | undefined = node
  while (current && passingOps.has(current.op) && current.inputs.length === 1 && !passed.has(current.name)) {
    passed.add(current.name)
    current = nodes.get(splitTensor(current.inputs[0]).node)
  }
  return current !== undefined && constantOps.has(current.op)
}
