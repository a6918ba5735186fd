import { splitTensor } from '../names'
import type { Graph, GraphNode } from '../types'

/**
 * The nodes, each after those it takes tensors from. Unlike `topologicalOrder` it does not mind circles: edges out of
 * NextIteration close a loop and do not count, and nodes of any other circle come last, as they stand in the file.
 */
export function inferenceOrder(graph: Graph): readonly GraphNode[] {
  const positions = new Map(graph.nodes.map((node, position) => [node.name, position]))
  const waiting = graph.nodes.map(() => 0)
  const followers: number[][] = graph.nodes.map(() => [])
  graph.nodes.forEach((node, position) => {
    for (const input of node.inputs) {
      const before = positions.get(splitTensor(input).node)
      if (before === undefined || graph.nodes[before].op === 'NextIteration') continue
      followers[before].push(position)
      waiting[position] += 1
    }
  })

  const ready = waiting.flatMap((count, position) => (count === 0 ? [position] : []))
  // `ready` grows while it is walked.
  for (const position of ready) {
    for (const follower of followers[position]) {
      waiting[follower] -= 1
      if (waiting[follower] === 0) ready.push(follower)
    }
  }
  const circles = waiting.flatMap((count, position) => (count > 0 ? [position] : []))
  return [...ready, ...circles].map((position) => graph.nodes[position])
}
