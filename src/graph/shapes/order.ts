import { splitTensor } from '../names'
import type { Graph, GraphNode } from '../types'

/** A node with its inputs looked up, as positions in the graph's list; -1 for nodes that are not there. */
export interface LinkedNode {
  readonly node: GraphNode
  readonly producers: readonly number[]
  /** Which output of its producer each input is. */
  readonly outputs: readonly number[]
}

/** Looks every name up once. */
export function linkNodes(graph: Graph): readonly LinkedNode[] {
  const positions = new Map(graph.nodes.map((node, position) => [node.name, position]))
  return graph.nodes.map((node) => {
    const inputs = node.inputs.map(splitTensor)
    return {
      node,
      producers: inputs.map((input) => positions.get(input.node) ?? -1),
      outputs: inputs.map((input) => input.output),
    }
  })
}

/**
 * Positions of the nodes, each after those it takes tensors from. Unlike `topologicalOrder` it does not mind circles:
 * edges out of NextIteration close a loop and do not count, and nodes of any other circle come last, as in the file.
 */
export function inferenceOrder(nodes: readonly LinkedNode[]): readonly number[] {
  const waiting = new Int32Array(nodes.length)
  const followers = nodes.map((): number[] => [])
  nodes.forEach(({ producers }, position) => {
    for (const before of producers) {
      if (before < 0 || nodes[before].node.op === 'NextIteration') continue
      followers[before].push(position)
      waiting[position] += 1
    }
  })

  const ready: number[] = []
  waiting.forEach((count, position) => {
    if (count === 0) ready.push(position)
  })
  // `ready` grows while it is walked.
  for (const position of ready) {
    for (const follower of followers[position]) {
      waiting[follower] -= 1
      if (waiting[follower] === 0) ready.push(follower)
    }
  }
  waiting.forEach((count, position) => {
    if (count > 0) ready.push(position)
  })
  return ready
}
