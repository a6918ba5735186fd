/**
 * A directed graph over numbered vertices, packed: the vertices after `v` are `targets[starts[v]]` up to, not
 * including, `targets[starts[v + 1]]`. Two arrays instead of one a vertex, as graphs of 100,000 nodes come up.
 */
export interface Adjacency {
  readonly starts: Int32Array
  readonly targets: Int32Array
}

/** Packs edges given as pairs `from[i]`, `to[i]`; those of one vertex keep their order. */
export function packEdges(vertices: number, from: readonly number[], to: readonly number[]): Adjacency {
  const starts = new Int32Array(vertices + 1)
  for (const vertex of from) starts[vertex + 1] += 1
  for (let vertex = 0; vertex < vertices; vertex++) starts[vertex + 1] += starts[vertex]
  const targets = new Int32Array(from.length)
  const next = starts.slice()
  for (let i = 0; i < from.length; i++) {
    targets[next[from[i]]] = to[i]
    next[from[i]] += 1
  }
  return { starts, targets }
}

/** The vertices after one; a view, not a copy. */
export function after({ starts, targets }: Adjacency, vertex: number): Int32Array {
  return targets.subarray(starts[vertex], starts[vertex + 1])
}

/** 1 for each vertex that can be reached from `start`, itself included. */
export function reachedFrom(edges: Adjacency, start: number): Uint8Array {
  const reached = new Uint8Array(edges.starts.length - 1)
  const open = [start]
  reached[start] = 1
  for (let vertex = open.pop(); vertex !== undefined; vertex = open.pop()) {
    for (let i = edges.starts[vertex]; i < edges.starts[vertex + 1]; i++) {
      const next = edges.targets[i]
      if (reached[next]) continue
      reached[next] = 1
      open.push(next)
    }
  }
  return reached
}
