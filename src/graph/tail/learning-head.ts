import { addPool } from '../graft/add-pool'
import { HeadBuilder } from '../graft/head-builder'
import type { DenseLayer } from '../graft/layers/dense'
import type { StandardiseLayer } from '../graft/layers/standardise'
import { addLayers, layerNames } from '../graft/layers/runs'
import type { Pool } from '../graft/pools'
import { freeScope } from '../graft/graft'
import { indexGraph } from '../lookup/graph-index'
import { overlayWeights, type NewWeights } from '../lookup/weights'
import { inferShapes } from '../shapes'
import type { Tail, TrainedWeight } from './types'

/** A head of dense layers that is trained with a tail; its features are scaled by numbers that do not learn. */
export interface LearningHead {
  readonly pool: Pool
  readonly scaling: StandardiseLayer
  readonly layers: readonly DenseLayer[]
}

export interface TailWithHead {
  /** Its output is the logits of the labels. */
  readonly tail: Tail
  /** Ids of the weights of each of the head's layers. */
  readonly layers: readonly { readonly kernel: string; readonly bias: string }[]
}

/** A tail with a head behind it that learns, too. */
export function tailWithHead(tail: Tail, { pool, scaling, layers }: LearningHead): TailWithHead {
  const scope = freeScope(tail.graph)
  const builder = new HeadBuilder(scope)
  const place = { index: indexGraph(tail.graph), infos: inferShapes(tail.graph), cut: tail.output, suffix: '' }
  const features = addPool(builder, pool, place, scaling.mean.length)
  const all = [
    scaling,
    ...layers.slice(0, -1),
    ...layers.slice(-1).map((last) => ({ ...last, activation: 'none' as const })),
  ]
  const output = addLayers(builder, all, features)
  const names = layerNames(all).slice(1)
  const ids = names.map((name) => ({ kernel: `${scope}/${name}/kernel`, bias: `${scope}/${name}/bias` }))
  const head = ids.flatMap(({ kernel, bias }) => [
    learnt(builder.weights, kernel, true),
    learnt(builder.weights, bias, false),
  ])
  const trained = [...tail.trained, ...head]
  return {
    tail: {
      ...tail,
      weights: overlayWeights(tail.weights, builder.weights),
      output,
      trained,
      parameters: trained.reduce((sum, { values }) => sum + values, 0),
      graph: {
        ...tail.graph,
        nodes: [...tail.graph.nodes, ...builder.nodes],
        weights: new Map([...tail.graph.weights, ...[...builder.weights].map(([id, { info }]) => [id, info] as const)]),
        outputs: [{ key: 'logits', tensor: output, dtype: 'float32', shape: [null, layers.at(-1)?.outputs ?? null] }],
      },
    },
    layers: ids,
  }
}

function learnt(weights: NewWeights, id: string, isKernel: boolean): TrainedWeight {
  const shape = weights.get(id)?.info.shape ?? []
  return { id, of: id, shape, values: shape.reduce((product, size) => product * size, 1), isKernel }
}
