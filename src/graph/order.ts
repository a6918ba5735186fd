import { CutpointError } from '../errors'
import { splitTensor } from './names'
import type { Graph, GraphNode } from './types'

/**
 * The nodes in an order in which each stands after everything it takes, by data or control. Edges out of
 * NextIteration close a loop and do not count; inputs that are not in the graph are passed over.
 * Throws CutpointError `cyclic-graph`, with the nodes of one cycle in `details.cycle`.
 */
export function topologicalOrder(graph: Graph): GraphNode[] {
  const positions = new Map(graph.nodes.map((node, position) => [node.name, position]))
  const requirements = graph.nodes.map((node) => requiredPositions(graph, node, positions))
  const waiting = requirements.map((required) => required.length)
  const followers: number[][] = graph.nodes.map(() => [])
  requirements.forEach((required, position) => {
    for (const before of required) followers[before].push(position)
  })

  const ready = waiting.flatMap((count, position) => (count === 0 ? [position] : []))
  // `ready` grows while it is walked.
  for (const position of ready) {
    for (const follower of followers[position]) {
      waiting[follower] -= 1
      if (waiting[follower] === 0) ready.push(follower)
    }
  }
  if (ready.length < graph.nodes.length) throw cyclic(findCycle(graph, requirements, waiting))
  return ready.map((position) => graph.nodes[position])
}

/** Positions of the nodes that must come before `node`; one entry an edge. */
function requiredPositions(graph: Graph, node: GraphNode, positions: ReadonlyMap<string, number>): number[] {
  const required: number[] = []
  for (const name of [...node.inputs.map((tensor) => splitTensor(tensor).node), ...node.controlInputs]) {
    const position = positions.get(name)
    if (position !== undefined && graph.nodes[position].op !== 'NextIteration') required.push(position)
  }
  return required
}

/** Every node still waiting requires another that waits, so walking from one to the next must come round. */
function findCycle(
  graph: Graph,
  requirements: readonly (readonly number[])[],
  waiting: readonly number[],
): readonly string[] {
  const path: number[] = []
  const placeInPath = new Map<number, number>()
  let position = waiting.findIndex((count) => count > 0)
  while (!placeInPath.has(position)) {
    placeInPath.set(position, path.length)
    path.push(position)
    position = requirements[position].find((before) => waiting[before] > 0) ?? position
  }
  return path
    .slice(placeInPath.get(position))
    .reverse()
    .map((place) => graph.nodes[place].name)
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
