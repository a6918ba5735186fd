import { carriesData } from '../lookup/flow'
import type { GraphIndex } from '../lookup/graph-index'
import { splitTensor } from '../lookup/names'
import { topologicalOrder } from '../lookup/order'
import { isInput } from '../op-tables/ops'
import type { GraphNode } from '../types'
import { numberInputs } from './slopes'

/** The inputs of a node whose values, and not only whose shapes, its results depend on. */
export function dataInputs(node: GraphNode): readonly string[] {
  if (!carriesData(node)) return []
  const numbers = numberInputs(node)
  return numbers.length > 0 ? numbers.map((place) => node.inputs[place]) : node.inputs
}

/** Nodes in order whose values `output` depends on, those that are made of constants among them. */
export function dataNodes(index: GraphIndex, output: string): readonly GraphNode[] {
  const needed = new Set<string>()
  const open = [splitTensor(output).node]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = index.nodes.get(name)
    if (!node || needed.has(name)) continue
    needed.add(name)
    for (const tensor of dataInputs(node)) open.push(splitTensor(tensor).node)
  }
  return topologicalOrder(index.graph).filter((node) => needed.has(node.name))
}

/** Nodes in order that data goes through from an input of the graph to `output`, ends included. */
export function dataPath(index: GraphIndex, output: string): readonly GraphNode[] {
  const fed = new Set<string>()
  return dataNodes(index, output).filter((node) => {
    const isFed = isInput(node.op) || dataInputs(node).some((tensor) => fed.has(splitTensor(tensor).node))
    if (isFed) fed.add(node.name)
    return isFed
  })
}

/** Names of those among nodes in order whose values depend on a tensor. */
export function nodesBehind(nodes: readonly GraphNode[], freeze: string): ReadonlySet<string> {
  const behind = new Set<string>()
  for (const node of nodes) {
    const isBehind = dataInputs(node).some((tensor) => tensor === freeze || behind.has(splitTensor(tensor).node))
    if (isBehind) behind.add(node.name)
  }
  return behind
}
