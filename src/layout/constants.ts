import { splitTensor } from '../graph/names'
import type { Graph, GraphNode } from '../graph/types'

const constantOps = new Set(['Const', 'HostConst', 'Variable', 'VariableV2', 'VarHandleOp'])
const passingOps = new Set(['Identity', 'ReadVariableOp'])

/**
 * Names of the constants, and of the Identity and ReadVariableOp nodes that only pass one on: they are part of the
 * operations that use them and get no box of their own. One that nobody uses, or that is an output of the graph,
 * keeps its box. Cost is linear in nodes and edges.
 */
export function absorbedConstants(graph: Graph): Set<string> {
  const constants = allConstants(graph.nodes)
  const used = new Set<string>()
  for (const node of graph.nodes) {
    for (const input of node.inputs) {
      const { node: name } = splitTensor(input)
      if (constants.has(name)) used.add(name)
    }
  }
  for (const entry of graph.outputs) used.delete(splitTensor(entry.tensor).node)
  return used
}

/** Names of the nodes that are constants, or pass on nothing but one. */
function allConstants(nodes: readonly GraphNode[]): Set<string> {
  const constants = new Set<string>()
  /** What each node that may only pass something on takes. */
  const takes = new Map<string, string>()
  for (const node of nodes) {
    if (constantOps.has(node.op)) constants.add(node.name)
    else if (passingOps.has(node.op) && node.inputs.length === 1) {
      takes.set(node.name, splitTensor(node.inputs[0]).node)
    }
  }
  for (const start of [...takes.keys()]) {
    const passed: string[] = []
    let current = start
    // What was looked at is taken out, so that every node is walked over once and circles come to an end.
    for (let next = takes.get(current); next !== undefined; next = takes.get(current)) {
      passed.push(current)
      takes.delete(current)
      current = next
    }
    if (constants.has(current)) for (const name of passed) constants.add(name)
  }
  return constants
}
