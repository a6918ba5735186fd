import type { Adjacency } from './adjacency'
import { linksOf } from './links'
import type { GraphNode } from '../types'

/** Which nodes take which, by data or control, with nodes numbered by their position. */
export interface NodeEdges {
  readonly positions: ReadonlyMap<string, number>
  /** From each node to those that take it; one entry a use. */
  readonly followers: Adjacency
}

/** Inputs that are not in the graph are passed over, and so are nodes whose op is in `except`. */
export function nodeEdges(
  nodes: readonly GraphNode[],
  { except, control = true }: { except?: string; control?: boolean } = {},
): NodeEdges {
  const links = linksOf(nodes)
  const { starts, makers, controlStarts, before } = links
  const isLeftOut = Uint8Array.from(nodes, (node) => Number(node.op === except))
  const forEachEdge = (visit: (from: number, to: number) => void): void => {
    for (let node = 0; node < nodes.length; node++) {
      for (let edge = starts[node]; edge < starts[node + 1]; edge++) {
        const from = makers[edge]
        if (from >= 0 && isLeftOut[from] === 0) visit(from, node)
      }
      if (!control) continue
      for (let edge = controlStarts[node]; edge < controlStarts[node + 1]; edge++) {
        const from = before[edge]
        if (from >= 0 && isLeftOut[from] === 0) visit(from, node)
      }
    }
  }
  const firsts = new Int32Array(nodes.length + 1)
  forEachEdge((from) => (firsts[from + 1] += 1))
  for (let node = 0; node < nodes.length; node++) firsts[node + 1] += firsts[node]
  const targets = new Int32Array(firsts[nodes.length])
  const next = firsts.slice()
  forEachEdge((from, to) => {
    targets[next[from]] = to
    next[from] += 1
  })
  return {
    get positions() {
      return links.positions
    },
    followers: { starts: firsts, targets },
  }
}
