import { splitTensor } from '../lookup/names'
import { hasKnownOutputs, MOST_OUTPUTS } from './ops'
import type { GraphNode } from '../types'

/**
 * The same nodes; those of ops that are not known here (custom ones, those of training) have as many outputs as others take
 * of them, or one.
 */
export function withTakenOutputs(nodes: readonly GraphNode[]): readonly GraphNode[] {
  const unknown = new Set(nodes.filter(({ op }) => !hasKnownOutputs(op)).map(({ name }) => name))
  const taken = new Map<string, number>()
  for (const input of nodes.flatMap(({ inputs }) => inputs)) {
    const { node, output } = splitTensor(input)
    if (output > 0 && output < MOST_OUTPUTS && unknown.has(node)) {
      taken.set(node, Math.max(taken.get(node) ?? 0, output + 1))
    }
  }
  if (taken.size === 0) return nodes
  return nodes.map((node) => {
    const outputs = taken.get(node.name)
    return outputs === undefined ? node : { ...node, outputs }
  })
}
