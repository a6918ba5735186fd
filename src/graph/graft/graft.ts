import { HeadBuilder, type HeadLayer } from './head-builder'
import { indexGraph } from '../lookup/graph-index'
import { poolingAxes } from '../lookup/pooling'
import { scopesOf } from '../lookup/scopes'
import { trunk } from '../lookup/trunk'
import { uniqueName } from '../lookup/unique-name'
import type { Graph, TensorInfo } from '../types'
import type { NewWeights } from '../lookup/weights'

export interface HeadSpec {
  readonly layers: readonly HeadLayer[]
}

export interface Grafted {
  readonly graph: Graph
  /** The head's constants, by the ids that `graph` refers to. */
  readonly weights: NewWeights
  /** The tensor of the probabilities, `[batch, labels]`. */
  readonly output: string
  /** The scope that all new nodes stand in. */
  readonly scope: string
}

/**
 * Number of features a head gets from these cuts, pooled and put side by side; null where a size is not known. Give
 * the graph too if it may have its channels second.
 */
export function featureLength(
  infos: ReadonlyMap<string, TensorInfo>,
  cuts: readonly string[],
  graph?: Graph,
): number | null {
  return featureLengths(infos, cuts, graph)?.reduce((sum, length) => sum + length, 0) ?? null
}

/** The same for each cut by itself. */
export function featureLengths(
  infos: ReadonlyMap<string, TensorInfo>,
  cuts: readonly string[],
  graph?: Graph,
): number[] | null {
  const index = graph && indexGraph(graph)
  const lengths: number[] = []
  for (const cut of cuts) {
    const shape = infos.get(cut)?.shape
    const channels = index && poolingAxes(index, infos, cut).includes(3) ? 1 : -1
    const size = shape && shape.length >= 2 ? shape.at(channels) : null
    if (typeof size !== 'number') return null
    lengths.push(size)
  }
  return lengths
}

/**
 * Joins the trunk up to `cuts` and a new head into one graph. The head stands in a scope of its own (`head`, `head_1`,
 * …): each cut is cast to float32 and pooled where it must be, several are put side by side, and each layer is MatMul,
 * BiasAdd and its activation. The signature keeps the inputs that are left and has one output, `probabilities`.
 * `infos` are of `graph`. Throws CutpointError `no-such-tensor`.
 */
export function graft(
  graph: Graph,
  infos: ReadonlyMap<string, TensorInfo>,
  cuts: readonly string[],
  head: HeadSpec,
): Grafted {
  const kept = trunk(graph, cuts, infos)
  const scope = freeScope(kept)
  const index = indexGraph(kept)
  const builder = new HeadBuilder(scope)
  const parts = cuts.map((cut, position) => {
    const suffix = position === 0 ? '' : `_${position}`
    return builder.pooled(cut, infos.get(cut)?.dtype ?? 'float32', poolingAxes(index, infos, cut), suffix)
  })
  let features = builder.joined(parts)
  let outputs = 0
  head.layers.forEach((layer, position) => {
    features = builder.layer(features, layer, head.layers.length === 1 ? 'dense' : `dense_${position + 1}`)
    outputs = layer.outputs
  })
  const batch = infos.get(cuts[0])?.shape?.at(0) ?? null
  return {
    graph: {
      ...kept,
      nodes: [...kept.nodes, ...builder.nodes],
      weights: new Map([...kept.weights, ...[...builder.weights].map(([id, { info }]) => [id, info] as const)]),
      outputs: [{ key: 'probabilities', tensor: features, dtype: 'float32', shape: [batch, outputs] }],
    },
    weights: builder.weights,
    output: features,
    scope,
  }
}

/** A name that no node, scope or weight of the graph has or stands in. */
function freeScope(graph: Graph): string {
  const names = [...graph.nodes.map((node) => node.name), ...graph.weights.keys()]
  const taken = new Set([...names, ...names.flatMap(scopesOf), ...graph.scopes.keys()])
  return uniqueName('head', (name) => taken.has(name))
}
