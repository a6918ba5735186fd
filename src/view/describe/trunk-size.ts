import type { GraphIndex } from '../../graph/lookup/graph-index'
import { slice } from '../lazy'
import { makers, stepsFrom, type Network } from '../scene/network'
import type { GroupTree } from '../scene/tree'
import type { ModelFacts } from '../types'
import type { TrunkSize } from './types'

/** What each node weighs, by position, so that a trunk is weighed in a few milliseconds. */
export interface Weighed {
  readonly multiplyAdds: Float64Array
  /** The weights of node `i` are `weights[starts[i]]` up to, not including, `weights[starts[i + 1]]`. */
  readonly starts: Int32Array
  readonly weights: Int32Array
  /** By the weight's number. */
  readonly parameters: Float64Array
  /** As stored. */
  readonly bytes: Float64Array
}

/** Linear in nodes; yields now and then. */
export function* weighed({ graph }: GraphIndex, { costs }: ModelFacts): Generator<void, Weighed> {
  const { nodes } = graph
  const numbers = new Map([...graph.weights.keys()].map((id, number) => [id, number]))
  const infos = [...graph.weights.values()]
  const multiplyAdds = new Float64Array(nodes.length)
  const starts = new Int32Array(nodes.length + 1)
  const weights: number[] = []
  yield
  for (let i = 0; i < nodes.length; i++) {
    const cost = costs.get(nodes[i].name)
    multiplyAdds[i] = cost?.multiplyAdds ?? 0
    for (const id of cost?.weights ?? []) {
      const number = numbers.get(id)
      if (number !== undefined) weights.push(number)
    }
    starts[i + 1] = weights.length
    if (i % slice === slice - 1) yield
  }
  return {
    multiplyAdds,
    starts,
    weights: Int32Array.from(weights),
    parameters: Float64Array.from(infos, ({ shape }) => shape.reduce((product, size) => product * size, 1)),
    bytes: Float64Array.from(infos, ({ bytes }) => bytes),
  }
}

/**
 * What a cut at these tensors would keep; a weight that several operations share counts once. null where none of them is
 * there. Neither constants nor inputs are operations.
 */
export function trunkSize(
  tensors: readonly string[],
  network: Network,
  { operations: isOperation, groups }: GroupTree,
  weighing: Weighed | null,
): TrunkSize | null {
  const starts = makers(network, tensors)
  if (starts.length === 0) return null
  const steps = stepsFrom(network.before, starts)
  let operations = 0
  for (let i = 0; i < steps.length; i++) if (steps[i] >= 0) operations += isOperation[i]
  return { operations, ofOperations: groups[0].size, ...weigh(steps, weighing) }
}

function weigh(
  steps: Int32Array,
  weighing: Weighed | null,
): Pick<TrunkSize, 'parameters' | 'multiplyAdds' | 'weightBytes'> {
  let multiplyAdds = 0
  let parameters = 0
  let weightBytes = 0
  if (!weighing) return { parameters, multiplyAdds, weightBytes }
  const counted = new Uint8Array(weighing.bytes.length)
  for (let i = 0; i < steps.length; i++) {
    if (steps[i] < 0) continue
    multiplyAdds += weighing.multiplyAdds[i]
    for (let k = weighing.starts[i]; k < weighing.starts[i + 1]; k++) {
      const weight = weighing.weights[k]
      if (counted[weight] === 1) continue
      counted[weight] = 1
      parameters += weighing.parameters[weight]
      weightBytes += weighing.bytes[weight]
    }
  }
  return { parameters, multiplyAdds, weightBytes }
}
