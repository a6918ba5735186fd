import { inputName, opCategory } from '../graph/ops'
import type { GraphNode } from '../graph/types'
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
      if (!constant || constants.has(constant.name)) return
      constants.add(constant.name)
      const bytes = graph.weights.get(constant.weight ?? '')?.bytes
      if (bytes !== undefined) weights.push({ tensor: `${constant.name}:0`, role: inputName(node, position), bytes })
    })
  }
  return { constants, weights: weights.sort((a, b) => b.bytes - a.bytes) }
}

const passingOps = new Set(['Identity', 'ReadVariableOp'])

/** The constant that a tensor stands for; undefined where it is computed. */
function constantBehind({ index }: ViewedModel, tensor: string): GraphNode | undefined {
  let node = index.nodes.get(makerOf(tensor))
  for (let step = 0; step < longestChain && node && passingOps.has(node.op); step++) {
    node = index.nodes.get(makerOf(node.inputs.at(0) ?? ''))
  }
  return node && opCategory(node.op) === 'constant' && node.inputs.length === 0 ? node : undefined
}
