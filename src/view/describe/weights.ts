import { linksOf } from '../../graph/lookup/links'
import type { GraphIndex } from '../../graph/lookup/graph-index'
import { tensorName } from '../../graph/lookup/names'
import { inputName } from '../../graph/op-tables/ops'
import { constantsBehind } from './numbers'

export interface UsedWeight {
  readonly tensor: string
  /** What it is to the first operation that takes it. */
  readonly role: string | null
}

export interface UsedConstants {
  /** How many constants stand there or are taken. */
  readonly constants: number
  /** How many of these have their data in the file. */
  readonly withData: number
  /** The largest of these first. */
  readonly largest: readonly UsedWeight[]
}

interface Use {
  readonly constant: number
  /** The node that takes it, and as which of its inputs; the constant itself where nobody does. */
  readonly taker: number
  readonly input: number
  readonly bytes: number
}

/**
 * The constants that some nodes are, or take, also through others that only pass them on.
 * @param inside positions of the nodes
 * @param most of the largest that are wanted
 */
export function weightsUsed(index: GraphIndex, inside: Int32Array, most: number): UsedConstants {
  const { nodes, weights } = index.graph
  const { starts, makers } = linksOf(nodes)
  const behind = constantsBehind(index)
  const seen = new Uint8Array(nodes.length)
  const uses: Use[] = []
  let constants = 0
  const add = (constant: number, taker: number, input: number): void => {
    if (seen[constant] === 1) return
    seen[constant] = 1
    constants += 1
    const bytes = weights.get(nodes[constant].weight ?? '')?.bytes
    if (bytes !== undefined) uses.push({ constant, taker, input, bytes })
  }
  for (const taker of inside) {
    for (let edge = starts[taker]; edge < starts[taker + 1]; edge++) {
      const constant = makers[edge] < 0 ? -1 : behind[makers[edge]]
      if (constant >= 0) add(constant, taker, edge - starts[taker])
    }
    // One that nobody takes has a box of its own.
    if (behind[taker] === taker) add(taker, taker, -1)
  }
  uses.sort((a, b) => b.bytes - a.bytes)
  const largest = uses.slice(0, most).map(({ constant, taker, input }) => ({
    tensor: tensorName(nodes[constant].name),
    role: input < 0 ? null : inputName(nodes[taker], input),
  }))
  return { constants, withData: uses.length, largest }
}
