import { nodeEdges } from '../lookup/node-edges'
import { walkInOrder } from '../lookup/order'
import type { GraphNode } from '../types'

/**
 * Positions of the nodes, each after those it takes tensors from. Unlike `topologicalOrder` it does not mind circles:
 * edges out of NextIteration close a loop and do not count, and nodes of any other circle come last, as in the file.
 */
export function inferenceOrder(nodes: readonly GraphNode[]): Int32Array {
  const { followers } = nodeEdges(nodes, { except: 'NextIteration', control: false })
  const { order, count, waiting } = walkInOrder(followers)
  let place = count
  waiting.forEach((left, position) => {
    if (left > 0) order[place++] = position
  })
  return order
}
