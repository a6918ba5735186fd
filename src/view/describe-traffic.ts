import type { GraphIndex } from '../graph/lookup'

/** The tensors that cross the border of a set of operations. */
export interface Traffic {
  /** Made outside, taken inside; constants are left out. */
  readonly entering: readonly string[]
  /** Made inside, taken outside or an output of the graph. */
  readonly leaving: readonly string[]
}

/** A set of operations by name, and who is in it: a lookup that builds no set of 50,000 names. */
export interface Inside {
  readonly names: readonly string[]
  has(name: string): boolean
}

/**
 * What enters and leaves a set of operations. Linear in their inputs and in the uses of their outputs.
 * @param inside no constants among them
 */
export function trafficOf(index: GraphIndex, inside: Inside, isConstant: (node: string) => boolean): Traffic {
  const entering = new Set<string>()
  const leaving: string[] = []
  const outputs = outputsOf(index)
  const given = new Set(index.graph.outputs.map(({ tensor }) => tensor))
  for (const name of inside.names) {
    for (const tensor of index.nodes.get(name)?.inputs ?? []) {
      const maker = makerOf(tensor)
      if (!inside.has(maker) && !isConstant(maker)) entering.add(tensor)
    }
    for (const tensor of outputs.get(name) ?? []) {
      const takers = index.uses.get(tensor) ?? []
      if (given.has(tensor) || takers.some(({ node }) => !inside.has(node.name))) leaving.push(tensor)
    }
  }
  return { entering: [...entering], leaving }
}

/** The node of a tensor written `node:0`; quicker than `splitTensor`, as inputs are always written so. */
export const makerOf = (tensor: string): string => tensor.slice(0, tensor.lastIndexOf(':'))

const known = new WeakMap<GraphIndex, ReadonlyMap<string, readonly string[]>>()

/** The tensors of each node that somebody takes or that are outputs of the graph. */
function outputsOf(index: GraphIndex): ReadonlyMap<string, readonly string[]> {
  const ready = known.get(index)
  if (ready) return ready
  const outputs = new Map<string, string[]>()
  const add = (tensor: string): void => {
    const maker = makerOf(tensor)
    const tensors = outputs.get(maker)
    if (!tensors) outputs.set(maker, [tensor])
    else if (!tensors.includes(tensor)) tensors.push(tensor)
  }
  for (const tensor of index.uses.keys()) add(tensor)
  for (const { tensor } of index.graph.outputs) add(tensor)
  for (const tensors of outputs.values()) if (tensors.length > 1) tensors.sort(byOutput)
  known.set(index, outputs)
  return outputs
}

const byOutput = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1)
