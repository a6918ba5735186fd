import { namedOutputs } from './op-tables/outputs'
import type { GraphNode } from './types'

/**
 * Which of a node's outputs is meant by `name:position`, as tensors in functions' bodies are called (`node:indices:0`).
 * Where an op has one output, or one list of them, the number alone tells which.
 */
export function outputNamed({ op }: GraphNode, name: string, position: number): number {
  const known = namedOutputs.get(op)?.indexOf(name) ?? -1
  return known < 0 ? position : known
}
