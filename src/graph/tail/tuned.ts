import { indexGraph } from '../lookup/graph-index'
import { tensorName } from '../lookup/names'
import { topologicalOrder } from '../lookup/order'
import { uniqueName } from '../lookup/unique-name'
import { constantNode, overlayWeights, type NewWeight } from '../lookup/weights'
import { constantBehind } from '../optimise/constant'
import type { Graph, GraphNode, WeightInfo, WeightStore } from '../types'
import { nodesBehind } from './flow'
import type { TrainedTail } from './trained-tail'
import type { Tail } from './types'

/**
 * A network with the weights of a trained tail in the place of the file's. Weights that the frozen part has, too, stay there
 * as they are.
 */
export function withTrained(
  { graph, weights }: { readonly graph: Graph; readonly weights: WeightStore },
  tail: Pick<Tail, 'freeze' | 'untied'>,
  { weights: tuned }: TrainedTail,
): { readonly graph: Graph; readonly weights: WeightStore } {
  const made = new Map<string, NewWeight>()
  const renamed = new Map<string, string>()
  const taken = new Set([...graph.nodes.map(({ name }) => name), ...graph.weights.keys()])
  for (const { id, values } of tuned) {
    const info = graph.weights.get(id)
    if (!info) continue
    const own = tail.untied.includes(id) ? uniqueName(`${id}/trained`, (name) => taken.has(name)) : id
    if (own !== id) renamed.set(id, own)
    made.set(own, { info: { ...plain(info), id: own }, values })
  }
  const nodes = renamed.size === 0 ? graph.nodes : untied(graph, tail, renamed, made)
  const infos = [...made].map(([id, { info }]) => [id, info] as const)
  return {
    graph: { ...graph, nodes, weights: new Map([...graph.weights, ...infos]) },
    weights: overlayWeights(weights, made),
  }
}

/** What is stated of a weight but its few values, which are others now. */
function plain(info: WeightInfo): WeightInfo {
  const { id, dtype, shape, bytes } = info
  return { id, dtype, shape, bytes }
}

/** The nodes, those of the tail taking constants of their own for the weights that are `renamed`. */
function untied(
  graph: Graph,
  tail: Pick<Tail, 'freeze' | 'untied'>,
  renamed: ReadonlyMap<string, string>,
  made: ReadonlyMap<string, NewWeight>,
): GraphNode[] {
  const index = indexGraph(graph)
  const behind = nodesBehind(topologicalOrder(graph), tail.freeze)
  const constants = [...renamed.values()].flatMap((id) => made.get(id) ?? []).map(constantNode)
  const taking = (tensor: string): string => {
    const own = renamed.get(constantBehind(index, tensor)?.id ?? '')
    return own === undefined ? tensor : tensorName(own)
  }
  const nodes = graph.nodes.map((node) => (behind.has(node.name) ? { ...node, inputs: node.inputs.map(taking) } : node))
  return [...constants, ...nodes]
}
