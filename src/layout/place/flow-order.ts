import { packEdges, type Adjacency } from '../../graph/lookup/adjacency'

/** An edge between two ids. */
export interface Link {
  readonly from: string
  readonly to: string
}

/**
 * Ids so ordered that each stands after what it depends on, branches staying together. Links that close a circle are
 * passed over; links to unknown ids too.
 */
export function flowOrder(ids: readonly string[], links: readonly Link[]): string[] {
  const numbers = new Map(ids.map((id, number) => [id, number]))
  const sources: number[] = []
  const targets: number[] = []
  for (const { from, to } of links) {
    const source = numbers.get(from)
    const target = numbers.get(to)
    if (source === undefined || target === undefined) continue
    sources.push(source)
    targets.push(target)
  }
  return Array.from(flowOrderOf(packEdges(ids.length, sources, targets)), (number) => ids[number])
}

/** The same for numbered things: the reverse of the order in which a depth-first walk leaves them. */
export function flowOrderOf(followers: Adjacency): Int32Array {
  const { starts, targets } = followers
  const count = starts.length - 1
  const hasInput = new Uint8Array(count)
  for (const target of targets) hasInput[target] = 1

  const order = new Int32Array(count)
  let free = count
  const seen = new Uint8Array(count)
  const path = new Int32Array(count)
  /** For each thing on the path, the end of its followers that are still to be walked; the last is walked first. */
  const rest = starts.slice(1)
  const walk = (start: number): void => {
    if (seen[start]) return
    seen[start] = 1
    path[0] = start
    for (let depth = 0; depth >= 0;) {
      const top = path[depth]
      if (rest[top] === starts[top]) {
        order[--free] = top
        depth -= 1
        continue
      }
      const next = targets[--rest[top]]
      if (seen[next]) continue
      seen[next] = 1
      path[++depth] = next
    }
  }
  // What the walk leaves last comes first in the end, so it starts from the last sources.
  for (let vertex = count - 1; vertex >= 0; vertex--) if (!hasInput[vertex]) walk(vertex)
  for (let vertex = 0; vertex < count; vertex++) walk(vertex)
  return order
}
