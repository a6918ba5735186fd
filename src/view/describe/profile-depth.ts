import { linksOf } from '../../graph/lookup/links'
import type { GraphIndex } from '../../graph/lookup/graph-index'

/** How deep in the network each node stands, by position: operations on the longest way to it, constants not counted. */
export interface Depths {
  readonly of: Int32Array
  readonly deepest: number
}

const known = new WeakMap<GraphIndex, Depths>()

/** Made once for each graph; linear in nodes and edges. What closes a loop does not count. */
export function depths(index: GraphIndex): Depths {
  const ready = known.get(index)
  if (ready) return ready
  const { nodes } = index.graph
  const { starts, makers } = linksOf(nodes)
  const counts = Uint8Array.from(nodes, ({ weight, op }) => Number(weight === undefined && op !== 'NextIteration'))
  const of = new Int32Array(nodes.length).fill(-1)
  let deepest = 0
  const open: number[] = []
  // A walk against the data without recursion, as chains are long; a node stands at 0 while what it takes is looked at.
  for (let start = 0; start < nodes.length; start++) {
    open.push(start)
    for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
      const isNew = of[at] === -1
      if (isNew) of[at] = 0
      else open.pop()
      for (let edge = starts[at]; edge < starts[at + 1]; edge++) {
        const maker = makers[edge]
        if (maker < 0 || counts[maker] === 0) continue
        if (!isNew) of[at] = Math.max(of[at], of[maker] + 1)
        else if (of[maker] === -1) open.push(maker)
      }
      deepest = Math.max(deepest, of[at])
    }
  }
  const made = { of, deepest }
  known.set(index, made)
  return made
}
