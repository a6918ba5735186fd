import { indexGraph, type GraphIndex } from '../lookup/graph-index'
import { tensorName } from '../lookup/names'
import { topologicalOrder } from '../lookup/order'
import { uniqueName } from '../lookup/unique-name'
import { constantNode, floatWeight, type NewWeight, type NewWeights } from '../lookup/weights'
import { constantBehind } from '../optimise/constant'
import type { Graph, GraphNode, WeightInfo } from '../types'
import { nodesBehind } from './flow'
import type { Tail } from './types'

/** A graph whose tail has other weights than the file's. */
export interface Retrained {
  readonly graph: Graph
  /** The new weights by the ids that `graph` refers to, to stand before the file's. */
  readonly weights: NewWeights
}

/**
 * The graph that a tail was found in, with or without its head, with the weights that it has now by their id in the tail. Those that the frozen part has,
 * too, become constants of their own there, so that the frozen part stays as it is.
 */
export function retrained(graph: Graph, tail: Tail, values: ReadonlyMap<string, Float32Array>): Retrained {
  const index = indexGraph(graph)
  const untied = new Map<string, string>()
  const weights = new Map<string, NewWeight>()
  for (const { id, of } of tail.trained) {
    const [info, now] = [graph.weights.get(of), values.get(id)]
    if (!info || !now) continue
    const own = tail.untied.includes(of) ? uniqueName(`${of}/tuned`, (name) => isTaken(index, name)) : of
    if (own !== of) untied.set(of, own)
    weights.set(own, floatWeight(own, now, info.shape))
  }
  const infos = new Map<string, WeightInfo>([
    ...graph.weights,
    ...[...weights].map(([id, each]) => [id, each.info] as const),
  ])
  return { graph: { ...graph, nodes: withOwn(index, tail.freeze, untied, weights), weights: infos }, weights }
}

const isTaken = ({ nodes, graph }: GraphIndex, name: string): boolean => nodes.has(name) || graph.weights.has(name)

/** The nodes, those behind the freeze point taking constants of their own in place of what is untied. */
function withOwn(
  index: GraphIndex,
  freeze: string,
  untied: ReadonlyMap<string, string>,
  weights: NewWeights,
): readonly GraphNode[] {
  if (untied.size === 0) return index.graph.nodes
  const behind = nodesBehind(topologicalOrder(index.graph), freeze)
  const own = (tensor: string): string => {
    const id = untied.get(constantBehind(index, tensor)?.id ?? '')
    return id === undefined ? tensor : tensorName(id)
  }
  const made = [...untied.values()].flatMap((id) => {
    const weight = weights.get(id)
    return weight ? [constantNode(weight)] : []
  })
  const nodes = index.graph.nodes.map((node) =>
    behind.has(node.name) ? { ...node, inputs: node.inputs.map(own) } : node,
  )
  return [...made, ...nodes]
}
