import type { GraphIndex } from '../../graph/lookup/graph-index'
import { tensorBytes } from '../../graph/cost'
import { splitTensor } from '../../graph/lookup/names'
import { isPort, type Crossing } from '../../layout/group/border-crossings'
import { ancestors, type Group } from '../../layout/group/grouping'
import { slice } from '../lazy'
import type { ViewedModel } from '../viewed-model'
import { sumUp, type GroupTree } from './tree'
import type { ModelFacts } from '../types'
import type { BoxCost } from './types'

/** What each group costs, by its number. */
export interface GroupCosts {
  readonly parameters: Float64Array
  readonly multiplyAdds: Float64Array
  /** Bytes as stored. */
  readonly weightBytes: Float64Array
}

/**
 * The cost of every group, summed up from the inside out; a weight that several operations of a group share counts once
 * in it. Yields now and then.
 */
export function* groupCosts(index: GraphIndex, tree: GroupTree, facts: ModelFacts): Generator<void, GroupCosts> {
  const { nodes, weights } = index.graph
  const count = tree.groups.length
  const parameters = new Float64Array(count)
  const multiplyAdds = new Float64Array(count)
  const weightBytes = new Float64Array(count)
  const firstUse = new Map<string, number>()
  const shared = new Map<string, number[]>()
  for (let i = 0; i < nodes.length; i++) {
    const group = tree.groupOf[i]
    const cost = group < 0 ? undefined : facts.costs.get(nodes[i].name)
    if (cost) {
      multiplyAdds[group] += cost.multiplyAdds
      for (const id of cost.weights) {
        const first = firstUse.get(id)
        if (first === undefined) firstUse.set(id, group)
        else if (first !== group) (shared.get(id) ?? enter(shared, id)).push(group)
      }
    }
    if (i % slice === slice - 1) yield
  }
  yield
  const add = (group: number, id: string, sign: 1 | -1): void => {
    const info = weights.get(id)
    if (!info) return
    parameters[group] += sign * info.shape.reduce((product, size) => product * size, 1)
    weightBytes[group] += sign * info.bytes
  }
  for (const [id, group] of firstUse) add(group, id, 1)
  // A further use is added to its own group and taken off the innermost group around it that holds an earlier use.
  for (const [id, groups] of shared) {
    const counted = new Set(wayOut(tree, firstUse.get(id) ?? -1))
    for (const group of new Set(groups)) {
      const own = wayOut(tree, group)
      if (!counted.has(group)) add(group, id, 1)
      const met = own.find((each) => counted.has(each))
      if (met !== undefined && met !== group) add(met, id, -1)
      for (const each of own) counted.add(each)
    }
  }
  yield
  for (const amounts of [parameters, multiplyAdds, weightBytes]) sumUp(tree, amounts)
  return { parameters, multiplyAdds, weightBytes }
}

function enter(shared: Map<string, number[]>, id: string): number[] {
  const groups: number[] = []
  shared.set(id, groups)
  return groups
}

/** The number of a group and those of the groups around it, from inside out. */
function wayOut({ around }: GroupTree, group: number): number[] {
  const numbers: number[] = []
  for (let number = group; number >= 0; number = around[number]) numbers.push(number)
  return numbers
}

/** What an operation costs. */
export function nodeCost(name: string, index: GraphIndex, facts: ModelFacts): BoxCost {
  const cost = facts.costs.get(name)
  if (!cost) return { parameters: 0, multiplyAdds: 0, weightBytes: 0, outputBytes: 0 }
  const { parameters, multiplyAdds, outputBytes, weights } = cost
  const weightBytes = weights.reduce((sum, id) => sum + (index.graph.weights.get(id)?.bytes ?? 0), 0)
  return { parameters, multiplyAdds, weightBytes, outputBytes }
}

/** Bytes of all that leaves a group, for one image: tensors taken outside, and outputs of the graph made inside. */
export function leavingBytes(
  group: Group,
  ways: readonly Crossing[],
  { grouping, index }: ViewedModel,
  facts: ModelFacts,
): number {
  const tensors = new Set(ways.flatMap(({ tensor, to }) => (isPort(to) ? [tensor] : [])))
  for (const { tensor } of index.graph.outputs) {
    const item = grouping.nodes.get(splitTensor(tensor).node)
    if (item && ancestors(item).includes(group)) tensors.add(tensor)
  }
  return bytesOf(tensors, facts)
}

/** Bytes of tensors together, for one image. */
export function bytesOf(tensors: Iterable<string>, { infos }: ModelFacts): number {
  let bytes = 0
  for (const tensor of tensors) bytes += tensorBytes(infos.get(tensor))
  return bytes
}
