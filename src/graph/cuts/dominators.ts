import { after } from '../lookup/adjacency'
import type { DataFlow } from '../lookup/flow'

/** The tensors that every data path from one tensor to another goes through. */
export interface Bottlenecks {
  /** Vertices of these tensors in the order of the data, both ends included; empty if there is no path. */
  readonly chain: readonly number[]
  /** For each vertex the position in `chain` of the last such tensor that leads to it; -1 where none does. */
  readonly segment: Int32Array
}

/**
 * Finds them in one sweep; the flow may have loops. One shortest path is fixed. From each of its vertices in turn,
 * everything that is reached off the path is explored. A vertex of the path is on all paths exactly if nothing explored
 * from the vertices before it leads to one after it. Each edge is looked at once.
 */
export function bottlenecks(flow: DataFlow, from: number, to: number): Bottlenecks {
  const segment = new Int32Array(flow.edges.starts.length - 1).fill(-1)
  const chain: number[] = []
  const path = shortestPath(flow, from, to)
  const placeOnPath = new Int32Array(flow.edges.starts.length - 1).fill(-1)
  path.forEach((vertex, place) => (placeOnPath[vertex] = place))
  let furthest = 0
  path.forEach((start, place) => {
    if (furthest <= place && start < flow.tensors.length) chain.push(start)
    segment[start] = chain.length - 1
    const open = [start]
    for (let vertex = open.pop(); vertex !== undefined; vertex = open.pop()) {
      for (const next of after(flow.edges, vertex)) {
        const nextPlace = placeOnPath[next]
        if (nextPlace >= 0) {
          furthest = Math.max(furthest, nextPlace)
        } else if (segment[next] < 0) {
          segment[next] = chain.length - 1
          open.push(next)
        }
      }
    }
  })
  return { chain, segment }
}

/** Vertices of a path with the fewest steps, both ends included; empty if there is none. */
function shortestPath(flow: DataFlow, from: number, to: number): number[] {
  const cameFrom = new Int32Array(flow.edges.starts.length - 1).fill(-1)
  cameFrom[from] = from
  const queue = [from]
  // `queue` grows while it is walked.
  for (const vertex of queue) {
    if (vertex === to) break
    for (const next of after(flow.edges, vertex)) {
      if (cameFrom[next] >= 0) continue
      cameFrom[next] = vertex
      queue.push(next)
    }
  }
  if (cameFrom[to] < 0) return []
  const path = [to]
  for (let vertex = to; vertex !== from; vertex = cameFrom[vertex]) path.push(cameFrom[vertex])
  return path.reverse()
}
