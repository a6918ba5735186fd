import { packEdges, type Adjacency } from '../graph/adjacency'
import { splitTensor } from '../graph/names'
import type { Graph } from '../graph/types'
import { slice } from './engine-lazy'

/** A graph's nodes by their position, and what each takes and is taken by, through data or control. */
export interface Network {
  readonly positions: ReadonlyMap<string, number>
  readonly before: Adjacency
  readonly after: Adjacency
}

/** Inputs that are not in the graph are passed over. Linear in nodes and edges; yields now and then. */
export function* networkOf({ nodes }: Graph): Generator<void, Network> {
  const positions = new Map<string, number>()
  for (let i = 0; i < nodes.length; i++) {
    positions.set(nodes[i].name, i)
    if (i % slice === slice - 1) yield
  }
  const from: number[] = []
  const to: number[] = []
  for (let i = 0; i < nodes.length; i++) {
    const add = (name: string): void => {
      const source = positions.get(name)
      if (source === undefined) return
      from.push(source)
      to.push(i)
    }
    for (const tensor of nodes[i].inputs) add(splitTensor(tensor).node)
    for (const name of nodes[i].controlInputs) add(name)
    if (i % slice === slice - 1) yield
  }
  const after = packEdges(nodes.length, from, to)
  yield
  return { positions, before: packEdges(nodes.length, to, from), after }
}

/** The positions of the nodes that make these tensors; those that are not there are passed over. */
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
