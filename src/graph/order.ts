import { CutpointError } from '../errors'
import { after, type Adjacency } from './adjacency'
import { nodeEdges } from './node-edges'
import type { Graph, GraphNode } from './types'

/**
 * The nodes in an order in which each stands after everything it takes, by data or control. Edges out of
 * NextIteration close a loop and do not count; inputs that are not in the graph are passed over.
 * Throws CutpointError `cyclic-graph`, with the nodes of one cycle in `details.cycle`.
 */
export function topologicalOrder(graph: Graph): GraphNode[] {
  const { nodes } = graph
  const { followers } = nodeEdges(nodes, 'NextIteration')
  const waiting = new Int32Array(nodes.length)
  for (const follower of followers.targets) waiting[follower] += 1

  const ready: number[] = []
  waiting.forEach((count, position) => {
    if (count === 0) ready.push(position)
  })
  // `ready` grows while it is walked.
  for (const position of ready) {
    for (const follower of after(followers, position)) {
      waiting[follower] -= 1
      if (waiting[follower] === 0) ready.push(follower)
    }
  }
  if (ready.length < nodes.length) throw cyclic(findCycle(followers, waiting).map((position) => nodes[position].name))
  return ready.map((position) => nodes[position])
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
