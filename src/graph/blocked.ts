import { after } from './lookup/adjacency'
import { isConstantNode } from './lookup/constant-node'
import { nodeEdges } from './lookup/node-edges'
import type { Graph, GraphNode } from './types'

/** An operation that cannot be run here. */
export interface BlockedOp {
  /** Why, to follow a colon. */
  readonly reason: string
  /** Operations that depend on it, and so cannot be cut at either. */
  readonly after: number
}

/** No more are told of one graph: where nothing can run, it says that once. */
const most = 200

/**
 * The operations that nothing here can run, by name in graph order, with how many others each keeps from running. Nodes
 * in `except` are not run anyway. Linear in the graph for each one.
 */
export function blockedOps(
  graph: Graph,
  supported: (node: GraphNode) => string | null,
  except: ReadonlySet<string>,
): ReadonlyMap<string, BlockedOp> {
  const blocked = new Map<string, BlockedOp>()
  const { followers } = nodeEdges(graph.nodes)
  graph.nodes.forEach((node, position) => {
    if (blocked.size >= most || except.has(node.name) || isConstantNode(node)) return
    const reason = supported(node)
    if (reason !== null) blocked.set(node.name, { reason, after: countAfter(graph, followers, position) })
  })
  return blocked
}

function countAfter({ nodes }: Graph, followers: Parameters<typeof after>[0], start: number): number {
  const seen = new Uint8Array(nodes.length)
  const open = [start]
  let count = 0
  for (let position = open.pop(); position !== undefined; position = open.pop()) {
    for (const next of after(followers, position)) {
      if (seen[next] === 1 || next === start) continue
      seen[next] = 1
      count += isConstantNode(nodes[next]) ? 0 : 1
      open.push(next)
    }
  }
  return count
}
