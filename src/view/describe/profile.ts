import { splitTensor } from '../../graph/lookup/names'
import type { GraphNode } from '../../graph/types'
import { titleOf } from './rows'
import type { ViewedModel } from '../viewed-model'
import { depths } from './profile-depth'
import type { Bar, Profile } from './types'

/**
 * Where along the depth of the network parameters and multiply-adds sit, in at most so many stretches of equal depth. A
 * weight that several operations share counts at the first of them. No bars until costs are known.
 */
export function profile(model: ViewedModel, bars: number): Profile {
  const { index, facts } = model
  if (!facts || bars < 1) return { bars: [] }
  const { of, deepest } = depths(index)
  const count = Math.min(bars, deepest + 1)
  const stretches = Array.from({ length: count }, newStretch)
  const counted = new Set<string>()
  index.graph.nodes.forEach((node, position) => {
    if (node.weight !== undefined) return
    const stretch = stretches[Math.floor((of[position] * count) / (deepest + 1))]
    const cost = facts.costs.get(node.name)
    const multiplyAdds = cost?.multiplyAdds ?? 0
    stretch.multiplyAdds += multiplyAdds
    for (const id of cost?.weights ?? []) {
      if (counted.has(id)) continue
      counted.add(id)
      stretch.parameters += elements(index.graph.weights.get(id)?.shape)
    }
    // What computes most, else what holds most, else what comes first.
    const weight = [multiplyAdds, cost?.parameters ?? 0] as const
    if (stretch.node && !isMore(weight, stretch.weight)) return
    stretch.node = node
    stretch.weight = weight
  })
  return { bars: stretches.flatMap((stretch, i) => asBar(model, stretch, (i + 0.5) / count)) }
}

/** Where along the same depth tensors are made, from 0 to 1; null for those that are not there. */
export function depthsOf({ index }: ViewedModel, tensors: readonly string[]): (number | null)[] {
  const { of, deepest } = depths(index)
  const positions = new Map(index.graph.nodes.map(({ name }, position) => [name, position]))
  return tensors.map((tensor) => {
    const position = positions.get(splitTensor(tensor).node)
    return position === undefined ? null : (of[position] + 0.5) / (deepest + 1)
  })
}

interface ProfileStretch {
  parameters: number
  multiplyAdds: number
  node: GraphNode | null
  weight: readonly [multiplyAdds: number, parameters: number]
}

const newStretch = (): ProfileStretch => ({ parameters: 0, multiplyAdds: 0, node: null, weight: [0, 0] })

const isMore = (a: ProfileStretch['weight'], b: ProfileStretch['weight']): boolean =>
  a[0] > b[0] || (a[0] === b[0] && a[1] > b[1])

/** There is an operation at every depth, so none is left out. */
function asBar(model: ViewedModel, { parameters, multiplyAdds, node }: ProfileStretch, depth: number): Bar[] {
  return node ? [{ parameters, multiplyAdds, node: node.name, title: titleOf(model, node), depth }] : []
}

function elements(shape: readonly number[] | undefined): number {
  return shape?.reduce((product, size) => product * size, 1) ?? 0
}
