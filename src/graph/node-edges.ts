import { packEdges, type Adjacency } from './adjacency'
import { splitTensor } from './names'
import type { GraphNode } from './types'

/** Which nodes take which, by data or control, with nodes numbered by their position. */
export interface NodeEdges {
  readonly positions: ReadonlyMap<string, number>
  /** From each node to those that take it; one entry a use. */
  readonly followers: Adjacency
}

/** Inputs that are not in the graph are passed over, and so are nodes whose op is in `except`. */
export function nodeEdges(nodes: readonly GraphNode[], except?: string): NodeEdges {
  const positions = new Map(nodes.map((node, position) => [node.name, position]))
  const from: number[] = []
  const to: number[] = []
  nodes.forEach((node, position) => {
    const add = (name: string): void => {
      const source = positions.get(name)
      if (source === undefined || nodes[source].op === except) return
      from.push(source)
      to.push(position)
    }
    for (const tensor of node.inputs) add(splitTensor(tensor).node)
    for (const before of node.controlInputs) add(before)
  })
  return { positions, followers: packEdges(nodes.length, from, to) }
}
