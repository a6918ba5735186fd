import { CutpointError } from '../../errors'
import { after, type Adjacency } from './adjacency'
import { nodeEdges } from './node-edges'
import type { Graph, GraphNode } from '../types'

/**
 * The nodes in an order in which each stands after everything it takes, by data or control. Edges out of
 * NextIteration close a loop and do not count; inputs that are not in the graph are passed over.
 * Throws CutpointError `cyclic-graph`, with the nodes of one cycle in `details.cycle`.
 */
export function topologicalOrder(graph: Graph): GraphNode[] {
  return Array.from(orderOf(graph.nodes), (position) => graph.nodes[position])
}

/** Kept as long as the nodes are, which never change. */
const known = new WeakMap<readonly GraphNode[], Int32Array>()

/** The same order by positions; not to be changed. */
export function orderOf(nodes: readonly GraphNode[]): Int32Array {
  const before = known.get(nodes)
  if (before) return before
  const { followers } = nodeEdges(nodes, { except: 'NextIteration' })
  const { order, count, waiting } = walkInOrder(followers)
  if (count < nodes.length) throw cyclic(findCycle(followers, waiting).map((position) => nodes[position].name))
  known.set(nodes, order)
  return order
}

/**
 * Vertices, each after all that lead to it: the first `count` of `order`. The others wait for one another in circles,
 * and `waiting` counts for each how many edges into it are left.
 */
export function walkInOrder({ starts, targets }: Adjacency): {
  readonly order: Int32Array
  readonly count: number
  readonly waiting: Int32Array
} {
  const vertices = starts.length - 1
  const waiting = new Int32Array(vertices)
  for (const target of targets) waiting[target] += 1
  const order = new Int32Array(vertices)
  let count = 0
  for (let vertex = 0; vertex < vertices; vertex++) {
    if (waiting[vertex] === 0) order[count++] = vertex
  }
  // What is ready grows while it is walked.
  for (let at = 0; at < count; at++) {
    const vertex = order[at]
    for (let edge = starts[vertex]; edge < starts[vertex + 1]; edge++) {
      const next = targets[edge]
      waiting[next] -= 1
      if (waiting[next] === 0) order[count++] = next
    }
  }
  return { order, count, waiting }
}

/**
 * Positions of the nodes of one cycle, in the order of the data. Every node still waiting takes another that waits, so
 * walking from each to one that it takes must come round.
 */
function findCycle(followers: Adjacency, waiting: Int32Array): number[] {
  const takes = new Int32Array(waiting.length)
  waiting.forEach((count, position) => {
    if (count === 0) return
    for (const follower of after(followers, position)) takes[follower] = position
  })
  const path: number[] = []
  const placeInPath = new Map<number, number>()
  let position = waiting.findIndex((count) => count > 0)
  while (!placeInPath.has(position)) {
    placeInPath.set(position, path.length)
    path.push(position)
    position = takes[position]
  }
  return path.slice(placeInPath.get(position)).reverse()
}

function cyclic(cycle: readonly string[]): CutpointError {
  const shown = cycle.length > 6 ? [...cycle.slice(0, 5), '…', ...cycle.slice(-1)] : cycle
  return new CutpointError(
    'cyclic-graph',
    `The graph goes round in a circle: ${[...shown, cycle[0]].join(' → ')}.`,
    'The file is damaged or was edited by hand; export the model again.',
    { cycle },
  )
}
