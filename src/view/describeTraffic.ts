import type { GraphIndex } from '../graph/lookup'
import { splitTensor } from '../graph/names'

/** The tensors that cross the border of a set of nodes. */
export interface Traffic {
  /** Made outside, taken inside; constants are left out. */
  readonly entering: readonly string[]
  /** Made inside, taken outside or an output of the graph. */
  readonly leaving: readonly string[]
}

export function trafficOf(
  { nodes, uses, graph }: GraphIndex,
  inside: ReadonlySet<string>,
  isConstant: (node: string) => boolean,
): Traffic {
  const entering = new Set<string>()
  const leaving = new Set<string>()
  for (const name of inside) {
    for (const tensor of nodes.get(name)?.inputs ?? []) {
      const producer = splitTensor(tensor).node
      if (!inside.has(producer) && !isConstant(producer)) entering.add(tensor)
    }
  }
  for (const [tensor, takers] of uses) {
    const producer = splitTensor(tensor).node
    if (!inside.has(producer) || isConstant(producer)) continue
    if (takers.some(({ node }) => !inside.has(node.name))) leaving.add(tensor)
  }
  for (const { tensor } of graph.outputs) if (inside.has(splitTensor(tensor).node)) leaving.add(tensor)
  return { entering: [...entering], leaving: [...leaving] }
}
