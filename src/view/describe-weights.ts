import { inputName } from '../graph/ops'
import { makerOf } from './describe-traffic'
import type { ViewedModel } from './model'

/** How many nodes that pass a constant on are looked through. */
const longestChain = 8

export interface UsedWeight {
  readonly tensor: string
  /** What it is to the first operation that takes it. */
  readonly role: string | null
  /** As stored. */
  readonly bytes: number
}

export interface UsedConstants {
  /** Names of all constants that operations take. */
  readonly constants: ReadonlySet<string>
  /** Those whose data is in the file, the largest first. */
  readonly weights: readonly UsedWeight[]
}

/** The constants that some operations take, also through nodes that only pass them on. */
export function weightsUsed(model: ViewedModel, operations: readonly string[]): UsedConstants {
  const { nodes, graph } = model.index
  const constants = new Set<string>()
  const weights: UsedWeight[] = []
  for (const name of operations) {
    const node = nodes.get(name)
    node?.inputs.forEach((tensor, position) => {
      const constant = constantBehind(model, tensor)
      if (constant === undefined || constants.has(constant)) return
      constants.add(constant)
      const id = nodes.get(constant)?.weight
      const bytes = id === undefined ? undefined : graph.weights.get(id)?.bytes
      if (bytes !== undefined) weights.push({ tensor: `${constant}:0`, role: inputName(node, position), bytes })
    })
  }
  return { constants, weights: weights.sort((a, b) => b.bytes - a.bytes) }
}

/** The name of the constant that a tensor stands for; undefined where it is computed. */
function constantBehind({ index, grouping }: ViewedModel, tensor: string): string | undefined {
  let name = makerOf(tensor)
  for (let step = 0; step < longestChain; step++) {
    const node = index.nodes.get(name)
    if (!node || node.weight !== undefined) return node?.name
    // What is computed has a box of its own.
    if (grouping.nodes.has(name)) return undefined
    const next = node.inputs.at(0)
    if (next === undefined) return name
    name = makerOf(next)
  }
  return undefined
}
