import type { Adjacency } from '../../graph/lookup/adjacency'
import { linksOf } from '../../graph/lookup/links'
import { splitTensor } from '../../graph/lookup/names'
import { nodeEdges } from '../../graph/lookup/node-edges'
import type { Graph } from '../../graph/types'

/** A graph's nodes by their position, and what each takes and is taken by, through data or control. */
export interface Network {
  readonly positions: ReadonlyMap<string, number>
  readonly before: Adjacency
  readonly after: Adjacency
}

/** The nodes of a graph with their neighbours. Linear in nodes and edges; yields now and then. */
export function* networkOf({ nodes }: Graph): Generator<void, Network> {
  linksOf(nodes)
  yield
  const { positions, followers } = nodeEdges(nodes)
  yield
  return { positions, before: turnedRound(followers), after: followers }
}

function turnedRound({ starts, targets }: Adjacency): Adjacency {
  const firsts = new Int32Array(starts.length)
  for (const target of targets) firsts[target + 1] += 1
  for (let node = 1; node < firsts.length; node++) firsts[node] += firsts[node - 1]
  const sources = new Int32Array(targets.length)
  const next = firsts.slice()
  for (let node = 0; node + 1 < starts.length; node++) {
    for (let i = starts[node]; i < starts[node + 1]; i++) sources[next[targets[i]]++] = node
  }
  return { starts: firsts, targets: sources }
}

/** The positions of the nodes that make these tensors; tensors that are not in the graph are left out. */
export function makers({ positions }: Network, tensors: readonly string[]): number[] {
  const found = tensors.flatMap((tensor) => positions.get(splitTensor(tensor).node) ?? [])
  return [...new Set(found)]
}

/**
 * Steps from the nearest of the starts to each node along the edges, by position: 0 for the starts themselves, -1 for what
 * is not reached.
 */
export function stepsFrom({ starts, targets }: Adjacency, from: readonly number[]): Int32Array {
  const steps = new Int32Array(starts.length - 1).fill(-1)
  const open = new Int32Array(starts.length - 1)
  let end = 0
  for (const start of from) {
    if (steps[start] === 0) continue
    steps[start] = 0
    open[end++] = start
  }
  for (let next = 0; next < end; next++) {
    const node = open[next]
    for (let i = starts[node]; i < starts[node + 1]; i++) {
      const target = targets[i]
      if (steps[target] >= 0) continue
      steps[target] = steps[node] + 1
      open[end++] = target
    }
  }
  return steps
}
