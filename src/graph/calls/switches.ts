import { followBranches } from '../branches/follow'
import { splitTensor } from '../lookup/names'
import type { GraphNode, WeightInfo } from '../types'

/** Nodes, and where tensors are made that are asked for by their former names. */
export interface Folded {
  readonly nodes: readonly GraphNode[]
  readonly tensors: ReadonlyMap<string, string>
}

/**
 * Conditions made of Switch and Merge, as TensorFlow 1 wrote them, whose value is a constant (`is_training`): the branch
 * taken stays, the other goes. A graph of which something asked for would go stays as it is.
 */
export function foldSwitches(
  nodes: readonly GraphNode[],
  fetches: readonly string[],
  weights: ReadonlyMap<string, WeightInfo>,
): Folded {
  const asked = new Map(fetches.map((tensor) => [tensor, tensor]))
  if (!nodes.some(({ op }) => op === 'Switch')) return { nodes, tensors: asked }
  const { removed, dead, aliases } = followBranches(nodes, weights)
  const known = (tensor: string): string => aliases.get(tensor) ?? tensor
  if (
    aliases.size === 0 ||
    fetches.some((tensor) => dead.has(tensor) || removed.has(splitTensor(known(tensor)).node))
  ) {
    return { nodes, tensors: asked }
  }
  const kept = nodes.filter(({ name }) => !removed.has(name))
  // What control inputs still say where conditions are left is which branch a node belongs to.
  const isOpen = kept.some(({ op }) => op === 'Switch')
  return {
    nodes: kept.map((node) => ({
      ...node,
      inputs: node.inputs.map(known),
      controlInputs: isOpen ? node.controlInputs.filter((name) => !removed.has(name)) : [],
    })),
    tensors: new Map(fetches.map((tensor) => [tensor, known(tensor)])),
  }
}
