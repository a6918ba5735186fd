import type { GraphIndex } from '../graph/lookup'
import { makerOf } from './describe-traffic'

/** How deep in the network each node stands, by position: operations on the longest way to it, constants not counted. */
export interface Depths {
  readonly of: Int32Array
  readonly deepest: number
}

const known = new WeakMap<GraphIndex, Depths>()

/** Made once for each graph; linear in nodes and edges. Where data goes round, the way that comes in counts. */
export function depths(index: GraphIndex): Depths {
  const ready = known.get(index)
  if (ready) return ready
  const { nodes } = index.graph
  const before = makers(index)
  const of = new Int32Array(nodes.length).fill(-1)
  let deepest = 0
  // A walk against the data without recursion, as chains are long; a node stands at 0 while what it takes is looked at.
  for (let start = 0; start < nodes.length; start++) {
    const open = [start]
    for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
      if (of[at] === -1) {
        of[at] = 0
        for (const maker of before[at]) if (of[maker] === -1) open.push(maker)
        continue
      }
      open.pop()
      for (const maker of before[at]) of[at] = Math.max(of[at], of[maker] + 1)
      deepest = Math.max(deepest, of[at])
    }
  }
  const made = { of, deepest }
  known.set(index, made)
  return made
}

/** For each node the positions of those it takes, without constants and without what closes a loop. */
function makers({ graph: { nodes } }: GraphIndex): readonly (readonly number[])[] {
  const positions = new Map<string, number>()
  nodes.forEach((node, position) => {
    if (node.weight === undefined && node.op !== 'NextIteration') positions.set(node.name, position)
  })
  return nodes.map(({ inputs }) => {
    const found: number[] = []
    for (const tensor of inputs) {
      const position = positions.get(makerOf(tensor))
      if (position !== undefined) found.push(position)
    }
    return found
  })
}
