import { namedOutputs } from '../op-tables/outputs'
import { parseTensor } from './frame'
import { tensorName } from '../lookup/names'
import type { FunctionGraph, GraphNode } from '../types'

/**
 * Which of a node's outputs is meant by `name:position`, as tensors in functions' bodies are called (`node:indices:0`).
 * Where an op has one output, or one list of them, the number alone tells which.
 */
export function outputNamed({ op }: GraphNode, name: string, position: number): number {
  const known = namedOutputs.get(op)?.indexOf(name) ?? -1
  return known < 0 ? position : known
}

/** The function with its tensors called as a graph calls them, by the number of the output: `node:1`. */
export function numberedOutputs(definition: FunctionGraph): FunctionGraph {
  const nodes = new Map(definition.nodes.map((node) => [node.name, node]))
  const numbered = (tensor: string): string => {
    const { node: name, output, position } = parseTensor(tensor)
    const node = nodes.get(name)
    return node ? tensorName(name, outputNamed(node, output, position)) : tensor
  }
  const returns = Object.entries(definition.returns).map(([name, tensor]) => [name, numbered(tensor)] as const)
  return {
    ...definition,
    nodes: definition.nodes.map((node) => ({ ...node, inputs: node.inputs.map(numbered) })),
    returns: Object.fromEntries(returns),
  }
}
