import { HeadBuilder } from './head-builder'
import type { HeadLayer } from './layers/forms'
import { recordOf, sizesOf } from './layers/kept'
import { addLayers } from './layers/runs'
import { addPool } from './add-pool'
import { endsOf, mapAt } from './map-at'
import type { Pool } from './pools'
import { indexGraph } from '../lookup/graph-index'
import { poolingAxes } from '../lookup/pooling'
import { scopesOf } from '../lookup/scopes'
import { trunk } from '../lookup/trunk'
import { uniqueName } from '../lookup/unique-name'
import type { Graph, TensorInfo } from '../types'
import type { NewWeights } from '../lookup/weights'

/** What is joined to a trunk. */
export interface GraftedHead {
  readonly layers: readonly HeadLayer[]
  readonly pool: Pool
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
  pool: Pool = 'average',
): number | null {
  return featureLengths(infos, cuts, graph, pool)?.reduce((sum, length) => sum + length, 0) ?? null
}

/** The same for each cut by itself. */
export function featureLengths(
  infos: ReadonlyMap<string, TensorInfo>,
  cuts: readonly string[],
  graph: Graph | undefined,
  pool: Pool,
): number[] | null {
  if (pool === 'map') {
    const map = graph && mapAt(graph, infos, cuts)
    return map ? [map.height * map.width * map.channels] : null
  }
  const index = graph && indexGraph(graph)
  const lengths: number[] = []
  for (const cut of cuts) {
    const shape = infos.get(cut)?.shape
    const channels = index && poolingAxes(index, infos, cut).includes(3) ? 1 : -1
    const size = pool === 'flatten' ? allOf(shape) : shape && shape.length >= 2 ? shape.at(channels) : null
    if (typeof size !== 'number') return null
    lengths.push(size)
  }
  return lengths
}

/** How many numbers one photo's value has; null where that is not known. */
function allOf(shape: TensorInfo['shape'] | undefined): number | null {
  if (!shape || shape.length < 2) return null
  return shape.slice(1).reduce<number | null>((all, size) => (all === null || size === null ? null : all * size), 1)
}

/**
 * Joins the trunk up to the cuts and a new head into one graph. The head stands in a scope of its own (`head`, `head_1`,
 * …): each cut is cast to float32 and pooled where it must be, several are put side by side, and the layers follow. The signature keeps the inputs that are left and has one output, `probabilities`.
 * `infos` are of `graph`. Throws CutpointError `no-such-tensor`.
 */
export function graft(
  graph: Graph,
  infos: ReadonlyMap<string, TensorInfo>,
  asked: readonly string[],
  head: GraftedHead,
): Grafted {
  const cuts = endsOf(graph, infos, asked, head.pool)
  const kept = trunk(graph, cuts, infos)
  const scope = freeScope(kept)
  const index = indexGraph(kept)
  const builder = new HeadBuilder(scope)
  const lengths = flattenedLengths(infos, cuts, head)
  const parts = cuts.map((cut, position) => {
    const suffix = position === 0 ? '' : `_${position}`
    return addPool(builder, head.pool, { index, infos, cut, suffix }, lengths[position])
  })
  const output = addLayers(builder, head.layers, builder.joined(parts))
  const batch = infos.get(cuts[0])?.shape?.at(0) ?? null
  return {
    graph: {
      ...kept,
      nodes: [...kept.nodes, ...builder.nodes],
      weights: new Map([...kept.weights, ...[...builder.weights].map(([id, { info }]) => [id, info] as const)]),
      outputs: [{ key: 'probabilities', tensor: output, dtype: 'float32', shape: [batch, ...outputOf(head.layers)] }],
    },
    weights: builder.weights,
    output,
    scope,
  }
}

/** What the last layer gives for a photo. */
function outputOf(layers: readonly HeadLayer[]): readonly number[] {
  const last = layers.at(-1)
  return (last && sizesOf(recordOf(last))?.output) ?? []
}

/** How many features each cut gives when it is flattened; one alone gives what the first layer takes. */
function flattenedLengths(
  infos: ReadonlyMap<string, TensorInfo>,
  cuts: readonly string[],
  { layers }: GraftedHead,
): readonly number[] {
  const [first] = layers
  const taken = sizesOf(recordOf(first))?.input[0] ?? -1
  return cuts.length === 1 ? [taken] : (featureLengths(infos, cuts, undefined, 'flatten') ?? cuts.map(() => -1))
}

/** A scope for a head: a name that no node, scope or weight of the graph has or stands in. */
export function freeScope(graph: Graph): string {
  const names = [...graph.nodes.map((node) => node.name), ...graph.weights.keys()]
  const taken = new Set([...names, ...names.flatMap(scopesOf), ...graph.scopes.keys()])
  return uniqueName('head', (name) => taken.has(name))
}
